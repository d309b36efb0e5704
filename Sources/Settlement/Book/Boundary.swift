// Limits whose two sides make a difference: day 7 is in time, day 8 is not. The core notes how near a case
// came to each; a suite is good where it has been at a limit and one step past it.

/// A limit of a rule, by name.
public struct Boundary: Hashable, Sendable {
  /// As in the policy file where it is a policy value: `reading.request-days`.
  public var name: String
  public var rule: Rule
  /// What the last good and the first bad value are: "day 14 is in time, day 15 is late".
  public var meaning: String

  public init(_ name: String, _ rule: Rule, _ meaning: String) {
    (self.name, self.rule, self.meaning) = (name, rule, meaning)
  }

  /// All limits, by family; each family declares its own beside its rules.
  public static let all: [Boundary] =
    entryLimits + obligationLimits + tariffLimits + readingLimits + holdingLimits
    + faultLimits + accessLimits + changeLimits + endingLimits + switchLimits + paymentLimits + vatLimits
    + disputeLimits + dataLimits
}

/// How near a case came to a limit.
public struct BoundaryTouch: Hashable, Sendable {
  public enum Side: String, Hashable, Sendable, CaseIterable {
    /// Short of the limit.
    case inside
    /// The last value that is still good.
    case limit
    /// The first value that is not.
    case past
    /// Further than that.
    case beyond
  }

  public var boundary: String
  public var side: Side

  /// `excess` counts the smallest steps past the last good value: 0 is the limit itself, 1 the first bad
  /// value.
  public init(_ boundary: Boundary, excess: Int64) {
    self.boundary = boundary.name
    side = excess < 0 ? .inside : excess == 0 ? .limit : excess == 1 ? .past : .beyond
  }
}
