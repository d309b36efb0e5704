// Tariffs: notice, terms, renewal, special rates, re-rating (R-TAR).

internal import Units

extension Ledger {
  func judgeTariffChanges(at now: Instant) {
  }
}

extension EventDeclaration {
  static let tariffEvents: [EventDeclaration] = []
}

extension Boundary {
  static let tariffLimits: [Boundary] = []
}

extension FactGroup {
  static let plan = FactGroup("plan", "", [])
}
