// A flat tariff on register reads: 4.1 p/kWh, 3.95 kW of solar power, SMETS2 unless told otherwise. Pence by
// hand.

import BackspinTesting
import Settlement
import Testing
import Units

@Suite("Register reads and a flat tariff")
struct RegisterReadTests {
  private let home = agreement([flat("4.1")])

  private func quarter(_ reads: [Read], _ home: Agreement? = nil, policy: Policy = Policy(name: "test"))
    -> Outcome
  {
    settle(
      story(
        home ?? self.home, from: "2026-04-01T00:00Z", to: "2026-07-01T00:00Z", reads: reads, policy: policy))
  }

  @Test("two valid reads suffice: 812.345 kWh at 4.1 p is £33.31")
  func ordinaryQuarter() {
    // 812.345 × 4.1 = 3330.6145 p, half up: 3331 p.
    let outcome = quarter([
      read("1000", "2026-04-01T00:00Z", cause: 7), read("1812.345", "2026-07-01T00:00Z", cause: 9),
    ])
    #expect(outcome.summary == ["paid 812.345 kWh £33.31"])
    #expect(outcome.statements[0].exact == NanoPence(3_330_614_500_000))
    #expect(outcome.statements[0].status == .payable)
    #expect(outcome.statements[0].lines[0].reads == [Cause(number: 7), Cause(number: 9)])
    #expect(outcome.codes == ["ELIG_OK", "PAY_OK", "PAY_DUE", "READ_REMOTE"])
    #expect(outcome.statements[0].due == CivilDate(year: 2026, month: 8, day: 30))  // 1 July + 60 days
  }

  @Test("a register that rolls over pays its advance")
  func rollover() {
    // 999,990 → 12.5 on a register of 1,000,000 kWh: 22.5 kWh × 4.1 p = 92.25 p → 92 p.
    let outcome = quarter([read("999990", "2026-04-01T00:00Z"), read("12.5", "2026-07-01T00:00Z")])
    #expect(outcome.summary == ["paid 22.5 kWh £0.92"])
    #expect(outcome.decision(.readRollover)?.rule == "R-READ-09")
  }

  @Test("one wrong zero between two right reads is refused, and nothing is reset")
  func zeroGlitch() {
    let outcome = quarter([
      read("500", "2026-04-01T00:00Z"), read("540", "2026-04-20T00:00Z"),
      read("0", "2026-05-10T00:00Z", cause: 3),
      read("620", "2026-06-01T00:00Z"), read("700", "2026-07-01T00:00Z"),
    ])
    // 200 kWh × 4.1 p = 820 p.
    #expect(outcome.summary == ["paid 200 kWh £8.20"])
    let refusal = outcome.decision(.readNegative)
    #expect(refusal?.reads == [Cause(number: 3)])
    // Only the read of 1 June shows that it was wrong.
    #expect(refusal?.at == at("2026-06-01T00:00Z"))
  }

  @Test("one wrong spike between two right reads is refused", arguments: ["5400", "999999"])
  func spike(value: String) {
    let outcome = quarter([
      read("500", "2026-04-01T00:00Z"), read("540", "2026-04-20T00:00Z"), read(value, "2026-04-20T06:00Z"),
      read("620", "2026-06-01T00:00Z"),
    ])
    // 120 kWh × 4.1 p = 492 p.
    #expect(outcome.summary == ["paid 120 kWh £4.92", "awaited WHLD_NO_READING unknown"])
    #expect(outcome.decision(.valOverCapacity)?.rule == "R-VAL-02")
  }

  @Test("a spike small enough to be believed is refused once the register is below it")
  func smallSpike() {
    // 560 is possible after 19 days, but the next two reads, 545 and 550, go on from 540.
    let outcome = quarter([
      read("500", "2026-04-01T00:00Z"), read("540", "2026-04-20T00:00Z"), read("560", "2026-04-21T00:00Z"),
      read("545", "2026-04-22T00:00Z"), read("550", "2026-04-23T00:00Z"),
    ])
    // 50 kWh × 4.1 p = 205 p.
    #expect(outcome.summary == ["paid 50 kWh £2.05", "awaited WHLD_NO_READING unknown"])
    #expect(outcome.decision(.valQueried)?.rule == "R-READ-07")
    #expect(!outcome.codes.contains("VAL_OVER_CAPACITY"))
  }

  @Test(
    "a register that begins again at zero is recognised: what flowed around the reset is held"
  )
  func restart() {
    let outcome = quarter([
      read("500", "2026-04-01T00:00Z"), read("600", "2026-05-01T00:00Z"),
      // Reset between: 12 → 40 → 95.
      read("12", "2026-05-10T00:00Z"), read("40", "2026-05-20T00:00Z"), read("95", "2026-07-01T00:00Z"),
    ])
    // 100 kWh before and 83 kWh after the reset: 183 × 4.1 = 750.3 p.
    #expect(outcome.summary == ["paid 183 kWh £7.50", "held READ_RESTART unknown"])
    #expect(outcome.statements[0].status == .payable)
  }

  @Test("a low read with nothing after it waits; what came before is paid; the next settlement knows more")
  func lowReadWaits() {
    let reads = [
      read("500", "2026-04-01T00:00Z"), read("600", "2026-05-01T00:00Z"), read("0", "2026-05-31T00:00Z"),
      read("660", "2026-06-15T00:00Z"),
    ]
    let outcome = settle(
      story(
        home, from: "2026-04-01T00:00Z", to: "2026-07-01T00:00Z",
        settle: ["2026-06-01T00:00Z", "2026-07-01T00:00Z"], reads: reads))
    // First 100 kWh × 4.1 = 410 p, then 60 kWh × 4.1 = 246 p.
    #expect(
      outcome.statements[0].lines.map(\.summary) == ["paid 100 kWh £4.10", "held READ_NEGATIVE unknown"])
    #expect(outcome.statements[1].lines[0].summary == "paid 60 kWh £2.46")
    #expect(outcome.paid == Pence(656))
  }

  @Test("an advance over capacity is no advance: 3.95 kW makes at most 99.54 kWh a day")
  func overCapacity() {
    let outcome = settle(
      story(
        home, from: "2026-06-01T00:00Z", to: "2026-06-02T00:00Z",
        reads: [read("500", "2026-06-01T00:00Z"), read("599.542", "2026-06-02T00:00Z")]))
    #expect(outcome.paid == Pence(0))
    #expect(outcome.summary == ["held VAL_OVER_CAPACITY unknown"])
    #expect(outcome.decision(.valOverCapacity)?.text.contains("at most 99.54 kWh") == true)
  }

  @Test("a whole-kWh photo after a remote read with three decimals is no fall and no gain twice")
  func photoAgainstRemote() {
    let photo = Photo(serial: "S2", register: .export, value: kWh("600"))
    let outcome = quarter([
      read("500", "2026-04-01T00:00Z"), read("600.456", "2026-05-01T00:00Z"),
      read("600", "2026-05-01T09:00Z", by: .customer, step: 1000, photo: photo),
      read("700.5", "2026-07-01T00:00Z"),
    ])
    // 200.5 kWh × 4.1 = 822.05 p, whatever came between.
    #expect(outcome.summary == ["paid 200.5 kWh £8.22"])
  }

  @Test("reads out of order are sorted in, repeats count once, of two values a remote one is used")
  func orderAndRepeats() {
    let outcome = quarter([
      read("700", "2026-07-01T00:00Z"), read("500", "2026-04-01T00:00Z"),
      // Came later than the read after it.
      read("550", "2026-05-01T00:00Z", received: "2026-07-01T00:00Z"), read("500", "2026-04-01T00:00Z"),
      read("701", "2026-07-01T00:00Z", by: .customer),
    ])
    #expect(outcome.summary == ["paid 200 kWh £8.20"])
    #expect(outcome.codes.isSuperset(of: ["READ_DUPLICATE", "READ_CONFLICT"]))
  }

  @Test("a read received after a later one is told as out of order")
  func outOfOrder() {
    let outcome = quarter([
      read("500", "2026-04-01T00:00Z"), read("700", "2026-06-30T00:00Z"),
      read("550", "2026-05-01T00:00Z", received: "2026-06-30T12:00Z"),
    ])
    #expect(outcome.decision(.readOutOfOrder)?.at == at("2026-06-30T12:00Z"))
  }

  @Test("a meter exchange pays both meters' advances; a missing final read is held, not guessed")
  func exchange() {
    let event = CaseEvent.meterExchanged(
      old: "S2", final: [.export: kWh("560")], new: smets2("S3"), initial: [.export: kWh("3")],
      at: at("2026-05-10T10:00Z"))
    let reads = [
      read("500", "2026-04-01T00:00Z"), read("43", "2026-07-01T00:00Z", of: "S3"),
    ]
    let told = settle(
      story(home, from: "2026-04-01T00:00Z", to: "2026-07-01T00:00Z", reads: reads, events: [event]))
    // 60 + 40 = 100 kWh × 4.1 = 410 p.
    #expect(told.summary == ["paid 100 kWh £4.10"])
    #expect(told.codes.contains("READ_METER_EXCHANGE"))

    let untold = settle(story(home, from: "2026-04-01T00:00Z", to: "2026-07-01T00:00Z", reads: reads))
    #expect(untold.paid == Pence(0))
    #expect(untold.codes.isSuperset(of: ["READ_SERIAL_UNKNOWN", "WHLD_NO_READING", "READ_REQUESTED"]))
  }

  @Test("an exchange without a final read holds the time since the last one")
  func exchangeWithoutFinal() {
    let event = CaseEvent.meterExchanged(
      old: "S2", final: [:], new: smets2("S3"), initial: [.export: kWh("0")], at: at("2026-05-10T10:00Z"))
    let outcome = settle(
      story(
        home, from: "2026-04-01T00:00Z", to: "2026-07-01T00:00Z",
        reads: [
          read("500", "2026-04-01T00:00Z"), read("520", "2026-05-01T00:00Z"),
          read("40", "2026-07-01T00:00Z", of: "S3"),
        ], events: [event]))
    // 20 + 40 = 60 kWh × 4.1 = 246 p; 1 to 10 May is not known.
    #expect(outcome.summary == ["paid 60 kWh £2.46", "held READ_METER_EXCHANGE unknown"])
  }

  @Test("a second settlement pays only what the first did not")
  func twoSettlements() {
    let reads = [
      read("500", "2026-04-01T00:00Z"), read("600", "2026-05-01T00:00Z"), read("725.5", "2026-06-01T00:00Z"),
    ]
    let outcome = settle(
      story(
        home, from: "2026-04-01T00:00Z", to: "2026-06-01T00:00Z",
        settle: ["2026-05-01T00:00Z", "2026-06-01T00:00Z"], reads: reads))
    // 100 × 4.1 = 410 p and 125.5 × 4.1 = 514.55 p → 515 p; 225.5 × 4.1 = 924.55 p in one would be 925 p as
    // well.
    #expect(outcome.statements.map(\.net) == [Pence(410), Pence(515)])
  }

  @Test("half-hours paid before a register read came are taken off its advance")
  func differences() {
    // First settlement has only half-hours: 2 × 5.16 kWh. Then the register says 30 kWh for four days.
    let days = log(sunnyDay + sunnyDay, from: "2026-06-01T00:00Z", received: "2026-06-03T00:10Z")
    let reads = [
      read("500", "2026-06-01T00:00Z", received: "2026-06-05T00:00Z"), read("530", "2026-06-05T00:00Z"),
    ]
    let outcome = settle(
      story(
        home, from: "2026-06-01T00:00Z", to: "2026-06-05T00:00Z",
        settle: ["2026-06-03T00:30Z", "2026-06-05T00:00Z"], reads: reads, logs: [days]))
    // 10.32 kWh × 4.1 = 42.312 p → 42 p; 30 − 10.32 = 19.68 kWh × 4.1 = 80.688 p → 81 p.
    #expect(outcome.statements[0].lines[0].summary == "paid 10.32 kWh £0.42")
    #expect(outcome.statements[1].lines[0].summary == "paid 19.68 kWh £0.81")
  }

  @Test("where only registers pay, half-hours alone pay nothing")
  func registersOnly() {
    var policy = Policy(name: "registers")
    policy.payableBasis = .clause([.registers], "BUL 5.2")
    let outcome = settle(
      story(
        home, from: "2026-06-01T00:00Z", to: "2026-06-02T00:00Z",
        logs: [log(sunnyDay, from: "2026-06-01T00:00Z", received: "2026-06-02T00:00Z")], policy: policy))
    #expect(outcome.summary == ["held WHLD_NO_READING unknown"])
  }
}
