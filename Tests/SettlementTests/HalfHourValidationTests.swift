// The R-VAL rules on half-hours: what is held, what is only queried, and what is exempt. 3.95 kW of solar
// power; the bound of a half-hour is 2073 Wh. Flat 10 p on half-hours, so that 100 Wh are 1 p.

import BackspinTesting
import Settlement
import Testing
import Units

@Suite("Half-hours under validation")
struct HalfHourValidationTests {
  private let home = agreement([flat("10")])

  /// One day, 2026-06-01 from 00:00Z, changed as told.
  private func day(
    _ agreement: Agreement? = nil, policy: Policy = Policy(name: "test"), reads: [Read] = [],
    _ change: (inout [Int64]) -> Void
  ) -> Outcome {
    var energies = sunnyDay
    change(&energies)
    return settle(
      story(
        agreement ?? home, from: "2026-06-01T00:00Z", to: "2026-06-02T00:00Z", reads: reads,
        logs: [log(energies, from: "2026-06-01T00:00Z", received: "2026-06-02T00:00Z")], policy: policy))
  }

  @Test("a sound day is paid: 5.16 kWh × 10 p = 51.6 p")
  func sound() {
    let outcome = day { _ in }
    #expect(outcome.summary == ["paid 5.16 kWh £0.52"])
    #expect(outcome.codes == ["ELIG_OK", "PAY_OK", "PAY_DUE"])
  }

  @Test("a half-hour below zero or over capacity is held; the rest of the day is paid")
  func bounds() {
    // Row 24 holds 220 Wh: without it 5160 − 220 = 4940 Wh = 49.4 p.
    TextTable.each(
      """
      | limit W | Wh   | pays | code              |
      | _       | -1   |   49 | VAL_NEGATIVE      |
      | _       | 2074 |   49 | VAL_OVER_CAPACITY |
      # 4940 + 2073 = 7013 Wh = 70.13 p.
      | _       | 2073 |   70 | _                 |
      | 3680    | 1933 |   49 | VAL_OVER_CAPACITY |
      # 4940 + 1932 = 6872 Wh = 68.72 p.
      | 3680    | 1932 |   69 | _                 |
      """
    ) { row in
      let one = agreement([flat("10")], limit: try row.optionalWhole("limit W"))
      let energy = try row.whole("Wh")
      let outcome = day(one) { $0[24] = energy }
      #expect(outcome.paid == Pence(try row.whole("pays")), sourceLocation: row.sourceLocation)
      if let code = try row.optional("code") {
        #expect(
          outcome.summary.contains("held \(code) \(WattHours(energy))"), sourceLocation: row.sourceLocation)
      } else {
        #expect(!outcome.codes.contains("VAL_OVER_CAPACITY"), sourceLocation: row.sourceLocation)
      }
    }
  }

  @Test("solar power without storage exports nothing in the dark: over 10 Wh is held")
  func night() {
    // 2026-06-01: dark all over GB until 02:25Z and from 21:45Z; row 2 is 01:00Z.
    let outcome = day { $0[2] = 11 }
    #expect(outcome.summary == ["paid 5.16 kWh £0.52", "held VAL_NIGHT_EXPORT 0.011 kWh"])
    #expect(!day { $0[2] = 10 }.codes.contains("VAL_NIGHT_EXPORT"))
    // Row 4 is 02:00Z to 02:30Z: not wholly dark on Unst.
    #expect(!day { $0[4] = 11 }.codes.contains("VAL_NIGHT_EXPORT"))
    let battery = agreement([flat("10")], storage: true)
    #expect(!day(battery) { $0[2] = 11 }.codes.contains("VAL_NIGHT_EXPORT"))
    let water = agreement([flat("10")], technology: .hydro)
    #expect(!day(water) { $0[2] = 11 }.codes.contains("VAL_NIGHT_EXPORT"))
    var policy = Policy(name: "query only")
    policy.validation.queriesThatHold = .ours([], "for this test")
    let queried = day(policy: policy) { $0[2] = 11 }
    // 5171 Wh = 51.71 p.
    #expect(queried.summary == ["paid 5.171 kWh £0.52"])
    #expect(queried.codes.contains("VAL_NIGHT_EXPORT"))
  }

  @Test("six equal half-hours are queried, unless they stand at the export limit or the unit runs evenly")
  func stuck() {
    func run(_ energy: Int64, _ count: Int) -> (inout [Int64]) -> Void {
      { $0.replaceSubrange(16..<(16 + count), with: constant(energy, count)) }
    }
    #expect(day(home, run(500, 6)).codes.contains("VAL_STUCK"))
    #expect(!day(home, run(500, 5)).codes.contains("VAL_STUCK"))
    #expect(!day(home, run(0, 10)).codes.contains("VAL_STUCK"))
    // Clipped at 3.68 kW: 1840 Wh, give or take 1 % (18 Wh).
    let limited = agreement([flat("10")], limit: 3680)
    #expect(!day(limited, run(1840, 10)).codes.contains("VAL_STUCK"))
    #expect(!day(limited, run(1822, 10)).codes.contains("VAL_STUCK"))
    #expect(day(limited, run(1821, 10)).codes.contains("VAL_STUCK"))
    for even in [DeclaredInstallation.Technology.hydro, .anaerobicDigestion, .microCHP] {
      #expect(!day(agreement([flat("10")], technology: even), run(500, 12)).codes.contains("VAL_STUCK"))
    }
  }

  @Test("half-hours and register must agree within 0.1 % or 1 kWh; the register is paid")
  func sums() {
    // The half-hours say 5.16 kWh. 6.16 kWh is just within 1 kWh of it, 6.161 is not.
    func outcome(_ close: String) -> Outcome {
      day(reads: [read("100", "2026-06-01T00:00Z"), read(close, "2026-06-02T00:00Z")]) { _ in }
    }
    #expect(!outcome("106.16").codes.contains("VAL_SUM_CHECK"))
    let differs = outcome("106.161")
    #expect(differs.decision(.valSumCheck)?.text.contains("5.16 kWh, the register to 6.161 kWh") == true)
    #expect(differs.summary == ["paid 6.161 kWh £0.62"])
    #expect(outcome("104.159").codes.contains("VAL_SUM_CHECK"))
  }

  @Test("a file in steps of 100 Wh is given its own slack in the sum check")
  func coarseSums() {
    // 48 × 100 Wh = 4.8 kWh of slack and 1 kWh of tolerance on rounded half-hours.
    let rounded = sunnyDay.map { ($0 + 50) / 100 * 100 }
    func codes(_ close: String) -> Set<String> {
      settle(
        story(
          home, from: "2026-06-01T00:00Z", to: "2026-06-02T00:00Z",
          reads: [read("100", "2026-06-01T00:00Z"), read(close, "2026-06-02T00:00Z")],
          logs: [log(rounded, from: "2026-06-01T00:00Z", received: "2026-06-02T00:00Z", step: 100)])
      ).codes
    }
    let sum = rounded.reduce(0, +)
    #expect(sum == 5200)  // 5 × 100, 10 × 200, 9 × 300
    #expect(
      !codes("\(WattHours(100_000 + sum + 5800))".replacing(" kWh", with: "")).contains("VAL_SUM_CHECK"))
    #expect(codes("\(WattHours(100_000 + sum + 5801))".replacing(" kWh", with: "")).contains("VAL_SUM_CHECK"))
  }

  @Test("two sunny weeks without export are queried, if there was export before; else the meter is doubted")
  func zeroExport() {
    func outcome(_ from: String, _ to: String, before: Bool) -> Outcome {
      let early = before ? [read("400", "2026-01-01T00:00Z")] : []
      return settle(
        story(
          home, from: "2026-01-01T00:00Z", to: "2026-12-01T00:00Z", settle: [],
          reads: early + [read("500", from), read("500", to)]))
    }
    let day14 = outcome("2026-05-01T00:00Z", "2026-05-15T00:00Z", before: true)
    #expect(day14.decision(.valZeroExport)?.rule == "R-VAL-06")
    #expect(
      !outcome("2026-05-01T00:00Z", "2026-05-14T23:59Z", before: true).codes.contains("VAL_ZERO_EXPORT"))
    // From 25 March only the part from 1 April 00:00 local time counts.
    #expect(
      !outcome("2026-03-25T00:00Z", "2026-04-14T22:59Z", before: true).codes.contains("VAL_ZERO_EXPORT"))
    #expect(outcome("2026-03-25T00:00Z", "2026-04-14T23:00Z", before: true).codes.contains("VAL_ZERO_EXPORT"))
    #expect(
      !outcome("2026-11-01T00:00Z", "2026-11-30T00:00Z", before: true).codes.contains("VAL_ZERO_EXPORT"))
    let never = outcome("2026-05-01T00:00Z", "2026-05-15T00:00Z", before: false)
    #expect(never.codes.contains("ADVICE_SMETS2"))
    #expect(!never.codes.contains("VAL_ZERO_EXPORT"))
  }

  @Test("a clock more than 20 s wrong is queried, more than 15 min wrong holds half-hours until it is right")
  func clocks() {
    func outcome(_ clock: String) -> Outcome {
      day(
        agreement([evening("10", otherwise: "10")]),
        reads: [read("100", "2026-06-01T12:00Z", clock: clock)]
      ) { _ in }
    }
    #expect(!outcome("2026-06-01T12:00:20Z").codes.contains("VAL_CLOCK_DRIFT"))
    let query = outcome("2026-06-01T11:59:39Z")
    #expect(query.decision(.valClockDrift)?.severity == .query)
    #expect(query.paid == Pence(52))
    #expect(outcome("2026-06-01T12:15Z").paid == Pence(52))
    let fail = outcome("2026-06-01T12:15:01Z")
    #expect(fail.decision(.valClockDrift)?.severity == .hold)
    #expect(fail.summary == ["held VAL_CLOCK_DRIFT 5.16 kWh"])
    // Right at 06:00Z, wrong at 12:00Z, right again at 15:00Z: held from 06:00Z to 15:00Z, rows 12 … 29 and
    // the two that touch, none of which has more: 100 … 270 (18 rows) = 3330 Wh, and row 30 begins at 15:00Z.
    let mended = day(
      agreement([evening("10", otherwise: "10")]),
      reads: [
        read("100", "2026-06-01T06:00Z", clock: "2026-06-01T06:00Z"),
        read("101", "2026-06-01T12:00Z", clock: "2026-06-01T13:00Z"),
        read("103", "2026-06-01T15:00Z", clock: "2026-06-01T15:00Z"),
      ]
    ) { _ in }
    #expect(mended.summary.contains("held VAL_CLOCK_DRIFT 3.33 kWh"))
  }
}
