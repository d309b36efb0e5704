// VAT (R-VAT).

internal import Units

extension Ledger {
  func judgeSelfBilling(at now: Instant) {
  }
}

extension EventDeclaration {
  static let vatEvents: [EventDeclaration] = []
}

extension Boundary {
  static let vatLimits: [Boundary] = []
}
