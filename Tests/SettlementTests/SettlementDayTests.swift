// Half-hours against the settlement day: stamps, inclusive reads, 46 and 50 half-hours, London windows
// (R-SP-01 … -05, R-TAR-05, R-VAL-08). Half-hours are logged in Wh and stamped at their end, in UTC.

import BackspinTesting
import Settlement
import Testing
import Units

@Suite("Half-hours and the settlement day")
struct SettlementDayTests {
  /// 30 p from 16:00 to 19:00 London time, 5 p otherwise.
  private let home = agreement([evening("30", otherwise: "5")], technology: .hydro)

  private func outcome(_ logs: [LogRead], from: String, to: String, _ other: Agreement? = nil) -> Outcome {
    settle(story(other ?? home, from: from, to: to, logs: logs))
  }

  @Test("in summer the evening window is 15:00Z to 18:00Z, in winter 16:00Z to 19:00Z")
  func londonWindow() {
    TextTable.each(
      """
      # 100 Wh flow in the one half-hour from `start`: 100 Wh × 30 p = 3 p, × 5 p = 0.5 p → 1 p.
      | start             | pence | why                              |
      | 2026-07-01T14:30Z |     1 | 15:30 BST                        |
      | 2026-07-01T15:00Z |     3 | 16:00 BST                        |
      | 2026-07-01T17:30Z |     3 | 18:30 BST                        |
      | 2026-07-01T18:00Z |     1 | 19:00 BST                        |
      | 2026-01-10T15:30Z |     1 | 15:30 GMT                        |
      | 2026-01-10T16:00Z |     3 | 16:00 GMT                        |
      | 2026-01-10T18:30Z |     3 | 18:30 GMT                        |
      # The day after each clock change.
      | 2026-03-29T15:00Z |     3 | 16:00 BST on the 46-period day   |
      | 2026-03-28T15:00Z |     1 | 15:00 GMT the day before         |
      | 2026-10-25T15:00Z |     1 | 15:00 GMT on the 50-period day   |
      | 2026-10-24T15:00Z |     3 | 16:00 BST the day before         |
      """
    ) { row in
      let start = try row.text("start")
      let end = "\(HalfHour(containing: at(start)).end)"
      let result = outcome([log([100], from: start, received: end)], from: start, to: end)
      let why = try row.text("why")
      #expect(result.paid == Pence(try row.whole("pence")), "\(why)", sourceLocation: row.sourceLocation)
    }
  }

  @Test("a window may pass midnight")
  func windowOverMidnight() {
    let terms = TariffTerms(
      name: "night", from: at("2020-01-01T00:00Z"),
      shape: .timeOfUse([.init(fromMinute: 23 * 60, toMinute: 60, rate: pence("30"))], otherwise: pence("5")))
    // 22:30–01:30 GMT: 5 + 30 × 4 + 5 p/kWh on 100 Wh each: 0.5 + 12 + 0.5 = 13 p; lines of 1 p (0.5 × 2) and
    // 12 p.
    let result = outcome(
      [log(constant(100, 6), from: "2026-01-10T22:30Z", received: "2026-01-11T01:30Z")],
      from: "2026-01-10T22:30Z", to: "2026-01-11T01:30Z", agreement([terms], technology: .hydro))
    #expect(result.summary == ["paid 0.2 kWh £0.01", "paid 0.4 kWh £0.12"])
  }

  @Test("an inclusive day read of 49 rows pays 48: the first row belongs to the day before")
  func inclusiveRead() {
    // Stamps 00:00Z … 00:00Z. The first row, 999 Wh, is 23:30–24:00 of 30 June.
    let rows = log([999] + constant(100), from: "2026-06-30T23:30Z", received: "2026-07-02T00:10Z")
    let result = outcome([rows], from: "2026-07-01T00:00Z", to: "2026-07-02T00:00Z")
    // 42 × 100 Wh × 5 p = 21 p; 6 × 100 Wh × 30 p = 18 p.
    let late = settle(
      story(
        home, from: "2026-07-01T00:00Z", to: "2026-07-02T01:00Z", settle: ["2026-07-02T00:10Z"], logs: [rows])
    )
    #expect(result.paid == Pence(0))  // the log came ten minutes after that settlement
    #expect(late.summary == ["paid 4.2 kWh £0.21", "paid 0.6 kWh £0.18"])
  }

  @Test("overlapping windows are paid once; two daily reads share one row")
  func overlap() {
    let first = log([0] + constant(100), from: "2026-06-30T23:30Z", received: "2026-07-02T00:10Z")
    let second = log(constant(100, 49), from: "2026-07-01T23:30Z", received: "2026-07-03T00:10Z")
    let result = outcome([first, second, first], from: "2026-07-01T00:00Z", to: "2026-07-03T01:00Z")
    // Two days of 42 × 100 Wh × 5 p + 6 × 100 Wh × 30 p: 42 p and 36 p; 00:00Z–01:00Z of 3 July is not read
    // yet.
    #expect(
      result.summary == ["paid 8.4 kWh £0.42", "paid 1.2 kWh £0.36", "awaited READ_GAP_HH unknown"])
    // 48 rows of the replayed log (its first row lies before the start) and one shared row.
    #expect(result.decision(.readDuplicate)?.text.hasPrefix("49 rows in 3 log reads") == true)
  }

  @Test(
    "start stamps and end stamps of the same energy give the same pence; taken for each other they would not")
  func stamps() {
    let end = log([0, 0, 100, 0], from: "2026-01-10T15:00Z", received: "2026-01-10T17:00Z")
    var start = end
    start.convention = .start
    for index in start.entries.indices {
      start.entries[index].stamp = start.entries[index].stamp - .minutes(30)
    }
    var wrong = end
    wrong.convention = .start
    func paid(_ log: LogRead) -> Pence {
      outcome([log], from: "2026-01-10T15:00Z", to: "2026-01-10T17:00Z").paid
    }
    // 16:00–16:30 GMT is in the window: 3 p. One half-hour later it still is; a stamp taken wrongly shows at
    // its edge.
    #expect(paid(end) == Pence(3))
    #expect(paid(start) == Pence(3))
    #expect(wrong.entries[2].stamp == at("2026-01-10T16:30Z"))
  }

  @Test("the spring day has 46 half-hours and is complete with them")
  func springDay() {
    // 2026-03-29 local is 2026-03-29T00:00Z to 23:00Z. 40 × 100 Wh × 5 p = 20 p; 6 × 100 Wh × 30 p = 18 p.
    let result = outcome(
      [log(constant(100, 46), from: "2026-03-29T00:00Z", received: "2026-03-29T23:00Z")],
      from: "2026-03-29T00:00Z", to: "2026-03-29T23:00Z")
    #expect(result.summary == ["paid 4 kWh £0.20", "paid 0.6 kWh £0.18"])
    #expect(result.decision(.spDay46)?.rule == "R-SP-02")
    #expect(!result.codes.contains("VAL_PERIOD_COUNT"))
  }

  @Test("the autumn day has 50 half-hours; export in the repeated hour is paid both times")
  func autumnDay() {
    // 2026-10-25 local is 2026-10-24T23:00Z to 2026-10-26T00:00Z. Four half-hours read 01:00–02:00 on the
    // wall: periods 3 to 6, 00:00Z to 02:00Z. 4 × 500 Wh × 5 p = 10 p, the rest 46 × 0.
    var day = constant(0, 50)
    for period in 3...6 { day[period - 1] = 500 }
    let result = outcome(
      [log(day, from: "2026-10-24T23:00Z", received: "2026-10-26T00:00Z")], from: "2026-10-24T23:00Z",
      to: "2026-10-26T00:00Z")
    #expect(result.summary == ["paid 2 kWh £0.10", "paid 0 kWh £0.00"])
    #expect(result.codes.contains("SP_DAY_50"))
    #expect(SettlementPeriod(HalfHour(containing: at("2026-10-25T01:30Z"))).number == 6)
  }

  @Test("a day with one missing half-hour is held as a whole, and released when the half-hour comes")
  func incompleteDay() {
    let day = log(constant(100), from: "2026-01-10T00:00Z", received: "2026-01-11T00:10Z")
    var torn = day
    let missing = torn.entries.remove(at: 20)
    var late = torn
    late.entries = [missing]
    late.received = at("2026-01-12T00:10Z")
    let result = settle(
      story(
        home, from: "2026-01-10T00:00Z", to: "2026-01-12T01:00Z",
        settle: ["2026-01-11T00:20Z", "2026-01-12T00:20Z"], logs: [torn, late]))
    let first = result.statements[0].lines.filter { $0.kind == .held }.map(\.summary)
    #expect(first == ["held VAL_PERIOD_COUNT 4.7 kWh", "held READ_GAP_HH unknown"])
    #expect(result.statements[0].status == .held)
    // 42 × 100 Wh × 5 p = 21 p and 6 × 100 Wh × 30 p = 18 p.
    #expect(result.statements[1].net == Pence(39))
    #expect(result.decision(.payReleased)?.text.contains("48 half-hours") == true)
    #expect(result.decision(.valPeriodCount)?.text.contains("2026-01-10 has 47 of 48") == true)
  }

  @Test("in summer the settlement day turns at 23:00Z: a half-hour missing at 23:30Z is of the next day")
  func dayBoundary() {
    var day = log(constant(100, 96), from: "2026-06-30T23:00Z", received: "2026-07-02T23:00Z")
    day.entries.remove(at: 49)  // 2026-07-01T23:30Z, period 2 of 2 July
    let result = outcome([day], from: "2026-06-30T23:00Z", to: "2026-07-02T23:00Z")
    // 1 July is paid whole: 21 p + 18 p; 2 July is held, 47 × 100 Wh.
    #expect(result.paid == Pence(39))
    #expect(result.summary.contains("held VAL_PERIOD_COUNT 4.7 kWh"))
  }

  @Test("rows stamped inside a half-hour are refused")
  func misaligned() {
    var day = log(constant(100, 2), from: "2026-01-10T00:00Z", received: "2026-01-10T01:00Z")
    day.entries[1].stamp = at("2026-01-10T00:59Z")
    let result = outcome([day], from: "2026-01-10T00:00Z", to: "2026-01-10T01:00Z")
    #expect(result.decision(.valPeriodCount)?.text.contains("stamped inside a half-hour") == true)
    #expect(result.halfHours[1].quality == .missing)
  }
}
