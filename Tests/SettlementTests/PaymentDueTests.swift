// When a payment is due (R-PAY-01, R-PAY-03, R-PAY-04). Dates in working days were counted with Python's
// datetime over the holidays that gov.uk lists; see each row.

import BackspinTesting
import Testing
import Units

@testable import Settlement

@Suite("When a payment is due")
struct PaymentDueTests {
  @Test("the calendar knows the holidays of England and Wales, and not those of Scotland")
  func calendar() {
    TextTable.each(
      """
      | date       | works | why                                     |
      | 2026-01-01 | no    | New Year's Day                          |
      | 2026-01-02 | yes   | a holiday in Scotland only              |
      | 2026-04-03 | no    | Good Friday                             |
      | 2026-04-06 | no    | Easter Monday                           |
      | 2026-04-07 | yes   | the day after it                        |
      | 2026-08-03 | yes   | a holiday in Scotland only              |
      | 2026-12-25 | no    | Christmas Day                           |
      | 2026-12-26 | no    | a Saturday                              |
      | 2026-12-28 | no    | Boxing Day's substitute                 |
      | 2022-09-19 | no    | the state funeral, one year only        |
      | 2023-05-08 | no    | the coronation, one year only           |
      | 2022-06-02 | no    | the spring holiday moved to a Thursday  |
      | 2022-05-30 | yes   | where it would have been                |
      """
    ) { row in
      let date = try row.value("date") { try CivilDate(parsing: $0) }
      let (works, why) = (try row.text("works") == "yes", try row.text("why"))
      #expect(
        WorkingDays.englandAndWales.isWorking(date) == works, "\(why)", sourceLocation: row.sourceLocation)
    }
  }

  @Test(
    "25 working days from the later of request and reading, counted from the working day on which it came")
  func workingDays() {
    var policy = Policy(name: "test")
    byTerm(&policy)
    TextTable.each(
      """
      # A Tuesday in May: the holiday of 25 May is passed over.
      | reading              | request              | counted    | due        |
      | 2026-05-05T10:00Z    | -                    | 2026-05-05 | 2026-06-10 |
      # 18 December, a Friday: Christmas, Boxing Day's substitute and New Year lie between. In winter London is UTC.
      | 2026-12-18T17:00Z    | -                    | 2026-12-18 | 2027-01-27 |
      | 2026-12-18T17:00:01Z | -                    | 2026-12-21 | 2027-01-28 |
      # In summer 17:00 in London is 16:00Z. 16 September 2022 was followed by the state funeral on the Monday.
      | 2022-09-16T16:00Z    | -                    | 2022-09-16 | 2022-10-24 |
      | 2022-09-16T16:00:01Z | -                    | 2022-09-20 | 2022-10-25 |
      # Before 09:00 counts the same day.
      | 2026-12-18T03:00Z    | -                    | 2026-12-18 | 2027-01-27 |
      # Christmas Eve at half past ten in the evening: Christmas Day, the week-end and the substitute pass first.
      | 2026-12-24T22:30Z    | -                    | 2026-12-29 | 2027-02-03 |
      | 2026-12-24T12:00Z    | -                    | 2026-12-24 | 2027-02-02 |
      # Christmas Day itself, and a Saturday.
      | 2026-12-25T12:00Z    | -                    | 2026-12-29 | 2027-02-03 |
      | 2026-11-21T12:00Z    | -                    | 2026-11-23 | 2026-12-30 |
      # 2 January is a working day.
      | 2026-01-02T12:00Z    | -                    | 2026-01-02 | 2026-02-06 |
      # Easter 2026: 3 and 6 April.
      | 2026-03-20T12:00Z    | -                    | 2026-03-20 | 2026-04-28 |
      # The later of the two starts the clock.
      | 2026-05-05T10:00Z    | 2026-04-14T10:00Z    | 2026-05-05 | 2026-06-10 |
      | 2026-04-14T10:00Z    | 2026-05-05T10:00Z    | 2026-05-05 | 2026-06-10 |
      # The calendar ends with 2027: the last due day it can give, and the day after.
      | 2027-11-24T12:00Z    | -                    | 2027-11-24 | 2027-12-31 |
      | 2027-11-25T12:00Z    | -                    | 2027-11-25 | -          |
      | 2028-01-04T12:00Z    | -                    | -          | -          |
      """
    ) { row in
      func date(_ column: String) throws -> CivilDate? {
        let text = try row.text(column)
        return text == "-" ? nil : civil(text)
      }
      let request = try row.text("request")
      let due = DueDate(
        policy, .englandAndWales, arrival: at(try row.text("reading")),
        asked: request == "-" ? nil : at(request))
      #expect(due.counted == (try date("counted")), sourceLocation: row.sourceLocation)
      #expect(due.date == (try date("due")), sourceLocation: row.sourceLocation)
    }
  }

  @Test("60 calendar days pass over 29 February like over any other day")
  func leap() {
    let policy = Policy(name: "test")
    // 31 December 2023 + 60: 31 in January, 29 in February. 1 January 2025 + 60: 30 left in January, 28,
    // 2 in March.
    for (from, to) in [
      ("2023-12-31", "2024-02-29"), ("2024-01-01", "2024-03-01"), ("2025-01-01", "2025-03-02"),
    ] {
      let due = DueDate(policy, nil, arrival: at(from + "T12:00Z"))
      #expect(due.date == civil(to))
    }
  }

  @Test("where policy says so, what comes late counts the same day, and what comes early the next")
  func hours() {
    var policy = Policy(name: "test")
    byTerm(&policy)
    policy.payment.lateCountsNextDay = .ours(false, "for this test")
    policy.payment.earlyCountsSameDay = .ours(false, "for this test")
    let calendar = WorkingDays.englandAndWales
    #expect(DueDate(policy, calendar, arrival: at("2026-12-18T20:00Z")).counted == civil("2026-12-18"))
    #expect(DueDate(policy, calendar, arrival: at("2026-12-18T08:59:59Z")).counted == civil("2026-12-21"))
    #expect(DueDate(policy, calendar, arrival: at("2026-12-18T09:00Z")).counted == civil("2026-12-18"))
  }

  @Test("day 60 is in time, and on day 61 the payment is overdue")
  func overdue() {
    // Read on 11 May: 20 days left in May, 30 in June, 10 in July.
    for (settled, late) in [("2026-07-10T22:00Z", false), ("2026-07-10T23:00Z", true)] {
      let outcome = settle(
        paying(
          wheel(), from: "2026-05-01T00:00Z", to: settled, settle: [settled],
          reads: [("2026-05-01T00:00Z", "100"), ("2026-05-11T00:00Z", "340")]))
      #expect(outcome.statements[0].due == civil("2026-07-10"))
      #expect(outcome.codes.contains("PAY_OVERDUE") == late)
      #expect(
        outcome.touches.contains(BoundaryTouch(.paymentDueDay, excess: late ? 1 : 0)))
      // 240 kWh at 10 p.
      #expect(
        outcome.paymentSummary == [
          "\(late ? "2026-07-11" : "2026-07-10") £24.00 bank-transfer paid due 2026-07-10"
        ])
    }
  }

  @Test("a calendar that does not reach gives no date and says how far it reaches")
  func coverage() {
    let outcome = settle(
      paying(
        wheel(start: "2027-11-01T00:00Z"), from: "2027-11-01T00:00Z", to: "2027-11-25T12:00Z",
        settle: ["2027-11-25T12:00Z"], reads: [("2027-11-01T00:00Z", "100"), ("2027-11-25T12:00Z", "300")],
        policy: byTerm))
    #expect(outcome.statements[0].due == nil)
    #expect(outcome.decision(.calNoCoverage)?.text.contains("2019-01-01 to 2027-12-31") == true)
    #expect(!outcome.codes.contains("PAY_DUE"))
  }

  @Test("a reading that was refused starts no clock; the one that corrects it does")
  func corrected() {
    // 9,000 kWh in a day is impossible for 3.95 kW; the value of 2 June is believed. 2 June + 60 = 1 August.
    let outcome = settle(
      paying(
        wheel(), from: "2026-05-01T00:00Z", to: "2026-06-03T00:00Z", settle: ["2026-06-03T00:00Z"],
        reads: [
          ("2026-05-01T00:00Z", "100"), ("2026-05-31T00:00Z", "9100"), ("2026-06-02T00:00Z", "400"),
        ]))
    #expect(outcome.statements[0].due == civil("2026-08-01"))
  }
}
