// How an agreement ends, and when a notice counts as delivered (R-TERM-01 … -04).

import Settlement
import Testing
import Units

@Suite("Endings")
struct EndingsTests {
  private func ended(_ facts: Facts = [:], _ when: String = "2026-06-05T11:00Z") -> CaseEvent {
    told(.endedByCustomer, when, facts)
  }

  // MARK: By the customer

  @Test("a customer may end at any time: on the day he names, else when his notice is delivered")
  func anyTime() {
    #expect(events([ended()]).stops == ["forfeit TERM_BY_CUSTOMER 2026-06-05T11:00Z on"])
    #expect(
      events([ended([.on: day("2026-07-01")])]).stops == ["forfeit TERM_BY_CUSTOMER 2026-06-30T23:00Z on"])
    // Not before it was said.
    #expect(
      events([ended([.on: day("2026-06-01")])]).stops == ["forfeit TERM_BY_CUSTOMER 2026-06-05T11:00Z on"])
    #expect(events([ended()]).duty("final-reading")?.who == .customer)
  }

  @Test("a customer who leaves for another licensee is paid until that one is registered (K-15)")
  func switching() {
    let outcome = events([ended([.to: .text("switch")])])
    #expect(outcome.stops == [])
    #expect(outcome.decision(.termByCustomer)?.text.contains("when that licensee is registered") == true)
  }

  @Test("where the final reading ends it, a reading that is refused leaves it running")
  func finalReading() {
    let strict = policy { $0.endings.byCustomer.value = .finalReading }
    let opening = read("100", "2026-05-01T00:00Z")
    #expect(events([ended()], policy: strict, reads: [opening]).stops == [])
    // 900 kWh in a month is more than 3.95 kW and 5 % make: 4.1475 kW × 44 × 24 h would be 4,380 kWh, 9,000
    // are not.
    let refused = read("9100", "2026-06-14T00:00Z", received: "2026-06-14T09:00Z")
    #expect(events([ended()], policy: strict, reads: [opening, refused]).stops == [])
    let good = read("300", "2026-06-20T00:00Z", received: "2026-06-21T09:00Z")
    let outcome = events([ended()], policy: strict, reads: [opening, refused, good])
    #expect(outcome.stops == ["forfeit TERM_BY_CUSTOMER 2026-06-21T09:00Z on"])
    #expect(outcome.duty("final-reading")?.met == at("2026-06-21T09:00Z"))
  }

  // MARK: By the licensee, by Ofgem, by itself

  @Test(
    "a slight breach ends the agreement only where any broken term does; a significant one everywhere",
    arguments: [
      (Policy.EndingsTerms.Breach.significant, "slight", false), (.significant, "significant", true),
      (.any, "slight", true), (.any, "significant", true),
    ])
  func breach(threshold: Policy.EndingsTerms.Breach, breach: String, ends: Bool) {
    let outcome = events(
      [told(.endedByLicensee, "2026-06-05T11:00Z", [.breach: .text(breach)])],
      policy: policy { $0.endings.breach.value = threshold })
    #expect(outcome.stops == (ends ? ["forfeit TERM_BREACH 2026-06-05T11:00Z on"] : []))
    #expect(outcome.codes.contains("TERM_BREACH"))
    #expect(outcome.duties.contains("final-reading") == ends)
  }

  @Test("Ofgem's direction ends it at once; lost licensee status only where the terms say so")
  func others() {
    #expect(
      events([told(.ofgemEnded, "2026-06-05T11:00Z")]).stops == ["forfeit TERM_OFGEM 2026-06-05T11:00Z on"])
    let lost = told(.licenseeStatusLost, "2026-06-05T11:00Z")
    #expect(events([lost]).stops == [])
    let automatic = policy { $0.endings.automatic.value = [.licenseeStatus] }
    #expect(events([lost], policy: automatic).stops == ["forfeit TERM_AUTO 2026-06-05T11:00Z on"])
    // Without the word, a sale still ends the entitlement, but no agreement by itself.
    let sold = events([told(.ownerChanged, "2026-06-05T11:00Z")], policy: automatic)
    #expect(sold.stops == ["forfeit CHG_OWNER 2026-06-04T23:00Z on"])
    #expect(!sold.codes.contains("TERM_AUTO"))
  }

  // MARK: Notices

  @Test(
    "a posted notice counts as delivered after two working days of England and Wales, any other at once",
    arguments: [
      // A Tuesday: Wednesday, Thursday.
      ("2026-06-02T11:00Z", "post", "2026-06-03T23:00Z"),
      // A Friday before a weekend: Monday, Tuesday.
      ("2026-06-05T11:00Z", "post", "2026-06-08T23:00Z"),
      // Friday 22 May before the holiday of Monday the 25th: Tuesday, Wednesday.
      ("2026-05-22T11:00Z", "post", "2026-05-26T23:00Z"),
      ("2026-06-02T11:00Z", "e-mail", "2026-06-02T11:00Z"),
      ("2026-06-02T11:00Z", "hand", "2026-06-02T11:00Z"),
    ])
  func delivery(posted: String, channel: String, delivered: String) {
    let outcome = events([ended([.channel: .text(channel)], posted)])
    #expect(outcome.stops == ["forfeit TERM_BY_CUSTOMER \(delivered) on"])
    #expect(outcome.decision(.noticeDeemed)?.rule == "R-TERM-04")
  }

  @Test("posted on Christmas Eve, a notice is delivered on 30 December")
  func christmas() {
    // Thursday 25, Friday 26: holidays; 27, 28: weekend; Monday 29 the first, Tuesday 30 the second working
    // day (2025).
    var one = story(
      agreement([flat("10")]), from: "2025-12-01T00:00Z", to: "2026-01-31T00:00Z",
      events: [told(.noticeSent, "2025-12-24T15:00Z", [.channel: .text("post"), .about: .text("new rates")])])
    one.calendar = holidays
    let notice = settle(one).decision(.noticeDeemed)?.text ?? ""
    #expect(
      notice.contains("the notice about new rates posted on 2025-12-24 counts as delivered on 2025-12-30"))
  }

  @Test("without a calendar nobody can say when a posted notice ends anything: it is held, not guessed")
  func noCalendar() {
    let posted = ended([.channel: .text("post")])
    let outcome = events([posted], calendar: nil)
    #expect(outcome.stops == ["hold CAL_NO_COVERAGE 2026-06-05T11:00Z on"])
    #expect(outcome.decision(.calNoCoverage)?.severity == .query)
    #expect(events([ended([.channel: .text("e-mail")])], calendar: nil).stops.count == 1)
  }

  @Test(
    "an end that is named for the day of delivery holds; one named for the day before slides to the delivery")
  func slides() {
    // Posted on Tuesday 2 June, delivered on Thursday the 4th, which begins at 23:00Z of the 3rd.
    for (named, side) in [("2026-06-04", BoundaryTouch.Side.limit), ("2026-06-03", .past)] {
      let outcome = events([
        told(.endedByLicensee, "2026-06-02T11:00Z", [.channel: .text("post"), .on: day(named)])
      ])
      #expect(outcome.stops == ["forfeit TERM_BREACH 2026-06-03T23:00Z on"])
      #expect(
        outcome.touches.contains { $0.boundary == "endings.posted-notice-working-days" && $0.side == side })
    }
  }
}

extension Outcome {
  fileprivate var duties: [String] { obligations.map(\.what) }
}
