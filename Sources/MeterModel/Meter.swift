// One meter: it integrates the flow at the boundary, counts, remembers half-hours by its own clock, and shows
// what a reader would see. It works in blocks between events (the end of a half-hour, the edge of a fault, a
// read); within a block nothing about it changes.

public import Timeline
public import Units

/// A meter of some make, fitted at one place. It lives in one world, on one thread.
public final class Meter {
  public let profile: Profile
  public let serial: String
  /// What the `total` register adds up from now on (holding register 0xF920 of an SDM120 or SDM230).
  /// What it counted before stays (our assumption). Nil where the profile has no such register.
  public var accumulation: Accumulation?
  /// How it treats reverse flow from now on: as its make does, until a setting says otherwise.
  public var flowMode: FlowMode { didSet { bend() } }
  /// Means over the demand period; nil where nobody can read one.
  public internal(set) var demand: DemandCounter?
  /// Called as each half-hour of a log closes, with its end stamp; gives the entry's cause.
  public var whenLogged: ((RegisterRole, _ stamp: Instant, WattHours) -> Cause)?

  var registers: [Register]
  var logs: [MeterLog]
  var ownClock: MeterClock
  var measuring: Measuring
  var faults: [ActiveFault] = []
  public let stream: RandomStream
  /// What it has noted of itself, oldest first: for ports with an event log.
  public internal(set) var events: [MeterEvent] = []
  private var integrator: Integrator
  /// Each phase by itself; nil where nobody can read it: on a single-phase meter, or one without Modbus.
  var phases: PhaseCounter?
  /// Its pulse output; nil where nobody watches it.
  var pulses: PulseOutput?
  /// What ran backwards; nil where no port shows it.
  var reverseRun: ReverseRun?
  /// Its registers by rate; nil where it has one rate only.
  var rates: RateBook?
  /// How its switch stands; a meter without one is always connected.
  public internal(set) var supply = SupplyState.connected
  /// The half-hour, by its own clock, in which the meter is.
  private(set) var period: HalfHour
  /// The true ms at which that half-hour ends.
  private var boundary: Int64
  private var latest: FlowSegment

  /// A meter whose registers stand at given counts at `start`, its clock right.
  ///
  /// A register that is not given starts at zero; `total` starts at what its accumulation makes of the other
  /// two. Counts for roles the profile has not are not taken: ask `profile.register` before.
  public init(
    profile: Profile, serial: String, at start: Instant, registers counts: [RegisterRole: FineEnergy] = [:],
    stream: RandomStream
  ) {
    (self.profile, self.serial, self.stream, flowMode) = (profile, serial, stream, profile.flow)
    accumulation = profile.register(.total) == nil ? nil : profile.accumulation ?? .importPlusExport
    let total = (accumulation ?? .import).sum(counts[.import] ?? .zero, counts[.export] ?? .zero)
    registers = profile.registers.map { face in
      Register(face: face, at: counts[face.role] ?? (face.role == .total ? total : .zero))
    }
    let captured = profile.dlms?.capturedStandings(on: profile) ?? []
    logs = profile.registers.map {
      MeterLog($0.role, profile.logs, keepsStandings: captured.contains($0.role))
    }
    measuring = Measuring(profile)
    integrator = Integrator(profile, at: start)
    phases =
      profile.phases == 1 || profile.kind != .modbus
      ? nil : PhaseCounter(profile, at: start, registers: registers)
    ownClock = MeterClock(rightAt: start, driftPartsPerBillion: measuring.driftPartsPerBillion)
    period = HalfHour(containing: start)
    boundary = ownClock.firstMillisecond(showing: period.end)
    latest = FlowSegment(endMilliseconds: start.milliseconds, l1: 0)
    reverseRun = ReverseRun(profile)
    demand = DemandCounter(profile, at: start)
    rates = RateBook(profile, registers)
  }

  /// As above, from what its registers say in whole Wh: for counts beyond the ± 2.5 GWh of mW·ms too.
  public convenience init(
    profile: Profile, serial: String, at start: Instant, reads: [RegisterRole: WattHours],
    stream: RandomStream
  ) {
    self.init(profile: profile, serial: serial, at: start, registers: [:], stream: stream)
    let total = accumulation?.sum(reads[.import] ?? .zero, reads[.export] ?? .zero)
    set(.total, to: total ?? .zero)
    for (role, value) in reads { set(role, to: value) }
  }

  /// End of the last segment.
  public var now: Instant { Instant(milliseconds: integrator.place.time) }

  /// Lives through a flow. The first segment starts where the last one ended; one that ends in the past is
  /// passed over. The energy of any half-hour must stay within ± 2.5 GWh.
  public func advance(through segments: [FlowSegment]) {
    guard let last = segments.last else { return }
    integrator.rewind()
    demand?.count(segments, from: integrator.place.time, signs: measuring.signs)
    while integrator.place.index < segments.count {
      phases?.count(
        segments, from: integrator.place, until: boundary, measuring: measuring, accumulation: accumulation)
      pulses?.count(segments, from: integrator.place, until: boundary, measuring)
      reverseRun?.count(segments, from: integrator.place, until: boundary, signs: measuring.signs)
      integrator.measure(segments, until: boundary, signs: measuring.signs)
      let seen = integrator.take()
      reverseRun?.add(seen.reverse)
      measuring.book(seen, into: &registers, accumulation: accumulation)
      if integrator.place.time >= boundary { closeHalfHour() }
    }
    latest = last
  }

  /// Active power on each phase as the meter measures it now (its own sign: reversed where it is reversed).
  public var power: (l1: Power, l2: Power, l3: Power) {
    let signs = measuring.signs
    return (
      Power(milliwatts: latest.l1 * signs.l1), Power(milliwatts: latest.l2 * signs.l2),
      Power(milliwatts: latest.l3 * signs.l3)
    )
  }

  /// Sets a register's count, as a workshop does. False where the meter has no such register.
  @discardableResult
  public func set(_ role: RegisterRole, to value: WattHours) -> Bool { set(role, to: value, rest: .zero) }

  /// As above, with what is below 1 Wh.
  @discardableResult
  func set(_ role: RegisterRole, to value: WattHours, rest: FineEnergy) -> Bool {
    guard let index = registers.firstIndex(where: { $0.face.role == role }) else { return false }
    registers[index].set(to: value, rest: rest)
    phases?.set(role, to: value)
    rates?.set(role, to: value)
    return true
  }

  /// What the measuring element's bucket or running window holds, in mW·ms.
  var held: Int64 { integrator.held }

  /// Sets its clock. A half-hour that is cut off by it is logged short under its own stamp; going back logs
  /// stamps a second time, going forward leaves them out. False for a meter that keeps no time.
  @discardableResult
  public func setClock(to reading: Instant) -> Bool {
    guard profile.clock != nil else { return false }
    note(.clockWas, at: clock(at: now))
    ownClock.set(to: reading, at: now)
    note(.clockSet, at: reading)
    let there = HalfHour(containing: reading)
    if there != period {
      logHalfHour()
      period = there
    }
    boundary = ownClock.firstMillisecond(showing: period.end)
    return true
  }

  /// Works out anew what its switch and its faults make of the meter, from `now` on.
  func bend() {
    var bent = Measuring(profile)
    bent.flow = flowMode
    for active in faults { active.fault.bend(&bent) }
    if supply == .disconnected { bent.signs = .nothing }
    measuring = bent
    guard bent.driftPartsPerBillion != ownClock.driftPartsPerBillion else { return }
    ownClock.drift(partsPerBillion: bent.driftPartsPerBillion, from: now)
    boundary = max(ownClock.firstMillisecond(showing: period.end), integrator.place.time)
  }

  private func closeHalfHour() {
    logHalfHour()
    period = period.next
    if floorModulo(period.index, 48) == 0 { snapshot(at: period.start) }
    boundary = ownClock.firstMillisecond(showing: period.end)
  }

  private func logHalfHour() {
    for index in registers.indices {
      let energy = registers[index].takeUnlogged()
      rates?.book(energy, of: registers[index].face.role, during: period)
      guard logs[index].halfHours.capacity > 0 else { continue }
      let cause = whenLogged?(logs[index].role, period.end, energy) ?? .none
      logs[index].halfHours.append(
        MeterLog.HalfHourEntry(period: period, energy: Int32(clamping: energy.value), cause: cause))
      logs[index].standings.append(registers[index].shown)
    }
  }

  private func snapshot(at midnight: Instant) {
    for index in registers.indices where logs[index].snapshots.capacity > 0 {
      logs[index].snapshots.append(MeterLog.Snapshot(stamp: midnight, value: registers[index].shown))
    }
  }
}

extension Accumulation {
  /// What the total gets of some import and export.
  func sum<Amount: AdditiveArithmetic>(_ imported: Amount, _ exported: Amount) -> Amount {
    switch self {
    case .import: imported
    case .importPlusExport: imported + exported
    case .importMinusExport: imported - exported
    }
  }
}
