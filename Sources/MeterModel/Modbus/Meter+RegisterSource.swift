// The meter as its own Modbus side sees it.

public import Units

extension Meter: RegisterSource {
  public var phaseCount: Int { profile.phases }

  /// The digits of the serial, where they make a number of 32 bits; 0 otherwise.
  public var serialNumber: UInt32 { UInt32(serial.filter(\.isNumber)) ?? 0 }

  public func readEnergy(_ role: RegisterRole, phase: MeterPhase?) -> WattHours? {
    guard phase == nil, let value = sample(role) else { return nil }
    guard role == .total, let count = countedWhole(.total), count < .zero, value > .zero,
      let modulus = profile.register(.total)?.rollover.modulus
    else { return value }
    // A total that ran back through zero: the protocol has a sign where a display comes round.
    return value - modulus
  }

  public func measuredPower(_ phase: MeterPhase) -> Power {
    switch phase {
    case .l1: power.l1
    case .l2: phaseCount > 1 ? power.l2 : .zero
    case .l3: phaseCount > 1 ? power.l3 : .zero
    }
  }
}
