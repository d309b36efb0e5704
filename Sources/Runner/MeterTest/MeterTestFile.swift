// Load points from a file: YAML (`points:`, a list of maps) or CSV with the same words as columns.
//   name, current, power-factor, temperature, one-phase    what the load was: 10 A, 0.5 ind, 23 C, true
//   test-start, test-end | test-pulses | test-energy       what the meter under test said: 1204.512 kWh, 60
//   reference-start, reference-end | reference-pulses | reference-energy | reference-power (2300 W)
//   time, timing                                           156.52 s, 0.2 s

internal import Scenario
internal import Truth
internal import Units

/// A file of load points.
public struct MeterTestFile {
  /// What constants pulses have, where the file counts some.
  public var testConstant: TestConstant?
  public var referenceConstant: TestConstant?

  public init(testConstant: TestConstant? = nil, referenceConstant: TestConstant? = nil) {
    (self.testConstant, self.referenceConstant) = (testConstant, referenceConstant)
  }

  /// The points of a text. CSV where its name ends so. Throws `Diagnostic` with the place.
  public func points(_ text: String, file: String) throws -> [MeterTestPoint] {
    try items(text, file: file).enumerated().map { try point($1, number: $0 + 1) }
  }

  /// The loads of a text without energies: those are to be read at the bench. `time` is how long each load is
  /// held. Throws `Diagnostic` with the place.
  public func loads(_ text: String, file: String) throws -> [MeterTestLoad] {
    try items(text, file: file).enumerated().map { index, node in
      var fields = try Fields(node, of: "a load to be tested at")
      let name = try fields.optional("name")?.text("the name of a point") ?? "\(index + 1)"
      let timeNode = fields.optional("time")
      let time = try timeNode?.number("the time", units: ["s": 0, "min": nil])
      if let timeNode, let time, time.mantissa <= 0 {
        throw timeNode.diagnostic("BS-SCN-13", "a load is held for a time above zero")
      }
      let load = try Self.load(&fields)
      try fields.finish()
      return MeterTestLoad(name: name, time: time, load: load)
    }
  }

  private func items(_ text: String, file: String) throws -> [Node] {
    let root = file.hasSuffix(".csv") ? try Self.table(text, file: file) : try Node.parse(text, file: file)
    var fields = try Fields(root, of: "a meter test")
    let list = try fields.required("points")
    let items = try list.list("the points of a test")
    try fields.finish()
    guard !items.isEmpty else { throw list.diagnostic("BS-SCN-05", "a test has at least one point") }
    return items
  }

  /// Each line as a map, every cell a scalar where it stands; empty cells are left out.
  private static func table(_ text: String, file: String) throws -> Node {
    let table: CSVTable
    do throws(CSVFault) {
      table = try CSVTable(parsing: text)
    } catch {
      throw diagnostic(error, file: file)
    }
    let source = Node.Source(file: file, text: text)
    let rows = table.rows.map { row(table.header, $0, source) }
    let start = Position(file: file, line: 1, column: 1)
    let list = Node(.list(rows), style: .block, at: start, source: source)
    return Node(.map([Node.Entry("points", list, keyAt: start)]), style: .block, at: start, source: source)
  }

  private static func diagnostic(_ fault: CSVFault, file: String) -> Diagnostic {
    let at = Position(file: file, line: fault.line, column: fault.column)
    return Diagnostic(code: fault.code, at: at, message: fault.message, help: fault.help)
  }

  private static func row(_ header: [CSVTable.Cell], _ row: [CSVTable.Cell], _ source: Node.Source) -> Node {
    func place(_ cell: CSVTable.Cell) -> Position {
      Position(file: source.file, line: cell.line, column: cell.column)
    }
    let entries = zip(header, row).filter { !$1.text.isEmpty }.map { head, cell in
      let value = Node(.scalar(cell.text), style: .plain, at: place(cell), source: source)
      return Node.Entry(head.text, value, keyAt: place(head))
    }
    return Node(.map(entries), style: .block, at: row.first.map(place) ?? .nowhere, source: source)
  }

  private func point(_ node: Node, number: Int) throws -> MeterTestPoint {
    var fields = try Fields(node, of: "a load point")
    let time = try fields.optional("time").map { try $0.number("the time", units: ["s": 0, "min": nil]) }
    let timing = try fields.optional("timing").map { try $0.number("the timing", units: ["s": 0]) }
    var point = MeterTestPoint(
      name: try fields.optional("name")?.text("the name of a point") ?? "\(number)",
      test: try energy("test", testConstant, &fields, isTimed: time != nil),
      reference: try energy("reference", referenceConstant, &fields, isTimed: time != nil),
      time: time, timing: timing)
    point.load = try Self.load(&fields)
    try fields.finish()
    if timing != nil, time == nil {
      throw node.diagnostic("BS-SCN-05", "a timing wants the time that the point lasted", help: "add `time`")
    }
    return point
  }

  /// What the load was, as far as limits depend on it.
  private static func load(_ fields: inout Fields) throws -> TestLoad {
    var load = TestLoad()
    load.current = try fields.optional("current").map { try $0.number("a current", units: ["A": 0]) }
    if let factor = fields.optional("power-factor") {
      let words = try factor.text("a power factor").split(separator: " ")
      guard let first = words.first, let value = try? DecimalText(parsing: first), words.count <= 2,
        words.count == 1 || words[1] == "ind" || words[1] == "cap"
      else { throw factor.diagnostic("BS-SCN-13", "a power factor is written 1, 0.5 ind or 0.8 cap") }
      (load.powerFactor, load.isCapacitive) = (value, words.last == "cap")
    }
    load.temperature = try fields.optional("temperature").map {
      try $0.number("a temperature", units: ["C": 0, "°C": 0])
    }
    if let one = fields.optional("one-phase") {
      guard ["true", "false"].contains(try one.text("one-phase")) else {
        throw one.diagnostic("BS-SCN-13", "one-phase is true or false")
      }
      load.onePhase = try one.text("one-phase") == "true"
    }
    return load
  }

  /// The energy that a side gives in one of its forms.
  private func energy(
    _ side: String, _ constant: TestConstant?, _ fields: inout Fields, isTimed: Bool
  ) throws -> MeterTestPoint.Energy {
    let kilo: [String: Int?] = ["kWh": 0, "Wh": 3]
    if let start = fields.optional("\(side)-start") {
      let end = try fields.required("\(side)-end")
      return .registers(
        start: try start.number("a reading", units: kilo), end: try end.number("a reading", units: kilo))
    }
    if let pulses = fields.optional("\(side)-pulses") {
      guard let count = Int64(try pulses.text("a count")), (1...1_000_000_000).contains(count) else {
        throw pulses.diagnostic("BS-SCN-13", "a count of pulses is a whole number above zero")
      }
      guard let constant else {
        throw pulses.diagnostic(
          "BS-SCN-05", "pulses want their constant", help: "state it with --\(side)-constant")
      }
      // With a stopwatch the count runs from one pulse to another; against a register it does not.
      return .pulses(count, constant: constant, gated: isTimed)
    }
    if let energy = fields.optional("\(side)-energy") {
      return .shown(try energy.number("an energy", units: kilo))
    }
    if side == "reference", let power = fields.optional("\(side)-power") {
      guard isTimed else {
        throw power.diagnostic("BS-SCN-05", "a power wants the time that it was held", help: "add `time`")
      }
      return .power(try power.number("a power", units: ["W": 0, "kW": -3]))
    }
    let forms = side == "test" ? "" : " or reference-power"
    throw fields.node.diagnostic(
      "BS-SCN-05", "nothing says what the \(side) measured",
      help: "add \(side)-start and \(side)-end, \(side)-pulses, \(side)-energy\(forms)")
  }
}

extension Node {
  /// A decimal number with one of some units; each has the power of ten that its decimals are moved by, nil
  /// for minutes.
  fileprivate func number(_ what: String, units: [String: Int?]) throws -> DecimalText {
    let words = try text(what).split(separator: " ").map(String.init)
    guard words.count == 2, let shift = units[words[1]], let number = try? DecimalText(parsing: words[0])
    else {
      let known = units.keys.sorted().joined(separator: " or ")
      throw diagnostic("BS-SCN-13", "\(what) is a number with its unit: \(known)")
    }
    guard let shift else { return DecimalText(mantissa: number.mantissa * 60, decimals: number.decimals) }
    return DecimalText(mantissa: number.mantissa, decimals: number.decimals + shift)
  }
}
