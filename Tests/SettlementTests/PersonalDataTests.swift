// Personal data (R-DATA-01 … -04).

import BackspinTesting
import Testing
import Units

@testable import Settlement

@Suite("Personal data")
struct PersonalDataTests {
  private func outcome(
    _ events: [CaseEvent], to: String = "2026-02-01T00:00Z", policy: (inout Policy) -> Void = { _ in }
  ) -> Outcome {
    settle(paying(wheel(), to: to, settle: [], events: events, policy: policy))
  }

  @Test("data go to the receivers that the terms name, for a duty of the scheme, and to nobody else")
  func sharing() {
    TextTable.each(
      """
      | receiver     | purpose   | person | code               |
      | ofgem        | seg-duty  | -      | DATA_SHARED        |
      | seg-licensee | seg-duty  | -      | DATA_SHARED        |
      | meter-reader | seg-duty  | -      | DATA_SHARED        |
      | advertiser   | seg-duty  | -      | DATA_REFUSED       |
      | ofgem        | marketing | -      | DATA_REFUSED       |
      # Another person's data need that person's permission first: Bob gave it, Cy took it back, Dee was not asked.
      | ofgem        | seg-duty  | Bob    | DATA_SHARED        |
      | ofgem        | seg-duty  | Cy     | DATA_NO_PERMISSION |
      | ofgem        | seg-duty  | Dee    | DATA_NO_PERMISSION |
      | advertiser   | seg-duty  | Bob    | DATA_REFUSED       |
      """
    ) { row in
      var facts: Facts = [
        .receiver: .text(try row.text("receiver")), .purpose: .text(try row.text("purpose")),
      ]
      let person = try row.text("person")
      if person != "-" { facts[.thirdPerson] = .text(person) }
      let one = outcome([
        told(.permissionGiven, "2026-01-02T10:00Z", [.thirdPerson: .text("Bob")]),
        told(.permissionGiven, "2026-01-02T11:00Z", [.thirdPerson: .text("Cy")]),
        told(.permissionWithdrawn, "2026-01-03T10:00Z", [.thirdPerson: .text("Cy")]),
        told(.dataShared, "2026-01-04T10:00Z", facts),
      ])
      let code = try row.text("code")
      #expect(one.codes.filter { $0.hasPrefix("DATA_") } == [code], sourceLocation: row.sourceLocation)
    }
  }

  @Test("a permission that comes after the data were asked for does not count for that time")
  func order() {
    let shared = told(
      .dataShared, "2026-01-02T10:00Z",
      [.receiver: .text("ofgem"), .purpose: .text("seg-duty"), .thirdPerson: .text("Bob")])
    let one = outcome([shared, told(.permissionGiven, "2026-01-03T10:00Z", [.thirdPerson: .text("Bob")])])
    #expect(one.codes.contains("DATA_NO_PERMISSION"))
  }

  @Test("half-hours of import are hidden while there is no consent, and export is paid all the same")
  func consent() {
    func outcome(_ consent: Bool, _ events: [CaseEvent]) -> Outcome {
      var home = wheel()
      home.meters = [smets2("S2", uses: [.import, .export])]
      home.halfHourlyConsent = consent
      var one = paying(
        home, to: "2026-01-03T00:00Z", settle: ["2026-01-03T00:00Z"], events: events
      ) { $0.payableBasis = .ours([.halfHours], "for this test") }
      let energies = (0..<96).map { 1000 + Int64($0 % 7) }
      one.logs = [
        log(energies, from: "2026-01-01T00:00Z", received: "2026-01-03T00:00Z"),
        log(constant(0, 96), from: "2026-01-01T00:00Z", received: "2026-01-03T00:00Z", .import),
      ]
      return settle(one)
    }
    let withdrawn = [told(.halfHourConsentWithdrawn, "2026-01-02T00:00Z")]
    let full = outcome(true, [])
    #expect(!full.codes.contains("DATA_NO_HH_CONSENT"))
    let none = outcome(false, [])
    #expect(
      none.decision(.dataNoHHConsent)?.text.hasPrefix("96 half-hours of import are not looked at") == true)
    // Withdrawn for the second day: 48 half-hours.
    let part = outcome(true, withdrawn)
    #expect(part.all(.dataNoHHConsent).contains { $0.text.hasPrefix("48 half-hours") })
    let given = outcome(false, [told(.halfHourConsentGiven, "2026-01-02T00:00Z")])
    #expect(given.all(.dataNoHHConsent).contains { $0.text.hasPrefix("48 half-hours") })
    #expect(full.paid > Pence(0))
    for other in [none, part, given] { #expect(other.paid == full.paid) }
  }

  @Test("data are kept so many months after the end, and are to be erased by then")
  func retention() {
    // Switched away on 1 May 2026, kept for 12 months: until 1 May 2027.
    let left = told(.switchRegistered, "2026-04-20T10:00Z", [.to: .text("new"), .on: day("2026-05-01")])
    for (until, state) in [("2027-05-01T22:59Z", Obligation.State.open), ("2027-05-01T23:00Z", .overdue)] {
      let one = outcome([left], to: until) { $0.conduct.retentionMonths = .ours(12, "for this test") }
      let duty = one.obligations.first { $0.what == "erase-personal-data" }
      #expect(duty?.by == civil("2027-05-01"))
      #expect(duty?.state == state)
    }
    let erased = outcome([left, told(.dataErased, "2027-04-01T10:00Z")], to: "2028-01-01T00:00Z") {
      $0.conduct.retentionMonths = .ours(12, "for this test")
    }
    #expect(erased.obligations.first { $0.what == "erase-personal-data" }?.state == .met)
    #expect(!outcome([]).obligations.contains { $0.what == "erase-personal-data" })
  }
}
