// What a story expects of money: statements, their lines, payments, and where it all stands. Parts that are
// nil are not looked at; one at least is there.

public import Settlement
public import Units

/// What one statement says.
public struct ExpectedStatement: Hashable, Sendable {
  public enum Which: Hashable, Sendable {
    case only
    case first
    case last
    /// From 1.
    case number(Int)
  }

  public var which: Which
  /// The net.
  public var amount: Pence?
  public var exact: NanoPence?
  /// Sum over the payable lines.
  public var energy: WattHours?
  /// Number of lines, payable or held.
  public var lines: Int?
  public var status: Statement.Status?
  public var due: CivilDate?
  public var vat: Pence?
  public var gross: Pence?
  /// What is paid out.
  public var payable: Pence?
  /// What it could not take back, as a debt below zero.
  public var carriedOut: Pence?
  public var payer: String?

  public init(
    which: Which, amount: Pence? = nil, exact: NanoPence? = nil, energy: WattHours? = nil, lines: Int? = nil,
    status: Statement.Status? = nil, due: CivilDate? = nil
  ) {
    (self.which, self.amount, self.exact, self.energy) = (which, amount, exact, energy)
    (self.lines, self.status, self.due) = (lines, status, due)
  }
}

/// A line that some statement must have.
public struct ExpectedLine: Hashable, Sendable {
  public var kind: StatementLine.Kind
  /// Number of the statement, from 1; nil for any.
  public var statement: Int?
  public var from: Instant?
  public var to: Instant?
  public var energy: WattHours?
  public var rate: UnitRate?
  public var exact: NanoPence?
  public var amount: Pence?
  public var basis: StatementLine.Basis?
  public var reason: ReasonCode?
  public var rule: Rule?
  public var tariff: String?

  public init(_ kind: StatementLine.Kind) { self.kind = kind }
}

/// A payment that must be there.
public struct ExpectedPayment: Hashable, Sendable {
  public var amount: Pence?
  /// When it was made, asked for or planned.
  public var at: Moment?
  public var due: CivilDate?
  public var state: Payment.State?
  public var method: Payment.Method?
  /// When the money left.
  public var paid: Moment?
  public var reason: ReasonCode?
  public var payer: String?

  public init() {}
}

/// Where all energy stands in money at the last settlement, before any rounding and without VAT.
public struct ExpectedBalance: Hashable, Sendable {
  public var accrued: NanoPence?
  public var paid: NanoPence?
  public var provisional: NanoPence?
  public var held: NanoPence?
  public var forfeited: NanoPence?
  public var unpriced: WattHours?

  public init() {}
}
