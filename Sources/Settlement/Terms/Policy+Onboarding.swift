// Policy values: the way from application to first payment (R-ONB).

internal import Units

extension Policy {
  public struct OnboardingTerms: Hashable, Sendable {
    /// Our values.
    public init() {
    }
  }
}

extension PolicyKey {
  static let onboardingKeys: [PolicyKey] = []
}
