// Access to the meter (R-ACC-01 … -04).

import Settlement
import Testing
import Units

@Suite("Access")
struct AccessTests {
  private let refused = told(.accessRefused, "2026-05-10T09:00Z", [.by: .text("landlord")])
  private let byLicensee = policy { $0.withholding.accessRefused.value = .lifted }
  private let hold = "hold WHLD_NO_ACCESS 2026-05-10T09:00Z on"

  private func gained(_ ok: Bool?) -> CaseEvent {
    var facts = Facts()
    facts[.readingsOK] = ok.map { .flag($0) }
    return told(.accessGained, "2026-05-20T09:00Z", facts)
  }

  @Test("a refusal stops the money, whoever it is that refuses, and the customer is told")
  func refusal() {
    let outcome = events([refused])
    #expect(outcome.stops == [hold])
    #expect(outcome.decision(.whldNoAccess)?.text.contains("refused by the landlord") == true)
    #expect(outcome.parties(.whldNoAccess) == [.customer])
    #expect(outcome.duty("access")?.state == .open)
    let visit = told(.visit, "2026-05-10T09:00Z", [.outcome: .text("refused"), .purpose: .text("reading")])
    #expect(events([visit]).stops == [hold])
    let nobody = told(
      .visit, "2026-05-10T09:00Z", [.outcome: .text("nobody-in"), .purpose: .text("reading")])
    #expect(events([nobody]).stops == [])
  }

  @Test(
    "access alone is not enough: the readings must be verified too",
    arguments: [(true, true), (false, false), (nil, false)] as [(Bool?, Bool)])
  func verified(ok: Bool?, released: Bool) {
    let outcome = events([refused, gained(ok)])
    #expect(outcome.stops == (released ? [] : [hold]))
    #expect(outcome.codes.contains("PAY_RELEASED") == released)
    #expect(outcome.duty("access")?.state == .met)
  }

  @Test("a believed reading by the visitor verifies; one by the customer does not")
  func byReading() {
    for (source, spans) in [(ReadSource.visit, []), (.customer, [hold])] {
      let outcome = events(
        [refused, gained(nil)],
        reads: [
          read("100", "2026-05-01T00:00Z"),
          read("120", "2026-05-20T09:00Z", by: source, step: 1000, received: "2026-05-21T09:00Z"),
        ])
      #expect(outcome.stops == spans)
      #expect(outcome.said(.payReleased) == (spans.isEmpty ? ["2026-05-21T09:00Z PAY_RELEASED"] : []))
    }
  }

  @Test("where the licensee may stop, only its own word lets the money go on (K-18)")
  func lifted() {
    #expect(events([refused, gained(true)], policy: byLicensee).stops == [hold])
    let word = told(.withholdingLifted, "2026-06-01T09:00Z", [.ground: .text("not-inspected")])
    #expect(events([refused, gained(true), word], policy: byLicensee).stops == [])
    let other = told(.withholdingLifted, "2026-06-01T09:00Z", [.ground: .text("error")])
    #expect(events([refused, other], policy: byLicensee).stops == [hold])
  }

  @Test("a second refusal after access was had and verified stops the money again")
  func again() {
    let second = told(.accessRefused, "2026-06-10T09:00Z")
    #expect(events([refused, gained(true), second]).stops == ["hold WHLD_NO_ACCESS 2026-06-10T09:00Z on"])
    // While the first stands, a second changes nothing.
    #expect(events([refused, second]).stops == [hold])
  }

  @Test("the visitor's extra cost is charged only where the terms name it, and only by a visit")
  func charge() {
    let visit = told(
      .visit, "2026-05-10T09:00Z", [.extraCost: .money(Pence(3500)), .purpose: .text("reading")])
    let named = policy { $0.withholding.accessCharge.value = true }
    let outcome = events([visit], policy: named)
    #expect(outcome.decision(.chargeAccess)?.text.contains("£35.00") == true)
    #expect(outcome.decision(.chargeAccess)?.rule == "R-ACC-03")
    #expect(!events([visit]).codes.contains("CHARGE_ACCESS"))
    #expect(events([visit]).decision(.infoVerification)?.rule == "R-ACC-03")
  }

  @Test("checks may be as frequent as they like: each is recorded, none costs anything")
  func checks() {
    let visits = (10...14).map { told(.visit, "2026-05-\($0)T09:00Z") }
    let outcome = events(visits)
    #expect(outcome.said(.infoVerification).count == 5)
    #expect(outcome.stops == [])
  }
}
