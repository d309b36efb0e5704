// Truth, meter, line, reader and core each keep a belief of cumulative export. The first to part from the
// truth is where a story went wrong, whatever was paid in the end.

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
    layer: Layer, at: Instant, truth: WattHours, believed: WattHours, tolerance: WattHours,
    cause: Cause = .none
  ) {
    (self.layer, self.at, self.truth, self.believed) = (layer, at, truth, believed)
    (self.tolerance, self.cause) = (tolerance, cause)
  }

  public var parts: Bool { (believed - truth).magnitude > tolerance }
}

/// Truth and a meter's count side by side, at the end of each half-hour since the start of a story.
public struct BeliefSeries: Hashable, Sendable {
  public private(set) var truth: [WattHours] = []
  /// As long as `truth`; nil where no meter of the story counted this direction at that time.
  public private(set) var counted: [WattHours?] = []

  /// Whether any meter counted at any time.
  public private(set) var isCounted = false

  mutating func append(truth: WattHours, counted: WattHours?) {
    self.truth.append(truth)
    self.counted.append(counted)
    if counted != nil { isCounted = true }
  }
}

/// What a read of the import dial says was counted since the start.
public struct DialRead: Hashable, Sendable {
  public var at: Instant
  public var counted: WattHours
  public var cause: Cause
}

/// The beliefs of one story: series by half-hour for truth and meters, and single beliefs for the rest.
public struct Beliefs: Hashable, Sendable {
  /// Truth and meter are both cut to whole Wh, each with a remainder of its own.
  static let meterTolerance = WattHours(1)

  /// The start of the story; the series begin with the half-hour that holds it.
  public var from: Instant
  public private(set) var export = BeliefSeries()
  public private(set) var `import` = BeliefSeries()
  /// Of readers, lines, logs and the core, in the order in which they came about.
  public private(set) var others: [Belief] = []
  /// Reads of the import dial, counted from the start of the story. Nobody is paid by it, so it parts from
  /// nothing.
  public private(set) var dialReads: [DialRead] = []
  private var firstOfMeter: Belief?

  public init(from: Instant) { self.from = from }

  /// Called once at the end of each half-hour; allocates only when the arrays grow.
  mutating func close(
    _ end: Instant, export: (truth: WattHours, counted: WattHours?),
    import: (truth: WattHours, counted: WattHours?), cause: Cause
  ) {
    self.export.append(truth: export.truth, counted: export.counted)
    self.import.append(truth: `import`.truth, counted: `import`.counted)
    compareMeter(at: end, truth: export.truth, counted: export.counted, cause: cause)
  }

  /// What the meter counts beside the truth. Where no meter counts export, none of it is believed: the energy
  /// was lost where it was measured, not where it was to be paid.
  mutating func compareMeter(
    at: Instant, truth: WattHours, counted: WattHours?, lag: WattHours = .zero, cause: Cause
  ) {
    guard firstOfMeter == nil else { return }
    let belief = Belief(
      layer: .meter, at: at, truth: truth, believed: counted ?? .zero,
      tolerance: Self.meterTolerance + lag, cause: cause)
    if belief.parts { firstOfMeter = belief }
  }

  mutating func add(_ belief: Belief) { others.append(belief) }

  mutating func addDialRead(at: Instant, counted: WattHours, cause: Cause) {
    dialReads.append(DialRead(at: at, counted: counted, cause: cause))
  }

  /// True export at the end of a half-hour that is over, by the number of half-hours since the first.
  func trueExport(after halfHours: Int) -> WattHours? {
    export.truth.indices.contains(halfHours - 1) ? export.truth[halfHours - 1] : nil
  }

  /// Whether anything was exported at all.
  var hasExport: Bool { export.truth.last ?? .zero > .zero }

  /// The first belief that parted from the truth; at one instant, the layer nearest to the electrons.
  public var firstDivergence: Belief? {
    let order = Layer.allCases
    func rank(_ one: Belief) -> Int { order.firstIndex(of: one.layer) ?? order.count }
    let parted = others.filter(\.parts) + [firstOfMeter].compactMap { $0 }
    return parted.min { ($0.at, rank($0)) < ($1.at, rank($1)) }
  }
}
