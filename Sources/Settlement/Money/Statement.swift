// What is paid and what is held, line by line (R-LIC-07: period, reads, basis, rate, rules, and anything
// held). A statement is never edited: what turns out otherwise is an adjustment on a later one.

public import Units

/// The statement of one settlement of one export MPAN for one payer.
public struct Statement: Hashable, Sendable {
  public enum Status: String, Hashable, Sendable, CaseIterable {
    /// Everything that could be settled is payable; what is held stands on lines of its own.
    case payable
    /// Nothing is payable, something is held.
    case held
    /// Some of it rests on estimates or on a split by elapsed time, and will be trued up.
    case provisional
    /// The agreement has ended, and all before its end is settled.
    case final
    /// Nothing but corrections of earlier statements.
    case adjustment
  }

  public var licensee: String
  public var mpan: String
  /// The last settlement (or the start), and this one: half-open. A line may speak of an earlier period.
  public var from: Instant
  public var to: Instant
  public var lines: [StatementLine]
  /// Sum of the payable lines before any rounding.
  public var exact: NanoPence
  /// Sum of the rounded payable lines; negative where corrections outweigh what is new.
  public var net: Pence
  /// VAT of each rate on the rounded net of its lines, half up (R-VAT-02).
  public var vat: Pence
  /// What earlier statements overpaid or charged and could not take: never above zero (R-WHLD-01).
  public var carriedIn: Pence
  /// What this one could not take back: never above zero, and never paid by the customer.
  public var carriedOut: Pence
  public var status: Status
  /// What else is to be said of it: `partly-held`, `refused`, `first`.
  public var flags: [String]
  /// Who pays: the licensee, or the firm to which it passed the agreement (R-LIC-05).
  public var payer: String
  /// The last day on which the payment is in time, where the policy gives one.
  public var due: CivilDate?

  public init(
    licensee: String, mpan: String, from: Instant, to: Instant, lines: [StatementLine], exact: NanoPence,
    net: Pence, status: Status, due: CivilDate? = nil, vat: Pence = Pence(0), carriedIn: Pence = Pence(0),
    carriedOut: Pence = Pence(0), payer: String? = nil, flags: [String] = []
  ) {
    (self.licensee, self.mpan, self.from, self.to) = (licensee, mpan, from, to)
    (self.lines, self.exact, self.net, self.status, self.due) = (lines, exact, net, status, due)
    (self.vat, self.carriedIn, self.carriedOut) = (vat, carriedIn, carriedOut)
    (self.payer, self.flags) = (payer ?? licensee, flags)
  }

  /// Net and VAT.
  public var gross: Pence { net + vat }

  /// What is paid out: never below zero.
  public var payable: Pence { max(Pence(0), gross + carriedIn) }
}

/// One line: some energy at a price, or some energy that is not paid and why.
public struct StatementLine: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case paid
    /// Paid on an estimate or on a split by elapsed time; a better read corrects it.
    case provisional
    /// The difference to what an earlier statement billed for the same time; may be negative.
    case adjustment
    /// Not paid now; `reason` says why.
    case held
    /// Never payable; told once.
    case forfeited
    /// Nothing wrong: not read yet, and left for the next settlement.
    case awaited
    /// A charge or a recovery that somebody instructed, below zero (R-ONB-09, R-ACC-03, R-WHLD-01). It speaks
    /// of no energy, and its basis means nothing.
    case charge
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
  /// Nil on a held line when nobody knows how much, and on a charge.
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
  /// Parts per thousand.
  public var vat: Int
  public var flags: LineFlags

  public init(
    kind: Kind, basis: Basis, from: Instant, to: Instant, energy: WattHours?, halfHours: Int = 0,
    rate: UnitRate? = nil, tariff: String = "", exact: NanoPence = NanoPence(0), amount: Pence = Pence(0),
    reason: ReasonCode, rule: Rule, reads: [Cause] = [], vat: Int = 0, flags: LineFlags = []
  ) {
    (self.kind, self.basis, self.from, self.to) = (kind, basis, from, to)
    (self.energy, self.halfHours, self.rate, self.tariff) = (energy, halfHours, rate, tariff)
    (self.exact, self.amount, self.reason) = (exact, amount, reason)
    (self.rule, self.reads) = (rule.rawValue, reads.filter { $0 != .none })
    (self.vat, self.flags) = (vat, flags)
  }

  /// Whether it moves money, either way.
  public var isPayable: Bool { kind.isPayable }

  /// Whether it moves money for energy, either way.
  var isForEnergy: Bool { isPayable && kind != .charge }
}

extension StatementLine.Kind {
  public var isPayable: Bool {
    switch self {
    case .paid, .provisional, .adjustment, .charge: true
    case .held, .forfeited, .awaited: false
    }
  }
}
