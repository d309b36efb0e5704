// From form to first payment: states and their ages, clocks, papers (R-ONB-01 … -04, -06, -09, -12 … -14).

import BackspinTesting
import Testing
import Units

@testable import Settlement

/// "2026-03-02 application-submitted": noon of that day, unless an instant is given; facts after a bar.
func steps(_ text: String, _ here: SourceLocation = #_sourceLocation) -> [CaseEvent] {
  text.split(separator: ",").map { part in
    let halves = part.split(separator: "/", maxSplits: 1)
    let words = halves[0].split(separator: " ").map(String.init)
    let when = words[0].contains("T") ? words[0] : words[0] + "T12:00Z"
    return event(words[1], when, halves.count > 1 ? String(halves[1]) : "", here)
  }
}

/// 1 March to 1 September 2026 without energy, settled at the end.
func onboarding(
  _ events: [CaseEvent], _ stated: String = "", policy: Policy = Policy(name: "test"), reads: [Read] = [],
  logs: [LogRead] = [], exportMPAN: String? = "9900000000015", settle days: [String]? = nil,
  until: String = "2026-09-01T00:00Z", calendar: WorkingDays? = nil
) -> Outcome {
  var one = agreement([flat("10")], exportMPAN: exportMPAN)
  one.facts = facts(stated)
  one.start = at("2026-03-01T00:00Z")
  var made = story(
    one, from: "2026-03-01T00:00Z", to: until, settle: days, reads: reads, logs: logs, events: events,
    policy: policy)
  made.calendar = calendar
  return settle(made)
}

@Suite("Onboarding")
struct OnboardingTests {
  private func state(_ text: String, _ here: SourceLocation = #_sourceLocation) -> String {
    var agreed = agreement([flat("10")])
    agreed.start = at("2026-03-01T00:00Z")
    let application = Application(
      agreed, Policy(name: "test"), from: at("2026-03-01T00:00Z"), events: steps(text, here),
      by: .distantFuture)
    guard let found = OnboardingSteps(application) else { return "none" }
    return "\(found.state.rawValue) \(LondonClock.date(at: found.since))"
  }

  @Test("the state is the first step that is not done, and its age counts from when it became that")
  func states() {
    TextTable.each(
      """
      | events                                                                    | state                     |
      | 2026-03-02 application-submitted / complete: no                           | draft 2026-03-02          |
      | 2026-03-02 application-submitted                                          | submitted 2026-03-02      |
      | 2026-03-02 application-submitted / complete: no, 2026-03-05 application-submitted | submitted 2026-03-05 |
      | 2026-03-02 application-submitted, 2026-03-03 documents-refused            | documents_refused 2026-03-03 |
      | 2026-03-02 application-submitted, 2026-03-03 documents-refused, 2026-03-06 application-corrected | submitted 2026-03-06 |
      | 2026-03-02 application-submitted, 2026-03-03 documents-refused, 2026-03-06 application-corrected, 2026-03-07 documents-checked | checked 2026-03-07 |
      | 2026-03-02 application-submitted, 2026-03-04 documents-checked            | checked 2026-03-04        |
      | 2026-03-02 application-submitted, 2026-03-04 documents-checked / form: no | documents_refused 2026-03-04 |
      | 2026-03-04 documents-checked, 2026-03-05 mpan-requested                   | mpan_requested 2026-03-05 |
      | 2026-03-04 documents-checked, 2026-03-05 mpan-requested, 2026-03-09 mpan-refused | mpan_refused 2026-03-09 |
      | 2026-03-05 mpan-requested, 2026-03-09 mpan-refused, 2026-03-12 mpan-requested | mpan_requested 2026-03-12 |
      | 2026-03-04 documents-checked, 2026-03-05 mpan-requested, 2026-03-20 mpan-created | mpan_created 2026-03-20 |
      # An answer before the request: the request is answered the day it is made.
      | 2026-03-05 mpan-created, 2026-03-06 documents-checked, 2026-03-07 mpan-requested | mpan_created 2026-03-06 |
      # The MPAN exists already: from checked straight to registered.
      | 2026-03-04 documents-checked, 2026-03-07 registered                       | registered 2026-03-07     |
      | 2026-03-04 documents-checked, 2026-03-07 registered, 2026-03-09 registration-objected | registration_objected 2026-03-09 |
      | 2026-03-07 registered, 2026-03-09 registration-objected, 2026-03-20 registered | registered 2026-03-20 |
      # Registered before the form: the form is the step that is not done before it is there.
      | 2026-03-07 registered, 2026-03-10 application-submitted                   | registered 2026-03-10     |
      | 2026-03-07 registered, 2026-03-20 confirmed                               | confirmed 2026-03-20      |
      | 2026-03-02 application-submitted, 2026-03-03 application-withdrawn        | withdrawn 2026-03-03      |
      | 2026-03-07 registered, 2026-03-10 cooling-off-cancelled                   | cancelled_cooling_off 2026-03-10 |
      | 2026-03-02 dno-notified                                                   | none                      |
      """
    ) { row in
      let (found, wanted) = (
        state(try row.text("events"), row.sourceLocation), try row.text("state")
      )
      #expect(found == wanted, sourceLocation: row.sourceLocation)
    }
  }

  @Test("a first reading and data after it make the account confirmed, then active")
  func readingStates() {
    let way = steps("2026-03-07 registered")
    func state(_ reads: [Read], _ logs: [LogRead] = []) -> String {
      let one = story(
        agreement([flat("10")]), from: "2026-03-01T00:00Z", to: "2026-06-01T00:00Z", reads: reads, logs: logs,
        events: way)
      let ledger = Ledger(one)
      ledger.learn(Inbox.Mail(reads: reads, logs: logs, events: way), at: one.until)
      let readings = OpeningReadings(ledger, from: at("2026-03-07T00:00Z"), at: one.until)
      let application = Application(
        one.agreement, one.policy, from: one.from, events: way, by: .distantFuture, readings: readings)
      return OnboardingSteps(application)?.state.rawValue ?? "none"
    }
    let early = read("5", "2026-03-06T12:00Z")
    let first = read("10", "2026-03-10T12:00Z")
    #expect(state([early]) == "registered")
    #expect(state([early, first]) == "confirmed")
    #expect(state([first, read("11", "2026-03-12T12:00Z")]) == "active")
    #expect(
      state([first], [log(constant(1), from: "2026-03-11T00:00Z", received: "2026-03-12T00:00Z")]) == "active"
    )
  }

  // MARK: Clocks

  @Test("application 2 days, DNO 28, enrolment 5: the last day is in time, the next is late")
  func clocks() {
    // Day 0 is the day of the request. 2 March + 2 = 4 March; + 28 = 30 March; + 5 = 7 March.
    TextTable.each(
      """
      | way                                                       | duty                   | state                    | code                 | late                        | side |
      | 2026-03-02 application-submitted, 2026-03-04T23:59Z documents-checked | application-processing | licensee met 2026-03-04 | ONB_APPLICATION_LATE | _ | limit |
      | 2026-03-02 application-submitted, 2026-03-05T00:00Z documents-checked | application-processing | licensee met 2026-03-04 | ONB_APPLICATION_LATE | R-ONB-01 2026-03-05T00:00Z | past |
      | 2026-03-02 application-submitted, 2026-03-05T00:00Z documents-refused | application-processing | licensee met 2026-03-04 | ONB_APPLICATION_LATE | R-ONB-01 2026-03-05T00:00Z | past |
      | 2026-03-02 application-submitted                          | application-processing | licensee overdue 2026-03-04 | ONB_APPLICATION_LATE | R-ONB-01 2026-03-05T00:00Z | _ |
      # 29 March 2026 is the day on which summer time begins: the deadline is over at 23:00Z of 30 March.
      | 2026-03-02 mpan-requested, 2026-03-30T22:59Z mpan-created | export-mpan            | dno met 2026-03-30       | ONB_DNO_LATE         | _                           | limit |
      | 2026-03-02 mpan-requested, 2026-03-30T23:00Z mpan-created | export-mpan            | dno met 2026-03-30       | ONB_DNO_LATE         | R-ONB-01 2026-03-30T23:00Z  | past |
      | 2026-03-02 mpan-requested, 2026-03-31T23:00Z mpan-created | export-mpan            | dno met 2026-03-30       | ONB_DNO_LATE         | R-ONB-01 2026-03-30T23:00Z  | beyond |
      | 2026-03-02 mpan-requested, 2026-03-01 mpan-created        | export-mpan            | dno met 2026-03-30       | ONB_DNO_LATE         | _                           | inside |
      | 2026-03-02 mpan-created, 2026-03-07 registered            | enrolment              | licensee met 2026-03-07  | ONB_ENROL_LATE       | _                           | limit |
      | 2026-03-02 mpan-created, 2026-03-08 registered            | enrolment              | licensee met 2026-03-07  | ONB_ENROL_LATE       | R-ONB-01 2026-03-08T00:00Z  | past |
      # The MPAN exists already: enrolment counts from the check.
      | 2026-03-02 documents-checked, 2026-03-08 registered       | enrolment              | licensee met 2026-03-07  | ONB_ENROL_LATE       | R-ONB-01 2026-03-08T00:00Z  | past |
      # Withdrawn in between: nobody owes anything any more.
      | 2026-03-02 mpan-requested, 2026-03-05 application-withdrawn | export-mpan          | dno lapsed 2026-03-30    | ONB_DNO_LATE         | _                           | _ |
      """
    ) { row in
      let result = onboarding(steps(try row.text("way"), row.sourceLocation))
      let code = try row.value("code") { ReasonCode(rawValue: $0) }
      let late = try row.optional("late")
      let name = try row.text("duty")
      let keys = [
        "application-processing": "application-days", "export-mpan": "dno-days",
        "enrolment": "enrolment-days",
      ]
      #expect(result.dutyStates(name) == [try row.text("state")], sourceLocation: row.sourceLocation)
      #expect(result.decided(code) == [late].compactMap { $0 }, sourceLocation: row.sourceLocation)
      #expect(
        result.touched("onboarding.\(keys[name] ?? "")") == Set([try row.optional("side")].compactMap { $0 }),
        sourceLocation: row.sourceLocation)
    }
  }

  @Test("days are calendar days, or working days where the policy says so")
  func workingDays() throws {
    // 2 April 2026 is a Thursday; 3 April Good Friday, 6 April Easter Monday. Two working days on:
    // Wednesday 8 April.
    let easter = WorkingDays(
      covered: try CivilDate(parsing: "2026-01-01")...CivilDate(parsing: "2026-12-31"),
      holidays: [try CivilDate(parsing: "2026-04-03"), try CivilDate(parsing: "2026-04-06")])
    let working = policy("onboarding.days: working")
    let way = steps("2026-04-02 application-submitted")
    let result = onboarding(way, policy: working, calendar: easter)
    #expect(result.dutyStates("application-processing") == ["licensee overdue 2026-04-08"])
    #expect(result.decided(.onbApplicationLate) == ["R-ONB-01 2026-04-08T23:00Z"])
    #expect(onboarding(way).dutyStates("application-processing") == ["licensee overdue 2026-04-04"])
    let without = onboarding(way, policy: working)
    #expect(without.codes.contains("CAL_NO_COVERAGE"))
    #expect(without.dutyStates("application-processing") == [])
  }

  @Test("a state older than its limit is stalled, each with its own limit")
  func stalled() {
    // The day after the last good one: 2 March + 28 + 1 = 31 March; + 5 + 1 = 8 March; + 2 + 1 = 5 March.
    // Midnight of 31 March is 23:00Z of the day before.
    TextTable.each(
      """
      | way                                             | stalled           |
      | 2026-03-02 application-submitted / complete: no | 2026-03-30T23:00Z |
      | 2026-03-02 application-submitted                | 2026-03-05T00:00Z |
      | 2026-03-02 documents-refused                    | 2026-03-30T23:00Z |
      | 2026-03-02 documents-checked                    | 2026-03-08T00:00Z |
      | 2026-03-02 mpan-requested                       | 2026-03-30T23:00Z |
      | 2026-03-02 mpan-refused                         | 2026-03-30T23:00Z |
      | 2026-03-02 mpan-created                         | 2026-03-08T00:00Z |
      | 2026-03-02 registration-objected                | 2026-03-30T23:00Z |
      | 2026-03-02 registered                           | 2026-03-30T23:00Z |
      | 2026-03-02 registered, 2026-03-03 confirmed     | 2026-03-11T00:00Z |
      # One step after the other, each in time: the last one stalls.
      | 2026-03-02 application-submitted, 2026-03-04 documents-checked, 2026-03-05 mpan-requested, 2026-03-20 mpan-created | 2026-03-26T00:00Z |
      | 2026-03-02 application-submitted, 2026-03-03 application-withdrawn | _ |
      """
    ) { row in
      let result = onboarding(steps(try row.text("way"), row.sourceLocation))
      let told = try row.optional("stalled").map { "R-ONB-01 \($0)" }
      #expect(result.decided(.onbStalled) == [told].compactMap { $0 }, sourceLocation: row.sourceLocation)
    }
  }

  @Test("a reading without data for a week fails the credit check")
  func creditCheck() {
    // Read on 10 March, so the week ends with 17 March.
    let way = steps("2026-03-07 registered")
    let first = read("10", "2026-03-10T12:00Z")
    let silent = onboarding(way, reads: [first])
    #expect(silent.decided(.onbCreditCheckFailed) == ["R-ONB-12 2026-03-18T00:00Z"])
    #expect(silent.dutyStates("export-data") == ["licensee overdue 2026-03-17"])
    let inTime = onboarding(way, reads: [first, read("11", "2026-03-17T12:00Z")])
    #expect(inTime.decided(.onbCreditCheckFailed) == [])
    #expect(inTime.touched("onboarding.credit-check-days") == ["limit"])
    let late = onboarding(way, reads: [first, read("11", "2026-03-18T12:00Z")])
    #expect(late.decided(.onbCreditCheckFailed) == ["R-ONB-12 2026-03-18T00:00Z"])
    #expect(late.dutyStates("export-data") == ["licensee met 2026-03-17"])
    #expect(late.touched("onboarding.credit-check-days") == ["past"])
  }

  // MARK: Papers

  @Test("an incomplete form has no Application Date; completed later, that day is it")
  func form() {
    let open = onboarding(steps("2026-03-02 application-submitted / complete: no; missing: signature"))
    #expect(open.decided(.onbFormIncomplete) == ["R-ONB-14 2026-03-02T12:00Z"])
    #expect(open.dutyStates("form") == ["customer open -"])
    #expect(open.dutyStates("application-processing") == [])
    let done = onboarding(
      steps("2026-03-02 application-submitted / complete: no, 2026-03-09 application-submitted"))
    #expect(done.dutyStates("form") == ["customer met -"])
    #expect(done.dutyStates("application-processing") == ["licensee overdue 2026-03-11"])
  }

  @Test("documents are checked one by one against the licensee's list")
  func documents() {
    let all = policy("onboarding.documents: form certificate-copy fit-check dno-notice")
    let check = steps("2026-03-02 documents-checked / form: yes; certificate-copy: yes; dno-notice: no")
    #expect(
      onboarding(check, policy: all).decision(.onbDocsMissing)?.text.contains("the notice to the DNO") == true
    )
    #expect(!onboarding(check).codes.contains("ONB_DOCS_MISSING"))
    let refused = onboarding(steps("2026-03-02 documents-refused / document: certificate; why: unreadable"))
    #expect(refused.decision(.onbDocsMissing)?.text == "certificate is refused: unreadable")
  }

  @Test("the DNO's letter is due when the MPAN exists, and names that MPAN")
  func letter() {
    TextTable.each(
      """
      | letter                                             | told                        | duty                    | held |
      | 2026-03-20 dno-letter                              | _                           | customer met 2026-03-20 | no   |
      | 2026-03-19 dno-letter                              | _                           | customer met 2026-03-20 | no   |
      | 2026-03-20 dno-letter / mpan: 08 845 571 9900000000015 | _                       | customer met 2026-03-20 | no   |
      | 2026-03-21 dno-letter                              | R-ONB-13 2026-03-21T00:00Z  | customer met 2026-03-20 | no   |
      | 2026-03-20 dno-letter / mpan: 9900000000060        | R-ONB-13 2026-03-20T12:00Z R-ONB-13 2026-03-21T00:00Z | customer overdue 2026-03-20 | yes |
      | 2026-03-20 dno-notified                            | R-ONB-13 2026-03-21T00:00Z  | customer overdue 2026-03-20 | yes |
      """
    ) { row in
      let way = steps("2026-03-20 mpan-created") + steps(try row.text("letter"), row.sourceLocation)
      let result = onboarding(way, policy: policy("onboarding.dno-letter: yes"))
      #expect(
        result.decided(.onbDNOLetterMissing).joined(separator: " ") == (try row.optional("told") ?? ""),
        sourceLocation: row.sourceLocation)
      #expect(result.dutyStates("dno-letter") == [try row.text("duty")], sourceLocation: row.sourceLocation)
      let held = result.stretches.contains("hold ONB_DNO_LETTER_MISSING 2026-03-21T00:00Z -")
      #expect(held == (try row.text("held") == "yes"), sourceLocation: row.sourceLocation)
    }
  }

  @Test("who has to ask for the MPAN is as the terms say")
  func whoAsks() {
    let way = steps("2026-03-02 documents-checked")
    #expect(onboarding(way, exportMPAN: nil).dutyStates("mpan-request") == ["licensee open -"])
    #expect(
      onboarding(way, policy: policy("onboarding.export-mpan-by: customer"), exportMPAN: nil)
        .dutyStates("mpan-request") == ["customer open -"])
    #expect(onboarding(way).dutyStates("mpan-request") == [])
  }

  @Test("a confirmation states what the terms promise, and the rate on the day of registration")
  func confirmation() {
    let promised = policy("onboarding.confirmation-states: registered-on tariff-name stated-rate")
    func told(_ text: String) -> [String] {
      onboarding(steps("2026-03-07 registered, 2026-03-20 confirmed / \(text)"), policy: promised)
        .decisions.filter { $0.code == .onbConfirmationIncomplete }.map(\.text)
    }
    #expect(told("registered-on: 2026-03-07; tariff-name: flat; stated-rate: 10 p/kWh") == [])
    #expect(
      told("registered-on: 2026-03-07; stated-rate: 10 p/kWh") == [
        "the confirmation of 2026-03-20 does not state tariff-name"
      ])
    #expect(
      told("registered-on: 2026-03-08; tariff-name: flat; stated-rate: 10 p/kWh") == [
        "the confirmation states registration on 2026-03-08; it was on 2026-03-07"
      ])
    #expect(
      told("registered-on: 2026-03-07; tariff-name: flat; stated-rate: 9 p/kWh") == [
        "the confirmation states 9 p/kWh; the rate on registration, 2026-03-07, was 10 p/kWh"
      ])
    let bare = onboarding(steps("2026-03-07 registered, 2026-03-20 confirmed"))
    #expect(!bare.codes.contains("ONB_CONFIRMATION_INCOMPLETE"))
  }

  @Test("the cost of the MPAN is passed on only where the terms let it")
  func setupCost() {
    let way = steps("2026-03-20 mpan-setup-cost / cost: £60; by: the network")
    let passed = onboarding(way, policy: policy("onboarding.mpan-setup-charge: yes"))
    // Told with the news, and again on the statement that takes it.
    #expect(
      passed.decided(.chargeMPANSetup) == ["R-ONB-09 2026-03-20T12:00Z", "R-ONB-09 2026-09-01T00:00Z"])
    #expect(passed.notifications.map(\.to) == [.customer])
    #expect(!onboarding(way).codes.contains("CHARGE_MPAN_SETUP"))
  }
}
