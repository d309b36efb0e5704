// Registers as DLMS shows them: raw number, scaler and unit (IEC 62056-6-2, class 3).

internal import Units
internal import Wire

extension DLMSDevice {
  /// Attribute 2 or 3 of a register.
  func value(of asked: DLMSRegister, _ index: Int8) throws(DataAccessResult) -> COSEMValue {
    guard let register = faults.confused(asked) else { throw .objectUnavailable }
    switch index {
    case 2:
      guard let value = try raw(register) else { throw .objectUnavailable }
      return register.encode(value)
    case 3:
      let unit: COSEMUnit =
        register.quantity == .constant
        ? COSEMUnit(rawValue: register.unit) : register.quantity.isPower ? .watt : .wattHour
      return ScalerUnit(scaler: faults.scaler(asked.scaler), unit: unit).value
    default: throw .readWriteDenied
    }
  }

  /// Attribute 2 or 3 of the energy of the last half-hour.
  func intervalValue(_ role: RegisterRole, _ index: Int8) throws(DataAccessResult) -> COSEMValue {
    switch index {
    case 2:
      guard let log = meter.logs.first(where: { $0.role == role }), log.halfHours.count > 0 else {
        return intervalNumber(0)
      }
      return intervalNumber(log.halfHours[log.halfHours.count - 1].energy)
    case 3: return ScalerUnit(scaler: faults.scaler(0), unit: .wattHour).value
    default: throw .readWriteDenied
    }
  }

  /// A disc that runs backwards has half-hours below zero.
  func intervalNumber(_ energy: Int32) -> COSEMValue {
    meter.profile.flow == .backwards ? .int32(energy) : .uint32(UInt32(clamping: energy))
  }

  private func raw(_ register: DLMSRegister) throws(DataAccessResult) -> Int128? {
    switch register.quantity {
    case .unusedRate: return 0
    case .constant: return Int128(register.raw)
    case .importPower, .exportPower, .netPower:
      let power = meter.power
      let sum = power.l1.milliwatts + power.l2.milliwatts + power.l3.milliwatts
      let shown =
        register.quantity == .netPower
        ? sum : register.quantity == .importPower ? max(sum, 0) : max(-sum, 0)
      return register.steps(Int128(shown), thousandths: true)
    default:
      let parts = meter.profile.roles(of: register.quantity).map { meter.sample($0) }
      return register.sum(parts).map { register.steps(Int128($0.value), thousandths: false) }
    }
  }
}

extension DLMSRegister {
  /// What the quantity is of its parts, import first.
  func sum(_ parts: [WattHours?]) -> WattHours? {
    guard let first = parts.first ?? nil, parts.allSatisfy({ $0 != nil }) else { return nil }
    let second = parts.count > 1 ? parts[1] ?? .zero : .zero
    return quantity == .net ? first - second : first + second
  }

  /// How many steps of the last digit a number of Wh (or mW) is, cut towards minus infinity as counters are.
  func steps(_ value: Int128, thousandths: Bool) -> Int128 {
    let power = Int(scaler) + (thousandths ? 3 : 0)
    let factor = (0..<abs(power)).reduce(Int128(1)) { factor, _ in factor * 10 }
    return power >= 0 ? floorDivide(value, factor) : value * factor
  }

  /// Whether a number fits the register's own type.
  func holds(_ value: Int64) -> Bool {
    switch width {
    case .uint32: UInt32(exactly: value) != nil
    case .int32: Int32(exactly: value) != nil
    case .uint64: value >= 0
    case .int64: true
    }
  }

  /// In the register's own type; what does not fit comes round, as it does in a meter.
  func encode(_ value: Int128) -> COSEMValue {
    switch width {
    case .uint32: .uint32(UInt32(truncatingIfNeeded: value))
    case .int32: .int32(Int32(truncatingIfNeeded: value))
    case .uint64: .uint64(UInt64(truncatingIfNeeded: value))
    case .int64: .int64(Int64(truncatingIfNeeded: value))
    }
  }
}
