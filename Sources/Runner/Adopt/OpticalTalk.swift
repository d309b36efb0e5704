// A recorded IEC 62056-21 dialogue, decoded: who answered, what it listed, what was asked of it in
// programming mode (IEC 62056-21:2002, clauses 6.3 to 6.5). Every question is taken with what followed it;
// what was refused by its check, or never answered, is counted and left out.

internal import Line
internal import Units
internal import Wire

/// What both ends said at an optical port.
struct OpticalTalk {
  /// A data block that was listed for an option, or pushed.
  struct List {
    var at: TimeSpan
    /// The option character Y.
    var option: UInt8
    var block: [UInt8]
    var sets: [ModeCDataSet]
  }

  /// A command that was answered by data.
  struct Read {
    var at: TimeSpan
    var command: ModeCCommand
    /// The address that was asked for.
    var address: String
    var block: ModeCDataBlock
  }

  /// A password that was offered, and whether the meter took it.
  struct Password: Hashable {
    /// The command's number: 1 plain, 2 worked out of the seed.
    var number: UInt8
    var text: String
    var isTaken = false
  }

  private(set) var identification: ModeCIdentification?
  /// The last device address by which it was asked; empty where it never was.
  private(set) var address = ""
  private(set) var lists: [List] = []
  private(set) var reads: [Read] = []
  /// What stood in `P0`; nil where no programming mode was entered.
  private(set) var seed: String?
  private(set) var passwords: [Password] = []
  /// Names of commands that were asked for: `R1`.
  private(set) var commands: Set<String> = []
  /// Whether a reader chose option and speed (modes C and E).
  private(set) var hasChosen = false
  /// Whether it was asked at all; mode D is not.
  private(set) var isAsked = false
  /// Whether an answer in programming mode repeated the address before its bracket.
  private(set) var repeatsAddress = true
  private(set) var unanswered = 0
  private(set) var pushes: [TimeSpan] = []

  private enum Pending: Equatable {
    case nothing
    case identification
    case list(UInt8)
    case seed
    case password
    case read(ModeCCommand)
    case other
  }

  private var pending = Pending.nothing
  private var blocks: [UInt8] = []
  private var at = TimeSpan.zero
  /// When the latest sign-on, option or command was given.
  private var asked = TimeSpan.zero
  private var questions = ModeCRequestDecoder()

  init(_ trace: Trace) {
    for exchange in trace.exchanges {
      at = exchange.at
      let request = exchange.request.map { $0 & 0x7F }
      var answer = exchange.answer.map { $0 & 0x7F }[...]
      // A head that lights its own receiver gives back what was sent.
      if !request.isEmpty, answer.starts(with: request) { answer = answer.dropFirst(request.count) }
      for byte in request { if let message = questions.take(byte) { hear(message) } }
      _ = questions.silence()
      hear(answer)
    }
    if pending != .nothing, pending != .other { unanswered += 1 }
    if !isAsked { pushed(trace) }
  }

  // MARK: The reader's side

  private mutating func hear(_ message: ModeCRequest) {
    switch message {
    case .signOn(let device):
      if pending == .identification { unanswered += 1 }
      if !device.isEmpty { address = device }
      asked = at
      (pending, blocks, isAsked) = (.identification, [], true)
    case .option(let control, _, let mode):
      (hasChosen, blocks, asked) = (true, [], at)
      pending = control == UInt8(ascii: "2") ? .other : mode == UInt8(ascii: "1") ? .seed : .list(mode)
      questions.awaitsOption = false
    case .acknowledge, .sayAgain, .refused: break
    case .command(let command): ask(command)
    }
  }

  private mutating func ask(_ command: ModeCCommand) {
    (blocks, asked) = ([], at)
    switch command.letter {
    case UInt8(ascii: "P"):
      let text = Self.block(command.data)?.sets.first?.values.first?.text ?? ""
      passwords.append(Password(number: command.number &- UInt8(ascii: "0"), text: text))
      pending = .password
    case UInt8(ascii: "R"):
      commands.insert(command.name)
      pending = .read(command)
    case UInt8(ascii: "W"), UInt8(ascii: "E"):
      commands.insert(command.name)
      pending = .other
    default: pending = .nothing
    }
  }

  // MARK: The meter's side

  private mutating func hear(_ answer: ArraySlice<UInt8>) {
    guard isAsked else { return }
    var decoder = ModeCAnswerDecoder()
    for byte in answer { if let message = decoder.take(byte) { hear(message) } }
    if let message = decoder.silence() { hear(message) }
  }

  private mutating func hear(_ message: ModeCAnswer) {
    switch message {
    case .identification(let found):
      identification = found
      questions.awaitsOption = true
      // Modes A and B list by themselves, and so does C where nobody chooses.
      pending = .list(UInt8(ascii: "0"))
    case .block(let body, let isPartial):
      blocks += body
      if !isPartial { finish() }
    case .command(let command):
      guard pending == .seed, command.letter == UInt8(ascii: "P") else { break }
      seed = Self.block(command.data)?.sets.first?.values.first?.text ?? ""
      pending = .nothing
    case .acknowledge:
      guard pending == .password, !passwords.isEmpty else { break }
      passwords[passwords.count - 1].isTaken = true
      pending = .nothing
    case .refusal:
      unanswered += 1
      pending = .nothing
    case .refused, .echoedRequest: break
    }
  }

  private mutating func finish() {
    defer { (pending, blocks) = (.nothing, []) }
    guard let block = Self.block(blocks) else {
      unanswered += 1
      return
    }
    switch pending {
    case .list(let option):
      lists.append(List(at: asked, option: option, block: blocks, sets: block.sets))
    case .read(let command): took(command, block)
    case .nothing, .identification, .seed, .password, .other: unanswered += 1
    }
  }

  private mutating func took(_ command: ModeCCommand, _ block: ModeCDataBlock) {
    let wanted = Self.block(command.data)?.sets.first?.address ?? ""
    // `(ER01)`: an error answer is a bracket with letters alone, of no address.
    guard !Self.isError(block) else {
      unanswered += 1
      return
    }
    if block.sets.first?.address.isEmpty ?? false { repeatsAddress = false }
    reads.append(Read(at: asked, command: command, address: wanted, block: block))
  }

  private static func isError(_ block: ModeCDataBlock) -> Bool {
    guard block.sets.count == 1, let set = block.sets.first, set.values.count == 1 else {
      return block.sets.isEmpty
    }
    return set.address.isEmpty && set.values[0].text.uppercased().hasPrefix("ER")
      || set.values[0].text == "ERROR"
  }

  private static func block(_ bytes: [UInt8]?) -> ModeCDataBlock? {
    bytes.flatMap { try? ModeCDataBlock(parsing: $0) }
  }

  // MARK: Pushes

  /// Mode D: nobody asks.
  private mutating func pushed(_ trace: Trace) {
    var decoder = ModeCPushDecoder()
    for event in trace.events {
      guard case .bytes(.answer, let bytes) = event.what else { continue }
      for byte in bytes {
        guard case .message(let push) = decoder.take(byte & 0x7F) else { continue }
        guard let block = Self.block(push.block) else {
          unanswered += 1
          continue
        }
        identification = push.identification
        pushes.append(event.at)
        lists.append(List(at: event.at, option: UInt8(ascii: "0"), block: push.block, sets: block.sets))
      }
    }
  }
}
