// One story's world: a clock, a site, meters, lines and a journal, all on one thread. Only waiting moves time: a
// reader that waits runs the world until its bytes come. Flow is integrated in half-hours and on demand, so a
// quiet month costs what its half-hours cost.

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
  public internal(set) var journal = Journal()
  public internal(set) var beliefs: Beliefs
  public internal(set) var stations: [String: Station] = [:]
  /// The stations in the order in which the story names them.
  public internal(set) var order: [Station] = []
  /// The station whose export register the story settles, if it has one.
  public internal(set) var exportStation: Station?
  /// The station whose import dial is looked at beside it.
  public internal(set) var importStation: Station?
  var lines: [String: LineStation] = [:]
  public internal(set) var evidence = Evidence()
  /// What the story asked for and could not be had: it cannot be judged then.
  var refusals: [String] = []
  /// What the licensee hears of, beside reads.
  var events: [CaseEvent] = []
  /// What `register` expectations found at their instants.
  var askedRegisters: [ExpectedRegister: WattHours] = [:]
  /// The register that a meter showed last: the cause of the answer that carries it.
  var lastSeen = Cause.none
  /// The register that the read under way is about.
  var asked: (station: Station, role: RegisterRole)?
  /// How late a read may be to bound a logged half-hour.
  var loggedTolerance = TimeSpan.zero
  /// End of the story.
  let end: Instant
  /// Reads that fell due while another was under way: one read at a time, as on a real poller.
  var waiting: [() -> Void] = []
  var isReading = false

  private(set) var witness: Witness
  /// Flow that the story states, whatever the site would do.
  var stated = StatedFlow()
  /// Every stream of draws of the story hangs under this one.
  let stream: RandomStream
  /// Meters that were taken away.
  var retired: [Station] = []
  private let site: Site
  private var segments: [FlowSegment] = []
  private var flowed: Instant
  private var trueCauses: [Cause] = []
  private let siteSubject: UInt16

  init(site: Site, start: Instant, end: Instant, stream: RandomStream) {
    clock = VirtualClock(at: start)
    self.start = start
    self.end = end
    self.stream = stream
    self.site = site
    witness = Witness(from: start)
    beliefs = Beliefs(from: start)
    flowed = start
    siteSubject = journal.subject("site")
  }

  /// Brings what flows and what counts up to an instant (a whole millisecond before it).
  func flow(to instant: Instant) {
    let end = Instant(milliseconds: instant.milliseconds)
    while flowed < end {
      let halfHour = HalfHour(containing: flowed)
      let stop = min(end, halfHour.end)
      segments.removeAll(keepingCapacity: true)
      site.flow(until: stop, into: &segments)
      stated.replace(&segments, from: flowed, until: stop)
      witness.observe(segments)
      for station in order { station.meter.advance(through: segments) }
      flowed = stop
      if stop == halfHour.end { close(halfHour) }
    }
  }

  /// True export since the start of the story, up to where the flow has come.
  var trueExport: WattHours { witness.exportTotal.wholeWattHours }

  /// True export since the start at an instant that has been; between half-hours, the flow's own place.
  func trueExport(at instant: Instant) -> WattHours {
    if instant >= flowed { return trueExport }
    let index = HalfHour(containing: start).distance(to: HalfHour(containing: instant)) - 1
    return beliefs.export.truth.indices.contains(index) ? beliefs.export.truth[index] : .zero
  }

  /// The serial numbers that a meter of the story has had.
  func serials(of meter: String) -> Set<String> { Set((order + retired).filter { $0.name == meter }.map(\.serial)) }

  /// The journal's entry of the true half-hour that holds an instant.
  func trueCause(at instant: Instant) -> Cause {
    let index = HalfHour(containing: start).distance(to: HalfHour(containing: instant))
    return trueCauses.indices.contains(index) ? trueCauses[index] : (trueCauses.last ?? .none)
  }

  private func close(_ halfHour: HalfHour) {
    trueCauses.append(
      journal.append(
        .trueHalfHour, at: halfHour.end, subject: siteSubject,
        value: witness.export(of: halfHour).wholeWattHours.value))
    beliefs.close(
      halfHour.end, export: trueExport, counted: exportStation?.countedSinceStart(.export))
    beliefs.closeImport(
      truth: witness.importTotal.wholeWattHours, counted: importStation?.countedSinceStart(.import))
  }

  /// Runs a read now, or after the one that is under way.
  func whenFree(_ read: @escaping () -> Void) {
    guard !isReading else { return waiting.append(read) }
    isReading = true
    read()
    isReading = false
    guard !waiting.isEmpty else { return }
    let next = waiting.removeFirst()
    clock.schedule(at: clock.now) { [unowned self] in whenFree(next) }
  }
}

extension World: LineWorld {
  public var now: Instant { clock.now }

  public func run(until instant: Instant) { clock.run(until: instant) }

  public func schedule(at instant: Instant, _ action: @escaping () -> Void) {
    clock.schedule(at: instant, action)
  }
}
