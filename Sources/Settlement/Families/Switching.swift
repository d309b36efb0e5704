// Switching licensee (R-SWI).

internal import Units

extension Ledger {
  func judgeSwitching(at now: Instant) {
  }
}

extension EventDeclaration {
  static let switchEvents: [EventDeclaration] = []
}

extension Boundary {
  static let switchLimits: [Boundary] = []
}
