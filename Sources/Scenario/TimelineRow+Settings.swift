// Rows that set something: a setting of a Modbus meter, written over its line (`writes`), and the reader's
// end of a line (`sets-line`).

internal import MeterModel

extension TimelineRow {
  /// One of these with each `writes`.
  private enum Written: String, CaseIterable { case accumulation, direction, unit, baud, frame }

  private static let modes: [String: Accumulation] = [
    "import": .import, "import-plus-export": .importPlusExport, "import-minus-export": .importMinusExport,
  ]

  /// Carlo Gavazzi's words: "easy connection" counts whatever its direction as import.
  private enum Direction: String, CaseIterable {
    case easyConnection = "easy-connection"
    case bidirectional
  }

  mutating func write(in cast: Cast) throws -> SettingWrite {
    let meter = try cast.meter(subject)
    guard meter.line != nil, let map = meter.profile.modbus else {
      throw subject.diagnostic("BS-SCN-30", "\(meter.name) (\(meter.profile.name)) is on no line")
    }
    let said = Written.allCases.filter { fields.has($0.rawValue) }
    guard let one = said.first, said.count == 1, let node = fields.optional(one.rawValue) else {
      let known = Written.allCases.map(\.rawValue).joined(separator: ", ")
      throw subject.diagnostic(
        "BS-SCN-05", "this row does not say which setting is written", help: "one of: \(known)")
    }
    let write = SettingWrite(meter: meter.name, setting: try Self.setting(one, node), unit: try atUnit())
    guard write.place(in: map) != nil else {
      throw node.diagnostic(
        "BS-SCN-30", "\(meter.name) (\(meter.profile.name)) has no such setting",
        help: "`backspin profiles show \(meter.profile.name)` lists its settings")
    }
    return write
  }

  private static func setting(_ written: Written, _ node: Node) throws -> SettingWrite.Setting {
    switch written {
    case .accumulation:
      let word = try node.text("the accumulation")
      if let mode = modes[word] { return .accumulation(mode.rawValue) }
      let near = Spelling.nearest(to: word, among: modes.keys).map { "did you mean '\($0)'?" }
      throw node.diagnostic(
        "BS-SCN-12", "'\(word)' is no accumulation",
        help: near ?? "one of: import, import-plus-export, import-minus-export")
    case .direction: return .direction(isBoth: try node.word("direction", Direction.self) == .bidirectional)
    case .unit: return .unit(UInt8(try node.whole("the Modbus unit", in: 1...247)))
    case .baud: return .baud(Int(try node.whole("the speed", in: 1...1_000_000)))
    case .frame: return .frame(try node.frame())
    }
  }

  /// `sets-line: bus`, with `baud`, `parity` and `stop-bits` as of a line; what is not said stays.
  mutating func setLine(in cast: Cast) throws -> LineChange {
    guard case .line(let name) = try cast.target(subject) else {
      throw subject.diagnostic("BS-SCN-22", "this is no line of the story")
    }
    var change = LineChange(line: name)
    change.baud = try fields.optional("baud").map { try $0.lineSpeed() }
    change.parity = try fields.optional("parity")?.word("parity")
    change.stopBits = try fields.optional("stop-bits").map { Int(try $0.whole("stop bits", in: 1...2)) }
    return change
  }
}
