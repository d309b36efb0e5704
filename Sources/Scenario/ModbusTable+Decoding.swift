// `tables:` of a profile's Modbus part: many points in one form, a line each, so that a map of a hundred
// registers can be read beside its document. What all rows share stands above them:
//
//   tables:
//     - functions: [3, 4]     # by which they are read
//       order: CDAB           # of values of more than one register
//       positive: import      # of values with a direction
//       source: v2
//       base: 40070           # added to each address (0)
//       rows:
//         -  0 int32 voltage-l1 V 0.1
//         - 50 int16 power-factor-l1 - 0.001
//
// A row is ADDRESS TYPE WHAT [UNIT [SCALE]] [as NAME]. WHAT is a quantity, `=VALUE` (never changes), `zero`
// (not worked out), `absent` (the meter has it not) or `serial`, the number on its plate. TYPE is a number or
// a SunSpec type; text:N and text1:N are N registers of two characters or one. SCALE is a power of ten (1),
// or `format` where the setting `energy-format` has the decimals.

internal import MeterModel

/// The points of one table, each with the row it stands in.
struct ModbusTable {
  var rows: [(point: ModbusPoint, node: Node)]

  private struct Head {
    var functions: Set<UInt8>
    var order: WordOrder?
    var sign: ModbusPoint.Sign?
    var source: String
    var base: UInt16
  }

  init(_ node: Node, sources: ModbusSources) throws {
    var fields = try Fields(node, of: "a table of points")
    let head = Head(
      functions: try fields.required("functions").functions(),
      order: try fields.optional("order")?.word("word order"),
      sign: try fields.optional("positive")?.word("direction that is positive"),
      source: try sources.source(fields.required("source")),
      base: try fields.optional("base")?.address("the base") ?? 0)
    let nodes = try fields.required("rows").list("the rows")
    try fields.finish()
    rows = try nodes.map { (try Self.point($0, head), $0) }
  }

  /// SunSpec's names of types, and the numbers they are.
  private static let types: [String: (number: ModbusNumber, wraps: Bool)] = [
    "sunssf": (.int16, false), "acc32": (.uint32, true), "enum16": (.uint16, false), "pad": (.int16, false),
    "bitfield32": (.uint32, false),
  ]

  private static func point(_ node: Node, _ head: Head) throws -> ModbusPoint {
    var words = try node.text("a row").split(separator: " ").map(String.init)
    var name: String?
    if words.count > 2, words[words.count - 2] == "as" {
      name = words.removeLast()
      words.removeLast()
    }
    guard (3...5).contains(words.count) else {
      throw node.diagnostic(
        "BS-PRF-83", "a row is ADDRESS TYPE WHAT [UNIT [SCALE]] [as NAME]",
        help: "write `12 float32 active-power-l1 W`")
    }
    let offset = try node.address("the address", written: words[0])
    let (address, isPast) = head.base.addingReportingOverflow(offset)
    guard !isPast else { throw node.diagnostic("BS-PRF-43", "'\(words[2])' runs past register 65535") }
    let what = words[2]
    if words[1].hasPrefix("text") {
      let text = try Self.text(words[1], what, node)
      return ModbusPoint(
        name: try named(name, node), shows: .text(text), functions: head.functions, address: address,
        number: .uint16, typeName: words[1], source: head.source)
    }
    guard let type = types[words[1]] ?? ModbusNumber(rawValue: words[1]).map({ ($0, false) }) else {
      throw node.diagnostic("BS-PRF-84", "'\(words[1])' is no type of a register")
    }
    guard type.number.registers == 1 || head.order != nil else {
      throw node.diagnostic(
        "BS-SCN-05", "the key 'order' is missing above this row", help: "add `order: ABCD`")
    }
    var point = ModbusPoint(
      name: name ?? what, shows: .zero, functions: head.functions, address: address, number: type.number,
      order: type.number.registers == 1 ? .mostSignificantFirst : head.order ?? .mostSignificantFirst,
      typeName: ModbusNumber(rawValue: words[1]) == nil ? words[1] : nil, wraps: type.wraps,
      source: head.source)
    switch what {
    case "zero": point.name = try named(name, node)
    case "absent": (point.name, point.shows) = (try named(name, node), .absent)
    case _ where what.hasPrefix("="):
      guard let value = Int64(what.dropFirst()) else {
        throw node.diagnostic("BS-PRF-84", "'\(what)' is no whole number")
      }
      (point.name, point.shows) = (try named(name, node), .constant(value))
    default: try quantify(&point, words, head, node)
    }
    return point
  }

  private static func quantify(
    _ point: inout ModbusPoint, _ words: [String], _ head: Head, _ node: Node
  ) throws {
    let quantity = try node.modbusQuantity(named: words[2])
    point.shows = .quantity(quantity)
    let written = words.count > 3 ? words[3] : ModbusUnit.one.rawValue
    guard let unit = ModbusUnit(rawValue: written), quantity.kind.units.contains(unit) else {
      let known = quantity.kind.units.map(\.rawValue).joined(separator: " or ")
      throw node.diagnostic("BS-PRF-51", "\(quantity.name) is in \(known), not in \(written)")
    }
    point.unit = unit
    if words.count > 4 {
      point.followsFormat = words[4] == "format"
      point.scale = point.followsFormat ? -1 : try node.powerOfTen(of: words[4])
    }
    guard quantity.kind.isDirected else { return }
    guard let sign = head.sign else {
      throw node.diagnostic(
        "BS-SCN-05", "the key 'positive' is missing above this row", help: "add `positive: import`")
    }
    point.sign = sign
  }

  private static func text(_ type: String, _ what: String, _ node: Node) throws -> ModbusText {
    let parts = type.split(separator: ":")
    guard parts.count == 2, let perRegister = ["text": 2, "text1": 1][parts[0]], let count = Int(parts[1]),
      (1...Int(ModbusMap.mostRegisters)).contains(count)
    else { throw node.diagnostic("BS-PRF-84", "'\(type)' is no type of a register") }
    if what == "serial" { return ModbusText(.serial, registers: count, perRegister: perRegister) }
    guard what.hasPrefix("=") else {
      throw node.diagnostic("BS-PRF-84", "a text is `serial` or `=LETTERS`, not '\(what)'")
    }
    return ModbusText(.fixed(String(what.dropFirst())), registers: count, perRegister: perRegister)
  }

  private static func named(_ name: String?, _ node: Node) throws -> String {
    guard let name else {
      throw node.diagnostic("BS-PRF-83", "a row that shows no quantity has a name", help: "add `as NAME`")
    }
    return name
  }
}
