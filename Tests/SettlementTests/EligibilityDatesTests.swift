// What holds from or until a day: FIT, other payers, approval, commissioning, the DNO, units, evidence
// (R-ELIG-06 … -08, -10, -12 … -14, -17 … -19).

import BackspinTesting
import Settlement
import Testing
import Units

@Suite("Eligibility by date")
struct EligibilityDatesTests {
  /// A case without energy: 1 January 2026 to 1 January 2027, settled each month and at the end.
  private func year(
    _ stated: String = "", _ events: [CaseEvent] = [], policy: Policy = Policy(name: "test"),
    technology: DeclaredInstallation.Technology = .solarPV, until: String = "2027-01-01T00:00Z"
  ) -> Outcome {
    var one = agreement([flat("10")], technology: technology)
    one.facts = facts(stated)
    one.start = at("2026-01-01T00:00Z")
    return settle(
      story(one, from: "2026-01-01T00:00Z", to: until, events: events, policy: policy))
  }

  // MARK: FIT

  @Test(
    "only FIT export bars, the deemed half of generation too; FIT generation bars where the policy says so")
  func fitStates() {
    TextTable.each(
      """
      | declared                     | bars   | spans                                  |
      | none                         | export | _                                      |
      | generation-only              | export | _                                      |
      | generation-and-export        | export | forfeit ELIG_FIT_EXPORT 2026-01-01T00:00Z - |
      | generation-and-deemed-export | export | forfeit ELIG_FIT_EXPORT 2026-01-01T00:00Z - |
      | generation-only              | any    | forfeit ELIG_FIT_EXPORT 2026-01-01T00:00Z - |
      """
    ) { row in
      let result = year(
        "fit-declared: \(try row.text("declared"))",
        policy: policy("eligibility.fit-bars: \(try row.text("bars"))"))
      #expect(
        result.stretches == [try row.optional("spans")].compactMap { $0 }, sourceLocation: row.sourceLocation)
    }
  }

  @Test("an opt-out ends FIT export on its day; the overlap before is not payable")
  func optOut() {
    // Midnight of 1 April 2026 in London is 23:00Z of 31 March.
    let overlap = ["forfeit ELIG_FIT_EXPORT 2026-01-01T00:00Z 2026-03-31T23:00Z"]
    #expect(year("fit-declared: generation-and-export; fit-opted-out: 2026-04-01").stretches == overlap)
    let told = year("fit-declared: generation-and-export", [event("fit-opt-out", "2026-04-01T09:00Z")])
    #expect(told.stretches == overlap)
    let again = year(
      "fit-declared: generation-and-export",
      [event("fit-opt-out", "2026-04-01T09:00Z"), event("fit-opt-in", "2026-11-01T09:00Z")])
    #expect(again.stretches == overlap + ["forfeit ELIG_FIT_EXPORT 2026-11-01T00:00Z -"])
  }

  @Test("an opt-out is in time from the anniversary of joining on, and then once in twelve months")
  func optOutDays() {
    TextTable.each(
      """
      | joined     | first      | second     | too soon                | sides      |
      | 2025-05-10 | 2026-05-10 | _          | _                       | limit      |
      | 2025-05-10 | 2026-05-11 | _          | _                       | inside     |
      | 2025-05-10 | 2026-05-09 | _          | R-ELIG-07 2026-05-09T09:00Z | past   |
      | 2025-05-10 | 2026-05-08 | _          | R-ELIG-07 2026-05-08T09:00Z | beyond |
      # Two opt-outs 364 and 365 days apart; 2026 is no leap year.
      | 2020-01-01 | 2026-01-01 | 2026-12-31 | R-ELIG-07 2026-12-31T09:00Z | inside past |
      | 2020-01-01 | 2026-01-01 | 2027-01-01 | _                       | inside limit |
      # Joined on 29 February 2024: a year is over on 28 February 2025 (payment.leap-anniversary, ours).
      | 2024-02-29 | 2025-02-28 | _          | _                       | limit      |
      | 2024-02-29 | 2025-02-27 | _          | R-ELIG-07 2025-02-27T09:00Z | past   |
      """
    ) { row in
      let dates = [try row.text("first"), try row.optional("second")].compactMap { $0 }
      let result = year(
        "fit-declared: generation-and-export; fit-joined: \(try row.text("joined"))",
        dates.map { event("fit-opt-out", "\($0)T09:00Z") }, until: "2027-02-01T00:00Z")
      let told = try row.optional("too soon")
      #expect(
        result.decided(.eligFITOptTooSoon) == [told].compactMap { $0 }, sourceLocation: row.sourceLocation)
      let sides = Set(try row.text("sides").split(separator: " ").map(String.init))
      #expect(
        result.touched("eligibility.fit-opt-out-months") == sides, sourceLocation: row.sourceLocation)
    }
  }

  @Test("an opt-out that is too soon changes nothing: FIT export goes on, and SEG pays nothing")
  func tooSoon() {
    let result = year(
      "fit-declared: generation-and-export; fit-joined: 2025-05-10",
      [event("fit-opt-out", "2026-05-09T09:00Z")])
    #expect(result.stretches == ["forfeit ELIG_FIT_EXPORT 2026-01-01T00:00Z -"])
  }

  @Test("declared none, and the register says export: both are told, the register counts")
  func undeclared() {
    let result = year(
      "fit-declared: none", [event("fit-checked", "2026-02-10T12:00Z", "fit-register: generation-and-export")]
    )
    #expect(result.decided(.eligFITUndeclared) == ["R-ELIG-18 2026-02-10T12:00Z"])
    #expect(result.decided(.eligFITExport) == ["R-ELIG-06 2026-02-10T12:00Z"])
    #expect(
      Set(result.stretches) == [
        "hold ELIG_FIT_UNDECLARED 2026-01-01T00:00Z -", "forfeit ELIG_FIT_EXPORT 2026-01-01T00:00Z -",
      ])
    // Corrected on 1 March: no mismatch from then on. Generation alone is no bar.
    let corrected = year(
      "fit-declared: none",
      [
        event("fit-checked", "2026-02-10T12:00Z", "fit-register: generation-only"),
        event("application-corrected", "2026-03-01T12:00Z", "fit-declared: generation-only"),
      ])
    #expect(corrected.stretches == ["hold ELIG_FIT_UNDECLARED 2026-01-01T00:00Z 2026-03-01T00:00Z"])
    let told = year(
      "fit-declared: none; fit-register: generation-only", policy: policy("eligibility.fit-mismatch: tell"))
    #expect(told.stretches == [])
    #expect(told.decision(.eligFITUndeclared)?.severity == .query)
  }

  // MARK: Other payers

  @Test("another licensee bars for its span and no longer; any organisation only where the terms say so")
  func otherPayers() {
    TextTable.each(
      """
      | kind          | holds | policy                            | span                                       |
      | seg-licensee  | no    | _                                 | forfeit ELIG_OTHER_LICENSEE 2026-02-01T00:00Z 2026-02-03T10:30Z |
      | seg-licensee  | no    | eligibility.other-licensee-bars: no | _                                        |
      | private-buyer | no    | eligibility.other-payer-bars: yes | forfeit ELIG_OTHER_PAYER 2026-02-01T00:00Z 2026-02-03T10:30Z |
      | private-buyer | no    | _                                 | _                                          |
      # Not barred as a payer, but the export MPAN is not this licensee's (R-ELIG-12).
      | private-buyer | yes   | _                                 | forfeit ELIG_NO_EXPORT_MPAN 2026-02-01T00:00Z 2026-02-03T10:30Z |
      """
    ) { row in
      let text =
        "organisation: Other Ltd; payer-kind: \(try row.text("kind")); holds-mpan: \(try row.text("holds")); "
        + "until: 2026-02-03T10:30Z"
      let result = year(
        "", [event("other-registration", "2026-02-01T00:00Z", text)],
        policy: policy(try row.optional("policy") ?? ""))
      #expect(
        result.stretches == [try row.optional("span")].compactMap { $0 }, sourceLocation: row.sourceLocation)
    }
  }

  @Test("an earlier licensee up to the start is in order; one half-hour past it is a fault")
  func overlap() {
    TextTable.each(
      """
      | until             | side   | span                                                              |
      | 2026-01-01T00:00Z | limit  | _                                                                 |
      | 2026-01-01T00:30Z | past   | forfeit ELIG_OTHER_LICENSEE 2026-01-01T00:00Z 2026-01-01T00:30Z |
      | 2026-01-01T01:00Z | beyond | forfeit ELIG_OTHER_LICENSEE 2026-01-01T00:00Z 2026-01-01T01:00Z |
      """
    ) { row in
      let result = year(
        "",
        [
          event(
            "other-registration", "2025-06-01T00:00Z",
            "organisation: Other Ltd; until: \(try row.text("until"))")
        ])
      #expect(
        result.stretches == [try row.optional("span")].compactMap { $0 }, sourceLocation: row.sourceLocation)
      #expect(
        result.touched("entry.other-payer") == [try row.text("side")], sourceLocation: row.sourceLocation)
    }
  }

  // MARK: Plant and meter

  @Test("nothing is payable before commissioning, where the terms ask for it")
  func commissioning() {
    // Midnight of 15 April 2026 in London is 23:00Z of the day before.
    let before = ["forfeit ELIG_NOT_COMMISSIONED 2026-01-01T00:00Z 2026-04-14T23:00Z"]
    #expect(year("commissioned-on: 2026-04-15").stretches == before)
    #expect(year("commissioned: no", [event("commissioned", "2026-04-15T10:00Z")]).stretches == before)
    #expect(year("commissioned: no").stretches == ["forfeit ELIG_NOT_COMMISSIONED 2026-01-01T00:00Z -"])
    #expect(year("commissioned: no").statements[0].flags.contains("refused"))
    #expect(year("commissioned-on: 2025-04-15").stretches == [])
    #expect(
      year("commissioned: no", policy: policy("eligibility.commissioned: not-required")).stretches == [])
  }

  @Test("an approval that runs out bars from the day after, until it is renewed")
  func approval() {
    let out = "forfeit ELIG_METER_NOT_APPROVED 2026-05-15T23:00Z"
    #expect(year("approval-expires: 2026-05-15").stretches == ["\(out) -"])
    #expect(year("", [event("approval-expires", "2026-05-15T00:00Z")]).stretches == ["\(out) -"])
    #expect(
      year("approval-expires: 2026-05-15", [event("approval-renewed", "2026-06-20T00:00Z")]).stretches
        == ["\(out) 2026-06-19T23:00Z"])
    // Renewed on the last day, in time.
    #expect(
      year(
        "approval-expires: 2026-05-15", [event("approval-renewed", "2026-05-15T00:00Z", "until: 2036-05-15")]
      )
      .stretches == ["forfeit ELIG_METER_NOT_APPROVED 2036-05-15T23:00Z -"])
  }

  @Test("what waits for the DNO is released when the DNO was told")
  func dno() {
    let open = year("grid-connected: yes; dno-notified: no")
    #expect(open.stretches == ["hold ONB_DNO_NOT_NOTIFIED 2026-01-01T00:00Z -"])
    #expect(open.dutyStates("dno-notice") == ["customer open -"])
    let told = year("dno-notified: no", [event("dno-notified", "2026-03-01T00:00Z")])
    #expect(told.stretches == [])
    #expect(told.dutyStates("dno-notice") == ["customer met -"])
    #expect(told.decided(.onbDNONotNotified) == ["R-ELIG-13 2026-01-01T00:00Z"])
  }

  @Test("a unit that is not on the plan holds all from the day it was found running, until it is resolved")
  func units() {
    let found = event("unit-found", "2026-02-03T10:00Z", "unit: garage", received: "2026-05-01T00:00Z")
    #expect(year("", [found]).stretches == ["hold ELIG_UNIT_NOT_ON_PLAN 2026-02-03T00:00Z -"])
    #expect(
      year("", [found, event("unit-resolved", "2026-06-01T10:00Z", "unit: garage")]).stretches
        == ["hold ELIG_UNIT_NOT_ON_PLAN 2026-02-03T00:00Z 2026-05-31T23:00Z"])
    #expect(
      year("", [found, event("unit-resolved", "2026-06-01T10:00Z", "unit: barn")]).stretches
        == ["hold ELIG_UNIT_NOT_ON_PLAN 2026-02-03T00:00Z -"])
  }

  @Test("evidence on a digester: day 7 is in time, day 8 is late")
  func evidence() {
    // Asked on 2 March 2026, day 0: day 7 is 9 March, and the deadline is over at 00:00Z of 10 March.
    TextTable.each(
      """
      | given             | late                        | duty                    | side   |
      | 2026-03-09T23:59Z | _                           | customer met 2026-03-09 | limit  |
      | 2026-03-10T00:00Z | R-ELIG-14 2026-03-10T00:00Z | customer met 2026-03-09 | past   |
      | 2026-03-12T00:00Z | R-ELIG-14 2026-03-10T00:00Z | customer met 2026-03-09 | beyond |
      | _                 | R-ELIG-14 2026-03-10T00:00Z | customer overdue 2026-03-09 | _  |
      """
    ) { row in
      var events = [event("ad-evidence-requested", "2026-03-02T15:00Z")]
      let given = try row.optional("given")
      if let given { events.append(event("ad-evidence-given", given)) }
      let result = year("", events, technology: .anaerobicDigestion)
      #expect(
        result.decided(.adEvidenceLate) == [try row.optional("late")].compactMap { $0 },
        sourceLocation: row.sourceLocation)
      #expect(result.dutyStates("ad-evidence") == [try row.text("duty")], sourceLocation: row.sourceLocation)
      #expect(
        result.touched("eligibility.ad-evidence-days") == Set([try row.optional("side")].compactMap { $0 }),
        sourceLocation: row.sourceLocation)
      // Suspended money is released by the evidence.
      #expect(
        result.stretches == (given == nil ? ["hold AD_EVIDENCE_LATE 2026-03-10T00:00Z -"] : []),
        sourceLocation: row.sourceLocation)
    }
    let stopped = year(
      "",
      [event("ad-evidence-requested", "2026-03-02T15:00Z"), event("ad-evidence-given", "2026-03-20T15:00Z")],
      policy: policy("eligibility.ad-late: stop"), technology: .anaerobicDigestion)
    #expect(stopped.stretches == ["forfeit AD_EVIDENCE_LATE 2026-03-10T00:00Z 2026-03-20T00:00Z"])
  }
}
