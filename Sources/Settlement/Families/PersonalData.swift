// Personal data (R-DATA).

internal import Units

extension Ledger {
  func judgePersonalData(at now: Instant) {
  }
}

extension EventDeclaration {
  static let dataEvents: [EventDeclaration] = []
}

extension Boundary {
  static let dataLimits: [Boundary] = []
}
