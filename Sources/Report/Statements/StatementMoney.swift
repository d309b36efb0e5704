// What became of the money of a statement by the end of the case: sent with it, sent later, held, kept for a
// date of payment, or set against the energy account (R-PAY-02, R-PAY-06, R-PAY-08).

internal import Settlement
internal import Units

enum StatementMoney: Hashable {
  /// With the statement; also where nobody says what became of it.
  case paidNow
  case paidOn(CivilDate)
  case held(ReasonCode)
  case credited
  /// At a date that is known, or when a reading answers what was asked for.
  case planned(CivilDate?)

  init(of number: Int, in outcome: Outcome) {
    let statement = outcome.statements[number]
    let postings = outcome.account.postings
    guard !postings.isEmpty else {
      self = .paidNow
      return
    }
    let open: Set<Payment.State> = [.paid, .held, .scheduled]
    guard
      let payment = outcome.payments.last(where: {
        $0.statements.contains(number) && open.contains($0.state)
      })
    else {
      let isCredited = postings.contains { $0.kind == .credited && $0.statement == number }
      self = isCredited ? .credited : .planned(nil)
      return
    }
    switch payment.state {
    case .held: self = .held(payment.reason)
    case .scheduled:
      let isAhead = payment.at > statement.to
      self = .planned(isAhead ? LondonClock.date(at: payment.at) : payment.due)
    case .paid, .returned, .refused:
      let paid = payment.paid ?? payment.at
      self = paid <= statement.to ? .paidNow : .paidOn(LondonClock.date(at: paid))
    }
  }

  /// Before the amount.
  var words: String {
    switch self {
    case .paidNow: "we pay you"
    case .paidOn(let date): "paid on \(StatementPaper.day(date))"
    case .held: "held"
    case .credited: "credited to your energy account"
    case .planned(let date): date.map { "to be paid on \(StatementPaper.day($0))" } ?? "to be paid later"
    }
  }

  var heldFor: ReasonCode? {
    if case .held(let why) = self { why } else { nil }
  }
}
