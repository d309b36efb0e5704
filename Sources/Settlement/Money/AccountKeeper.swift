// The account while it is written: money of statements that waits, payments made, what stands in their way.
// It goes through statements and events once, in order of their instants, so that settling in one go and day
// by day give the same.

internal import Units

struct AccountKeeper {
  /// Money of one statement that is not paid yet.
  struct Lot: Hashable {
    var statement: Int
    var payer: String
    var amount: Pence
    var due: CivilDate?
    /// Arrival of the data that it rests on.
    var arrival: Instant?
  }

  /// A date or a request for which money waits.
  struct Wanted: Hashable {
    enum Why: Hashable { case schedule, request, end }

    var asked: Instant
    var why: Why

    /// A period is closed by a reading of its last day, or a later.
    var closing: Instant { asked - TimeSpan(microseconds: 1) }
  }

  var account = Account()
  var payments: [Payment] = []
  var lots: [Lot] = []
  /// The oldest that no payment has answered.
  var wanted: Wanted?
  /// Days of the requests that were accepted.
  var requests: [CivilDate] = []
  /// Charges seen.
  var charges: [Charge] = []
  /// Nothing is sent while the bank has no account that works.
  var bankRefused = false
  /// Bills of this instant, until its statements are written.
  var bills: [CaseEvent] = []
  /// The end of the agreement has been taken for a date of payment.
  var hasEnded = false

  var eventsSeen = 0
  var statementsSeen = 0
  var through: Instant?

  mutating func post(
    _ kind: Account.Kind, _ from: Account.Name, _ to: Account.Name, _ amount: Pence, _ reason: ReasonCode,
    at: Instant, statement: Int? = nil
  ) {
    account.post(
      Account.Posting(at: at, kind, from: from, to: to, amount: amount, reason: reason, statement: statement))
  }

  /// What a statement earned, less its charges. Where corrections and charges outweigh it, the customer owes
  /// the rest to a later statement (R-WHLD-01); nobody is asked to pay it.
  mutating func accrue(_ one: Statement, number: Int, arrival: Instant?) {
    let at = one.to
    let zero = Pence(0)
    let charges = one.lines.filter { $0.kind == .charge }
    let earned = charges.reduce(one.net) { $0 - $1.amount }
    post(.accrued, .earned, .accrued, earned, .payOK, at: at, statement: number)
    post(.accrued, .accrued, .earned, zero - earned, .recoupOverpaid, at: at, statement: number)
    post(.accrued, .vat, .accrued, one.vat, .vatSelfBilled, at: at, statement: number)
    post(.accrued, .accrued, .vat, zero - one.vat, .recoupOverpaid, at: at, statement: number)
    for line in charges {
      post(.netted, .accrued, .charges, zero - line.amount, line.reason, at: at, statement: number)
    }
    // What was carried in is taken back as far as this statement goes; what is missing is carried on.
    let recovered = one.carriedOut - one.carriedIn
    post(.recovered, .accrued, .carried, recovered, .recoupOverpaid, at: at, statement: number)
    post(.carried, .carried, .accrued, zero - recovered, .recoupOverpaid, at: at, statement: number)
    guard one.payable > zero else { return }
    lots.append(Lot(statement: number, payer: one.payer, amount: one.payable, due: one.due, arrival: arrival))
  }
}
