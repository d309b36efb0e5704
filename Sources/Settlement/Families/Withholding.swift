// Withholding, recovery, MCS suspension, AD evidence (R-WHLD, R-ELIG-14).

internal import Units

extension Ledger {
  func judgeWithholding(at now: Instant) {
  }
}

extension EventDeclaration {
  static let holdingEvents: [EventDeclaration] = []
}

extension Boundary {
  static let holdingLimits: [Boundary] = []
}
