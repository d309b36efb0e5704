// What ran backwards through a meter, as Elster's A100C and A1100 keep it beside their registers (the makers'
// handbooks): energy, and occurrences above a threshold. A meter keeps it whatever its flow mode makes of the
// energy.

internal import Units

/// The reverse register and the reverse-run event counter.
struct ReverseRun {
  /// mW·ms, without a limit.
  private(set) var energy: Int128 = 0
  /// Occurrences: from 255 on to 1.
  private(set) var events: UInt8 = 0
  /// An occurrence has been counted since the meter was fitted; a power cycle would clear it.
  private(set) var hasRun = false
  /// mW·ms of the occurrence that is going on.
  private var occurrence: Int64 = 0
  private var isCounted = false
  private let threshold: Int64

  /// Nil for a make of meter without a port that could show it.
  init?(_ profile: Profile) {
    guard profile.irda != nil || profile.optical != nil else { return nil }
    threshold =
      FineEnergy(profile.irda?.reverseThreshold ?? IrDAPort.usualReverseThreshold)
      .milliwattMilliseconds
  }

  /// Whether energy flows backwards now.
  var isRunning: Bool { occurrence > 0 }

  /// Takes what the measuring element saw go backwards, in mW·ms.
  mutating func add(_ reverse: Int64) { energy += Int128(reverse) }

  /// Follows occurrences through a block. One lasts as long as the sum of the phases flows backwards without
  /// a pause (our assumption); it counts once, when its energy exceeds the threshold.
  mutating func count(
    _ segments: [FlowSegment], from start: Place, until boundary: Int64, signs: PhaseSigns
  ) {
    var place = start
    place.walk(segments, until: boundary) { segment, begin, end in
      follow(signs.l1 * segment.l1 + signs.l2 * segment.l2 + signs.l3 * segment.l3, for: end - begin)
    }
  }

  private mutating func follow(_ power: Int64, for milliseconds: Int64) {
    guard power < 0 else {
      (occurrence, isCounted) = (0, false)
      return
    }
    guard !isCounted else { return }
    occurrence += -power * milliseconds
    guard occurrence > threshold else { return }
    isCounted = true
    hasRun = true
    events = events == UInt8.max ? 1 : events + 1
  }
}
