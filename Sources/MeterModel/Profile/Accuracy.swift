// How well a make of meter measures: its accuracy class, the currents that the class is stated for, and the
// error that one specimen has within it. MID (2014/32/EU) Annex V gives classes and limits; the form of the
// curve is our assumption. All errors are zero unless somebody asks for them: two ideal meters agree to the
// last Wh.

/// Accuracy classes of active electrical energy meters (MID Annex V).
public enum AccuracyClass: String, Hashable, Sendable, CaseIterable {
  case a = "A"
  case b = "B"
  case c = "C"
}

/// The error of a static meter by load, temperature and age, in millionths:
/// e(I) = gain + load / (I / Itr + 0.2) + temperature × (T − 23 °C) + drift × years.
public struct ErrorCurve: Hashable, Sendable {
  /// Constant part, ppm.
  public var gain: Int64
  /// The part that grows towards small currents, ppm: five times this at no load, 5/6 of it at Itr.
  public var load: Int64
  /// ppm for each kelvin above 23 °C.
  public var temperature: Int64
  /// ppm for each year since the meter was fitted.
  public var drift: Int64

  /// Parts that these may have, in ppm: ten per cent either way.
  public static let range: ClosedRange<Int64> = -100_000...100_000

  public init(gain: Int64 = 0, load: Int64 = 0, temperature: Int64 = 0, drift: Int64 = 0) {
    (self.gain, self.load, self.temperature, self.drift) = (gain, load, temperature, drift)
  }
}

/// The accuracy of a make of meter. Currents in mA by phase.
public struct Accuracy: Hashable, Sendable {
  public var accuracyClass: AccuracyClass
  /// Imin: from here on the class limits hold.
  public var minimum: Int64
  /// Itr, the transitional current.
  public var transition: Int64
  /// Imax.
  public var maximum: Int64
  /// Ist: below it nothing is counted, and an LED stands steady. 0 counts everything.
  public var starting: Int64
  public var error: ErrorCurve

  public init(
    accuracyClass: AccuracyClass, minimum: Int64, transition: Int64, maximum: Int64, starting: Int64 = 0,
    error: ErrorCurve = ErrorCurve()
  ) {
    (self.accuracyClass, self.minimum, self.transition) = (accuracyClass, minimum, transition)
    (self.maximum, self.starting, self.error) = (maximum, starting, error)
  }
}

/// The MID's table of limits.
public enum AccuracyLimits {
  /// Bands of ambient temperature: reference, and the three wider ones on either side of it.
  public enum Band: Int, Hashable, Sendable, CaseIterable {
    case reference, first, second, third

    /// The band of a temperature in whole °C; nil outside −40…+70 °C.
    public init?(celsius: Int) {
      switch celsius {
      case 5...30: self = .reference
      case -10..<5, 31...40: self = .first
      case -25 ..< -10, 41...55: self = .second
      case -40 ..< -25, 56...70: self = .third
      default: return nil
      }
    }
  }

  /// Where the load is.
  public enum Load: Int, Hashable, Sendable, CaseIterable {
    /// Imin ≤ I < Itr.
    case small
    /// Itr ≤ I ≤ Imax, single-phase, or polyphase with balanced load.
    case balanced
    /// Itr ≤ I ≤ Imax on one phase of a polyphase meter (recalled).
    case onePhase
  }

  /// The largest error allowed either way, in ppm (MID 2014/32/EU Annex V, table 2).
  public static func limit(_ accuracyClass: AccuracyClass, _ load: Load, _ band: Band) -> Int64 {
    let row: [Int64]
    switch (accuracyClass, load) {
    case (.a, .small): row = [35_000, 50_000, 70_000, 90_000]
    case (.b, .small): row = [20_000, 25_000, 35_000, 40_000]
    case (.c, .small): row = [10_000, 13_000, 17_000, 20_000]
    case (.a, .balanced): row = [35_000, 45_000, 70_000, 90_000]
    case (.b, .balanced): row = [20_000, 25_000, 35_000, 40_000]
    case (.c, .balanced): row = [7_000, 10_000, 13_000, 15_000]
    case (.a, .onePhase): row = [40_000, 50_000, 70_000, 90_000]
    case (.b, .onePhase): row = [25_000, 30_000, 40_000, 45_000]
    case (.c, .onePhase): row = [10_000, 13_000, 17_000, 20_000]
    }
    return row[band.rawValue]
  }

  /// The largest starting current in millionths of Itr (recalled of EN 50470-3): direct connection, or
  /// through current transformers.
  public static func starting(_ accuracyClass: AccuracyClass, throughTransformers: Bool) -> Int64 {
    switch (accuracyClass, throughTransformers) {
    case (.a, false): 50_000
    case (.b, false), (.c, false): 40_000
    case (.a, true): 60_000
    case (.b, true): 40_000
    case (.c, true): 20_000
    }
  }

  /// What the law allows a meter in service in Great Britain, in ppm (Electricity Act 1989, Schedule 7).
  public static let inService: ClosedRange<Int64> = -35_000...25_000
}
