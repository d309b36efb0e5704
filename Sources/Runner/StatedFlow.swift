// `flow` rows of a story: for a while, the flow at the boundary is as stated, whatever the site would do.

internal import Truth
internal import Units

/// Stretches of stated flow; a later one wins where two overlap.
struct StatedFlow {
  private var stretches: [(from: Int64, until: Int64, power: PhasePower)] = []

  mutating func add(_ power: PhasePower, from: Instant, until: Instant) {
    stretches.append((from.milliseconds, until.milliseconds, power))
  }

  /// Replaces the parts of [from, until) that are stated. Costs nothing where no story states any.
  func replace(_ segments: inout [FlowSegment], from: Instant, until: Instant) {
    for stretch in stretches where stretch.from < until.milliseconds && stretch.until > from.milliseconds {
      segments = Self.overlay(stretch, on: segments, from: from.milliseconds)
    }
  }

  private static func overlay(
    _ stretch: (from: Int64, until: Int64, power: PhasePower), on segments: [FlowSegment], from start: Int64
  ) -> [FlowSegment] {
    var out: [FlowSegment] = []
    var at = start
    for segment in segments {
      for edge in [stretch.from, stretch.until, segment.endMilliseconds].sorted()
      where edge > at && edge <= segment.endMilliseconds {
        var piece = segment
        if at >= stretch.from && at < stretch.until {
          piece.l1 = stretch.power.l1.milliwatts
          piece.l2 = stretch.power.l2.milliwatts
          piece.l3 = stretch.power.l3.milliwatts
        }
        piece.endMilliseconds = edge
        out.append(piece)
        at = edge
      }
    }
    return out
  }
}
