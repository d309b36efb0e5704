// What is paid and what is held, line by line (R-LIC-07: period, reads, basis, rate, rules, and anything
// held).

public import Units

/// The statement of one settlement of one export MPAN.
public struct Statement: Hashable, Sendable {
  public enum Status: String, Hashable, Sendable, CaseIterable {
    /// Everything that could be settled is paid.
    case paid
    /// Some lines are paid, some are held.
    case partlyHeld = "partly-held"
    /// Nothing is paid, something is held.
    case held
    /// Not eligible: nothing is payable.
    case refused
  }

  public var licensee: String
  public var mpan: String
  /// The last settlement (or the start), and this one: half-open. A line may release an earlier period.
  public var from: Instant
  public var to: Instant
  public var lines: [StatementLine]
  /// Sum of the payable lines before any rounding.
  public var exact: NanoPence
  /// Sum of the rounded payable lines.
  public var net: Pence
  public var status: Status
  /// The last day on which the payment is in time, where the policy gives one.
  public var due: CivilDate?

  public init(
    licensee: String, mpan: String, from: Instant, to: Instant, lines: [StatementLine], exact: NanoPence,
    net: Pence, status: Status, due: CivilDate? = nil
  ) {
    (self.licensee, self.mpan, self.from, self.to) = (licensee, mpan, from, to)
    (self.lines, self.exact, self.net, self.status, self.due) = (lines, exact, net, status, due)
  }
}

/// One line: some energy at a price, or some energy held and why.
public struct StatementLine: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case paid
    /// Paid on an estimate or on a split by elapsed time; a better read corrects it.
    case provisional
    /// The correction of a provisional line; may be negative.
    case correction
    /// Not paid now; `reason` says why.
    case held
    /// Nothing wrong: not read yet, and left for the next settlement.
    case awaited
  }

  /// What the energy was taken from.
  public enum Basis: String, Hashable, Sendable, CaseIterable {
    case registers
    case halfHours = "half-hours"
  }

  public var kind: Kind
  public var basis: Basis
  /// Half-open.
  public var from: Instant
  public var to: Instant
  /// Nil on a held line when nobody knows how much.
  public var energy: WattHours?
  /// Number of half-hours the line stands for; 0 for registers.
  public var halfHours: Int
  /// Nil where each half-hour has its own price, or nothing is priced.
  public var rate: UnitRate?
  public var tariff: String
  public var exact: NanoPence
  /// `exact`, rounded once (R-PAY-09).
  public var amount: Pence
  /// `PAY_OK`, `PAY_PROVISIONAL` …, or the reason of the hold.
  public var reason: ReasonCode
  public var rule: String
  public var reads: [Cause]

  public init(
    kind: Kind, basis: Basis, from: Instant, to: Instant, energy: WattHours?, halfHours: Int = 0,
    rate: UnitRate? = nil, tariff: String = "", exact: NanoPence = NanoPence(0), amount: Pence = Pence(0),
    reason: ReasonCode, rule: Rule, reads: [Cause] = []
  ) {
    (self.kind, self.basis, self.from, self.to) = (kind, basis, from, to)
    (self.energy, self.halfHours, self.rate, self.tariff) = (energy, halfHours, rate, tariff)
    (self.exact, self.amount, self.reason) = (exact, amount, reason)
    (self.rule, self.reads) = (rule.rawValue, reads.filter { $0 != .none })
  }

  public var isPayable: Bool { kind != .held && kind != .awaited }
}
