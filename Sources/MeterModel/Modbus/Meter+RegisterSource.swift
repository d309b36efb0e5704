// The meter as its own Modbus side sees it.

public import Units

extension Meter: RegisterSource {
  public var phaseCount: Int { profile.phases }

  public var countsByPhase: Bool { profile.phases == 3 && profile.phaseSum != .vector }

  /// The digits of the serial, where they make a number of 32 bits; 0 otherwise.
  public var serialNumber: UInt32 { UInt32(serial.filter(\.isNumber)) ?? 0 }

  public func readEnergy(_ role: RegisterRole, phase: MeterPhase?) -> WattHours? {
    // The one phase of a single-phase meter is the whole.
    let phase = phaseCount == 1 && phase == .l1 ? nil : phase
    let value = phase.map { phases?.shown(role, $0) } ?? sample(role)
    guard role == .total, let value, value > .zero else { return value }
    let count = phase.map { phases?.counted(role, $0) } ?? countedWhole(role)
    guard let count, count < .zero, let face = profile.register(.total) else { return value }
    // A total that ran back through zero: the protocol has a sign where a display comes round.
    return value - face.rollover.modulus
  }

  public var measuredPower: PhasePowers {
    let power = power
    return phaseCount == 1 ? PhasePowers(l1: power.l1) : PhasePowers(l1: power.l1, l2: power.l2, l3: power.l3)
  }

  public func setDemandPeriod(minutes: Int64) {
    demand?.setPeriod(minutes > 0 ? .minutes(minutes) : profile.modbus?.demandPeriod ?? .minutes(60), at: now)
  }

  public func clearEnergies() {
    for face in profile.registers { set(face.role, to: .zero) }
  }
}
