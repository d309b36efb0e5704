// Policy values: notice, terms and renewal of tariffs (R-TAR).

internal import Units

extension Policy {
  public struct TariffsTerms: Hashable, Sendable {
    /// Our values.
    public init() {
    }
  }
}

extension PolicyKey {
  static let tariffsKeys: [PolicyKey] = []
}
