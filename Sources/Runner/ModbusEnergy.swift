// What a head-end makes of the registers that hold an energy: the number, by the meter's own map, in whole
// Wh.

internal import MeterModel
internal import Units

/// An energy register of a Modbus meter, as a reader uses it.
struct ModbusEnergy {
  let point: ModbusPoint

  /// The energy of a role; nil where the map has no such point.
  init?(_ role: RegisterRole, of map: ModbusMap) {
    let kind: ModbusQuantity.Kind
    switch role {
    case .import, .generation: kind = .activeEnergyImport
    case .export: kind = .activeEnergyExport
    case .total: kind = .activeEnergyTotal
    case .secondaryImport: return nil
    }
    guard let quantity = ModbusQuantity(kind), let point = map.point(quantity) else { return nil }
    self.point = point
  }

  /// Whole Wh, and the step in which the number could have shown them. Nil for a number that is none (NaN,
  /// infinity) or beyond 64 bits.
  func value(of registers: [UInt16]) -> (energy: WattHours, step: WattHours)? {
    let words = point.order == .leastSignificantFirst ? registers.reversed() : registers
    let bits = words.reduce(UInt64(0)) { $0 << 16 | UInt64($1) }
    let power = (0..<abs(point.scale)).reduce(1.0) { whole, _ in whole * 10 }
    let unit = Double(point.unit.perBase) * (point.scale < 0 ? 1 / power : power)
    switch point.number {
    case .float32:
      let number = Float(bitPattern: UInt32(truncatingIfNeeded: bits))
      return energy(Double(number) * unit, step: Double(number.ulp) * unit)
    case .int16: return energy(Double(Int16(truncatingIfNeeded: bits)) * unit, step: unit)
    case .int32: return energy(Double(Int32(truncatingIfNeeded: bits)) * unit, step: unit)
    case .int64: return energy(Double(Int64(bitPattern: bits)) * unit, step: unit)
    case .uint16, .uint32, .uint64: return energy(Double(bits) * unit, step: unit)
    }
  }

  private func energy(_ wattHours: Double, step: Double) -> (energy: WattHours, step: WattHours)? {
    guard wattHours.isFinite, step.isFinite, abs(wattHours) < 9e18 else { return nil }
    return (WattHours(Int64(wattHours.rounded())), WattHours(max(1, Int64(step.rounded(.up)))))
  }
}
