// What the rules say of energy by when it flowed, beyond how much it was and what a kWh costs: not payable,
// held, paid at a part, paid by somebody else, with VAT. Families of rules state such spans afresh from all
// that is known; the settlement cuts what was measured at their ends.

public import Units

/// One span of time and what becomes of the energy that flowed in it.
public struct Treatment: Hashable, Sendable {
  public enum Effect: Hashable, Sendable {
    /// Never payable: before eligibility, while the meter was faulty, after the end.
    case forfeit
    /// Accrued, and held until something happens.
    case hold
    /// Payable at so many parts per thousand of the rate (R-WHLD-02); by R-WHLD-01 so much of the energy is
    /// paid, and the rest is held.
    case reduce(perMille: Int)
    /// Another firm pays (R-LIC-05).
    case payer(String)
    /// Paid with VAT at so many parts per thousand, on a self-billed invoice (R-VAT-02).
    case vat(perMille: Int)
  }

  /// Half-open; `Instant.distantFuture` where nothing ends it yet.
  public var from: Instant
  public var to: Instant
  public var effect: Effect
  public var reason: ReasonCode
  public var rule: Rule
  public var causes: [Cause]

  public init(
    _ effect: Effect, from: Instant, to: Instant = .distantFuture, _ reason: ReasonCode, _ rule: Rule,
    causes: [Cause] = []
  ) {
    (self.effect, self.from, self.to) = (effect, from, to)
    (self.reason, self.rule, self.causes) = (reason, rule, causes.filter { $0 != .none })
  }
}

/// The spans in force, as far as they are known. Where several hold, forfeit goes before hold, hold before
/// reduce; of one effect the one that was stated first gives the reason.
struct Treatments {
  private(set) var all: [Treatment] = []

  mutating func clear() { all.removeAll(keepingCapacity: true) }

  mutating func add(_ one: Treatment) {
    if one.from < one.to { all.append(one) }
  }
}
