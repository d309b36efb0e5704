// Schedules, requests, offset and credit, due dates (R-PAY).

internal import Units

extension Ledger {
  func judgePayments(at now: Instant) {
  }
}

extension EventDeclaration {
  static let paymentEvents: [EventDeclaration] = []
}

extension Boundary {
  static let paymentLimits: [Boundary] = []
}

extension FactGroup {
  static let payee = FactGroup("payee", "", [])
}

extension FactGroup {
  static let supply = FactGroup("supply", "", [])
}
