// Policy values: detectors that hint at a fault and change no money by themselves (R-VAL-13). The numbers are
// the defaults of the physics reference, section 3.

public import Units

extension Policy.Validation {
  /// A detector without a twin among the rules of payment, by its id there.
  public enum Hint: String, Hashable, Sendable, CaseIterable {
    /// One half-hour far above the same half-hour of the days around it.
    case spike = "R-SPIKE"
    /// Half-hours and register differ by a factor that a slip of units makes.
    case unit = "R-UNIT"
    /// The middle of the day's export has moved.
    case shift = "R-SHIFT"
    /// Far less than expected.
    case low = "R-LOW"
    /// Export is too small or too large a part of generation.
    case fraction = "R-FRAC"
    /// More than a cloudless month gives.
    case yield = "R-YIELD"
    /// What a kW makes, compared with a cloudless sky, has changed from quarter to quarter.
    case drift = "R-DRIFT"
    /// Neither import nor export for weeks.
    case net = "R-NET"
    /// The meter says itself that something is wrong.
    case status = "R-STAT"
  }

  public struct Hints: Hashable, Sendable {
    /// Detectors whose hint is a query and holds the energy it is about.
    public var promoted: Stated<[Hint]>
    /// Parts per thousand of the median of the same half-hour; and the least energy that counts.
    public var spikeFactor: Stated<Int>
    public var spikeLeast: Stated<WattHours>
    /// Days on either side that the median is taken over.
    public var spikeDays: Stated<Int>
    /// How near a factor counts, in parts per thousand; and the least number of half-hours.
    public var unitTolerance: Stated<Int>
    public var unitHalfHours: Stated<Int>
    /// By how much the middle of the day may move, over so many clear days.
    public var shiftLimit: Stated<TimeSpan>
    public var shiftDays: Stated<Int>
    /// Parts per thousand of what is expected, over so many days.
    public var lowFactor: Stated<Int>
    public var lowDays: Stated<Int>
    /// Parts per thousand of generation between which export lies, over a quarter.
    public var fractionLeast: Stated<Int>
    public var fractionMost: Stated<Int>
    /// Parts per thousand of a cloudless month.
    public var yieldFactor: Stated<Int>
    /// Parts per thousand by which the yield may change from quarter to quarter.
    public var driftLimit: Stated<Int>
    public var netDays: Stated<Int>

    /// Our values.
    public init() {
      promoted = .ours([], "a hint changes no money by itself")
      spikeFactor = .ours(8000, "eight times the median is no weather")
      spikeLeast = .ours(WattHours(1000), "1 kWh in a half-hour")
      spikeDays = .ours(14, "two weeks on either side")
      unitTolerance = .ours(50, "5 %")
      unitHalfHours = .ours(48, "a day")
      shiftLimit = .ours(.minutes(20), "less is weather")
      shiftDays = .ours(7, "a week of clear days")
      lowFactor = .ours(100, "a tenth of what is expected")
      lowDays = .ours(14, "two weeks")
      fractionLeast = .ours(100, "a tenth of generation is exported by nearly every home")
      fractionMost = .ours(950, "no home uses nothing by day")
      yieldFactor = .ours(1050, "5 % over a cloudless sky")
      driftLimit = .ours(150, "15 %")
      netDays = .ours(30, "a month without anybody at home still has a freezer")
    }
  }
}

extension PolicyKey {
  static let hintKeys: [PolicyKey] = [
    PolicyKey("validation.hints-promoted", \.validation.hints.promoted, [.val13]),
    PolicyKey(perMille: "validation.spike-factor", \.validation.hints.spikeFactor, [.val13]),
    PolicyKey("validation.spike-least", \.validation.hints.spikeLeast, [.val13]),
    PolicyKey("validation.spike-days", \.validation.hints.spikeDays, 1...60, [.val13]),
    PolicyKey(perMille: "validation.unit-tolerance", \.validation.hints.unitTolerance, [.val13]),
    PolicyKey("validation.unit-half-hours", \.validation.hints.unitHalfHours, 1...10_000, [.val13]),
    PolicyKey("validation.shift-limit", \.validation.hints.shiftLimit, [.val13]),
    PolicyKey("validation.shift-days", \.validation.hints.shiftDays, 1...60, [.val13]),
    PolicyKey(perMille: "validation.low-factor", \.validation.hints.lowFactor, [.val13]),
    PolicyKey("validation.low-days", \.validation.hints.lowDays, 1...180, [.val13]),
    PolicyKey(perMille: "validation.fraction-least", \.validation.hints.fractionLeast, [.val13]),
    PolicyKey(perMille: "validation.fraction-most", \.validation.hints.fractionMost, [.val13]),
    PolicyKey(perMille: "validation.yield-factor", \.validation.hints.yieldFactor, [.val13]),
    PolicyKey(perMille: "validation.drift-limit", \.validation.hints.driftLimit, [.val13]),
    PolicyKey("validation.net-days", \.validation.hints.netDays, 1...366, [.val13]),
  ]
}
