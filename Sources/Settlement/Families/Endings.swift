// Terminations and notices (R-TERM).

internal import Units

extension Ledger {
  func judgeEndings(at now: Instant) {
  }
}

extension EventDeclaration {
  static let endingEvents: [EventDeclaration] = []
}

extension Boundary {
  static let endingLimits: [Boundary] = []
}
