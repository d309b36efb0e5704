// A make of meter as JSON: what `profiles show` prints, for programs. A value's number is raw × scale, in its
// unit.

internal import MeterModel
internal import Runner
internal import Units

enum ProfileJSON {
  static func object(_ profile: Profile) -> JSONText {
    var fields: [(String, JSONText)] = [
      ("name", .text(profile.name)), ("title", .text(profile.title)), ("maker", .text(profile.maker)),
      ("model", .text(profile.model)), ("kind", .text(profile.kind.rawValue)),
      ("phases", .whole(Int64(profile.phases))), ("connection", .text(profile.connection.rawValue)),
      ("flow", .text(profile.flow.rawValue)), ("phaseSum", .text(profile.phaseSum.rawValue)),
      ("registers", .list(profile.registers.map(register))),
    ]
    if let map = profile.modbus { fields.append(("modbus", modbus(map))) }
    fields.append(("sources", .list(profile.sources.map(JSONText.text))))
    fields.append(("notes", .list(profile.notes.map(JSONText.text))))
    return .object(fields)
  }

  private static func register(_ face: RegisterFace) -> JSONText {
    .object([
      ("role", .text(face.role.rawValue)), ("stepWh", .whole(face.resolution.value)),
      ("modulusWh", .whole(face.rollover.modulus.value)),
    ])
  }

  private static func modbus(_ map: ModbusMap) -> JSONText {
    .object([
      ("unit", .whole(Int64(map.line.unit))), ("baud", .whole(Int64(map.line.baud))),
      ("parity", .text(map.line.parity.rawValue)), ("stopBits", .whole(Int64(map.line.stopBits))),
      ("registersPerRead", .whole(Int64(map.maximumRegisters))), ("functions", list(map.functions)),
      ("broadcast", .text(map.services.broadcast.rawValue)),
      ("blocks", .list(map.blocks.map(block))),
      ("points", .list(map.points.sorted { $0.address < $1.address }.map(point))),
      ("settings", .list(map.settings.sorted { $0.address < $1.address }.map(setting))),
      ("coils", .list(map.coils.map(coil))),
    ])
  }

  private static func list(_ functions: Set<UInt8>) -> JSONText {
    .list(functions.sorted().map { .whole(Int64($0)) })
  }

  private static func block(_ block: ModbusMap.Block) -> JSONText {
    .object([
      ("functions", list(block.functions)), ("from", .whole(Int64(block.addresses.lowerBound))),
      ("through", .whole(Int64(block.addresses.upperBound))), ("gap", .text(block.gap.rawValue)),
      ("evenOnly", .flag(block.evenOnly)),
    ])
  }

  private static func point(_ point: ModbusPoint) -> JSONText {
    var fields: [(String, JSONText)] = [
      ("name", .text(point.name)), ("address", .whole(Int64(point.address))),
      ("functions", list(point.functions)), ("registers", .whole(Int64(point.registers))),
      ("type", .text(point.typeName ?? point.number.rawValue)), ("order", .text(point.order.rawValue)),
      ("unit", .text(point.unit.rawValue)), ("scaleExponent", .whole(Int64(point.scale))),
    ]
    switch point.shows {
    case .quantity(let quantity):
      fields.append(("shows", .text(quantity.name)))
      if quantity.kind.isDirected { fields.append(("positive", .text(point.sign.rawValue))) }
    case .constant(let value): fields += [("shows", .text("constant")), ("value", .whole(value))]
    case .zero: fields.append(("shows", .text("zero")))
    case .absent: fields.append(("shows", .text("absent")))
    case .text(let text):
      guard case .fixed(let fixed) = text.content else {
        fields.append(("shows", .text("serial")))
        break
      }
      fields += [("shows", .text("text")), ("text", .text(fixed))]
    }
    if point.alone { fields.append(("alone", .flag(true))) }
    return .object(fields + [("source", .text(point.source))])
  }

  private static func setting(_ setting: ModbusSetting) -> JSONText {
    var fields: [(String, JSONText)] = [
      ("name", .text(setting.name)), ("means", .text(setting.meaning.rawValue)),
      ("address", .whole(Int64(setting.address))), ("functions", list(setting.functions)),
      ("type", .text(setting.number.rawValue)), ("order", .text(setting.order.rawValue)),
      ("acts", .text(setting.acts.rawValue)), ("initial", .whole(setting.initial)),
    ]
    switch setting.allowed {
    case .any: break
    case .values(let values): fields.append(("values", .list(values.map { .whole($0) })))
    case .range(let range):
      fields.append(("range", .list([.whole(range.lowerBound), .whole(range.upperBound)])))
    }
    if !setting.codes.isEmpty {
      let codes = setting.codes.sorted { $0.key < $1.key }.map {
        ("\($0.key)", setting.frame(of: $0.value).map(JSONText.text) ?? .whole(Int64($0.value)))
      }
      fields.append(("codes", .object(codes)))
    }
    return .object(fields + [("source", .text(setting.source))])
  }

  private static func coil(_ coil: ModbusCoil) -> JSONText {
    .object([
      ("name", .text(coil.name)), ("address", .whole(Int64(coil.address))),
      ("functions", list(coil.functions)),
      ("shows", .text(coil.shows.rawValue)), ("source", .text(coil.source)),
    ])
  }
}

extension ModbusSetting {
  /// `8E1` of a setting of frames; nil of one of speeds or digits.
  func frame(of code: Int) -> String? { meaning == .frame ? ModbusFrame(rawValue: code)?.word : nil }
}
