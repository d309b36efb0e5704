// The programming mode from the reader's side: P0, password, R and W commands, partial blocks, break
// (IEC 62056-21:2002, clauses 6.4.3, 6.4.6 and 6.4.7). After silence the session begins anew instead of the
// command: a late answer must not be taken for the next one's.

internal import Units
internal import Wire

extension OpticalReader {
  func registersOnce(_ addresses: [String], command: UInt8) throws(DialogueFailure) -> MeterReading {
    let found = try enterProgramming()
    var values: [MeterValue] = []
    for address in addresses {
      let set = try single(address, command: command)
      values += Self.values(of: ModeCDataSet(address, set.values), .checked)
    }
    signOff()
    return MeterReading(identity: "/" + found.raw, values: values)
  }

  /// One address, one data set.
  private func single(_ address: String, command: UInt8) throws(DialogueFailure) -> ModeCDataSet {
    let block = try exchange(Self.command("R", command, "\(address)()"), "answer to \(address)")
    guard block.sets.count == 1, let set = block.sets.first, !set.values.isEmpty else {
      throw failure(.unexpected, "the answer to \(address) is not one data set")
    }
    guard set.address.isEmpty || Self.isSame(set.address, address) else {
      throw failure(.unexpected, "\(set.address) came where \(address) was asked for")
    }
    return set
  }

  func writeOnce(_ value: String, to address: String) throws(DialogueFailure) -> MeterReading {
    let found = try enterProgramming()
    let command = Self.command("W", 1, "\(address)(\(value))")
    link.rest(reaction)
    say(command.bytes)
    hasWritten = true
    switch hear(after: command.bytes.count) {
    case .answer(.acknowledge): break
    case .answer(.block(let bytes, _)): throw refusal(Self.errorText(bytes) ?? "another text", to: address)
    case .answer(.refusal): throw failure(.refused, "the meter answered NAK to the writing of \(address)")
    case let other: throw failure(of: other, awaiting: "answer to the writing of \(address)")
    }
    signOff()
    return MeterReading(identity: "/" + found.raw)
  }

  func enterProgramming() throws(DialogueFailure) -> ModeCIdentification {
    let found = try signOn()
    let mode = modeOf(found)
    guard mode == .c || mode == .e else {
      throw failure(.refused, "a meter of mode \(mode.rawValue.uppercased()) has no choice of options")
    }
    acknowledge(UInt8(ascii: "1"), baud: chosenBaud(found))
    switch hear(after: 6, extra: options.answerWait, awaitsBlock: true) {
    case .answer(.command(let first)) where first.letter == UInt8(ascii: "P"): break
    case .answer(.block):
      throw failure(.refused, "the meter lists: it has no programming mode")
    case let other:
      if case .noise = other, link.baud != options.startBaud { doubtsSpeed = true }
      throw failure(of: other, awaiting: "P0")
    }
    if let password = options.password { try give(password) }
    return found
  }

  private func give(_ password: String) throws(DialogueFailure) {
    let command = Self.command("P", 1, "(\(password))")
    link.rest(reaction)
    say(command.bytes)
    // Never sent again unasked: a few wrong passwords lock many meters.
    switch hear(after: command.bytes.count) {
    case .answer(.acknowledge): return
    case .answer(.refusal):
      throw failure(.authentication, "NAK to the password: refused, or spoilt on the line")
    case .answer(.block(let bytes, _)):
      throw failure(.authentication, "the password was refused: (\(Self.errorText(bytes) ?? "?"))")
    case .answer(.command(let command)) where command.isSignOff:
      throw failure(.authentication, "the meter signed off after the password")
    case let other: throw failure(of: other, awaiting: "answer to the password")
    }
  }

  /// A read command and its data, block by block.
  func exchange(_ command: ModeCCommand, _ what: String) throws(DialogueFailure) -> ModeCDataBlock {
    link.rest(reaction)
    say(command.bytes)
    var sent = command.bytes.count
    var data: [UInt8] = []
    var (faults, refusals) = (0, 0)
    while true {
      switch hear(after: sent, awaitsBlock: true) {
      case .answer(.block(let bytes, let isPartial)):
        data += bytes
        guard data.count <= ModeCLimits.message else { throw failure(.unreadable, "\(what): no end") }
        if !isPartial { return try parsed(data, what) }
        sent = try next(ModeCText.ack, what)
      case .answer(.refused(let fault)):
        faults += 1
        guard faults < max(options.tries, 1) else { throw failure(of: fault, in: what) }
        remark("the \(what) was repeated")
        link.rest(reaction)
        say([ModeCText.nak])
        sent = 1
      case .answer(.refusal):
        // The command arrived with a wrong check, or the meter will not.
        refusals += 1
        guard refusals < max(options.tries, 1) else { throw failure(.refused, "NAK in place of the \(what)") }
        link.rest(reaction)
        say(command.bytes)
        (sent, data) = (command.bytes.count, [])
      case let other: throw failure(of: other, awaiting: what)
      }
    }
  }

  /// Asks for the next block. Whatever came unasked means that both ends count blocks differently.
  private func next(_ character: UInt8, _ what: String) throws(DialogueFailure) -> Int {
    guard left.isEmpty, link.rest(reaction) == 0 else {
      throw failure(.unexpected, "\(what): more came than one block")
    }
    say([character])
    return 1
  }

  private func parsed(_ data: [UInt8], _ what: String) throws(DialogueFailure) -> ModeCDataBlock {
    if let text = Self.errorText(data) { throw refusal(text, to: what) }
    do { return try ModeCDataBlock(parsing: data) } catch { throw failure(of: error, in: what) }
  }

  private func refusal(_ text: String, to what: String) -> DialogueFailure {
    failure(.refused, "(\(text)) came as \(what)")
  }

  /// The text of an error answer: one bracket without address, or with one, whose text begins with `ER`.
  static func errorText(_ data: [UInt8]) -> String? {
    guard let block = try? ModeCDataBlock(parsing: data), block.sets.count == 1, let set = block.sets.first,
      set.values.count == 1, let text = set.values.first?.text, text.hasPrefix("ER")
    else { return nil }
    return text
  }

  /// Complete sign-off; the meter is idle after it.
  func signOff() {
    link.rest(reaction)
    say(ModeCText.signOff)
    link.stand(at: options.startBaud)
    quietUntil = link.now + reaction
  }

  static func command(_ letter: Character, _ number: UInt8, _ data: String) -> ModeCCommand {
    ModeCCommand(
      letter: letter.asciiValue ?? 0, number: UInt8(ascii: "0") &+ min(number, 9), data: Array(data.utf8))
  }

  /// The same text, or the same C.D.E where only one names medium and channel.
  static func isSame(_ one: String, _ other: String) -> Bool {
    if one == other { return true }
    guard let left = code(one), let right = code(other), left.reduced == right.reduced else { return false }
    return (left.medium == nil || right.medium == nil)
      && (left.billingPeriod ?? 255) == (right.billingPeriod ?? 255)
  }
}
