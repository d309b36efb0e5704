// The faulty meter: suspected, tested, found (R-FAULT-01 … -05), and the pair of readings of K-17 and K-34.

import Settlement
import Testing
import Units

@Suite("Faulty meters")
struct FaultCycleTests {
  private let suspect = told(
    .meterSuspect, "2026-05-10T09:00Z", [.why: .text("the display is blank")], cause: 1)
  private let arranged = told(.testArranged, "2026-05-15T09:00Z", [.on: day("2026-05-20")], cause: 2)

  private func tested(
    _ result: String, from: String? = nil, until: String? = nil, accepted: Bool? = nil,
    _ when: String = "2026-05-20T09:00Z", received: String? = nil
  ) -> CaseEvent {
    var facts: Facts = [.result: .text(result)]
    facts[.from] = from.map { .instant(at($0)) }
    facts[.until] = until.map { .instant(at($0)) }
    facts[.evidenceAccepted] = accepted.map { .flag($0) }
    return told(.meterTested, when, received: received, facts, cause: 3)
  }

  private let repaired = told(.meterRepaired, "2026-05-25T09:00Z", cause: 4)
  private let suspends = policy { $0.withholding.faultyMeter.value = .awaitsValidReading }

  @Test(
    "what becomes of the money at each step, where the faulty time is forfeited and the result decides",
    arguments: [
      (0, ["hold WHLD_METER_SUSPECT 2026-05-10T09:00Z on"]),
      (1, ["hold WHLD_METER_SUSPECT 2026-05-10T09:00Z on"]),
      (2, ["forfeit FAULT_CONFIRMED_NOT_PAYABLE 2026-05-08T10:30Z on"]),
      (3, ["forfeit FAULT_CONFIRMED_NOT_PAYABLE 2026-05-08T10:30Z to 2026-05-25T09:00Z"]),
    ])
  func steps(last: Int, spans: [String]) {
    let all = [suspect, arranged, tested("faulty", from: "2026-05-08T10:30Z"), repaired]
    #expect(events(Array(all[...last])).stops == spans)
  }

  @Test("a test that finds the meter good releases all of it, also the time under investigation, once")
  func good() {
    let outcome = events([suspect, arranged, tested("good", accepted: true)])
    #expect(outcome.stops == [])
    #expect(outcome.said(.payReleasedNotFaulty) == ["2026-05-20T09:00Z PAY_RELEASED_NOT_FAULTY"])
    #expect(outcome.decision(.payReleasedNotFaulty)?.reads.map(\.number) == [1, 2, 3])
    #expect(outcome.duty("meter-test")?.state == .met)
    // A good meter that nobody had suspected: nothing to say.
    #expect(events([tested("good")]).decisions.filter { $0.rule.hasPrefix("R-FAULT") } == [])
  }

  @Test("evidence that is not accepted keeps the money held, until better evidence comes")
  func refused() {
    let outcome = events([suspect, tested("good", accepted: false)])
    #expect(outcome.stops == ["hold WHLD_EVIDENCE_REFUSED 2026-05-10T09:00Z on"])
    #expect(outcome.decision(.whldEvidenceRefused)?.severity == .hold)
    let better = events([
      suspect, tested("good", accepted: false), tested("good", accepted: true, "2026-06-01T09:00Z"),
    ])
    #expect(better.stops == [])
  }

  @Test(
    "an arranged test lifts the hold only where the policy says so; a fault found then still costs its time")
  func arrangedOnly() {
    let early = policy { $0.withholding.releaseOn.value = .arranged }
    #expect(events([suspect], policy: early).stops == ["hold WHLD_METER_SUSPECT 2026-05-10T09:00Z on"])
    #expect(events([suspect, arranged], policy: early).stops == [])
    #expect(
      events([suspect, arranged], policy: early).said(.payReleased) == ["2026-05-15T09:00Z PAY_RELEASED"])
    #expect(
      events([suspect, arranged, tested("faulty"), repaired], policy: early).stops == [
        "forfeit FAULT_CONFIRMED_NOT_PAYABLE 2026-05-10T09:00Z to 2026-05-25T09:00Z"
      ])
  }

  @Test(
    "the faulty time is half-open, from where the policy says to the repair or the tester's word",
    arguments: [
      (true, nil, "2026-05-08T10:30Z to 2026-05-25T09:00Z"),
      (false, nil, "2026-05-10T09:00Z to 2026-05-25T09:00Z"),
      (true, "2026-05-09T12:00Z", "2026-05-08T10:30Z to 2026-05-09T12:00Z"),
    ] as [(Bool, String?, String)])
  func window(firstBad: Bool, until: String?, span: String) {
    let one = policy { $0.withholding.faultyFrom.value = firstBad ? .firstBad : .suspicion }
    #expect(
      events([suspect, tested("faulty", from: "2026-05-08T10:30Z", until: until), repaired], policy: one)
        .stops
        == ["forfeit FAULT_CONFIRMED_NOT_PAYABLE \(span)"])
  }

  @Test("an exchange ends the suspicion of the old meter; the laboratory may find it good afterwards")
  func exchanged() {
    let exchange = CaseEvent.meterExchanged(
      old: "S2", final: [:], new: smets2("NEW"), initial: [:], at: at("2026-05-18T12:00Z"))
    #expect(
      events([suspect, exchange]).stops == ["hold WHLD_METER_SUSPECT 2026-05-10T09:00Z to 2026-05-18T12:00Z"])
    #expect(events([suspect, exchange, tested("good")]).stops == [])
    #expect(
      events([suspect, exchange, tested("faulty")]).stops == [
        "forfeit FAULT_CONFIRMED_NOT_PAYABLE 2026-05-10T09:00Z to 2026-05-18T12:00Z"
      ])
    #expect(
      events([suspect, exchange, tested("faulty")]).decision(.payResumed)?.text.contains("exchanged on")
        == true)
  }

  @Test("in whatever order suspicion, test and repair become known, the same time is forfeited")
  func order() {
    let lateTest = tested("faulty", received: "2026-06-20T09:00Z")
    let lateWord = told(.meterSuspect, "2026-05-10T09:00Z", received: "2026-06-25T09:00Z")
    let span = ["forfeit FAULT_CONFIRMED_NOT_PAYABLE 2026-05-10T09:00Z to 2026-05-25T09:00Z"]
    #expect(events([suspect, lateTest, repaired]).stops == span)
    #expect(events([lateWord, tested("faulty"), repaired]).stops == span)
    // In one go or day by day: the same decisions.
    let days = (11...31).map { "2026-05-\($0)T00:00Z" }
    let all = [suspect, arranged, tested("faulty", from: "2026-05-08T10:30Z"), repaired]
    #expect(
      events(all, settle: days).decisions.filter { $0.rule.hasPrefix("R-FAULT") }
        == events(all).decisions.filter { $0.rule.hasPrefix("R-FAULT") })
  }

  @Test("the other reading: suspended until a valid reading, then the whole advance is payable (K-17)")
  func awaits() {
    let hold = "hold WHLD_METER_SUSPECT 2026-05-10T09:00Z on"
    let opening = read("100", "2026-05-01T00:00Z")
    #expect(
      events([suspect, tested("faulty"), repaired], policy: suspends, reads: [opening]).stops == [hold])
    // Any valid reading of a suspected meter releases (K-37); once it is found faulty, what it says from afar
    // proves nothing before its repair. A visitor's reading does, and after the repair any does.
    let cases: [(Read, [String])] = [
      (read("110", "2026-05-12T09:00Z"), [hold]),
      (read("110", "2026-05-12T09:00Z", by: .visit, step: 1000), []),
      (read("130", "2026-05-26T09:00Z"), []),
    ]
    for (reading, spans) in cases {
      let outcome = events(
        [suspect, tested("faulty"), repaired], policy: suspends, reads: [opening, reading])
      #expect(outcome.stops == spans)
      #expect(!outcome.said(.payReleased).isEmpty)
    }
    #expect(
      events([suspect, repaired], policy: suspends, reads: [opening, read("130", "2026-05-26T09:00Z")])
        .decision(.payReleased)?.rule == "R-READ-04")
    #expect(events([suspect, tested("good")], policy: suspends).stops == [])
  }

  @Test(
    "the customer's report of an export meter stops the money; of an import meter it counts as a report only")
  func reports() {
    func report(_ serial: String) -> CaseEvent {
      told(.meterFaultReported, "2026-05-10T09:00Z", [.serial: .text(serial), .why: .text("it hums")])
    }
    let home = agreement([flat("10")], meters: [disc(), smets2()])
    let export = events([report("S2")], agreement: home)
    #expect(export.stops == ["hold WHLD_METER_SUSPECT 2026-05-10T09:00Z on"])
    #expect(export.parties(.meterFaultReported) == [.licensee])
    let dial = events([report("DISC")], agreement: home)
    #expect(dial.stops == [])
    #expect(dial.decision(.meterFaultReported)?.text.contains("import meter DISC is broken or wrong") == true)
    let strict = policy { $0.withholding.importMeterHolds.value = true }
    #expect(events([report("DISC")], policy: strict, agreement: home).stops == export.stops)
  }

  @Test("a suspected meter that goes dumb after a switch earns the advice to exchange it (R-FAULT-05)")
  func advice() {
    var old = smets2()
    old.keepsRemoteAfterSwitch = false
    let outcome = events([suspect], agreement: agreement([flat("10")], meters: [old]))
    #expect(outcome.decision(.adviceSMETS2)?.rule == "R-FAULT-05")
    #expect(!events([suspect]).codes.contains("ADVICE_SMETS2"))
  }

  @Test(
    "the duty to bring a result runs to the day of the test, and is overdue from the next midnight in London")
  func duties() {
    // 2026-05-20 ends at 23:00Z, for London is an hour ahead.
    for (until, state) in [("2026-05-20T22:59Z", Obligation.State.open), ("2026-05-20T23:00Z", .overdue)] {
      let outcome = events([suspect, arranged], until: until)
      #expect(outcome.duty("test-result")?.state == state)
      #expect(outcome.duty("meter-test")?.state == .met)
      #expect(outcome.stops == ["hold WHLD_METER_SUSPECT 2026-05-10T09:00Z on"])
    }
    #expect(events([suspect]).duty("meter-test")?.by == nil)
    #expect(events([suspect]).duty("meter-test")?.state == .open)
    #expect(events([suspect, tested("faulty")]).duty("meter-repair")?.state == .open)
  }
}
