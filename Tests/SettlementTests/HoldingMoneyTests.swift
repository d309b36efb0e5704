// What withholding, faults, access, changes and endings do to the pence. 10 p/kWh flat; readings at midnight
// UTC, so that an advance of so many kWh over so many days is split by days.

import Settlement
import Testing
import Units

@Suite("What stops money, in pence")
struct HoldingMoneyTests {
  /// 10 kWh a day, read on some days of May (day 31 of May and days of June as 32 …).
  private func readings(_ days: [Int], _ sources: [Int: ReadSource] = [:]) -> [Read] {
    days.map { day in
      let when = day <= 31 ? "2026-05-\(two(day))T00:00Z" : "2026-06-\(two(day - 31))T00:00Z"
      return read("\(90 + 10 * day)", when, by: sources[day] ?? .remote, step: sources[day] == nil ? 1 : 1000)
    }
  }

  private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private func run(
    _ list: [CaseEvent], days: [Int], settle: [String], policy: Policy = Policy(name: "test"),
    _ sources: [Int: ReadSource] = [:]
  ) -> Outcome {
    events(
      list, policy: policy, reads: readings(days, sources), until: settle[settle.count - 1], settle: settle)
  }

  // 1 May 100 kWh, and 10 kWh a day: 100 kWh up to 11 May, 200 up to the 21st, 240 up to the 25th, 300 up to
  // the 31st.
  private let days = [1, 11, 21, 25, 31]
  private let settlings = [
    "2026-05-11T01:00Z", "2026-05-21T01:00Z", "2026-05-25T01:00Z", "2026-06-01T01:00Z",
  ]

  private func run(
    _ list: [CaseEvent], _ policy: Policy = Policy(name: "test"), _ sources: [Int: ReadSource] = [:]
  )
    -> Outcome
  {
    run(list, days: days, settle: settlings, policy: policy, sources)
  }

  /// Net, and what is carried on, of each statement.
  private func nets(_ outcome: Outcome) -> [String] {
    outcome.statements.map { one in
      one.carriedOut == Pence(0) ? "\(one.net)" : "\(one.net), carries \(one.carriedOut)"
    }
  }

  private let suspect = told(.meterSuspect, "2026-05-12T00:00Z")
  private let faulty = told(
    .meterTested, "2026-05-22T00:00Z", [.result: .text("faulty"), .from: .instant(at("2026-05-09T00:00Z"))])
  private let repaired = told(.meterRepaired, "2026-05-25T00:00Z")

  @Test(
    "a meter faulty since before the last paid statement: what was overpaid is carried, and nobody pays back")
  func faultyPartlyPaid() {
    let outcome = run([suspect, faulty, repaired])
    // 11 May: 100 kWh. 21 May: one day of ten, 10 kWh; 90 kWh held. 25 May: of the first 100 kWh, 9 and 10
    // May are taken back (20 kWh), and 11 May (10 kWh): −30 kWh × 10 p = −£3.00, carried. 1 June: 60 kWh
    // after the repair, less it.
    #expect(nets(outcome) == ["£10.00", "£1.00", "-£3.00, carries -£3.00", "£6.00"])
    // 80 kWh before 9 May and 60 kWh from 25 May on.
    #expect(outcome.paid == Pence(1400))
    #expect(outcome.balance.forfeited == NanoPence(Pence(1600)))
    #expect(outcome.balance.isEven)
    #expect(outcome.said(.faultConfirmedNotPayable) == ["2026-05-22T00:00Z FAULT_CONFIRMED_NOT_PAYABLE"])
    #expect(outcome.decisions.contains { $0.code == .recoupOverpaid && $0.rule == "R-FAULT-02" })
  }

  @Test("the same meter where a valid reading releases it: the whole advance is paid (K-17)")
  func awaitsReading() {
    let other = policy { $0.withholding.faultyMeter.value = .awaitsValidReading }
    let outcome = run([suspect, faulty, repaired], other, [25: .visit])
    // Any valid reading counts (K-37), so each pays its whole advance: 100, 100, 40 and 60 kWh.
    #expect(nets(outcome) == ["£10.00", "£10.00", "£4.00", "£6.00"])
    #expect(outcome.balance.forfeited == .zero)
  }

  @Test("a suspected meter found good is paid for the time under investigation too")
  func good() {
    let outcome = run([suspect, told(.meterTested, "2026-05-22T00:00Z", [.result: .text("good")])])
    #expect(nets(outcome) == ["£10.00", "£1.00", "£13.00", "£6.00"])
    #expect(outcome.codes.contains("PAY_RELEASED_NOT_FAULTY"))
  }

  @Test(
    "an arranged test without a result holds on, or pays where the policy releases on the appointment (K-34)")
  func arranged() {
    let appointment = told(.testArranged, "2026-05-20T00:00Z", [.on: day("2026-05-28")])
    let held = run([suspect, appointment])
    #expect(held.paid == Pence(1100))
    // 12 to 31 May: 19 days.
    #expect(held.balance.held == NanoPence(Pence(1900)))
    let early = run([suspect, appointment], policy { $0.withholding.releaseOn.value = .arranged })
    #expect(early.paid == Pence(3000))
    #expect(early.balance.held == .zero)
  }

  @Test("a withholding holds what flows, and its lifting pays it: rights earned survive (R-WHLD-04)")
  func withheld() {
    let order = told(.withholdingOrdered, "2026-05-11T00:00Z", [.ground: .text("error")])
    let lift = told(.withholdingLifted, "2026-05-24T00:00Z")
    #expect(nets(run([order])) == ["£10.00", "£0.00", "£0.00", "£0.00"])
    #expect(run([order]).balance.held == NanoPence(Pence(2000)))
    #expect(nets(run([order, lift])) == ["£10.00", "£0.00", "£14.00", "£6.00"])
  }

  @Test(
    "an MCS suspension lifted at 80 %: what was held is paid at that part, or not, by policy"
  )
  func suspension() {
    let list = [
      told(.mcsSuspended, "2026-05-11T00:00Z"),
      told(.mcsResumed, "2026-05-25T00:00Z", [.part: .perMille(800)]),
    ]
    // 140 kWh × 10 p × 0.8 = £11.20; 60 kWh × 10 p × 0.8 = £4.80.
    #expect(nets(run(list)) == ["£10.00", "£0.00", "£11.20", "£4.80"])
    let strict = policy { $0.withholding.suspension.value = .forfeits }
    #expect(nets(run(list, strict)) == ["£10.00", "£0.00", "£0.00", "£4.80"])
  }

  @Test("a recovery of a sum comes off the payments that follow, and of a time out of what was billed")
  func recovery() {
    let sum = told(
      .recoveryInstructed, "2026-05-20T00:00Z", [.ground: .text("error"), .amount: .money(Pence(1250))])
    // £10.00 is paid before; of the next £10.00 nothing is left, £2.50 stays open and comes off £4.00.
    #expect(
      run([sum]).payments.filter { $0.state == .paid }.map(\.amount) == [Pence(1000), Pence(150), Pence(600)])
    let span = told(
      .recoveryInstructed, "2026-05-20T00:00Z",
      [
        .ground: .text("error"), .from: .instant(at("2026-05-01T00:00Z")),
        .until: .instant(at("2026-05-04T00:00Z")),
      ])
    // 21 May: £10.00 of the second advance, less 30 kWh of the first.
    #expect(nets(run([span])) == ["£10.00", "£7.00", "£4.00", "£6.00"])
  }

  @Test("access refused on 11 May, had and verified on the 24th: nothing is lost")
  func access() {
    let refused = told(.accessRefused, "2026-05-11T00:00Z")
    let gained = told(.accessGained, "2026-05-24T00:00Z", [.readingsOK: .flag(true)])
    #expect(nets(run([refused, gained])) == ["£10.00", "£0.00", "£14.00", "£6.00"])
    #expect(run([refused]).balance.held == NanoPence(Pence(2000)))
  }

  @Test("the cost of a hard visit comes off the next payment; what is left of it waits, and nobody is billed")
  func accessCharge() {
    let visit = told(
      .visit, "2026-05-20T00:00Z", [.extraCost: .money(Pence(1200)), .purpose: .text("reading")])
    let outcome = run([visit], policy { $0.withholding.accessCharge.value = true })
    // £10.00 − £12.00 on the 21st, and £2.00 of the next £4.00.
    #expect(nets(outcome) == ["£10.00", "-£2.00, carries -£2.00", "£4.00", "£6.00"])
    #expect(
      outcome.payments.filter { $0.state == .paid }.map(\.amount) == [Pence(1000), Pence(200), Pence(600)])
  }

  @Test("Ofgem pays half of what flowed while a change was not declared, up to its decision")
  func undeclared() {
    let outcome = run(
      [
        told(.changeFound, "2026-05-11T00:00Z", [.what: .text("storage")]),
        told(.ofgemDecided, "2026-05-25T00:00Z", [.outcome: .text("reduce"), .part: .perMille(500)]),
      ], policy { $0.changes.undeclared.value = .ofgemDecides })
    // 140 kWh × 10 p × 0.5 = £7.00; 60 kWh in full.
    #expect(nets(outcome) == ["£10.00", "£0.00", "£7.00", "£6.00"])
  }

  @Test("a house sold on 16 May, read three weeks late: paid up to its midnight in London, by elapsed time")
  func sold() {
    let sale = told(.ownerChanged, "2026-05-16T11:00Z", received: "2026-05-17T09:00Z")
    let outcome = run([sale], days: [1, 11, 38], settle: ["2026-05-11T01:00Z", "2026-06-08T01:00Z"])
    // 16 May begins at 23:00Z of the 15th: 4 days 23 h, 119 h of the 648 h (27 days) in which 270 kWh flowed:
    // 270 × 119 / 648 = 49.583 kWh, £4.96.
    #expect(nets(outcome) == ["£10.00", "£4.96"])
    #expect(outcome.statements.last?.lines.first?.kind == .provisional)
  }

  @Test("nothing after a unit is removed: the final reading closes it, and what moves afterwards is queried")
  func removed() {
    let gone = told(.decommissioned, "2026-05-25T00:00Z")
    let outcome = run([gone])
    #expect(nets(outcome) == ["£10.00", "£10.00", "£4.00", "£0.00"])
    #expect(outcome.balance.forfeited == NanoPence(Pence(600)))
    #expect(outcome.decision(.valExportAfterEnd)?.at == at("2026-05-31T00:00Z"))
  }

  @Test(
    "an agreement ended for 25 May pays to its midnight in London; where a reading ends it, to that reading")
  func ended() {
    let end = told(.endedByCustomer, "2026-05-20T00:00Z", [.on: day("2026-05-25")])
    // 25 May begins at 23:00Z of the 24th: 95 of the 96 hours, 39.583 kWh, £3.96.
    #expect(nets(run([end])) == ["£10.00", "£10.00", "£3.96", "£0.00"])
    let byReading = run([end], policy { $0.endings.byCustomer.value = .finalReading })
    #expect(nets(byReading) == ["£10.00", "£10.00", "£4.00", "£0.00"])
  }

  @Test("a battery told late lifts the doubt about export by night, and pays it")
  func battery() {
    // 1000 Wh in each of the half-hours from 23:00Z and 23:30Z of 10 May.
    let night = log([1000, 1000], from: "2026-05-10T23:00Z", received: "2026-05-11T00:30Z")
    func outcome(_ list: [CaseEvent]) -> Outcome {
      settle(
        story(
          agreement([flat("10")]), from: "2026-05-10T23:00Z", to: "2026-05-13T00:00Z",
          settle: ["2026-05-11T01:00Z", "2026-05-13T00:00Z"], logs: [night], events: list,
          policy: policy { $0.validation.incompleteDayHolds.value = false }))
    }
    #expect(outcome([]).paid == Pence(0))
    let added = told(
      .storageChanged, "2026-05-09T09:00Z", received: "2026-05-12T09:00Z", [.what: .text("added")])
    #expect(outcome([added]).statements.map(\.net) == [Pence(0), Pence(20)])
    // From its true date: a store added a day later leaves the doubt.
    let later = told(.storageChanged, "2026-05-11T09:00Z", [.what: .text("added")])
    #expect(outcome([later]).paid == Pence(0))
  }

  @Test("half-hours over the old capacity are payable once more is installed, from its true date")
  func capacity() {
    // 3.95 kW and 5 % let 2,073 Wh out in a half-hour, 8 kW 4,200 Wh.
    let noon = log([4000, 4000], from: "2026-05-10T12:00Z", received: "2026-05-10T13:30Z")
    func outcome(_ list: [CaseEvent]) -> Outcome {
      settle(
        story(
          agreement([flat("10")]), from: "2026-05-10T12:00Z", to: "2026-05-13T00:00Z",
          settle: ["2026-05-11T01:00Z", "2026-05-13T00:00Z"], logs: [noon], events: list,
          policy: policy { $0.validation.incompleteDayHolds.value = false }))
    }
    #expect(outcome([]).paid == Pence(0))
    let more = told(
      .capacityChanged, "2026-05-10T09:00Z", received: "2026-05-12T09:00Z",
      [.capacity: .power(Power(watts: 8000))])
    #expect(outcome([more]).statements.map(\.net) == [Pence(0), Pence(80)])
  }
}
