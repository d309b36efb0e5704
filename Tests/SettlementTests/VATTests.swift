// VAT and self-billing (R-VAT-01, R-VAT-02). A water wheel at 10 p/kWh, read at midnight London time on 1
// January, 16 February and 1 April 2026: 130 kWh in 46 days, 170 kWh in 44.

import BackspinTesting
import Testing
import Units

@testable import Settlement

private let reads = [
  ("2026-01-01T00:00Z", "100"), ("2026-02-16T00:00Z", "230"), ("2026-03-31T23:00Z", "400"),
]
private let number: Facts = [.vatNumber: .text("GB 999 9999 73")]

@Suite("VAT")
struct VATTests {
  private func outcome(
    _ facts: Facts = [:], _ events: [CaseEvent] = [], settle times: [String] = ["2026-03-31T23:00Z"],
    policy: (inout Policy) -> Void = { _ in }
  ) -> Outcome {
    settle(
      paying(
        wheel(facts), to: "2026-04-30T00:00Z", settle: times, reads: reads, events: events, policy: policy))
  }

  @Test("who says nothing of VAT is paid without, and nothing is said")
  func silent() {
    let one = outcome()
    #expect(one.paid == Pence(3000))
    #expect(!one.codes.contains { $0.hasPrefix("VAT_") })
  }

  @Test("who is not registered is paid without VAT and without an invoice")
  func none() {
    let one = outcome([.isVATRegistered: .flag(false)])
    #expect(one.paid == Pence(3000))
    #expect(one.statements[0].vat == Pence(0))
    #expect(one.codes.contains("VAT_NONE"))
    #expect(!one.codes.contains("VAT_SELF_BILLED"))
  }

  @Test("who is registered and has signed is paid 20 % more on a self-billed invoice")
  func registered() {
    // 300 kWh × 10 p = £30.00; 20 % = £6.00.
    let one = outcome([
      .isVATRegistered: .flag(true), .statedVATNumber: .text("GB 999 9999 73"),
      .isSelfBillingSigned: .flag(true),
    ])
    #expect(one.statements[0].net == Pence(3000))
    #expect(one.statements[0].vat == Pence(600))
    #expect(one.account.balance(.paid) == Pence(3600))
    #expect(
      one.decision(.vatSelfBilled)?.text.contains("GB 999 9999 73: net £30.00, VAT £6.00, gross £36.00")
        == true)
    #expect(one.account.balance(.vat) == Pence(-600))
    #expect(one.account.balance(.paid) == Pence(3600))
    #expect(one.account.isBalanced)
  }

  @Test("registered in the middle of a quarter: the quarter is divided at the date")
  func middle() {
    // 130 kWh = £13.00 without, 170 kWh = £17.00 with 20 % = £3.40.
    let one = outcome(
      [:], [told(.vatRegistered, "2026-02-16T00:00Z", number), told(.selfBillingSigned, "2026-02-20T10:00Z")])
    #expect(one.statements[0].lines.filter(\.isPayable).map(\.amount) == [Pence(1300), Pence(1700)])
    #expect(one.statements[0].vat == Pence(340))
    #expect(one.account.balance(.paid) == Pence(3340))
    #expect(one.codes.isSuperset(of: ["VAT_STATUS_CHANGED", "VAT_SELF_BILLED"]))
  }

  @Test("deregistered in the middle of a quarter: VAT ends at the date")
  func deregistered() {
    // 130 kWh = £13.00 with £2.60, 170 kWh = £17.00 without.
    let one = outcome(
      [
        .isVATRegistered: .flag(true), .statedVATNumber: .text("GB 999 9999 73"),
        .isSelfBillingSigned: .flag(true),
      ],
      [told(.vatDeregistered, "2026-02-16T00:00Z")])
    #expect(one.statements[0].vat == Pence(260))
    #expect(one.decision(.vatNone)?.text.contains("from 2026-02-16") == true)
  }

  @Test("a date in the event counts, not the day of the event")
  func dated() {
    var facts = number
    facts[.vatFrom] = day("2026-02-16")
    let one = outcome(
      [.isSelfBillingSigned: .flag(true)], [told(.vatRegistered, "2026-04-10T10:00Z", facts)],
      settle: ["2026-03-31T23:00Z", "2026-04-20T00:00Z"])
    // Paid £30.00 in March; what followed from 16 February brings £3.40 of VAT afterwards.
    #expect(one.statements[0].payable == Pence(3000))
    #expect(one.statements[1].payable == Pence(340))
    #expect(one.account.isBalanced)
  }

  @Test("without a signature the first payment waits, and is paid with VAT once it is signed")
  func unsigned() {
    let registered = told(.vatRegistered, "2026-01-01T00:00Z", number)
    let times = ["2026-03-31T23:00Z", "2026-04-20T00:00Z"]
    let waiting = outcome([:], [registered], settle: times)
    #expect(waiting.paid == Pence(0))
    #expect(waiting.decision(.vatAgreementMissing)?.severity == .hold)
    let signed = outcome([:], [registered, told(.selfBillingSigned, "2026-04-10T10:00Z")], settle: times)
    #expect(signed.statements.map(\.payable) == [Pence(0), Pence(3600)])
    #expect(signed.codes.contains("VAT_AGREEMENT_MISSING"))
  }

  @Test("where nothing blocks the payment, the net is paid at once and the VAT follows")
  func payNet() {
    let one = outcome(
      [:],
      [
        told(.vatRegistered, "2026-01-01T00:00Z", number), told(.selfBillingSigned, "2026-04-10T10:00Z"),
        told(.selfBillingAgreed, "2026-04-11T10:00Z"),
      ], settle: ["2026-03-31T23:00Z", "2026-04-20T00:00Z"]
    ) {
      $0.vat.untilSigned = .clause(.payNet, "EON 9.2-9.4")
      $0.vat.licenseeMustAgree = .clause(true, "EON 9.2")
    }
    #expect(one.statements.map(\.payable) == [Pence(3000), Pence(600)])
  }

  @Test("a licensee that has to agree and does not writes no invoice")
  func notAgreed() {
    let one = outcome(
      [:], [told(.vatRegistered, "2026-01-01T00:00Z", number), told(.selfBillingSigned, "2026-01-02T10:00Z")]
    ) {
      $0.vat.untilSigned = .clause(.payNet, "EON 9.2-9.4")
      $0.vat.licenseeMustAgree = .clause(true, "EON 9.2")
    }
    #expect(one.paid == Pence(3000))
    #expect(one.codes.contains("VAT_AGREEMENT_MISSING"))
  }

  @Test("a new number or a new owner needs a new signature")
  func newNumber() {
    let start: Facts = [
      .isVATRegistered: .flag(true), .statedVATNumber: .text("GB 999 9999 73"),
      .isSelfBillingSigned: .flag(true),
    ]
    let changed = told(.vatNumberChanged, "2026-02-16T00:00Z", number)
    // £13.00 with £2.60 under the old number; £17.00 wait.
    let waiting = outcome(start, [changed])
    #expect(waiting.account.balance(.paid) == Pence(1560))
    #expect(waiting.codes.isSuperset(of: ["VAT_STATUS_CHANGED", "VAT_AGREEMENT_MISSING"]))
    let signed = outcome(start, [changed, told(.selfBillingSigned, "2026-03-01T10:00Z")])
    #expect(signed.account.balance(.paid) == Pence(3600))
    let free = outcome(start, [changed]) { $0.vat.newNumberNeedsSignature = .ours(false, "for this test") }
    #expect(free.account.balance(.paid) == Pence(3600))
    // The new owner is not registered: nothing to sign, and no VAT from then on.
    let sold = outcome(start, [told(.businessTransferred, "2026-02-16T00:00Z", [.to: .text("Cy Dee")])])
    #expect(sold.account.balance(.paid) == Pence(3260))
  }

  @Test("VAT is on the rounded net, half up")
  func rounding() {
    // 100.25 kWh × 10 p = 1002.5 p, rounded 1003 p; 20 % of it is 200.6 p, rounded 201 p.
    let one = settle(
      paying(
        wheel([
          .isVATRegistered: .flag(true), .statedVATNumber: .text("GB 999 9999 73"),
          .isSelfBillingSigned: .flag(true),
        ]), to: "2026-03-31T23:00Z",
        settle: ["2026-03-31T23:00Z"], reads: [("2026-01-01T00:00Z", "100"), ("2026-03-31T23:00Z", "200.25")])
    )
    #expect(one.statements[0].net == Pence(1003))
    #expect(one.statements[0].vat == Pence(201))
  }
}
