// Who is paid, as a statement or an invoice names them: the person on the plan (R-PAY-08), and the number
// under which they are registered for VAT (R-VAT-02: the licensee writes the invoice and states the
// generator's number on it).

public import Units

/// The generator, as named on a statement.
public struct Payee: Hashable, Sendable {
  /// The person on the plan, or whoever took the business over; nil if nobody said.
  public var name: String?
  /// Nil where the generator is not registered, or nobody said.
  public var vatNumber: String?

  public init(name: String? = nil, vatNumber: String? = nil) {
    (self.name, self.vatNumber) = (name, vatNumber)
  }
}

extension SettlementCase {
  /// Who was paid for export up to an instant, by what was known then. The number is the last that held in
  /// that time, so that a generator who left VAT in mid-quarter still has one on the invoice for the days
  /// before.
  public func payee(until: Instant) -> Payee {
    let known = events.filter { $0.received <= until }.sorted { $0.received < $1.received }
    let owner = known.last { $0.name == .businessTransferred }?.facts.text(.to)
    let status = VATStatus.all(agreement.facts, known).last { $0.from < until && $0.number != nil }
    return Payee(name: owner ?? agreement.facts.text(.person), vatNumber: status?.number)
  }
}
