// Policy values: estimates of our own, where they are allowed (R-EST-02, R-EST-05). What somebody else's
// estimate is worth stands in `estimates`.

internal import Units

extension Policy {
  public struct EstimationTerms: Hashable, Sendable {
    /// How a missing half-hour is estimated.
    public enum Method: String, Hashable, Sendable, CaseIterable {
      /// What another meter counted in that time.
      case checkMeter = "check-meter"
      /// What the register gained, shaped like the same weekday of weeks before.
      case advanceShaped = "advance-shaped"
      /// The mean of the same half-hour of like days before.
      case likeDay = "like-day"
      case zero
    }

    /// Whether missing half-hours are estimated and paid provisionally;
    /// never where estimates are not payable.
    public var fillsGaps: Stated<Bool>
    /// Tried in this order; the first that has enough to go by is used.
    public var methods: Stated<[Method]>
    /// Weeks back that the shape of an advance is taken from.
    public var shapeWeeks: Stated<Int>
    /// Like days that a mean is taken over, and how many days back they are looked for.
    public var likeDays: Stated<Int>
    public var likeReach: Stated<Int>

    /// Our values.
    public init() {
      fillsGaps = .ours(false, "metered only")
      methods = .ours(
        [.checkMeter, .advanceShaped, .likeDay, .zero],
        "what was counted before what was like it; nothing is the cautious end for export")
      shapeWeeks = .ours(4, "a month of the same weekday")
      likeDays = .ours(4, "a month of like days")
      likeReach = .ours(31, "older days had another sun")
    }
  }
}

extension PolicyKey {
  static let estimationKeys: [PolicyKey] = [
    PolicyKey("estimation.fills-gaps", \.estimation.fillsGaps, [.est02]),
    PolicyKey("estimation.methods", \.estimation.methods, [.est05]),
    PolicyKey("estimation.shape-weeks", \.estimation.shapeWeeks, 1...52, [.est05]),
    PolicyKey("estimation.like-days", \.estimation.likeDays, 1...31, [.est05]),
    PolicyKey("estimation.like-reach", \.estimation.likeReach, 1...366, [.est05]),
  ]
}
