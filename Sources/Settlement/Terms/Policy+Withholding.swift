// Policy values: what stops the money and brings it back (R-WHLD, R-FAULT, R-ACC).

internal import Units

extension Policy {
  public struct WithholdingTerms: Hashable, Sendable {
    /// Our values.
    public init() {
    }
  }
}

extension PolicyKey {
  static let withholdingKeys: [PolicyKey] = []
}
