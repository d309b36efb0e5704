// Changes of the installation, its owner and place (R-CHG).

internal import Units

extension Ledger {
  func judgeChanges(at now: Instant) {
  }
}

extension EventDeclaration {
  static let changeEvents: [EventDeclaration] = []
}

extension Boundary {
  static let changeLimits: [Boundary] = []
}
