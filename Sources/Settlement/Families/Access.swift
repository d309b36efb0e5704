// Access to the meter (R-ACC).

internal import Units

extension Ledger {
  func judgeAccess(at now: Instant) {
  }
}

extension EventDeclaration {
  static let accessEvents: [EventDeclaration] = []
}

extension Boundary {
  static let accessLimits: [Boundary] = []
}
