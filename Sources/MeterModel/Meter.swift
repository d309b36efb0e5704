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
  var integrator: Integrator
  /// Each phase by itself; nil where nobody can read it: on a single-phase meter, or one without Modbus.
  var phases: PhaseCounter?
  /// Its pulse output; nil where nobody watches it.
  var pulses: PulseOutput?
  /// What ran backwards; nil where no port shows it.
  var reverseRun: ReverseRun?
  /// Its registers by rate; nil where it has one rate only.
  var rates: RateBook?
  /// What the display took down last (`refreshDisplay`), in mW·ms.
  var heldCounts: [RegisterRole: Int128]?
  /// How its switch stands; a meter without one is always connected.
  public internal(set) var supply = SupplyState.connected
  /// The half-hour, by its own clock, in which the meter is.
  var period: HalfHour
  /// The true ms at which that half-hour ends.
  var boundary: Int64
  private var latest: FlowSegment
  /// Its element at work where it is not ideal, and the flow as that element sees it.
  var element: ElementAtWork?
  private var seen: [FlowSegment] = []
  /// When it was fitted: its age counts from there.
  let fitted: Instant
  /// Voltage of each phase, in mV.
  public internal(set) var millivolts = DiscTorque.nominalMillivolts
  var saved = SavedRegisters()
  /// When the supply of the meter itself went; nil while it is there.
  var unpoweredSince: Instant?
  /// Its clock has lost the time, and nobody has set it since.
  var isClockInvalid = false
  /// The supply was there at some time in the half-hour that is running.
  var wasPowered = true
  /// The true ms of the next errand of its memory or its slots; `Int64.max` where there is none.
  var errand = Int64.max
  /// What each register had not yet logged a quarter of an hour into the half-hour (CK-08).
  var quarters: [WattHours] = []
  /// What an hour's slot holds of its first half (CK-08).
  var waiting: [WattHours]

  /// A meter whose registers stand at given counts at `start`, its clock right.
  ///
  /// A register that is not given starts at zero; `total` starts at what its accumulation makes of the other
  /// two. Counts for roles the profile has not are not taken: ask `profile.register` before.
  public init(
    profile: Profile, serial: String, at start: Instant, registers counts: [RegisterRole: FineEnergy] = [:],
    stream: RandomStream
  ) {
    (self.profile, self.serial, self.stream, fitted) = (profile, serial, stream, start)
    flowMode = profile.flow
    accumulation = profile.register(.total) == nil ? nil : profile.accumulation ?? .importPlusExport
    let total = (accumulation ?? .import).sum(counts[.import] ?? .zero, counts[.export] ?? .zero)
    registers = profile.registers.map { face in
      Register(face: face, at: counts[face.role] ?? (face.role == .total ? total : .zero))
    }
    waiting = registers.map { _ in .zero }
    let captured = profile.dlms?.capturedStandings(on: profile) ?? []
    logs = profile.registers.map {
      MeterLog($0.role, profile.logs, keepsStandings: captured.contains($0.role))
    }
    measuring = Measuring(profile, fitted: start, millivolts: DiscTorque.nominalMillivolts)
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
    refit()
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
    if element == nil {
      live(segments, measuring.signs)
    } else {
      element?.see(segments, from: integrator.place.time, into: &seen)
      live(seen, PhaseSigns())
    }
    latest = last
  }

  private func live(_ segments: [FlowSegment], _ signs: PhaseSigns) {
    while integrator.place.index < segments.count {
      let (start, edge) = (integrator.place, min(boundary, errand))
      phases?.count(
        segments, from: start, until: edge, measuring: measuring, signs: signs, accumulation: accumulation)
      pulses?.count(segments, from: start, until: edge, measuring, signs)
      reverseRun?.count(segments, from: start, until: edge, signs: signs)
      integrator.measure(segments, until: edge, signs: signs)
      let flowed = integrator.take()
      reverseRun?.add(flowed.reverse)
      measuring.book(flowed, into: &registers, accumulation: accumulation)
      if integrator.place.time >= errand { runErrands() }
      if integrator.place.time >= boundary { closeHalfHour() }
    }
  }

  /// Active power on each phase as the meter measures it now (its own sign: reversed where it is reversed).
  public var power: (l1: Power, l2: Power, l3: Power) {
    if var element {
      let seen = element.power(latest)
      return (Power(milliwatts: seen.l1), Power(milliwatts: seen.l2), Power(milliwatts: seen.l3))
    }
    let signs = measuring.signs
    return (
      Power(milliwatts: latest.l1 * signs.l1), Power(milliwatts: latest.l2 * signs.l2),
      Power(milliwatts: latest.l3 * signs.l3)
    )
  }

  /// The voltage of each phase from `now` on, in mV, 0…600 000.
  /// It drives the disc of a Ferraris meter a little.
  public func setVoltage(millivolts: Int64) {
    self.millivolts = min(max(millivolts, 0), 600_000)
    bend()
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

  /// The MPAN for export that somebody wrote into it, 13 digits (GBCS 1-0:0.0.2); nil: none.
  public var exportMPAN: String?

  /// The firmware that it says it has now, where that is not what its profile says.
  public var firmware: String? { measuring.firmware }

  /// What its clock says now, as the clock itself has it.
  var ownReading: Instant { ownClock.reading(at: now) }

  /// What the measuring element's bucket or running window holds, in mW·ms.
  var held: Int64 { integrator.held }
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
