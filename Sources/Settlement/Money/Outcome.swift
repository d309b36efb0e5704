// What a settlement says: decisions, statements, and what became of each half-hour.

public import Units

/// The answer of a settlement target to one case.
public struct Outcome: Hashable, Sendable {
  /// In order of their instants.
  public var decisions: [Decision]
  /// One per settlement instant, in order.
  public var statements: [Statement]
  /// One per half-hour of the case that has data or was expected, in order.
  public var halfHours: SettledHalfHours
  /// Who was told of what, in order.
  public var notifications: [Notification]
  /// Who owes what by when, as it stands at the end of the case.
  public var obligations: [Obligation]
  /// What rules say of spans of time, as it stands at the end of the case.
  public var treatments: [Treatment]
  /// Limits that the case came near to.
  public var touches: [BoundaryTouch]
  /// Where all energy stands in money at the last settlement.
  public var balance: Balance
  /// Payments made, held and planned, in order.
  public var payments: [Payment]
  public var account: Account

  public init(
    decisions: [Decision] = [], statements: [Statement] = [], halfHours: SettledHalfHours = [],
    notifications: [Notification] = [], obligations: [Obligation] = [], treatments: [Treatment] = [],
    touches: [BoundaryTouch] = [], balance: Balance = Balance(), payments: [Payment] = [],
    account: Account = Account()
  ) {
    (self.decisions, self.statements, self.halfHours) = (decisions, statements, halfHours)
    (self.notifications, self.obligations) = (notifications, obligations)
    (self.treatments, self.touches, self.balance) = (treatments, touches, balance)
    (self.payments, self.account) = (payments, account)
  }

  /// Everything that statements let be paid, after charges and without VAT; what was sent of it, and when,
  /// say the payments.
  public var paid: Pence { statements.reduce(Pence(0)) { $0 + $1.payable - $1.vat } }
}

/// What became of one half-hour of the export register.
public struct SettledHalfHour: Hashable, Sendable {
  public enum State: Hashable, Sendable {
    /// Not settled yet: after the last settlement, or waiting for data.
    case open
    case paid
    case provisional
    /// Paid as part of a register advance.
    case inAdvance
    case held(ReasonCode)
    /// Never payable.
    case forfeited(ReasonCode)
  }

  public var halfHour: HalfHour
  /// Meaningless when `quality` is missing.
  public var energy: WattHours
  public var quality: Quality
  /// Step of the source.
  public var resolution: WattHours
  public var state: State
  /// The price applied, where one was.
  public var rate: UnitRate?
  /// Index of the statement that paid it; -1 before.
  public var statement: Int32
  public var cause: Cause

  public init(
    halfHour: HalfHour, energy: WattHours = WattHours(0), quality: Quality = .missing,
    resolution: WattHours = WattHours(1), state: State = .open, rate: UnitRate? = nil, statement: Int32 = -1,
    cause: Cause = .none
  ) {
    (self.halfHour, self.energy, self.quality) = (halfHour, energy, quality)
    (self.resolution, self.state, self.rate) = (resolution, state, rate)
    (self.statement, self.cause) = (statement, cause)
  }
}
