// The meter as its own Modbus side sees it.

public import Units

extension Meter: RegisterSource {
  public var phaseCount: Int { profile.phases }

  /// The digits of the serial, where they make a number of 32 bits; 0 otherwise.
  public var serialNumber: UInt32 { UInt32(serial.filter(\.isNumber)) ?? 0 }

  public func readEnergy(_ role: RegisterRole, phase: MeterPhase?) -> WattHours? {
    let count = phase.map { phases?.counted(role, $0) } ?? countedWhole(role)
    let value = phase.map { phases?.shown(role, $0) } ?? sample(role)
    guard let value, let count else { return value }
    guard role == .total, count < .zero, value > .zero, let face = profile.register(.total) else {
      return value
    }
    // A total that ran back through zero: the protocol has a sign where a display comes round.
    return value - face.rollover.modulus
  }

  public func measuredPower(_ phase: MeterPhase) -> Power {
    switch phase {
    case .l1: power.l1
    case .l2: phaseCount > 1 ? power.l2 : .zero
    case .l3: phaseCount > 1 ? power.l3 : .zero
    }
  }
}
