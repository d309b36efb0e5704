// A meter as its readers see it.

public import Units

extension Meter {
  /// The exact count, unwrapped: what resolution, rollover and reading faults have not touched. Nil for a
  /// register the meter has not, and beyond ± 2.5 GWh (`countedWhole` then).
  public func counted(_ role: RegisterRole) -> FineEnergy? { register(role)?.exact }

  /// The count in whole Wh, unwrapped, cut towards minus infinity.
  public func countedWhole(_ role: RegisterRole) -> WattHours? { register(role)?.whole }

  /// The register as its protocol or display shows it, cut to its step and wrapped. Looking changes nothing;
  /// a read that somebody makes is `sample`, which faults of single reads can spoil.
  public func shown(_ role: RegisterRole) -> WattHours? { register(role)?.shown }

  /// One read by somebody: `shown`, with the faults that hit single reads (RG-11, RG-12) and count them.
  /// Call it once for each register in each answer.
  public func sample(_ role: RegisterRole) -> WattHours? {
    guard let place = registers.firstIndex(where: { $0.face.role == role }) else { return nil }
    let register = registers[place]
    var value = register.shown
    for index in faults.indices {
      let number = faults[index].samples[role, default: 0] + 1
      faults[index].samples[role] = number
      value = faults[index].fault.spoil(value, of: role, sample: number)
      faults[index].fault.touch(&registers[place])
    }
    return Register.show(value, step: register.face.resolution, modulus: register.face.rollover.modulus)
  }

  /// What its own clock says; the true time for a meter that keeps none.
  public func clock(at instant: Instant) -> Instant {
    profile.clock == nil ? instant : ownClock.reading(at: instant)
  }

  /// Half-hours whose end stamps, by the meter's clock, lie in `from ... through`; oldest first. Inclusive at
  /// both ends: a window of 24 h from midnight gives 49 (GBCS selective access).
  public func readLog(_ role: RegisterRole, from: Instant, through: Instant) -> [LogRead.Entry] {
    guard let log = logs.first(where: { $0.role == role }) else { return [] }
    return faults.reduce(log.read(from: from, through: through)) { entries, active in
      active.fault.spoil(entries, of: role, in: self)
    }
  }

  /// The register as it stood at UTC midnights of the meter's clock; inclusive at both ends, oldest first.
  public func readDailySnapshots(_ role: RegisterRole, from: Instant, through: Instant)
    -> [(stamp: Instant, value: WattHours)]
  {
    logs.first { $0.role == role }?.readSnapshots(from: from, through: through) ?? []
  }

  /// The digits of its display; nil without one.
  var displayFace: DisplayFace? { profile.display.map { measuring.display ?? $0 } }

  /// The text on the display, cut to its digits: "15320" or "15320.4". Nil without a display or such a
  /// register.
  public func display(_ role: RegisterRole) -> String? {
    guard let face = displayFace, let register = register(role) else { return nil }
    return face.text(of: faced(register))
  }

  /// The display as a number: what a customer's read says, in steps of the last digit (1 Wh at the finest).
  public func displayed(_ role: RegisterRole) -> WattHours? {
    guard let face = displayFace, let register = register(role) else { return nil }
    let whole = WattHours(Int64(clamping: floorDivide(faced(register), Int128(FineEnergy.perWattHour))))
    return Register.show(whole, step: face.resolution, modulus: face.modulus)
  }

  /// The count on its way to the display, with what present faults make of it.
  private func faced(_ register: Register) -> Int128 {
    faults.reduce(register.exactCount) { count, active in
      active.fault.displayed(count, of: register.face.role)
    }
  }

  /// The exact count in mW·ms, without a limit; 0 for a register that is not there.
  func exactCount(_ role: RegisterRole) -> Int128 { register(role)?.exactCount ?? 0 }

  private func register(_ role: RegisterRole) -> Register? { registers.first { $0.face.role == role } }
}

extension DisplayFace {
  /// Where the display comes round to zero.
  var modulus: WattHours { RegisterFace.Rollover.digits(digits).modulus }

  /// The digits that a count in mW·ms shows: cut, wrapped, never rounded.
  func text(of count: Int128) -> String {
    let perKilowattHour = Int128(FineEnergy.perWattHour) * 1000
    let places = (0..<decimals).reduce(Int128(1)) { power, _ in power * 10 }
    let whole = Int128(modulus.value) / 1000
    let steps = String(floorModulo(floorDivide(count * places, perKilowattHour), whole * places))
    let padded = String(repeating: "0", count: max(digits + decimals - steps.count, 0)) + steps
    guard decimals > 0 else { return padded }
    return padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }
}
