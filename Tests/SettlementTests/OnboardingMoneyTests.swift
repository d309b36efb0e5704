// From when on is it paid (R-ELIG-15, R-ONB-02, -04, -05, -07, -08)? And:
// whoever settles more often decides the same.

import BackspinTesting
import Settlement
import Testing
import Units

@Suite("The first day that pays")
struct OnboardingMoneyTests {
  @Test("the latest of form, documents and registration counts; nothing before is payable")
  func start() {
    TextTable.each(
      """
      | way                                                                                         | spans                                              | not started |
      | 2026-03-10 registered                                                                       | forfeit PAY_BEFORE_ELIGIBLE 2026-03-01T00:00Z 2026-03-10T00:00Z | no |
      | 2026-03-02 application-submitted, 2026-03-04 documents-checked, 2026-03-10 registered       | forfeit PAY_BEFORE_ELIGIBLE 2026-03-01T00:00Z 2026-03-10T00:00Z | no |
      # Registered before the form was signed: the form counts.
      | 2026-03-10 registered, 2026-03-15 application-submitted                                     | forfeit PAY_BEFORE_ELIGIBLE 2026-03-01T00:00Z 2026-03-15T00:00Z | yes |
      | 2026-03-02 application-submitted, 2026-03-10 registered, 2026-03-20 documents-checked       | forfeit PAY_BEFORE_ELIGIBLE 2026-03-01T00:00Z 2026-03-20T00:00Z | yes |
      | 2026-03-10 registered, 2026-03-12 documents-refused                                         | forfeit PAY_BEFORE_ELIGIBLE 2026-03-01T00:00Z - | yes |
      | 2026-03-02 application-submitted, 2026-03-04 documents-checked                              | forfeit PAY_BEFORE_ELIGIBLE 2026-03-01T00:00Z - | no |
      | 2026-03-10 registered, 2026-03-12 registration-objected                                     | forfeit PAY_BEFORE_ELIGIBLE 2026-03-01T00:00Z - | no |
      | 2026-03-02 application-submitted, 2026-03-20 application-withdrawn                          | forfeit PAY_BEFORE_ELIGIBLE 2026-03-01T00:00Z - | no |
      """
    ) { row in
      let result = onboarding(steps(try row.text("way"), row.sourceLocation))
      #expect(result.stretches == [try row.text("spans")], sourceLocation: row.sourceLocation)
      #expect(
        result.codes.contains("ONB_NOT_STARTED") == (try row.text("not started") == "yes"),
        sourceLocation: row.sourceLocation)
      #expect(result.codes.contains("PAY_BEFORE_ELIGIBLE"), sourceLocation: row.sourceLocation)
    }
  }

  @Test("paid from confirmation: the first valid export reading from the registration on")
  func confirmation() {
    let terms = policy("onboarding.pays-from: confirmation")
    let before = "forfeit PAY_BEFORE_ELIGIBLE 2026-03-01T00:00Z 2026-03-10T00:00Z"
    func spans(_ reads: [Read]) -> [String] {
      onboarding(steps("2026-03-10 registered"), policy: terms, reads: reads).stretches
    }
    // Three weeks after registration; the reading is the opening register.
    #expect(
      spans([read("40", "2026-03-31T09:00Z")])
        == [before, "forfeit PAY_BEFORE_CONFIRMATION 2026-03-10T00:00Z 2026-03-31T09:00Z"])
    // Two readings: the first one opens.
    #expect(
      spans([read("20", "2026-03-17T09:00Z"), read("40", "2026-03-31T09:00Z")])
        == [before, "forfeit PAY_BEFORE_CONFIRMATION 2026-03-10T00:00Z 2026-03-17T09:00Z"])
    // A reading before the registration opens nothing.
    #expect(
      spans([read("5", "2026-03-09T09:00Z")]) == [
        before, "forfeit PAY_BEFORE_CONFIRMATION 2026-03-10T00:00Z -",
      ])
    // Eligibility confirmed later than the reading.
    let late = onboarding(
      steps("2026-03-10 registered, 2026-04-20 documents-checked"), policy: terms,
      reads: [read("20", "2026-03-17T09:00Z")])
    #expect(late.stretches == ["forfeit PAY_BEFORE_ELIGIBLE 2026-03-01T00:00Z 2026-04-19T23:00Z"])
    #expect(late.codes.contains("ONB_NOT_STARTED"))
    // K-47, read as printed: only a reading of the very day.
    let literal = onboarding(
      steps("2026-03-10 registered"),
      policy: policy(
        "onboarding.pays-from: confirmation; onboarding.opening-reading: on-registration-day"),
      reads: [read("20", "2026-03-17T09:00Z")])
    #expect(literal.stretches == [before, "forfeit PAY_BEFORE_CONFIRMATION 2026-03-10T00:00Z -"])
  }

  @Test("paid from the tariff start; of two dates on the plan the document that counts more decides")
  func tariffStart() {
    let stated = "agreement-start-date: 2026-04-15; tariff-start-date: 2026-04-20"
    let terms = onboarding([], stated, policy: policy("onboarding.pays-from: tariff-start"))
    #expect(terms.stretches == ["forfeit PAY_BEFORE_ELIGIBLE 2026-03-01T00:00Z 2026-04-19T23:00Z"])
    #expect(terms.decided(.onbStartDateConflict) == ["R-ONB-07 2026-03-01T00:00Z"])
    let plan = onboarding(
      [], stated, policy: policy("onboarding.pays-from: tariff-start; onboarding.precedence: plan"))
    #expect(plan.stretches == ["forfeit PAY_BEFORE_ELIGIBLE 2026-03-01T00:00Z 2026-04-14T23:00Z"])
    let same = onboarding(
      [], "agreement-start-date: 2026-04-20; tariff-start-date: 2026-04-20",
      policy: policy("onboarding.pays-from: tariff-start"))
    #expect(!same.codes.contains("ONB_START_DATE_CONFLICT"))
    // Registration comes after the tariff start: nothing before it, all the same (R-ELIG-15).
    let late = onboarding(
      steps("2026-05-05 registered"), "tariff-start-date: 2026-04-20",
      policy: policy("onboarding.pays-from: tariff-start"))
    #expect(late.stretches == ["forfeit PAY_BEFORE_ELIGIBLE 2026-03-01T00:00Z 2026-05-04T23:00Z"])
  }

  @Test("a customer's first reading needs its photo where the terms say so; until then payment waits")
  func photo() {
    let terms = policy("onboarding.first-reading-photo: yes")
    let before = "forfeit PAY_BEFORE_ELIGIBLE 2026-03-01T00:00Z 2026-03-10T00:00Z"
    func outcome(_ reads: [Read]) -> Outcome {
      onboarding(steps("2026-03-10 registered"), policy: terms, reads: reads)
    }
    func photo(_ serial: String, _ register: RegisterRole, _ value: String) -> Photo {
      Photo(serial: serial, register: register, value: kWh(value))
    }
    func first(_ photo: Photo?) -> Read { read("12", "2026-03-12T09:00Z", by: .customer, photo: photo) }

    let none = outcome([first(nil)])
    #expect(none.stretches == [before, "hold READ_PHOTO_MISSING 2026-03-10T00:00Z -"])
    #expect(none.dutyStates("first-reading") == ["customer overdue 2026-04-07"])
    #expect(outcome([first(photo("S2", .export, "12"))]).stretches == [before])
    // The old meter, the import register, another value.
    for wrong in [photo("OLD", .export, "12"), photo("S2", .import, "12"), photo("S2", .export, "13")] {
      #expect(
        outcome([first(wrong)]).stretches == [before, "hold READ_PHOTO_MISMATCH 2026-03-10T00:00Z -"])
    }
    // Good at the second try; a remote reading needs none; one from before the registration is too old.
    #expect(
      outcome([first(nil), read("13", "2026-03-14T09:00Z", by: .customer, photo: photo("S2", .export, "13"))])
        .stretches == [before])
    #expect(outcome([read("12", "2026-03-12T09:00Z")]).stretches == [before])
    #expect(
      outcome([read("9", "2026-03-09T09:00Z", by: .customer, photo: photo("S2", .export, "9"))]).stretches
        == [before, "hold READ_PHOTO_MISSING 2026-03-10T00:00Z -"])
    #expect(onboarding(steps("2026-03-10 registered"), reads: [first(nil)]).stretches == [before])
  }

  @Test("stopping the switch is in time up to the end of day 14, London time")
  func coolingOff() {
    // Start 20 March 2026, day 0: day 14 is 3 April, which ends at 23:00Z.
    let stated = "tariff-start-date: 2026-03-20"
    TextTable.each(
      """
      | asked             | code                  | span                                              | side   |
      | 2026-03-25T12:00Z | COOLING_OFF_CANCELLED | forfeit COOLING_OFF_CANCELLED 2026-03-01T00:00Z - | inside |
      | 2026-04-03T22:59Z | COOLING_OFF_CANCELLED | forfeit COOLING_OFF_CANCELLED 2026-03-01T00:00Z - | limit  |
      | 2026-04-03T23:00Z | COOLING_OFF_EXPIRED   | _                                                 | past   |
      | 2026-04-05T12:00Z | COOLING_OFF_EXPIRED   | _                                                 | beyond |
      """
    ) { row in
      let result = onboarding([event("cooling-off-cancelled", try row.text("asked"))], stated)
      let code = try row.text("code")
      #expect(result.codes.contains(code), sourceLocation: row.sourceLocation)
      #expect(
        result.stretches == [try row.optional("span")].compactMap { $0 }, sourceLocation: row.sourceLocation)
      #expect(
        result.touched("onboarding.cooling-off-days") == [try row.text("side")],
        sourceLocation: row.sourceLocation)
      #expect(
        result.notifications.map(\.to) == (code == "COOLING_OFF_CANCELLED" ? [.oldLicensee] : []),
        sourceLocation: row.sourceLocation)
    }
    let ends = onboarding(
      [event("cooling-off-cancelled", "2026-03-25T12:00Z")], stated,
      policy: policy("onboarding.cooling-off: ends"))
    #expect(ends.stretches == ["forfeit COOLING_OFF_CANCELLED 2026-03-25T00:00Z -"])
  }

  @Test("what was paid before it was known not to be due is taken back from what follows, never below zero")
  func recovered() {
    // 40 kWh × 10 p = £4.00 by 10 April, paid. On 15 April the licensee learns of commissioning on 1 May
    // only, so that nothing before was due; 100 kWh from 1 May to 1 June are worth £10.00,
    // of which £4.00 are kept back.
    let reads = [
      read("0", "2026-03-01T00:00Z"), read("40", "2026-04-10T00:00Z"), read("60", "2026-04-30T23:00Z"),
      read("160", "2026-05-31T23:00Z"),
    ]
    let news = event(
      "application-corrected", "2026-04-15T12:00Z", "commissioned: no; commissioned-on: 2026-05-01")
    let result = onboarding([news], reads: reads, settle: ["2026-04-10T12:00Z", "2026-06-01T12:00Z"])
    #expect(result.statements.map(\.net) == [Pence(400), Pence(600)])
    #expect(result.statements.map(\.payable) == [Pence(400), Pence(600)])
    #expect(result.paid == Pence(1000))
  }

  @Test("a withdrawn application pays nothing; one that never got further than the DNO neither")
  func nothing() {
    let reads = [read("0", "2026-03-01T00:00Z"), read("100", "2026-04-01T00:00Z")]
    for way in [
      "2026-03-02 application-submitted, 2026-03-20 application-withdrawn",
      "2026-03-02 application-submitted, 2026-03-03 documents-checked, 2026-03-04 mpan-requested",
    ] {
      let result = onboarding(steps(way), reads: reads)
      #expect(result.paid == Pence(0))
      #expect(result.statements[0].lines.map(\.kind) == [.forfeited])
    }
  }

  // MARK: Whoever settles, and in whatever order news come

  private static let life = """
    2026-03-02 application-submitted / complete: no, 2026-03-05 application-submitted, 2026-03-09 documents-refused,
    2026-03-12 application-corrected / certificate: mcs, 2026-03-13 documents-checked, 2026-03-14 mpan-requested,
    2026-04-20 mpan-created, 2026-04-29 registered, 2026-05-20 fit-checked / fit-register: generation-only,
    2026-06-01 unit-found / unit: barn, 2026-06-20 unit-resolved / unit: barn
    """

  private func life(_ days: [String]?, told: (CaseEvent) -> Instant = { $0.received }) -> Outcome {
    let events = steps(Self.life.replacing("\n", with: "")).map { event in
      var event = event
      event.received = told(event)
      return event
    }
    return onboarding(
      events, "certificate: none; fit-declared: none", policy: policy("eligibility.uncertified: hold"),
      reads: [read("10", "2026-05-02T12:00Z"), read("30", "2026-05-20T12:00Z")], settle: days)
  }

  private let entry: Set<String> = ["ELIG", "ONB", "COOLING", "LIC"]

  @Test("settling each day decides what settling once decides, with the same instants")
  func daily() throws {
    let first = try CivilDate(parsing: "2026-03-01").dayNumber
    let days = (0...180).map { "\(CivilDate(dayNumber: first + $0))T00:00Z" }
    let (once, daily) = (life(nil), life(days))
    func told(_ one: Outcome) -> [Decision] { one.decisions.filter { entry.contains($0.code.family) } }
    #expect(told(once) == told(daily))
    #expect(told(once).count > 10)
    #expect(once.stretches == daily.stretches)
    #expect(once.obligations == daily.obligations)
  }

  @Test("what is told late, or in another order, ends in the same spans and duties")
  func order() {
    let ordinary = life(nil)
    let late = life(nil) { _ in at("2026-08-01T00:00Z") }
    // The later it happened, the sooner it is told: 2 March on 31 August, 20 June on 25 July.
    let backwards = life(nil) { one in
      at("2026-08-31T12:00Z") - TimeSpan(microseconds: (one.at - at("2026-03-02T12:00Z")).microseconds / 3)
    }
    for other in [late, backwards] {
      #expect(other.stretches == ordinary.stretches)
      #expect(other.obligations == ordinary.obligations)
    }
  }
}
