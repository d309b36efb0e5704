// The faulty meter: suspected, tested, found (R-FAULT).

internal import Units

extension Ledger {
  func judgeFaultCycle(at now: Instant) {
  }
}

extension EventDeclaration {
  static let faultEvents: [EventDeclaration] = []
}

extension Boundary {
  static let faultLimits: [Boundary] = []
}
