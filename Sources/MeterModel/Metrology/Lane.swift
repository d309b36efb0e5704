// The inner loop of a meter: power times time, netted over the meter's own interval, summed in two
// directions. All whole numbers: mW × ms is never rounded. Nothing is allocated, and what does not change
// within a block (netting, selection of phases, signs) is chosen before the loop: a year at 1 s is 31.5
// million passes.

internal import Units

/// One measuring path: a phase, or the sum of the phases.
struct Lane {
  /// Netted energy in each direction since `take`, in mW·ms.
  private var forward: Int64 = 0
  private var reverse: Int64 = 0
  /// What the running window or bucket holds, in mW·ms.
  private(set) var carry: Int64 = 0
  /// End of the running window in ms since 1970; windows stand on a grid from there (our assumption: the
  /// phase of a meter's own grid is nowhere told).
  private var windowEnd: Int64

  private var window: Int64
  private var quantum: Int64

  init(_ netting: Netting, at start: Int64) {
    switch netting {
    case .bucket(let quantum): (window, self.quantum) = (0, max(quantum.milliwattMilliseconds, 1))
    case .cycle, .second, .window: (window, quantum) = (max(netting.windowMilliseconds ?? 1, 1), 0)
    }
    windowEnd = window == 0 ? 0 : (floorDivide(start, window) + 1) * window
  }

  /// Nets otherwise from now on; what was held is booked by its sign.
  mutating func refit(_ netting: Netting, at now: Int64) {
    var fresh = Lane(netting, at: now)
    fresh.forward = forward + max(carry, 0)
    fresh.reverse = reverse + max(-carry, 0)
    self = fresh
  }

  /// Netted energies since the last call, both ≥ 0.
  mutating func take() -> (forward: Int64, reverse: Int64) {
    defer { (forward, reverse) = (0, 0) }
    return (forward, reverse)
  }

  /// Runs through `segments` from `place` until a segment or the block ends at `boundary`, and moves `place`
  /// on.
  @inline(__always)
  mutating func integrate(
    _ segments: [FlowSegment], from place: inout Place, until boundary: Int64,
    power: (FlowSegment) -> Int64
  ) {
    if window == 0 {
      fillBucket(segments, from: &place, until: boundary, power: power)
    } else {
      netWindows(segments, from: &place, until: boundary, power: power)
    }
  }

  @inline(__always)
  private mutating func netWindows(
    _ segments: [FlowSegment], from place: inout Place, until boundary: Int64,
    power: (FlowSegment) -> Int64
  ) {
    var (imported, exported, held, edge) = (forward, reverse, carry, windowEnd)
    let length = window
    place.walk(segments, until: boundary) { segment, start, end in
      let power = power(segment)
      guard end >= edge else {
        held += power * (end - start)
        return
      }
      let net = held + power * (edge - start)
      imported += max(net, 0)
      exported += max(-net, 0)
      var past = end - edge
      edge += length
      if past >= length {
        let whole = past / length * length
        imported += max(power, 0) * whole
        exported += max(-power, 0) * whole
        edge += whole
        past -= whole
      }
      held = power * past
    }
    (forward, reverse, carry, windowEnd) = (imported, exported, held, edge)
  }

  /// Power is constant within a segment, so the whole quanta that it brings can be taken at its end.
  @inline(__always)
  private mutating func fillBucket(
    _ segments: [FlowSegment], from place: inout Place, until boundary: Int64,
    power: (FlowSegment) -> Int64
  ) {
    var (imported, exported, held) = (forward, reverse, carry)
    let size = quantum
    place.walk(segments, until: boundary) { segment, start, end in
      held += power(segment) * (end - start)
      guard held.magnitude >= size.magnitude else { return }
      let whole = held / size * size
      imported += max(whole, 0)
      exported += max(-whole, 0)
      held -= whole
    }
    (forward, reverse, carry) = (imported, exported, held)
  }
}

/// How far a meter has come in a row of segments.
struct Place {
  /// The segment that is running.
  var index = 0
  /// ms since 1970.
  var time: Int64

  /// Calls `body` with each stretch of constant power up to `boundary` (segment, start, end in ms). Segments
  /// that end in the past are passed over.
  @inline(__always)
  mutating func walk(
    _ segments: [FlowSegment], until boundary: Int64,
    _ body: (FlowSegment, _ start: Int64, _ end: Int64) -> Void
  ) {
    var (index, time) = (index, time)
    while index < segments.count {
      let segment = segments[index]
      let end = min(segment.endMilliseconds, boundary)
      if end > time {
        body(segment, time, end)
        time = end
      }
      if segment.endMilliseconds > boundary { break }
      index += 1
      if time == boundary { break }
    }
    (self.index, self.time) = (index, time)
  }
}
