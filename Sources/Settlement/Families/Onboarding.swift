// Eligibility and onboarding (R-ELIG, R-ONB).

internal import Units

extension Ledger {
  func judgeOnboarding(at now: Instant) {
  }
}

extension EventDeclaration {
  static let entryEvents: [EventDeclaration] = []
}

extension Boundary {
  static let entryLimits: [Boundary] = []
}

extension FactGroup {
  static let application = FactGroup("application", "", [])
}
