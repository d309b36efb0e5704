// Statement, payment and account say the same (R-PAY-01, R-PAY-03, R-PAY-05, R-PAY-08, R-WHLD-01). A water
// wheel at 10 p/kWh; every sum and day is worked by hand beside its case.

import BackspinTesting
import Testing
import Units

@testable import Settlement

private let variable: Facts = [.kind: .text("variable"), .tariffStart: day("2026-10-01")]

/// Sent, planned or held: all that a statement let be paid.
private func money(_ one: Outcome) -> Pence {
  let open: Set<Payment.State> = [.paid, .scheduled, .held]
  return one.payments.filter { open.contains($0.state) }.reduce(Pence(0)) { $0 + $1.amount }
}

@Suite("Statement and payment agree")
struct PaymentTruthTests {
  @Test("an instructed recovery stands on the next statement, and what exceeds it is carried")
  func recovery() {
    // 300, 100 and 200 kWh: £30.00; £10.00 − £25.00 = −£15.00; £20.00 − £15.00 = £5.00.
    let one = settle(
      paying(
        wheel(start: "2026-04-01T00:00Z"), from: "2026-04-01T00:00Z", to: "2026-07-03T00:00Z",
        settle: ["2026-05-02T09:00Z", "2026-06-02T09:00Z", "2026-07-02T09:00Z"],
        reads: [
          ("2026-04-01T00:00Z", "0"), ("2026-05-01T00:00Z", "300"), ("2026-06-01T00:00Z", "400"),
          ("2026-07-01T00:00Z", "600"),
        ],
        events: [
          told(
            .recoveryInstructed, "2026-05-10T09:00Z",
            [.ground: .text("error"), .by: .text("licensee"), .amount: .money(Pence(2500))])
        ]))
    #expect(one.statements.map(\.payable) == [Pence(3000), Pence(0), Pence(500)])
    #expect(one.statements.map(\.carriedOut) == [Pence(0), Pence(-1500), Pence(0)])
    #expect(one.statements[1].lines.last?.reason == .recoupOverpaid)
    #expect(one.payments.map(\.amount) == [Pence(3000), Pence(500)])
    #expect(one.paid == Pence(3500))
    #expect(one.account.balance(.paid) == Pence(3500))
    #expect(one.account.balance(.charges) == Pence(0))
    #expect(one.account.isBalanced)
  }

  @Test("a request is answered by a reading that was there and unsettled; the days count from the request")
  func request() {
    // Thursday 3 December 16:59 + 25 working days = 12 January; a minute after 17:00 one day more.
    for (asked, due, facts) in [
      ("2026-12-03T16:59Z", "2027-01-12", variable), ("2026-12-03T17:01Z", "2027-01-13", [:]),
    ] {
      let one = settle(
        paying(
          wheel(facts, start: "2026-10-01T00:00Z"), from: "2026-10-01T00:00Z", to: "2027-02-01T00:00Z",
          settle: ["2026-12-31T09:00Z"], reads: [("2026-10-01T00:00Z", "100"), ("2026-12-01T00:00Z", "400")],
          events: [told(.paymentRequested, asked)], policy: byTerm))
      #expect(one.paymentSummary == ["2026-12-31 £30.00 bank-transfer paid due \(due)"])
      #expect(one.statements.map(\.due) == [civil(due)])
      #expect(!one.codes.contains("PAY_OVERDUE"))
    }
  }

  @Test("a request that nobody settles on is overdue the day after its due day")
  func overdue() {
    for (until, late) in [("2027-01-12T23:00Z", false), ("2027-01-13T00:00Z", true)] {
      let one = settle(
        paying(
          wheel(variable, start: "2026-10-01T00:00Z"), from: "2026-10-01T00:00Z", to: until, settle: [],
          reads: [("2026-10-01T00:00Z", "100"), ("2026-12-01T00:00Z", "400")],
          events: [told(.paymentRequested, "2026-12-03T16:59Z")], policy: byTerm))
      #expect(one.codes.contains("PAY_OVERDUE") == late)
    }
  }

  @Test("without a plan the fifth request is refused and nothing is paid on it until the next year")
  func fifth() {
    let months = ["04", "05", "06", "07", "08"]
    var reads =
      [("2026-03-01T00:00Z", "0")]
      + months.enumerated().map {
        ("2026-\($1)-01T00:00Z", "\(100 * ($0 + 1))")
      }
    reads.append(("2027-02-28T23:00Z", "600"))
    let one = settle(
      paying(
        wheel(start: "2026-03-01T00:00Z"), from: "2026-03-01T00:00Z", to: "2027-03-02T00:00Z",
        settle: months.map { "2026-\($0)-01T12:00Z" } + ["2027-03-01T12:00Z"], reads: reads,
        events: months.map { told(.paymentRequested, "2026-\($0)-01T10:00Z") }
          + [told(.paymentRequested, "2027-03-01T10:00Z")], policy: byTerm))
    // £10.00 four times; the fifth waits for 1 March: £10.00 + £10.00.
    #expect(one.payments.filter { $0.state == .paid }.map(\.amount.value) == [1000, 1000, 1000, 1000, 2000])
    #expect(one.payments.count { $0.state == .refused } == 1)
  }

  @Test("a date that no reading closes keeps money no longer than to the day by which it is due")
  func dateWithoutReading() {
    // 100 kWh read on 14 March are £10.00, due 60 days on: 17 in March, 30 in April, 13 in May.
    for (until, payment) in [
      ("2026-05-12T12:00Z", "2026-04-01 £10.00 bank-transfer scheduled due 2026-05-13"),
      ("2026-06-01T00:00Z", "2026-05-13 £10.00 bank-transfer paid due 2026-05-13"),
    ] {
      let one = settle(
        paying(
          wheel([.paidEvery: .text("quarterly")]), to: until, settle: ["2026-03-15T09:00Z"],
          reads: [("2026-01-01T00:00Z", "0"), ("2026-03-14T09:00Z", "100")]))
      #expect(one.paymentSummary == [payment])
      #expect(money(one) == Pence(1000))
    }
  }

  @Test("a reading of what is not payable moves no due date")
  func unpayable() {
    // £30.00 read on 1 May: 60 days are 30 in May, 30 in June. Nothing after 1 May is payable.
    for more in [[], [("2026-07-01T00:00Z", "320")]] {
      var core = EmbeddedCore()
      core.probe = Probe(afterRules: { ledger, _ in
        ledger.treatments.add(
          Treatment(.forfeit, from: at("2026-05-01T00:00Z"), to: .distantFuture, .chgDecommissioned, .chg08))
      })
      let one = core.settle(
        paying(
          wheel(), to: "2026-07-03T00:00Z", settle: ["2026-07-02T09:00Z"],
          reads: [("2026-01-01T00:00Z", "0"), ("2026-05-01T00:00Z", "300")] + more))
      #expect(one.statements.map(\.due) == [civil("2026-06-30")])
      #expect(one.decision(.payDue)?.text.contains("later than") == false)
    }
  }

  @Test("what a plan changes late is due counted from the news, and what is not payable has no due date")
  func late() {
    func outcome(_ rate: String) -> Outcome {
      settle(
        paying(
          wheel(), to: "2026-12-03T00:00Z", settle: ["2026-07-01T09:00Z", "2026-12-02T09:00Z"],
          reads: [("2026-01-01T00:00Z", "0"), ("2026-07-01T00:00Z", "300")],
          events: [
            told(
              .planIssued, "2026-12-01T09:00Z",
              [.tariff: .tariff([flat(rate, named: "new")]), .effective: day("2026-01-01")])
          ]))
    }
    // 2.5 p more on 300 kWh: £7.50. 1 December + 60 days: 30 in December, 30 in January.
    let more = outcome("12.5")
    #expect(more.statements.map(\.payable) == [Pence(3000), Pence(750)])
    #expect(more.statements.map(\.due) == [civil("2026-08-30"), civil("2027-01-30")])
    #expect(!more.codes.contains("PAY_OVERDUE"))
    let less = outcome("5")
    #expect(less.statements.map(\.payable) == [Pence(3000), Pence(0)])
    #expect(less.statements.map(\.due) == [civil("2026-08-30"), nil])
    #expect(less.all(.payDue).count == 1)
  }

  @Test("what came back is held for the stranger's account that is given next, not for the bank any more")
  func stranger() {
    let one = settle(
      paying(
        wheel([.person: .text("Ada"), .accountName: .text("Ada")]), to: "2026-08-01T00:00Z",
        settle: ["2026-07-01T09:00Z"], reads: [("2026-01-01T00:00Z", "0"), ("2026-07-01T00:00Z", "300")],
        events: [
          told(.paymentReturned, "2026-07-10T09:00Z"),
          told(.bankDetailsGiven, "2026-07-20T09:00Z", [.accountName: .text("Eve")]),
        ]))
    #expect(one.payments.map(\.reason) == [.payReturned, .payWrongPayee])
    #expect(one.all(.payWrongPayee).map(\.at) == [at("2026-07-20T09:00Z")])
  }
}
