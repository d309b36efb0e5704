// Policy values: how an agreement ends (R-TERM, R-LIC).

internal import Units

extension Policy {
  public struct EndingsTerms: Hashable, Sendable {
    /// Our values.
    public init() {
    }
  }
}

extension PolicyKey {
  static let endingsKeys: [PolicyKey] = []
}
