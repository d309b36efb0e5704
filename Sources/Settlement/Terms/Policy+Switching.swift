// Policy values: switching licensee (R-SWI).

internal import Units

extension Policy {
  public struct SwitchingTerms: Hashable, Sendable {
    /// Our values.
    public init() {
    }
  }
}

extension PolicyKey {
  static let switchingKeys: [PolicyKey] = []
}
