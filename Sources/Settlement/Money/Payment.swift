// One payment to the customer, or one that does not happen: a statement says what is earned, a payment when
// and how it is paid out (R-PAY-01 … -10).

public import Units

public struct Payment: Hashable, Sendable {
  public enum Method: String, Hashable, Sendable, CaseIterable {
    case bankTransfer = "bank-transfer"
    /// Set against import bills (R-PAY-06, R-PAY-10).
    case supplyAccount = "supply-account"
  }

  public enum State: String, Hashable, Sendable, CaseIterable {
    /// Asked for or planned; it waits for a valid reading.
    case scheduled
    case paid
    /// It may not be sent: `reason` says why.
    case held
    /// The bank sent it back (R-PAY-10).
    case returned
    /// The request for it was turned down.
    case refused
  }

  /// When it was made, asked for or planned.
  public var at: Instant
  /// The last day on which it is in time, where one is fixed.
  public var due: CivilDate?
  public var amount: Pence
  public var method: Method
  /// Who pays (R-LIC-05).
  public var payer: String
  /// Numbers of the statements whose money it carries, from 0.
  public var statements: [Int]
  public var state: State
  /// When the money left; nil while it has not.
  public var paid: Instant?
  public var reason: ReasonCode

  public init(
    at: Instant, due: CivilDate?, amount: Pence, method: Method, payer: String, statements: [Int],
    state: State,
    paid: Instant? = nil, reason: ReasonCode
  ) {
    (self.at, self.due, self.amount, self.method) = (at, due, amount, method)
    (self.payer, self.statements, self.state) = (payer, statements, state)
    (self.paid, self.reason) = (paid, reason)
  }
}

extension Payment: CustomStringConvertible {
  public var description: String {
    let due = due.map { ", due by \($0)" } ?? ""
    return "\(at) \(amount) \(method.rawValue) \(state.rawValue)\(due) \(reason.rawValue)"
  }
}
