// Who is paid, as a statement or an invoice names them: the person on the plan (R-PAY-08), and the number
// under which they are registered for VAT (R-VAT-02: the licensee writes the invoice and states the
// generator's number on it). A supply is invoiced to whoever made it, under the number of its day.

public import Units

/// The generator over one stretch of time, as named on a statement.
public struct Payee: Hashable, Sendable {
  /// The person on the plan, or whoever took the business over; nil if nobody said.
  public var name: String?
  /// Nil where the generator is not registered, or nobody said.
  public var vatNumber: String?
  /// What was exported in it was theirs: half-open.
  public var from: Instant
  public var to: Instant

  public init(
    name: String? = nil, vatNumber: String? = nil, from: Instant = .epoch, to: Instant = .distantFuture
  ) {
    (self.name, self.vatNumber, self.from, self.to) = (name, vatNumber, from, to)
  }
}

extension SettlementCase {
  /// Whose the export was over time, by what was known at an instant; never empty. Days without a number,
  /// next to days of the same person with one, go with these: a generator who registers or leaves VAT in
  /// mid-quarter has one invoice.
  public func payees(knownAt instant: Instant) -> [Payee] {
    let known = events.filter { $0.received <= instant }.sorted { $0.received < $1.received }
    let statuses = VATStatus.all(agreement.facts, known)
    let transfers = known.filter { $0.name == .businessTransferred }
    let edges = Set(statuses.map(\.from) + transfers.map { VATStatus.from($0) } + [.epoch]).sorted()
    var payees: [Payee] = []
    for edge in edges {
      let owner = transfers.filter { VATStatus.from($0) <= edge }
        .max { VATStatus.from($0) < VATStatus.from($1) }
      let name = owner?.facts.text(.to) ?? agreement.facts.text(.person)
      let number = statuses.last { $0.from <= edge }?.number
      if let last = payees.last, last.name == name,
        number == nil || last.vatNumber == nil || number == last.vatNumber
      {
        payees[payees.count - 1].vatNumber = last.vatNumber ?? number
      } else {
        if !payees.isEmpty { payees[payees.count - 1].to = edge }
        payees.append(Payee(name: name, vatNumber: number, from: edge))
      }
    }
    return payees
  }
}
