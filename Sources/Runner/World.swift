// One story's world: a clock, a site, meters, lines and a journal, all on one thread. Only waiting moves
// time: a reader that waits runs the world until its bytes come. Flow is integrated in half-hours and on
// demand, so a quiet month costs what its half-hours cost.

internal import HeadEnd
public import Line
internal import MeterModel
internal import Scenario
internal import Settlement
public import Timeline
internal import Truth
public import Units

/// Everything that happens in one story. Not `Sendable`: one world, one thread.
public final class World {
  public let clock: VirtualClock
  public let start: Instant
  /// End of the story; a read that is under way then is still ended.
  let end: Instant
  public internal(set) var journal = Journal()
  public internal(set) var beliefs: Beliefs
  public internal(set) var evidence = Evidence()

  public internal(set) var stations: [String: Station] = [:]
  /// The stations in the order in which the story names them.
  public internal(set) var order: [Station] = []
  /// Meters that were taken away.
  var retired: [Station] = []
  var lines: [String: LineStation] = [:]
  /// The meter whose export the story settles, and the dial that is looked at beside it.
  var exportView: RegisterView
  var importView: RegisterView

  /// What the story asked for and could not be had: it cannot be judged then.
  private(set) var refusals: [String] = []
  /// What the licensee hears of, beside reads.
  var events: [CaseEvent] = []
  /// What `register` expectations found at their instants.
  var askedRegisters: [ExpectedRegister: WattHours] = [:]
  /// The edges of the faults that hold now, by the command that began them.
  var openFaults: [Command: Cause] = [:]
  /// How late a read may be to bound a logged half-hour.
  var loggedTolerance = TimeSpan.zero
  /// Who reads displays, and what is wrong with them.
  var people = ReadingPeople()
  /// What is told wrongly of the life of the contract.
  var life = LifeAtFault()
  let queue = ReadQueue()
  /// Takes bytes to the doors of readers at the bench.
  let carrier: any Carrier
  /// The machine would not carry them: the story cannot be lived at this depth here.
  var carrierTrouble: CarrierError?
  /// Flow that the story states, whatever the site would do.
  var stated = StatedFlow()
  /// Every stream of draws of the story hangs under this one.
  let stream: RandomStream

  private(set) var witness: Witness
  /// Nil where nothing flows: a story of facts alone.
  let site: Site?
  private var segments: [FlowSegment] = []
  private var voltage: [VoltageSegment] = []
  private var generated = GeneratedFlow()
  private var flowed: Instant
  private var trueCauses: [Cause] = []
  /// What was true at instants inside half-hours at which somebody looked.
  private var glances: [Instant: Glance] = [:]
  private let siteSubject: UInt16

  init(
    site: Site?, start: Instant, end: Instant, settles meter: String?, carrier: any Carrier,
    stream: RandomStream
  ) {
    self.carrier = carrier
    clock = VirtualClock(at: start)
    (self.start, self.end, self.stream, self.site) = (start, end, stream, site)
    exportView = RegisterView(roles: [.export], use: .export, meter: meter)
    importView = RegisterView(roles: [.import, .total], use: .import, meter: nil)
    witness = Witness(from: start)
    beliefs = Beliefs(from: start)
    flowed = start
    siteSubject = journal.subject("site")
  }

  /// Something in the story that could not be done: the story cannot be judged.
  func refuse(_ reason: String) { refusals.append(reason) }

  // MARK: What flows

  /// Brings what flows and what counts up to an instant (a whole millisecond before it).
  func flow(to instant: Instant) {
    let end = Instant(milliseconds: instant.milliseconds)
    guard let site else {
      flowed = max(flowed, end)
      return
    }
    while flowed < end {
      let halfHour = HalfHour(containing: flowed)
      let stop = min(end, halfHour.end, nextSwitching)
      site.isDisconnected = isSwitchedOff
      segments.removeAll(keepingCapacity: true)
      site.flow(until: stop, into: &segments)
      // What is stated flows where it can: not through an open switch.
      if !site.isDisconnected { stated.replace(&segments, from: flowed, until: stop) }
      if site.keepsVoltage { site.takeVoltage(into: &voltage) }
      witness.observe(segments)
      if site.keepsGeneration { generated.take(from: site) }
      for station in order {
        station.meter.feel(voltage)
        let isBeside = station.isAtGenerator
        station.meter.advance(through: isBeside ? generated.through(station.meter.profile) : segments)
      }
      flowed = stop
      for station in order { station.pulseLogger?.count(through: stop) }
      if stop == halfHour.end { close(halfHour) }
    }
  }

  private func close(_ halfHour: HalfHour) {
    let cause = journal.append(
      .trueHalfHour, at: halfHour.end, subject: siteSubject,
      value: witness.export(of: halfHour).wholeWattHours.value)
    trueCauses.append(cause)
    beliefs.close(
      halfHour.end, export: (trueExport, exportView.counted),
      import: (witness.importTotal.wholeWattHours, importView.counted), cause: cause)
  }

  /// Whether there is a truth to compare with.
  var hasTruth: Bool { site != nil }

  /// True export since the start of the story, up to where the flow has come.
  private var trueExport: WattHours { witness.exportTotal.wholeWattHours }

  /// What was true at an instant: exact now, at half-hour boundaries, and wherever somebody looked; in
  /// between, as at the boundary before. Of the future nobody knows more than of now.
  func truth(at instant: Instant) -> Glance {
    flow(to: min(instant, now))
    if instant.milliseconds >= flowed.milliseconds { return Glance(export: trueExport, power: witness.power) }
    if let glance = glances[instant] { return glance }
    let over = HalfHour(containing: start).distance(to: HalfHour(containing: instant))
    return Glance(export: beliefs.trueExport(after: over) ?? .zero, power: .zero)
  }

  /// Somebody looks at the world now and will say of it that it was so at `stamp`.
  func glance(for stamp: Instant) {
    let truth = truth(at: now)
    glances[stamp] = truth
    beliefs.compareMeter(
      at: now.wholeSecond, truth: truth.export, counted: exportView.counted, lag: truth.lag,
      cause: trueCauses.last ?? .none)
  }

  /// The journal's entry of the true half-hour that holds an instant, or of the last one before it that is
  /// over.
  func trueCause(at instant: Instant) -> Cause {
    let index = HalfHour(containing: start).distance(to: HalfHour(containing: instant))
    guard index >= 0 else { return .none }
    return index < trueCauses.count ? trueCauses[index] : (trueCauses.last ?? .none)
  }
}

/// The truth of one instant.
struct Glance {
  /// True export since the start of the story.
  var export: WattHours
  /// Net power at the boundary.
  var power: Power

  /// What flows in a second: a meter nets over one (`Netting.second`), so between two seconds it may not have
  /// counted so much yet.
  var lag: WattHours {
    let inASecond = FineEnergy(milliwattMilliseconds: power.magnitude.milliwatts * 1000)
    return inASecond == .zero ? .zero : inASecond.wholeWattHours + WattHours(1)
  }
}

extension World: LineWorld {
  public var now: Instant { clock.now }

  public func run(until instant: Instant) { clock.run(until: instant) }

  public func schedule(at instant: Instant, _ action: @escaping () -> Void) {
    clock.schedule(at: instant, action)
  }
}
