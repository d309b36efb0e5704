// Policy values: when and how it is paid (R-PAY).

internal import Units

extension Policy {
  public struct PaymentTerms: Hashable, Sendable {
    /// Our values.
    public init() {
    }
  }
}

extension PolicyKey {
  static let paymentKeys: [PolicyKey] = []
}
