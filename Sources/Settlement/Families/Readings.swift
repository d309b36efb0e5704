// Readings: requests, grace, proof, procedure, estimates (R-READ, R-EST).

internal import Units

extension Ledger {
  func judgeReadings(at now: Instant) {
  }
}

extension EventDeclaration {
  static let readingEvents: [EventDeclaration] = []
}

extension Boundary {
  static let readingLimits: [Boundary] = []
}
