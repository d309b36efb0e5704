// Where the money is: a small double-entry account of one agreement, written from its statements and from
// what happened to payments. Every posting takes from one name what it gives to another, so the balances
// always sum to zero (our assumption: no document asks for it).

public import Units

/// The account of a customer with the licensee.
public struct Account: Hashable, Sendable {
  /// A place where money can be. Balances are as the customer sees them: what is owed to the customer is
  /// above zero in `accrued`, `payable` and `credit`, what the customer owes is below zero in `carried` and
  /// `charges`.
  public enum Name: String, Hashable, Sendable, CaseIterable {
    /// Where it comes from: what the energy was worth. Its balance is minus all that was ever earned.
    case earned
    /// VAT on it, which comes from the licensee too.
    case vat
    /// Stated on a statement and not yet to be paid: no date or request has come.
    case accrued
    /// To be paid now, and not paid: the payee, the bank or a reading stands in the way.
    case payable
    /// On the supply account, until a bill takes it or the customer asks for it.
    case credit
    /// With the customer.
    case paid
    /// Taken by import bills.
    case offset
    /// Overpaid before and not yet taken back (R-WHLD-01).
    case carried
    /// Owed by the customer for something else than energy (R-ONB-09, R-ACC-03).
    case charges
    /// What charges were for: the other side of them.
    case charged
  }

  /// What a posting does.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case accrued, due, paid, offset, credited, released, recovered, carried, charged, netted, returned
  }

  public struct Posting: Hashable, Sendable {
    public var at: Instant
    public var kind: Kind
    public var from: Name
    public var to: Name
    /// Above zero.
    public var amount: Pence
    public var reason: ReasonCode
    /// Number of the statement in the outcome, from 0.
    public var statement: Int?

    public init(
      at: Instant, _ kind: Kind, from: Name, to: Name, amount: Pence, reason: ReasonCode,
      statement: Int? = nil
    ) {
      (self.at, self.kind, self.from, self.to) = (at, kind, from, to)
      (self.amount, self.reason, self.statement) = (amount, reason, statement)
    }
  }

  /// In the order in which they were made.
  public private(set) var postings: [Posting] = []
  private var sums: [Name: Pence] = [:]

  public init() {}

  /// What stands under a name.
  public func balance(_ name: Name) -> Pence { sums[name] ?? Pence(0) }

  /// All names with what stands under them.
  public var balances: [(name: Name, balance: Pence)] { Name.allCases.map { ($0, balance($0)) } }

  /// Nothing came from nowhere and nothing is lost.
  public var isBalanced: Bool { sums.values.reduce(Pence(0)) { $0 + $1 } == Pence(0) }

  /// Moves money; nothing happens for nothing.
  public mutating func post(_ one: Posting) {
    guard one.amount > Pence(0), one.from != one.to else { return }
    postings.append(one)
    sums[one.from, default: Pence(0)] -= one.amount
    sums[one.to, default: Pence(0)] += one.amount
  }
}
