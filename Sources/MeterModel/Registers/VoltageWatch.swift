// How a smart meter watches the voltage of one phase: the average over each period goes into a circular log
// and is held against two thresholds; what lasts beyond four others is an event, and so is its end (SMETS2
// 5.x, voltage quality; thresholds and periods are those of GBCS, `VoltageLimits`).
//
// Each average above its threshold counts; the event is noted at the first of them, its end at the first that
// is not (the words of GBCS's codes 8002 and 8085). A period cut short by an outage is averaged over what
// there was; one without any supply has no entry; and when the clock is set, what was measured so far goes
// into the period that it then shows (our assumptions).

internal import Units

/// The voltage of one phase as the meter measures it.
struct VoltageWatch {
  /// Tells an event: its code, when by true time in ms, and the voltage in tenths of a volt.
  typealias Note = (MeterEvent.Code, _ milliseconds: Int64, _ decivolts: UInt32) -> Void

  struct Average {
    /// End of the period by the meter's clock.
    var stamp: Instant
    /// Tenths of a volt, to the nearest.
    var decivolts: Int32
  }

  private(set) var log: Ring<Average>
  /// Averages above and below their thresholds since the meter was made (32 bits).
  private(set) var averagesOver: UInt32 = 0
  private(set) var averagesUnder: UInt32 = 0
  private var limits: VoltageLimits
  private var levels: [Level]
  private var isOver = false
  private var isUnder = false
  /// mV·ms and ms of the period that runs.
  private var sum: Int64 = 0
  private var measured: Int64 = 0
  /// True ms up to which it has watched.
  private(set) var place: Int64

  init(_ quality: VoltageQuality, at start: Int64) {
    (limits, place) = (quality.limits, start)
    log = Ring(capacity: quality.entries)
    levels = Level.all(quality.limits)
  }

  /// Other limits from now on. What lasts counts from now anew; the period that runs is left unfinished.
  mutating func take(_ limits: VoltageLimits) {
    self.limits = limits
    levels = Level.all(limits)
    (isOver, isUnder, sum, measured) = (false, false, 0, 0)
  }

  /// No supply: nothing is measured up to a time, and nothing lasts over it.
  mutating func pass(to end: Int64, _ clock: MeterClock, _ note: Note) {
    for index in levels.indices { levels[index].forget() }
    walk(to: end, clock, note) { _, _, _ in }
  }

  /// Watches a voltage that stays the same up to a time.
  mutating func live(to end: Int64, at millivolts: Int64, _ clock: MeterClock, _ note: Note) {
    walk(to: end, clock, note) { watch, start, stop in
      watch.sum += millivolts * (stop - start)
      watch.measured += stop - start
      for index in watch.levels.indices { watch.levels[index].watch(millivolts, from: start, to: stop, note) }
    }
  }

  /// Goes on to a time from period to period, and closes each that ends.
  private mutating func walk(
    to end: Int64, _ clock: MeterClock, _ note: Note,
    _ each: (inout VoltageWatch, _ start: Int64, _ stop: Int64) -> Void
  ) {
    while place < end {
      // The end of the period by the clock as it goes now: it may have been set, or drift otherwise.
      let stamp = periodEnd(clock)
      let edge = clock.firstMillisecond(showing: stamp)
      let stop = min(end, max(edge, place + 1))
      each(&self, place, stop)
      place = stop
      if stop >= edge { close(stamp, note) }
    }
  }

  private func periodEnd(_ clock: MeterClock) -> Instant {
    let period = limits.averagePeriod.microseconds
    let reading = clock.reading(at: Instant(milliseconds: place))
    return Instant(microseconds: (floorDivide(reading.microseconds, period) + 1) * period)
  }

  private mutating func close(_ stamp: Instant, _ note: Note) {
    defer { (sum, measured) = (0, 0) }
    guard measured > 0 else { return }
    let average = floorDivide(2 * sum + measured, 2 * measured)
    let decivolts = floorDivide(average + 50, 100)
    log.append(Average(stamp: stamp, decivolts: Int32(clamping: decivolts)))
    let shown = UInt32(clamping: decivolts)
    if average > limits.averageOver { averagesOver &+= 1 }
    if average < limits.averageUnder { averagesUnder &+= 1 }
    if isOver != (average > limits.averageOver) {
      isOver.toggle()
      note(isOver ? .averageOver : .averageOverEnded, place, shown)
    }
    if isUnder != (average < limits.averageUnder) {
      isUnder.toggle()
      note(isUnder ? .averageUnder : .averageUnderEnded, place, shown)
    }
  }
}

extension VoltageWatch {
  /// A threshold with a period.
  private struct Level {
    let threshold: Int64
    /// ms.
    let period: Int64
    let isHigh: Bool
    let begins: MeterEvent.Code
    let ends: MeterEvent.Code
    private var isBeyond = false
    /// Since when the voltage has been on the other side of what `isBeyond` says.
    private var since: Int64?

    init(_ limit: VoltageLimits.Threshold, isHigh: Bool, _ begins: MeterEvent.Code, _ ends: MeterEvent.Code) {
      (threshold, period) = (limit.millivolts, limit.period.microseconds / 1000)
      (self.isHigh, self.begins, self.ends) = (isHigh, begins, ends)
    }

    static func all(_ limits: VoltageLimits) -> [Level] {
      [
        Level(limits.extremeOver, isHigh: true, .extremeOver, .extremeOverEnded),
        Level(limits.swell, isHigh: true, .swell, .swellEnded),
        Level(limits.extremeUnder, isHigh: false, .extremeUnder, .extremeUnderEnded),
        Level(limits.sag, isHigh: false, .sag, .sagEnded),
      ]
    }

    mutating func forget() { (isBeyond, since) = (false, nil) }

    /// The voltage is the same over the whole stretch, so it turns at most once in it.
    mutating func watch(_ millivolts: Int64, from: Int64, to end: Int64, _ note: Note) {
      let isThere = isHigh ? millivolts > threshold : millivolts < threshold
      guard isThere != isBeyond else {
        since = nil
        return
      }
      let began = since ?? from
      since = began
      guard end - began >= period else { return }
      isBeyond = isThere
      since = nil
      note(isThere ? begins : ends, began + period, UInt32(clamping: floorDivide(millivolts + 50, 100)))
    }
  }
}
