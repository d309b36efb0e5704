// Policy values: estimates, where they are allowed (R-EST).

internal import Units

extension Policy {
  public struct EstimationTerms: Hashable, Sendable {
    /// Our values.
    public init() {
    }
  }
}

extension PolicyKey {
  static let estimationKeys: [PolicyKey] = []
}
