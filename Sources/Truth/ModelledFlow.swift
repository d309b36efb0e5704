// Generation and load brought together at the boundary: a segment a second while the sun moves, and one from
// edge to edge of the load while it does not. Seconds are those of UTC, so a block that begins or ends inside
// one gives a part of the same segment: the flow is the same in one block or in many.

internal import Timeline
internal import Units

/// The flow of a modelled installation; moves forward only.
final class ModelledFlow {
  private(set) var account = Site.Account()

  private var sun: SolarGeneration
  private var home: Household
  private let exportLimit: Int64
  private var edge = 0
  private var load: (l1: Int64, l2: Int64, l3: Int64) = (0, 0, 0)

  /// Energy of the block under way, in mW·ms.
  private var generated: Int64 = 0
  private var consumed: Int64 = 0

  init(
    _ installation: Installation, supply: SiteDescription.Supply, from start: Int64, stream: RandomStream
  ) {
    sun = SolarGeneration(installation, stream: stream.stream("sun"))
    home = Household(installation.load, supply: supply, stream: stream.stream("household"))
    exportLimit = installation.exportLimit?.milliwatts ?? .max / 2
  }

  func append(from start: Int64, until end: Int64, into segments: inout [FlowSegment]) {
    let first = segments.count
    var at = start
    while at < end {
      let second = floorDivide(at, 1000)
      if !home.window.contains(second) {
        home.prepare(for: second)
        (edge, load) = (0, home.startLoad)
      }
      let minute = floorDivide(second, 60)
      sun.prepare(minute: minute)
      let stop = min(end, (minute + 1) * 60_000)
      if sun.isDark {
        appendDark(from: at, until: stop, after: first, into: &segments)
      } else {
        appendLit(from: at, until: stop, after: first, into: &segments)
      }
      at = stop
      settle()
    }
  }

  /// Nothing is generated: from edge to edge of the load.
  private func appendDark(
    from start: Int64, until stop: Int64, after first: Int, into segments: inout [FlowSegment]
  ) {
    var at = start
    while at < stop {
      let next = takeEdges(upTo: floorDivide(at, 1000))
      let end = min(stop, next == .max ? stop : next * 1000)
      consumed += (load.l1 + load.l2 + load.l3) * (end - at)
      Self.add(
        FlowSegment(endMilliseconds: end, l1: load.l1, l2: load.l2, l3: load.l3), after: first,
        to: &segments)
      at = end
    }
  }

  /// The sun is up: second by second, on straight lines between knots, taken at the middle of each second.
  private func appendLit(
    from start: Int64, until stop: Int64, after first: Int, into segments: inout [FlowSegment]
  ) {
    let steps = SolarGeneration.knotSeconds
    var at = start
    var nextEdge = Int64.min
    while at < stop {
      let second = floorDivide(at, 1000)
      let place = floorModulo(second, 60)
      let knot = Int(place / steps)
      let (l1, l1Next) = (sun.l1[knot], sun.l1[knot + 1])
      let (l2, l2Next) = (sun.l2[knot], sun.l2[knot + 1])
      let (l3, l3Next) = (sun.l3[knot], sun.l3[knot + 1])
      let knotEnd = min(stop, (second - place % steps + steps) * 1000)
      var twice = 2 * (place % steps) + 1
      while at < knotEnd {
        let now = floorDivide(at, 1000)
        if nextEdge <= now { nextEdge = takeEdges(upTo: now) }
        var made = (
          l1 + (l1Next - l1) * twice / (2 * steps), l2 + (l2Next - l2) * twice / (2 * steps),
          l3 + (l3Next - l3) * twice / (2 * steps)
        )
        let used = load.l1 + load.l2 + load.l3
        let excess = made.0 + made.1 + made.2 - used - exportLimit
        if excess > 0 { Self.hold(back: excess, of: &made) }
        let end = min(knotEnd, (now + 1) * 1000)
        generated += (made.0 + made.1 + made.2) * (end - at)
        consumed += used * (end - at)
        Self.add(
          FlowSegment(
            endMilliseconds: end, l1: load.l1 - made.0, l2: load.l2 - made.1, l3: load.l3 - made.2),
          after: first, to: &segments)
        at = end
        twice += 2
      }
    }
  }

  /// Applies the edges up to a second and returns the second of the next.
  private func takeEdges(upTo second: Int64) -> Int64 {
    while edge < home.edges.count, home.edges[edge].second <= second {
      let one = home.edges[edge]
      switch one.phase {
      case 0: load.l1 += one.milliwatts
      case 1: load.l2 += one.milliwatts
      default: load.l3 += one.milliwatts
      }
      edge += 1
    }
    return edge < home.edges.count ? home.edges[edge].second : .max
  }

  /// Curtails generation phase by phase, L1 first, never below nothing.
  private static func hold(back excess: Int64, of made: inout (Int64, Int64, Int64)) {
    var left = excess
    func take(_ one: inout Int64) {
      let part = min(left, one)
      one -= part
      left -= part
    }
    take(&made.0)
    take(&made.1)
    take(&made.2)
  }

  /// Appends a segment, or lengthens the last of this block if the power is the same.
  @inline(__always)
  private static func add(_ segment: FlowSegment, after first: Int, to segments: inout [FlowSegment]) {
    let last = segments.count - 1
    if last >= first, segments[last].l1 == segment.l1, segments[last].l2 == segment.l2,
      segments[last].l3 == segment.l3
    {
      segments[last].endMilliseconds = segment.endMilliseconds
    } else {
      segments.append(segment)
    }
  }

  private func settle() {
    account.generated.milliwattMilliseconds += Int128(generated)
    account.consumed.milliwattMilliseconds += Int128(consumed)
    (generated, consumed) = (0, 0)
  }
}
