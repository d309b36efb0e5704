// The licensee's own standing (R-LIC).

internal import Units

extension Ledger {
  func judgeObligation(at now: Instant) {
  }
}

extension EventDeclaration {
  static let obligationEvents: [EventDeclaration] = []
}

extension Boundary {
  static let obligationLimits: [Boundary] = []
}
