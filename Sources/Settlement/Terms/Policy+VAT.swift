// Policy values: VAT (R-VAT).

internal import Units

extension Policy {
  public struct VATTerms: Hashable, Sendable {
    /// Our values.
    public init() {
    }
  }
}

extension PolicyKey {
  static let vatKeys: [PolicyKey] = []
}
