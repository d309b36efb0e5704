// Truth, meter, line, reader and core each keep a belief of cumulative export. The first to part from the truth
// is where a story went wrong, whatever was paid in the end.

public import Units

/// Who holds a belief of cumulative export, in the order in which the energy is told on.
public enum Layer: String, Hashable, Sendable, CaseIterable {
  /// What the meter counted, or logged.
  case meter
  /// What left the meter as bytes, or was shown on its display.
  case line
  /// What the head-end made of it.
  case reader
  /// What settlement accepted.
  case core
}

/// One belief at one instant, beside the truth. Both count from the start of the story.
public struct Belief: Hashable, Sendable {
  public var layer: Layer
  public var at: Instant
  public var truth: WattHours
  public var believed: WattHours
  /// What the layer cannot know better: its resolution, and energy that flowed within its stated lag.
  public var tolerance: WattHours
  public var cause: Cause

  public init(
    layer: Layer, at: Instant, truth: WattHours, believed: WattHours, tolerance: WattHours, cause: Cause = .none
  ) {
    (self.layer, self.at, self.truth, self.believed) = (layer, at, truth, believed)
    (self.tolerance, self.cause) = (tolerance, cause)
  }

  public var parts: Bool { (believed - truth).magnitude > tolerance }
}

/// Truth and a meter's count side by side, at the end of each half-hour since the start of a story.
public struct BeliefSeries: Hashable, Sendable {
  public private(set) var truth: [WattHours] = []
  /// Empty where no meter of the story counts this direction.
  public private(set) var counted: [WattHours] = []

  mutating func append(truth: WattHours, counted: WattHours?) {
    self.truth.append(truth)
    if let counted { self.counted.append(counted) }
  }
}

/// The beliefs of one story: series by half-hour for truth and meters, and single beliefs for the rest.
public struct Beliefs: Hashable, Sendable {
  /// Truth and meter are both cut to whole Wh, each with a remainder of its own.
  static let meterTolerance = WattHours(1)

  /// Start of the first half-hour of the series.
  public var from: Instant
  public private(set) var export = BeliefSeries()
  public private(set) var `import` = BeliefSeries()
  public private(set) var others: [Belief] = []
  private var firstOfMeter: Belief?

  public init(from: Instant) { self.from = from }

  /// Called once at the end of each half-hour; allocates only when the arrays grow.
  mutating func close(_ end: Instant, export trueExport: WattHours, counted: WattHours?) {
    export.append(truth: trueExport, counted: counted)
    guard firstOfMeter == nil, let counted else { return }
    let belief = Belief(
      layer: .meter, at: end, truth: trueExport, believed: counted, tolerance: Self.meterTolerance)
    if belief.parts { firstOfMeter = belief }
  }

  mutating func closeImport(truth: WattHours, counted: WattHours?) {
    `import`.append(truth: truth, counted: counted)
  }

  mutating func add(_ belief: Belief) { others.append(belief) }

  /// The first belief that parted from the truth; at one instant, the layer nearest to the electrons.
  public var firstDivergence: Belief? {
    let order = Layer.allCases
    func rank(_ one: Belief) -> Int { order.firstIndex(of: one.layer) ?? order.count }
    let parted = others.filter(\.parts) + [firstOfMeter].compactMap { $0 }
    return parted.min { ($0.at, rank($0)) < ($1.at, rank($1)) }
  }
}
