// Whom it is paid to (R-PAY-08): only the person on the plan, or one of two. A death stops payments to that
// person until somebody may act for the estate; the other of two goes on being paid.

internal import Units

extension Ledger {
  /// Why nothing may be sent at an instant; nil if nothing stands in the way.
  func payeeProblem(at now: Instant) -> (code: ReasonCode, rule: Rule, text: String)? {
    if keeper.bankRefused {
      return (.payReturned, .pay10, "the bank refused the last payment, and no other account is given")
    }
    guard policy.payment.onlyPersonOnPlan.value, let first = agreement.facts.text(.person) else { return nil }
    let onPlan = [first, agreement.facts.text(.jointWith)].compactMap { $0 }
    var dead: [String] = []
    var executors: [String] = []
    var account = agreement.facts.text(.accountName)
    for event in events where event.received <= now {
      switch event.name {
      case .payeeDied: dead += [event.facts.text(.person)].compactMap { $0 }
      case .estateConfirmed: executors += [event.facts.text(.executor)].compactMap { $0 }
      case .bankDetailsGiven: account = event.facts.text(.accountName) ?? account
      default: continue
      }
    }
    let living = onPlan.filter { name in !dead.contains { $0.isSamePerson(as: name) } }
    let paid = living + executors
    guard let account else {
      return paid.isEmpty
        ? (.payWrongPayee, .pay08, "\(onPlan.joined(separator: " and ")) on the plan died") : nil
    }
    if paid.contains(where: { $0.isSamePerson(as: account) }) { return nil }
    if onPlan.contains(where: { $0.isSamePerson(as: account) }) {
      return (.payWrongPayee, .pay08, "the account is in the name of \(account), who died")
    }
    return (
      .payWrongPayee, .pay08,
      "the account is in the name of \(account), and on the plan stands \(onPlan.joined(separator: " and "))"
    )
  }
}

extension String {
  /// Names are compared without regard to case and blanks.
  func isSamePerson(as other: String) -> Bool {
    func key(_ name: String) -> String { name.lowercased().split(separator: " ").joined(separator: " ") }
    return key(self) == key(other)
  }
}
