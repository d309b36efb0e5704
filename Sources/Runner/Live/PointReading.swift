// What registers say by a meter's map, for a person at a bench: one value with its unit, or why there is
// none.

public import HeadEnd
public import MeterModel
public import Units
internal import Wire

/// One point of a register map, read from a meter.
public struct PointReading: Hashable, Sendable {
  public var point: ModbusPoint
  public var value: Result<String, ReadFailure>

  /// Reads the energies and the power of a map (or all its points), one request each: a meter that refuses
  /// one answers the others. Where the first gets no answer at all nobody is there, and no more is asked.
  public static func read(
    _ map: ModbusMap, unit: UInt8, all: Bool, over poll: RegisterPoll
  ) -> [PointReading] {
    var readings: [PointReading] = []
    for point in points(of: map, all: all) {
      let one = read(point, unit: unit, over: poll)
      readings.append(one)
      if readings.count == 1, one.isUnheard { break }
    }
    return readings
  }

  /// Reads one point.
  public static func read(_ point: ModbusPoint, unit: UInt8, over poll: RegisterPoll) -> PointReading {
    let request = RegisterRequest(
      unit: unit, function: point.functions.max() ?? 4, address: point.address,
      count: UInt16(point.registers))
    return PointReading(point: point, value: poll.read(request).outcome.map { text(of: $0, point) })
  }

  /// The point that shows the energy of a direction, of all phases and rates; nil for a map without one.
  public static func energy(_ role: RegisterRole, of map: ModbusMap) -> ModbusPoint? {
    let kinds: [RegisterRole: ModbusQuantity.Kind] = [
      .import: .activeEnergyImport, .export: .activeEnergyExport, .total: .activeEnergyTotal,
    ]
    return points(of: map, all: false).first { point in
      guard case .quantity(let quantity) = point.shows else { return false }
      return quantity.kind == kinds[role]
    }
  }

  /// The number in kWh, with the digits that the register can tell apart: a binary number is written with
  /// as many as it happens to need, and knows those of its last binary place. Nil for a failure,
  /// or no energy.
  public var kilowattHours: DecimalText? {
    guard case .success(let text) = value, let number = try? DecimalText(parsing: text, exponent: true),
      let shift = [ModbusUnit.kilowattHour: 0, .wattHour: 3][point.unit]
    else { return nil }
    var known = number
    if case .float32 = point.number, let float = Float(text), float.isFinite {
      var (decimals, step) = (0, 1.0)
      while decimals < 9, step / 10 >= Double(float.ulp) { (decimals, step) = (decimals + 1, step / 10) }
      while known.decimals < decimals {
        known = DecimalText(mantissa: known.mantissa * 10, decimals: known.decimals + 1)
      }
    }
    return DecimalText(mantissa: known.mantissa, decimals: known.decimals + shift)
  }

  /// Whether no meter answered: nothing came, nothing that can be read, or a gateway said so (0A, 0B).
  public var isUnheard: Bool {
    switch value {
    case .failure(.exception(let code)):
      ModbusException(rawValue: code).map(Self.gatewayWords.contains) ?? false
    case .failure: true
    case .success: false
    }
  }

  private static let gatewayWords: [ModbusException] = [.gatewayPathUnavailable, .gatewayTargetSilent]

  /// Which points are worth asking for.
  private static func points(of map: ModbusMap, all: Bool) -> [ModbusPoint] {
    guard !all else { return map.points }
    let kinds: [ModbusQuantity.Kind] = [
      .activeEnergyImport, .activeEnergyExport, .activeEnergyTotal, .activePower,
    ]
    var seen: Set<ModbusQuantity> = []
    return map.points.filter { point in
      guard case .quantity(let quantity) = point.shows, kinds.contains(quantity.kind) else { return false }
      // Some maps show a value at two addresses.
      return (isWhole(quantity) || !hasWhole(quantity.kind, map)) && seen.insert(quantity).inserted
    }
  }

  private static func isWhole(_ quantity: ModbusQuantity) -> Bool {
    quantity.place == .whole || quantity.place == .total
  }

  private static func hasWhole(_ kind: ModbusQuantity.Kind, _ map: ModbusMap) -> Bool {
    map.points.contains { point in
      guard case .quantity(let quantity) = point.shows else { return false }
      return quantity.kind == kind && isWhole(quantity)
    }
  }

  /// The number, without more digits than it has.
  static func text(of registers: [UInt16], _ point: ModbusPoint) -> String {
    if case .text(let text) = point.shows { return text.text(of: registers) }
    let words = point.order == .leastSignificantFirst ? registers.reversed() : registers
    let bits = words.reduce(UInt64(0)) { $0 << 16 | UInt64($1) }
    switch point.number {
    case .float32:
      let value = Float(bitPattern: UInt32(truncatingIfNeeded: bits))
      return point.scale == 0 ? "\(value)" : "\(scaled(value, point.scale))"
    case .int16: return signed(Int64(Int16(truncatingIfNeeded: bits)), point.scale)
    case .int32: return signed(Int64(Int32(truncatingIfNeeded: bits)), point.scale)
    case .int64: return signed(Int64(bitPattern: bits), point.scale)
    case .uint16, .uint32, .uint64: return decimal(bits, isNegative: false, point.scale)
    }
  }

  private static func scaled(_ value: Float, _ scale: Int) -> Double {
    let power = (0..<abs(scale)).reduce(1.0) { power, _ in power * 10 }
    return scale < 0 ? Double(value) / power : Double(value) * power
  }

  private static func signed(_ raw: Int64, _ scale: Int) -> String {
    decimal(raw.magnitude, isNegative: raw < 0, scale)
  }

  /// A whole number times a power of ten, exactly.
  private static func decimal(_ raw: UInt64, isNegative: Bool, _ scale: Int) -> String {
    let (sign, digits) = (isNegative ? "-" : "", String(raw))
    guard scale < 0 else { return sign + digits + String(repeating: "0", count: raw == 0 ? 0 : scale) }
    let padded = String(repeating: "0", count: max(1 - scale - digits.count, 0)) + digits
    return sign + padded.dropLast(-scale) + "." + padded.suffix(-scale)
  }
}
