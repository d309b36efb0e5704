// What registers say by a meter's map, for a person at a bench: one value with its unit, or why there is none.

public import HeadEnd
public import MeterModel

/// One point of a register map, read from a meter.
public struct PointReading: Hashable, Sendable {
  public var point: ModbusPoint
  public var value: Result<String, ReadFailure>

  /// Reads all energies (or all points) of a map, one request each: a meter that refuses one answers the others.
  public static func read(
    _ map: ModbusMap, unit: UInt8, all: Bool, over poll: RegisterPoll
  ) -> [PointReading] {
    let points = map.points.filter { point in
      guard !all, case .quantity(let quantity) = point.shows else { return all }
      return [.activeEnergyImport, .activeEnergyExport, .activeEnergyTotal, .activePower].contains(quantity.kind)
        && (quantity.place == .whole || quantity.place == .total || map.points.count < 30)
    }
    return points.map { point in
      let request = RegisterRequest(
        unit: unit, function: point.functions.max() ?? 4, address: point.address,
        count: UInt16(point.number.registers))
      return PointReading(point: point, value: poll.read(request).outcome.map { text(of: $0, point) })
    }
  }

  /// The number, without more digits than it has.
  static func text(of registers: [UInt16], _ point: ModbusPoint) -> String {
    let words = point.order == .leastSignificantFirst ? registers.reversed() : registers
    let bits = words.reduce(UInt64(0)) { $0 << 16 | UInt64($1) }
    switch point.number {
    case .float32: return "\(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))"
    case .int16: return decimal(Int64(Int16(truncatingIfNeeded: bits)), point.scale)
    case .int32: return decimal(Int64(Int32(truncatingIfNeeded: bits)), point.scale)
    case .int64: return decimal(Int64(bitPattern: bits), point.scale)
    case .uint16, .uint32, .uint64: return decimal(Int64(clamping: bits), point.scale)
    }
  }

  /// A whole number times a power of ten, exactly.
  private static func decimal(_ raw: Int64, _ scale: Int) -> String {
    guard scale < 0 else { return "\(raw)" + String(repeating: "0", count: raw == 0 ? 0 : scale) }
    let digits = String(raw.magnitude)
    let padded = String(repeating: "0", count: max(1 - scale - digits.count, 0)) + digits
    return (raw < 0 ? "-" : "") + padded.dropLast(-scale) + "." + padded.suffix(-scale)
  }
}
