// The error of a meter at each load point, how well it is known, and what that says of a limit. The model is
// that of the GUM (JCGM 100:2008): with T what the meter under test and R what the reference measured,
//   e = 100 % (T − R) / R,  u(e) = 100 % √( (u(T)/R)² + (T/R)² ((u(R)/R)² + (u(t)/t)² + (c/√3)²) ),
//   U = 2 u(e),
// where a digit that is cut off (width r) gives u = r/√12 for one reading and r/√6 for the difference of two,
// a count of quanta q the same, an instant known to ± a gives a/√3, and a reference of class c is off by at
// most c %. Errors are exact; uncertainties are rounded up, so that no verdict is better than the numbers.

public import Units

/// A test of a meter against a reference.
public struct MeterTest: Hashable, Sendable {
  public var points: [MeterTestPoint]
  /// What the verdict rests on.
  public var limit: TestLimit
  public var rating: TestRating?
  /// The most that the reference is off, in per cent.
  public var referenceClass: DecimalText

  public init(
    points: [MeterTestPoint], limit: TestLimit = .inService, rating: TestRating? = nil,
    referenceClass: DecimalText
  ) {
    (self.points, self.limit, self.rating) = (points, limit, rating)
    self.referenceClass = referenceClass
  }

  public enum Verdict: String, Hashable, Sendable, CaseIterable {
    /// The whole band of uncertainty lies within the limit.
    case within
    /// The whole band lies outside it.
    case outside
    /// The limit lies in the band.
    case inconclusive
    /// The point has no limit.
    case unlimited = "no limit"
  }

  /// What one point gave. Per cents are whole thousandths.
  public struct Result: Hashable, Sendable {
    public var point: MeterTestPoint
    /// Wh, to a thousandth, half to even: what was worked with is exact.
    public var tested: DecimalText
    public var reference: DecimalText
    /// In thousandths of a per cent, half to even.
    public var error: Int64
    /// U with k = 2, in thousandths of a per cent, rounded up.
    public var uncertainty: Int64
    public var band: TestBand?
    public var verdict: Verdict
    /// Why there is no limit; empty where there is one.
    public var remark: String
  }

  /// Works out every point. Throws `StoryError` with the point's name where it cannot be.
  public func results() throws -> [Result] {
    try points.map { point in
      do {
        return try result(of: point)
      } catch MeterTestError.tooLarge {
        throw StoryError("\(point.name): more digits than a test can hold")
      } catch MeterTestError.noEnergy {
        throw StoryError("\(point.name): no energy, no power or no time: nothing can be told of the meter")
      }
    }
  }

  /// One verdict for all points that have a limit: outside if one is, within if all are.
  public static func verdict(of results: [Result]) -> Verdict {
    let verdicts = results.map(\.verdict).filter { $0 != .unlimited }
    if verdicts.contains(.outside) { return .outside }
    if verdicts.isEmpty { return .unlimited }
    return verdicts.allSatisfy { $0 == .within } ? .within : .inconclusive
  }

  private func result(of point: MeterTestPoint) throws(MeterTestError) -> Result {
    let tested = try TestEnergy(point.test, time: point.time)
    let reference = try TestEnergy(point.reference, time: point.time)
    guard reference.wattHours.isPositive else { throw .noEnergy }
    let ratio = try tested.wattHours / reference.wattHours
    let error = try (ratio - ExactRatio(1)) * ExactRatio(100)
    let uncertainty = try uncertainty(of: point, tested, reference, ratio: ratio)
    let limit = limit.band(at: point.load, rating)
    var (band, verdict, remark) = (TestBand?.none, Verdict.unlimited, "")
    switch limit {
    case .failure(let none): remark = none.why
    case .success(let found): (band, verdict) = (found, try Self.verdict(error, uncertainty, found))
    }
    return Result(
      point: point, tested: try tested.text, reference: try reference.text,
      error: Int64(clamping: try error.rounded(decimals: 3)), uncertainty: uncertainty, band: band,
      verdict: verdict, remark: remark)
  }

  private static func verdict(_ error: ExactRatio, _ uncertainty: Int64, _ band: TestBand)
    throws(MeterTestError)
    -> Verdict
  {
    let exact = try error * ExactRatio(1000)
    // How far the error lies above the upper limit and below the lower one, in thousandths of a per cent.
    let above = try exact - ExactRatio(Int128(band.above))
    let below = try ExactRatio(Int128(-band.below)) - exact
    let margin = try ExactRatio(Int128(uncertainty))
    let isAbove = try (above - margin).isPositive
    let isBelow = try (below - margin).isPositive
    if isAbove || isBelow { return .outside }
    let mayBeAbove = try (above + margin).isPositive
    let mayBeBelow = try (below + margin).isPositive
    return mayBeAbove || mayBeBelow ? .inconclusive : .within
  }

  /// U in thousandths of a per cent. Variances are relative to the reference's energy, in whole (10⁻⁸)².
  private func uncertainty(
    of point: MeterTestPoint, _ tested: TestEnergy, _ reference: TestEnergy, ratio: ExactRatio
  ) throws(MeterTestError) -> Int64 {
    var shared = try reference.variance(relativeTo: reference.wattHours)
    if let timing = point.timing {
      guard let time = point.time else { throw .noEnergy }
      shared += try TestEnergy.variance(ExactRatio(timing) / ExactRatio(time), parts: 3)
    }
    shared += try TestEnergy.variance(ExactRatio(referenceClass, timesTenTo: -2), parts: 3)
    // What is not known of the reference weighs as much as the meter measured of it: (T/R)², rounded up.
    let weight = try (ratio * ratio).roundedUp(decimals: 6)
    guard shared < 1_000_000_000_000_000_000, weight < 1_000_000_000_000_000_000 else { throw .tooLarge }
    let variance =
      try tested.variance(relativeTo: reference.wattHours) + (shared * weight + 999_999) / 1_000_000
    // 10⁻⁸ is 10⁻⁶ %: a thousand of them are a thousandth of a per cent.
    return Int64(clamping: (2 * ExactRatio.rootUp(variance) + 999) / 1000)
  }
}
