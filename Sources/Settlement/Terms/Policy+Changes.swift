// Policy values: changes that must be told (R-CHG).

internal import Units

extension Policy {
  public struct ChangesTerms: Hashable, Sendable {
    /// Our values.
    public init() {
    }
  }
}

extension PolicyKey {
  static let changesKeys: [PolicyKey] = []
}
