// The profile of a meter that was recorded at its optical port: how it greets, what it lists in the order and
// width that was seen, what its programming mode answered (IEC 62056-21:2002).

internal import Line
internal import MeterModel
internal import Scenario
internal import Units
internal import Wire

/// From a recorded IEC 62056-21 dialogue to a profile.
struct OpticalAdoption {
  let talk: OpticalTalk
  let trace: Trace
  private let identification: ModeCIdentification
  private(set) var guess: OpticalLineGuess
  /// Digits of kWh before the point, by register.
  private var digits: [RegisterRole: Int] = [:]
  private var remarks: [String] = []

  /// Throws `StoryError` where no meter answered.
  init(_ trace: Trace) throws {
    self.trace = trace
    talk = OpticalTalk(trace)
    guard let found = talk.identification else {
      throw StoryError("nothing was read in it: no meter identified itself")
    }
    identification = found
    guess = OpticalLineGuess(day: CivilDate(dayNumber: Int(floorDivide(trace.origin.seconds, 86_400))))
    learn()
  }

  // MARK: What was seen

  /// All data sets, each with when it came: lists, then single reads.
  private var sets: [(at: TimeSpan, set: ModeCDataSet)] {
    talk.lists.flatMap { list in list.sets.map { (list.at, $0) } } + singles
  }

  /// Registers that were read one by one; an answer without an address is that of its question.
  var singles: [(at: TimeSpan, set: ModeCDataSet)] {
    talk.reads.filter { ModeCProfile.isAsked(by: $0.address) == false }.flatMap { read in
      read.block.sets.map { set in
        (read.at, set.address.isEmpty ? ModeCDataSet(read.address, set.values) : set)
      }
    }
  }

  private static func isNumber(_ text: String) -> Bool {
    text.count >= 4 && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
      && text.contains { $0 != "0" }
  }

  private mutating func learn() {
    for (_, set) in sets {
      guard let value = set.values.first else { continue }
      if OpticalLineGuess.isSerial(set.address), guess.serial == nil, Self.isNumber(value.text) {
        guess.serial = value.text
      }
      guard let (role, rate) = OpticalLineGuess.register(set.address),
        let (amount, form, isCut) = OpticalLineGuess.number(value), amount >= 0,
        let whole = Int64(exactly: amount)
      else { continue }
      if rate > 1, amount != 0 { guess.hasOneRate = false }
      guard rate == 0 else { continue }
      guess.registers[role] = WattHours(whole)
      digits[role] = max(form.digits + form.power - 3, 1)
      if isCut {
        remarks.append("\(set.address) has digits below 1 Wh, which no register here has: they are cut off")
      }
    }
    // A device address is mostly the serial number, and so is the seed of many makes.
    let others = [talk.address, talk.seed ?? ""]
    if guess.serial == nil { guess.serial = others.first(where: Self.isNumber) }
  }

  // MARK: Findings

  func findings(file: String, keepsSecrets: Bool) -> Adoption.Findings {
    var found = Adoption.Findings()
    found.values = sets.flatMap { at, set in Self.values(of: set, at: at) } + rows
    found.registers = [RegisterRole.import, .export].compactMap { role in
      guess.registers[role].map { (role, $0) }
    }
    found.serial = guess.serial
    let mode = mode
    found.bench = .optical
    var (lines, kept) = lists()
    let profiles = halfHours(&kept)
    lines += programming(profiles, keepsSecrets, &kept)
    found.profile = head(file) + port(mode) + lines + Self.sources(file, trace)
    found.remarks = remarks + kept + told
    return found
  }

  private static func values(of set: ModeCDataSet, at: TimeSpan) -> [AdoptedValue] {
    set.values.enumerated().map { index, value in
      let isSerial = index == 0 && OpticalLineGuess.isSerial(set.address)
      let role = OpticalLineGuess.register(set.address).flatMap { $0.rate == 0 ? $0.role.rawValue : nil }
      return AdoptedValue(
        at: at, address: index == 0 ? set.address : "\(set.address)[\(index)]",
        name: isSerial ? Adoption.serialNumber : role ?? "", text: value.text, unit: value.unit ?? "")
    }
  }

  private var told: [String] {
    var told: [String] = []
    if talk.unanswered > 0 {
      told.append("\(talk.unanswered) questions have no right answer and are left out")
    }
    if identification.offersModeE {
      told.append("it offers HDLC too (mode E), of which this trace says nothing: it greets without that")
    }
    if guess.registers.isEmpty {
      told.append("no 1.8.0 or 2.8.0 was read: the profile's registers are our assumption")
    }
    if !guess.hasOneRate {
      told.append("more than one rate counts: rates stay as they were read, for their windows are not known")
    }
    return told
  }

  // MARK: Text

  private var mode: String {
    if !talk.isAsked { return "d" }
    if talk.hasChosen { return "c" }
    return identification.isModeB ? "b" : ModeCSpeed.baud(of: identification.proposal) == nil ? "a" : "c"
  }

  private func head(_ file: String) -> String {
    let plain = identification.text.filter { $0 != "\"" && $0 != "\\" }
    let registers = [RegisterRole.import, .export].filter { guess.registers[$0] != nil }
    let shown = registers.isEmpty ? [.import] : registers
    let rows = shown.map {
      "  - {role: \($0.rawValue), resolution: 1 Wh, digits: \(min(max(digits[$0] ?? 6, 1), 9))}\n"
    }
    let hasLog = !talk.profiles.isEmpty
    let logs = shown.map { "\($0.rawValue): 4464" }.joined(separator: ", ")
    return "title: \"Adopted meter \(plain) (skeleton)\"\nmaker: \(identification.maker)\n"
      + "model: \(OpticalLineGuess.quoted(plain))\nkind: electronic\nphases: 1\n"
      + "flow: \(shown.contains(.export) ? "bidirectional" : "import-only")\nregisters:\n" + rows.joined()
      + (hasLog ? "logs: {half-hours: {\(logs)}}\n" : "")
      + (hasLog || showsClock ? "clock: {drift: 0 ppm}\n" : "")
  }

  private var showsClock: Bool { sets.contains { guess.words($0.set)?.hasPrefix("clock:") ?? false } }

  private func port(_ mode: String) -> String {
    var text = "optical:\n  mode: \(mode)\n  flag: \(flag)\n"
    let escapes = identification.escapes.filter { $0 != UInt8(ascii: "2") }.map {
      OpticalLineGuess.quoted(String(decoding: [$0], as: UTF8.self))
    }
    if !escapes.isEmpty { text += "  escapes: [\(escapes.joined(separator: ", "))]\n" }
    text += "  text: \(OpticalLineGuess.quoted(identification.text.filter { $0 != "\\" }))\n"
    let proposed = ModeCSpeed.baud(of: identification.proposal)
    let pushed = trace.line.map(\.baud).flatMap { OpticalPort.bauds.contains($0) ? $0 : nil }
    let baud = mode == "d" ? pushed ?? 2400 : proposed ?? 300
    text += "  baud: \(baud)\n"
    let letter = String(decoding: [identification.proposal], as: UTF8.self)
    if mode == "a" || mode == "d" && letter != "3" {
      text += "  proposal: \(OpticalLineGuess.quoted(letter))\n"
    }
    if mode == "d" { text += "  pushes: \(pushesEvery)s\n" }
    let layout = layout
    if layout != .usual {
      text +=
        "  layout: {sets-per-line: \(layout.setsPerLine), breaks-before-end: \(layout.breaksBeforeEnd)}\n"
    }
    return text
  }

  /// The first two letters are large ones in a profile.
  private var flag: String {
    identification.maker.prefix(2).uppercased() + identification.maker.suffix(1)
  }

  /// Whole seconds between two pushes; 2 where only one was heard.
  private var pushesEvery: Int64 {
    guard let first = talk.pushes.first, talk.pushes.count > 1, let last = talk.pushes.last else { return 2 }
    let all = last - first
    return max((all.microseconds / Int64(talk.pushes.count - 1) + 500_000) / 1_000_000, 1)
  }

  /// How the longest list was broken into lines.
  private var layout: OpticalPort.Layout {
    guard let list = talk.lists.max(by: { $0.block.count < $1.block.count }) else { return .usual }
    let lines = list.block.split { $0 == ModeCText.cr || $0 == ModeCText.lf }
    let most = lines.map { line in (try? ModeCDataBlock(parsing: Array(line)))?.sets.count ?? 1 }.max() ?? 1
    let end = list.block.lastIndex(of: UInt8(ascii: "!")) ?? list.block.endIndex
    let breaks = end > 0 && list.block[end - 1] != UInt8(ascii: ")")
    return OpticalPort.Layout(setsPerLine: min(max(most, 1), 100), breaksBeforeEnd: breaks)
  }

  static func sources(_ file: String, _ trace: Trace) -> String {
    let plain = file.filter { $0 != "\"" && $0 != "\\" }
    return """
      sources:
        - "The trace \(plain), recorded \(trace.origin)"
      notes:
        - "Phases, kind and netting are our assumption, as is all that no reader asked for."
        - "Lines with a text are as they were read: what they show is not known, or nothing here counts it."

      """
  }
}
