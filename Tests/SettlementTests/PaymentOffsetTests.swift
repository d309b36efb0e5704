// Export set against the import bill, credit and its release (R-PAY-06, R-PAY-07, R-PAY-10, K-40, K-41). A
// water wheel at 10 p/kWh; 300 kWh, £30.00, in the first quarter and in the second.

import BackspinTesting
import Testing
import Units

@testable import Settlement

private let reads = [
  ("2026-01-01T00:00Z", "100"), ("2026-03-31T23:00Z", "400"), ("2026-06-30T23:00Z", "700"),
]
private let electricity: Facts = [.suppliesElectricity: .flag(true)]

private func bill(_ amount: Int64, _ when: String) -> CaseEvent {
  told(.billIssued, when, [.amount: .money(Pence(amount))])
}

@Suite("Export against the import bill")
struct PaymentOffsetTests {
  private func outcome(
    _ facts: Facts = electricity, events: [CaseEvent], to: String = "2026-09-01T00:00Z",
    settle times: [String] = ["2026-03-31T23:00Z", "2026-06-30T23:00Z"],
    policy: (inout Policy) -> Void = offsetting
  ) -> Outcome {
    settle(paying(wheel(facts), to: to, settle: times, reads: reads, events: events, policy: policy))
  }

  @Test("a bill that is higher takes all of it, and the customer pays the difference")
  func difference() {
    let one = outcome(
      events: [bill(5000, "2026-04-01T10:00Z")], to: "2026-04-02T00:00Z", settle: ["2026-03-31T23:00Z"])
    #expect(one.statements[0].due == nil)
    #expect(one.paymentSummary == ["2026-04-01 £30.00 supply-account paid"])
    let text = one.decision(.payOffset)?.text ?? ""
    #expect(text.contains("£30.00 of export is set against the import bill of £50.00"))
    #expect(text.contains("the difference of £20.00"))
    #expect(!one.codes.contains("PAY_CREDIT_HELD"))
    #expect(one.account.balance(.offset) == Pence(3000))
    #expect(one.account.balance(.credit) == Pence(0))
    #expect(one.account.isBalanced)
  }

  @Test("export that is worth more stays as credit on the account")
  func credit() {
    let one = outcome(
      events: [bill(1000, "2026-04-01T10:00Z")], to: "2026-04-02T00:00Z", settle: ["2026-03-31T23:00Z"])
    #expect(one.decision(.payCreditHeld)?.text.contains("£20.00 more than the bill") == true)
    #expect(one.account.balance(.credit) == Pence(2000))
    #expect(one.paymentSummary == ["2026-04-01 £10.00 supply-account paid"])
  }

  @Test("a bill of the moment of a statement takes what that statement earned")
  func sameMoment() {
    let one = outcome(
      events: [bill(1000, "2026-03-31T23:00Z")], to: "2026-04-02T00:00Z", settle: ["2026-03-31T23:00Z"])
    #expect(one.account.balance(.offset) == Pence(1000))
  }

  @Test("credit is paid out on request while the last reading is 28 days old, and refused when it is 29")
  func fresh() {
    // The last reading is of 1 July, London midnight. 29 July is day 28, 30 July is day 29.
    for (when, released) in [("2026-07-29T10:00Z", true), ("2026-07-30T10:00Z", false)] {
      let one = outcome(events: [bill(1000, "2026-04-01T10:00Z"), told(.paymentRequested, when)])
      // £20.00 left of the first quarter and £30.00 of the second.
      #expect(one.codes.contains("PAY_CREDIT_RELEASED") == released)
      #expect(one.touches.contains(BoundaryTouch(.freshReading, excess: released ? 0 : 1)))
      if released {
        // Wednesday 29 July + 25 working days = 3 September: 31 August is a holiday.
        #expect(
          one.paymentSummary == [
            "2026-04-01 £10.00 supply-account paid", "2026-07-29 £50.00 bank-transfer paid due 2026-09-03",
          ])
        #expect(one.account.balance(.paid) == Pence(5000))
      } else {
        #expect(one.decisions.last { $0.code == .payCreditHeld }?.text.contains("29 days old") == true)
        #expect(one.payments.last?.state == .refused)
        #expect(one.account.balance(.credit) == Pence(5000))
      }
    }
  }

  @Test("a fifth request is refused for separate payments, and for credit on the bill there is no limit")
  func noLimit() {
    let requests = ["02", "03", "04", "05", "06"].map { told(.paymentRequested, "2026-\($0)-10T10:00Z") }
    #expect(!outcome(events: requests).codes.contains("PAY_REQUEST_LIMIT"))
    let separate = outcome([.kind: .text("variable")], events: requests)
    #expect(separate.all(.payRequestLimit).count == 1)
    let all = outcome(events: requests) {
      offsetting(&$0)
      $0.payment.limitedRequests = .ours(.all, "for this test")
    }
    #expect(all.all(.payRequestLimit).count == 1)
  }

  @Test("who is set against the bill follows from what is supplied, from ability and from the policy")
  func who() {
    TextTable.each(
      """
      | electricity | gas | able | policy    | method   | arrangement |
      | yes         | no  | -    | when-able | -        | offset      |
      # Gas alone is enough ("electricity and/or gas").
      | no          | yes | -    | when-able | -        | offset      |
      | no          | no  | -    | when-able | -        | separate    |
      # Able unless told otherwise.
      | yes         | no  | no   | when-able | -        | separate    |
      | yes         | yes | yes  | when-able | -        | offset      |
      | yes         | no  | -    | never     | -        | separate    |
      | yes         | no  | -    | on-wish   | -        | separate    |
      | yes         | no  | -    | on-wish   | account  | offset      |
      | yes         | no  | -    | on-wish   | bank     | separate    |
      """
    ) { row in
      func flag(_ column: String) throws -> FactValue? {
        let text = try row.text(column)
        return text == "-" ? nil : .flag(text == "yes")
      }
      var facts: Facts = [:]
      facts[.suppliesElectricity] = try flag("electricity")
      facts[.suppliesGas] = try flag("gas")
      facts[.ableToOffset] = try flag("able")
      switch try row.text("method") {
      case "account": facts[.paymentMethod] = .text("supply-account")
      case "bank": facts[.paymentMethod] = .text("bank-transfer")
      default: break
      }
      let offset = Policy.PaymentTerms.Offset(rawValue: try row.text("policy")) ?? .never
      let one = outcome(facts, events: []) { $0.payment.offset = .ours(offset, "for this test") }
      // £60.00 of two quarters: on the account as credit, or with the customer.
      let isOffset = try row.text("arrangement") == "offset"
      #expect(
        one.account.balance(isOffset ? .credit : .paid) == Pence(6000), sourceLocation: row.sourceLocation)
    }
  }

  @Test("gas alone does not offset where the policy says so")
  func gasAlone() {
    let one = outcome([.suppliesGas: .flag(true)], events: []) {
      offsetting(&$0)
      $0.payment.gasAloneOffsets = .ours(false, "for this test")
    }
    #expect(one.account.balance(.credit) == Pence(0))
  }

  @Test("when offset is no longer possible, what was credit is paid with the next separate payment")
  func notAble() {
    let one = outcome(
      events: [told(.supplyChanged, "2026-05-01T10:00Z", [.ableToOffset: .flag(false)])])
    #expect(one.account.balance(.paid) == Pence(6000))
    #expect(one.account.balance(.credit) == Pence(0))
    #expect(one.paymentSummary == ["2026-07-01 £60.00 bank-transfer paid due 2026-08-05"])
  }

  @Test("a customer whose import moves elsewhere is paid separately from then on, and export stays")
  func importMoves() {
    var home = wheel(electricity)
    home.licensee = "ours"
    let one = settle(
      paying(
        home, to: "2026-09-01T00:00Z", settle: ["2026-03-31T23:00Z", "2026-06-30T23:00Z"], reads: reads,
        events: [.importSupplierChanged(to: "Other Energy", at: at("2026-05-01T10:00Z"))], policy: offsetting)
    )
    let text = one.decision(.swiImportOnly)?.text ?? ""
    #expect(text.contains("no longer set against the import bill and is paid separately"))
    #expect(one.account.balance(.paid) == Pence(6000))
    #expect(!one.codes.contains("SWI_EFFECTIVE"))
  }
}
