// Policy values: complaints, liability, notices, personal data (R-DSP, R-LIA, R-DATA).

internal import Units

extension Policy {
  public struct ConductTerms: Hashable, Sendable {
    /// Our values.
    public init() {
    }
  }
}

extension PolicyKey {
  static let conductKeys: [PolicyKey] = []
}
