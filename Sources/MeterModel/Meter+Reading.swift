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
    // What is told is never earlier than what is meant, and an hour later at most.
    let earliest = callsLocalUTC ? from - .hours(1) : from
    let entries = measuring.log.spoil(log.read(from: earliest, through: through), at: ownReading)
    guard callsLocalUTC else { return entries }
    return entries.map { LogRead.Entry(stamp: told($0.stamp), energy: $0.energy, cause: $0.cause) }
      .filter { $0.stamp >= from && $0.stamp <= through }
  }

  /// Whether it calls London's wall time UTC (CK-04).
  public var callsLocalUTC: Bool { measuring.callsLocalUTC }

  /// What it says, to whoever asks, of an instant of its own clock: a stamp, or what the clock says.
  public func told(_ reading: Instant) -> Instant {
    callsLocalUTC ? reading + LondonClock.offset(at: reading) : reading
  }

  /// The register as it stood at UTC midnights of the meter's clock; inclusive at both ends, oldest first.
  public func readDailySnapshots(_ role: RegisterRole, from: Instant, through: Instant)
    -> [(stamp: Instant, value: WattHours)]
  {
    guard let log = logs.first(where: { $0.role == role }) else { return [] }
    let earliest = callsLocalUTC ? from - .hours(1) : from
    return log.readSnapshots(from: earliest, through: through)
      .map { (told($0.stamp), $0.value) }.filter { $0.0 >= from && $0.0 <= through }
  }

  /// The digits of its display; nil without one.
  var displayFace: DisplayFace? { profile.display.map { measuring.display ?? $0 } }

  /// The display as a number: what a customer's read says, in steps of the last digit (1 Wh at the finest).
  public func displayed(_ role: RegisterRole) -> WattHours? {
    guard let face = displayFace, let register = register(role) else { return nil }
    let whole = WattHours(
      Int64(clamping: floorDivide(faced(register.exactCount, of: role), Int128(FineEnergy.perWattHour))))
    return Register.show(whole, step: face.resolution, modulus: face.modulus)
  }

  /// The count on its way to the display, with what present faults make of it.
  func faced(_ count: Int128, of role: RegisterRole) -> Int128 {
    faults.reduce(count) { count, active in active.fault.displayed(count, of: role) }
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
