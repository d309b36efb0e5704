// A boundary flow that somebody stated: a constant, a list of steps, or rows of a file already turned into
// segments. It is exact and costs one segment an edge, however long it lasts.

public import Units

/// A stated piecewise constant flow: what held before it, its segments, and what holds after.
public struct PrescribedFlow: Hashable, Sendable {
  /// A power from an instant on, until the next step.
  public struct Step: Hashable, Sendable {
    /// A whole millisecond.
    public var from: Instant
    public var power: PhasePower

    public init(from: Instant, power: PhasePower) { (self.from, self.power) = (from, power) }
  }

  /// Start of the first segment; a whole millisecond.
  public var from: Instant
  /// Segments in order of time, each longer than nothing.
  public var segments: [FlowSegment]
  /// The power before `from`. Nil: nobody said, and a story may not begin there.
  public var before: PhasePower?
  /// The power after the last segment. Nil: nobody said, and a story may not reach there.
  public var after: PhasePower?

  public init(from: Instant, segments: [FlowSegment], before: PhasePower? = nil, after: PhasePower? = nil) {
    (self.from, self.segments, self.before, self.after) = (from, segments, before, after)
  }

  /// One power for ever.
  public static func constant(_ power: PhasePower) -> PrescribedFlow {
    PrescribedFlow(from: .epoch, segments: [], before: power, after: power)
  }

  /// Steps in order of time; the last holds until further notice. `before` is the power before the first.
  public static func steps(_ steps: [Step], before: PhasePower? = nil) -> PrescribedFlow {
    var segments: [FlowSegment] = []
    segments.reserveCapacity(steps.count)
    for (step, next) in zip(steps, steps.dropFirst()) {
      segments.append(FlowSegment(power: step.power, endMilliseconds: next.from.milliseconds))
    }
    return PrescribedFlow(
      from: steps.first?.from ?? .epoch, segments: segments, before: before, after: steps.last?.power)
  }

  /// End of the last segment.
  public var to: Instant { segments.last.map { Instant(milliseconds: $0.endMilliseconds) } ?? from }

  /// Most power a phase may carry, either way: our limit, so that a half-hour over three phases fits in 64
  /// bits. The SEG ends at 5 MW.
  public static let largestPower = Power(watts: 1_000_000_000)

  func validate(supply: SiteDescription.Supply) throws(SiteFault) {
    var last = from.milliseconds
    guard from == Instant(milliseconds: last) else { throw .edgeNotOnMillisecond(from) }
    for segment in segments {
      guard segment.endMilliseconds > last else {
        throw .timeGoesBack(Instant(milliseconds: segment.endMilliseconds))
      }
      last = segment.endMilliseconds
      try Self.check(PhasePower(segment), supply: supply)
    }
    for power in [before, after] { if let power { try Self.check(power, supply: supply) } }
  }

  private static func check(_ power: PhasePower, supply: SiteDescription.Supply) throws(SiteFault) {
    for one in [power.l1, power.l2, power.l3] where one.magnitude > largestPower {
      throw .powerTooLarge(one)
    }
    guard supply == .three || (power.l2 == .zero && power.l3 == .zero) else { throw .phaseMissing }
  }
}

extension FlowSegment {
  init(power: PhasePower, endMilliseconds: Int64) {
    self.init(
      endMilliseconds: endMilliseconds, l1: power.l1.milliwatts, l2: power.l2.milliwatts,
      l3: power.l3.milliwatts)
  }
}

extension PhasePower {
  init(_ segment: FlowSegment) {
    self.init(
      l1: Power(milliwatts: segment.l1), l2: Power(milliwatts: segment.l2),
      l3: Power(milliwatts: segment.l3))
  }
}
