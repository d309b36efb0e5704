// A make of meter's Modbus side in words: how its line stands, every register with the document it was taken
// from, what can be written, and what the addresses between them answer.

internal import MeterModel
internal import Units

extension ProfileText {
  static func modbus(_ map: ModbusMap) -> [String] {
    let line = map.line
    let functions = map.functions.sorted().map(String.init).joined(separator: ", ")
    var rows = [
      "  modbus: unit \(line.unit), \(line.baud) baud, parity \(line.parity.rawValue), "
        + "\(map.maximumRegisters) registers a read at most",
      "    functions \(functions); a broadcast is \(map.services.broadcast == .acts ? "carried out" : "ignored")",
    ]
    let pauses = [("turnaround", map.turnaround), ("minimum gap", map.minimumGap)].filter { $0.1 > .zero }
    if !pauses.isEmpty { rows.append("    " + pauses.map { "\($0.0) \($0.1)" }.joined(separator: ", ")) }
    for block in map.blocks { rows.append("    " + words(of: block)) }
    rows.append(
      "    " + columns(["address", "FC", "type", "order", "unit", "what", "source"], widths: widths))
    for point in map.points.sorted(by: { $0.address < $1.address }) {
      rows.append("    " + columns(cells(of: point), widths: widths))
    }
    for coil in map.coils {
      let cells = ["\(coil.address)", list(coil.functions), "bit", "", "", coil.name, coil.source]
      rows.append("    " + columns(cells, widths: widths))
    }
    guard !map.settings.isEmpty else { return rows }
    rows.append("    settings")
    for setting in map.settings.sorted(by: { $0.address < $1.address }) {
      let order = setting.number.registers > 1 ? setting.order.rawValue : ""
      let cells = [
        "\(setting.address)", list(setting.functions), setting.number.rawValue, order, "",
        words(of: setting), setting.source,
      ]
      rows.append("    " + columns(cells, widths: widths))
    }
    return rows
  }

  private static let widths = [8, 6, 11, 6, 11, 48]

  private static func list(_ functions: Set<UInt8>) -> String {
    functions.sorted().map(String.init).joined(separator: "/")
  }

  private static func words(of block: ModbusMap.Block) -> String {
    let gaps: [ModbusMap.Gap: String] = [
      .zero: "read 0", .exception: "are refused (exception 02)", .lastValue: "repeat the register before",
    ]
    let range = "addresses \(block.addresses.lowerBound) to \(block.addresses.upperBound)"
    let even = block.evenOnly ? ", even addresses and counts only" : ""
    return "\(range) by \(list(block.functions)): those that hold nothing \(gaps[block.gap] ?? "")\(even)"
  }

  private static func cells(of point: ModbusPoint) -> [String] {
    let scale = point.scale == 0 ? "" : "×10^\(point.scale)"
    let order = point.number.registers > 1 ? point.order.rawValue : ""
    return [
      "\(point.address)", list(point.functions), point.typeName ?? point.number.rawValue, order,
      (point.unit == .one ? "" : point.unit.rawValue) + scale, what(point), point.source,
    ]
  }

  private static func what(_ point: ModbusPoint) -> String {
    let alone = point.alone ? ", asked for alone" : ""
    switch point.shows {
    case .quantity(let quantity):
      let sign = quantity.kind.isDirected && point.sign == .export ? ", export positive" : ""
      let name = point.name == quantity.name ? "" : point.name + ": "
      return name + quantity.name + sign + alone
    case .constant(let value): return "\(point.name): always \(value)\(alone)"
    case .zero: return "\(point.name): reads 0"
    case .absent: return "\(point.name): not implemented"
    case .text(let text):
      if case .fixed(let fixed) = text.content { return "\(point.name): \"\(fixed)\"" }
      return "\(point.name): the serial number"
    }
  }

  private static func words(of setting: ModbusSetting) -> String {
    let allowed: String
    switch setting.allowed {
    case .any: allowed = ""
    case .values(let values): allowed = " " + values.map(String.init).joined(separator: "|")
    case .range(let range): allowed = " \(range.lowerBound)…\(range.upperBound)"
    }
    let codes = setting.codes.sorted { $0.key < $1.key }.map {
      "\($0.key)=" + (setting.frame(of: $0.value) ?? "\($0.value)")
    }
    let acts = setting.acts == .atPowerUp ? ", from power-up on" : ""
    return setting.name + allowed + (codes.isEmpty ? "" : " " + codes.joined(separator: "|")) + acts
  }
}
