// A meter's own clock: right until it drifts or somebody sets it. Half-hours end when *it* says so, which is
// some other true instant; both directions of that sum are here, in whole numbers.

internal import Units

/// Readings of a clock that gains or loses evenly from an anchor on.
struct MeterClock {
  private var anchor: Instant
  private var anchorReading: Instant
  private(set) var driftPartsPerBillion: Int64

  private static let billion: Int128 = 1_000_000_000

  /// A clock that is right at `start`.
  init(rightAt start: Instant, driftPartsPerBillion: Int64) {
    (anchor, anchorReading) = (start, start)
    self.driftPartsPerBillion = driftPartsPerBillion
  }

  /// What the clock says, cut to whole µs.
  func reading(at instant: Instant) -> Instant {
    let elapsed = Int128((instant - anchor).microseconds)
    let gained = floorDivide(elapsed * Int128(driftPartsPerBillion), Self.billion)
    return anchorReading + TimeSpan(microseconds: Int64(elapsed + gained))
  }

  /// The first whole ms of true time at which the clock says `reading` or later.
  func firstMillisecond(showing reading: Instant) -> Int64 {
    let ahead = Int128((reading - anchorReading).microseconds) * Self.billion
    let rate = Self.billion + Int128(driftPartsPerBillion)
    let elapsed = -floorDivide(-ahead, rate)
    return -floorDivide(-(anchor.microseconds + Int64(elapsed)), 1000)
  }

  /// Runs at another rate from now on; what it gained so far stays.
  mutating func drift(partsPerBillion: Int64, from now: Instant) {
    set(to: reading(at: now), at: now)
    driftPartsPerBillion = partsPerBillion
  }

  mutating func set(to reading: Instant, at now: Instant) { (anchor, anchorReading) = (now, reading) }
}
