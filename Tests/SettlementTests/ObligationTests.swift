// The licensee's own standing (R-LIC-01, -03 … -07).

import BackspinTesting
import Settlement
import Testing
import Units

@Suite("The licensee")
struct ObligationTests {
  private func outcome(_ events: [CaseEvent], policy: Policy = Policy(name: "test")) -> Outcome {
    onboarding(events, policy: policy, until: "2028-01-01T00:00Z")
  }

  @Test("150,000 domestic customers on 31 December make a mandatory licensee of the next SEG year")
  func mandatory() {
    TextTable.each(
      """
      | customers | volunteers | code          | severity    | side   |
      | 150001    | no         | LIC_MANDATORY | information | inside |
      | 150000    | no         | LIC_MANDATORY | information | limit  |
      | 149999    | yes        | LIC_VOLUNTARY | information | past   |
      | 149999    | no         | LIC_VOLUNTARY | query       | past   |
      """
    ) { row in
      let text = "customers: \(try row.text("customers")); volunteers: \(try row.text("volunteers"))"
      let result = outcome([event("licensee-status", "2026-12-31T12:00Z", text)])
      let code = try row.value("code") { ReasonCode(rawValue: $0) }
      let told = result.decision(code)
      #expect(told?.severity.rawValue == (try row.text("severity")), sourceLocation: row.sourceLocation)
      #expect(
        told?.text.contains("from 2027-04-01 to 2028-03-31") == true, sourceLocation: row.sourceLocation)
      #expect(
        result.touched("eligibility.mandatory-customers") == [try row.text("side")],
        sourceLocation: row.sourceLocation)
      #expect(result.stretches == [], sourceLocation: row.sourceLocation)
    }
  }

  @Test("a mandatory licensee without a SEG tariff is a defect")
  func noTariff() {
    func told(_ text: String) -> Bool {
      outcome([event("licensee-status", "2026-12-31T12:00Z", text)]).codes.contains("LIC_NO_TARIFF")
    }
    #expect(told("customers: 200000; seg-tariffs: 0"))
    #expect(!told("customers: 200000; seg-tariffs: 1"))
    #expect(!told("customers: 100000; volunteers: yes; seg-tariffs: 0"))
    #expect(!told("customers: 200000"))
  }

  @Test("42 days' notice end an agreement on the day; 41 put the end off by one")
  func exit() {
    // Told on 1 May 2026; 42 days later is 12 June, which begins at 23:00Z of the day before.
    TextTable.each(
      """
      | leaves            | end               | side   |
      | 2026-06-11T12:00Z | 2026-06-11T23:00Z | past   |
      | 2026-06-12T12:00Z | 2026-06-11T23:00Z | limit  |
      | 2026-06-13T12:00Z | 2026-06-12T23:00Z | inside |
      """
    ) { row in
      let result = outcome([
        event("licensee-exit", try row.text("leaves"), received: "2026-05-01T12:00Z")
      ])
      let end = try row.text("end")
      #expect(result.stretches == ["forfeit TERM_LICENSEE_EXIT \(end) -"], sourceLocation: row.sourceLocation)
      #expect(
        result.touched("eligibility.exit-notice-days") == [try row.text("side")],
        sourceLocation: row.sourceLocation)
      #expect(result.notifications.map(\.to) == [.customer], sourceLocation: row.sourceLocation)
    }
    // Told the day before by letter, as the event says.
    let stated = outcome([
      event(
        "licensee-exit", "2026-06-11T12:00Z", "notice-given: 2026-04-30", received: "2026-05-10T12:00Z")
    ])
    #expect(stated.stretches == ["forfeit TERM_LICENSEE_EXIT 2026-06-10T23:00Z -"])
  }

  @Test(
    "an agreement that ends by itself does so on the day; a mandatory licensee cannot leave; a volunteer need not"
  )
  func exits() {
    let itself = policy("eligibility.licensee-exit: by-itself")
    let leaves = event("licensee-exit", "2026-06-11T12:00Z", received: "2026-06-10T12:00Z")
    let end = ["forfeit TERM_LICENSEE_EXIT 2026-06-10T23:00Z -"]
    #expect(outcome([leaves], policy: itself).stretches == end)
    let must = event("licensee-status", "2025-12-31T12:00Z", "customers: 150000")
    #expect(outcome([must, leaves], policy: itself).stretches == [])
    #expect(outcome([must, leaves], policy: itself).decision(.termLicenseeExit)?.severity == .query)
    // The SEG year of the count of 2024 is over on 31 March 2026.
    let before = event("licensee-status", "2024-12-31T12:00Z", "customers: 150000")
    #expect(outcome([before, leaves], policy: itself).stretches == end)
    let small = event("licensee-status", "2026-12-31T12:00Z", "customers: 90000; volunteers: no")
    #expect(outcome([small], policy: itself).stretches == ["forfeit TERM_LICENSEE_EXIT 2027-03-31T23:00Z -"])
    #expect(outcome([small]).stretches == [])
    let volunteer = event("licensee-status", "2026-12-31T12:00Z", "customers: 90000; volunteers: yes")
    #expect(outcome([volunteer], policy: itself).stretches == [])
  }

  @Test("handed over, another firm pays from that day on; the customer is told where the terms say so")
  func assigned() {
    let over = event("licensee-assigned", "2026-05-10T12:00Z", "to: Second Energy")
    let span = ["payer Second Energy LIC_ASSIGNED 2026-05-09T23:00Z -"]
    #expect(outcome([over]).stretches == span)
    #expect(outcome([over]).notifications.map(\.to) == [.customer])
    let silent = outcome([over], policy: policy("eligibility.may-assign: without-notice"))
    #expect(silent.stretches == span && silent.notifications.isEmpty)
    let barred = outcome([over], policy: policy("eligibility.may-assign: no"))
    #expect(barred.stretches == [])
    #expect(barred.decision(.licAssigned)?.severity == .query)
    let twice = outcome([over, event("licensee-assigned", "2026-07-01T12:00Z", "to: Third Energy")])
    #expect(
      twice.stretches == [
        "payer Second Energy LIC_ASSIGNED 2026-05-09T23:00Z 2026-06-30T23:00Z",
        "payer Third Energy LIC_ASSIGNED 2026-06-30T23:00Z -",
      ])
  }

  @Test("insolvency is told to the customer and ends nothing")
  func insolvency() {
    let result = outcome([event("insolvency", "2026-05-10T12:00Z")])
    #expect(result.notifications.map(\.code) == [.infoInsolvency])
    #expect(result.notifications.map(\.to) == [.customer])
    #expect(result.stretches == [])
  }

  @Test(
    "asked, the licensee says of a statement its period, energy, basis, rate, reads, rules and what is held")
  func statement() {
    // 1 June 2026: 5.16 kWh × 10 p = 51.6 p, £0.52.
    let day = log(sunnyDay, from: "2026-06-01T00:00Z", received: "2026-06-02T00:00Z", cause: 7)
    let one = story(
      agreement([flat("10")]), from: "2026-06-01T00:00Z", to: "2026-06-03T00:00Z",
      settle: ["2026-06-02T00:00Z"],
      logs: [day], events: [event("statement-asked", "2026-06-02T09:00Z")])
    let told = settle(one).decision(.infoStatement)
    #expect(told?.rule == "R-LIC-07")
    for part in [
      "2026-06-01T00:00Z", "2026-06-02T00:00Z", "£0.52", "5.16 kWh", "half-hours", "10 p/kWh", "R-TAR-01",
    ] {
      #expect(told?.text.contains(part) == true, "\(part)")
    }
    #expect(told?.text.hasSuffix("holds nothing") == true)
  }
}
