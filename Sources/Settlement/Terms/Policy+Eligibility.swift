// Policy values: who may be paid (R-ELIG).

internal import Units

extension Policy {
  public struct EligibilityTerms: Hashable, Sendable {
    /// Our values.
    public init() {
    }
  }
}

extension PolicyKey {
  static let eligibilityKeys: [PolicyKey] = []
}
