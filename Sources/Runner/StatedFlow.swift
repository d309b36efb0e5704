// `flow` rows of a story: for a while, the flow at the boundary is as stated, whatever the site would do.

internal import Truth
internal import Units

/// Stretches of stated flow; a later one wins where two overlap.
struct StatedFlow {
  private struct Stretch {
    let from: Int64
    let until: Int64
    let power: PhasePower
  }

  private var stretches: [Stretch] = []
  private var scratch: [FlowSegment] = []

  mutating func add(_ power: PhasePower, from: Instant, until: Instant) {
    stretches.append(Stretch(from: from.milliseconds, until: until.milliseconds, power: power))
  }

  /// Replaces the parts of [from, until) that are stated. Time moves forwards: what is over is forgotten.
  mutating func replace(_ segments: inout [FlowSegment], from: Instant, until: Instant) {
    guard !stretches.isEmpty else { return }
    let (start, end) = (from.milliseconds, until.milliseconds)
    for stretch in stretches where stretch.from < end && stretch.until > start {
      overlay(stretch, on: &segments, from: start)
    }
    stretches.removeAll { $0.until <= end }
  }

  private mutating func overlay(_ stretch: Stretch, on segments: inout [FlowSegment], from start: Int64) {
    scratch.removeAll(keepingCapacity: true)
    var at = start
    for segment in segments {
      // Before, inside and after the stretch, as far as the segment has such parts.
      for edge in [stretch.from, stretch.until, segment.endMilliseconds] {
        let end = min(edge, segment.endMilliseconds)
        guard end > at else { continue }
        var piece = segment
        if at >= stretch.from, at < stretch.until {
          (piece.l1, piece.l2) = (stretch.power.l1.milliwatts, stretch.power.l2.milliwatts)
          piece.l3 = stretch.power.l3.milliwatts
        }
        piece.endMilliseconds = end
        scratch.append(piece)
        at = end
      }
    }
    swap(&scratch, &segments)
  }
}
