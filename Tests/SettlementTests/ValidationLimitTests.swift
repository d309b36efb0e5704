// The R-VAL rules, each on both sides of its limit, one row per case: the last value that passes and the
// first that does not. What the codes hold, release and cost stands in the files about half-hours, seasons
// and hints beside this one.

import BackspinTesting
import Settlement
import Testing
import Units

@Suite("Limits of validation")
struct ValidationLimitTests {
  /// A home of so many watts; 10 p/kWh flat, so that 100 Wh are 1 p.
  private func home(
    _ watts: Int64 = 4000, _ technology: DeclaredInstallation.Technology = .solarPV, limit: Int64? = nil,
    storage: Bool = false, meters: [MeterDetails] = [smets2()]
  ) -> Agreement {
    var home = agreement(
      [flat("10")], meters: meters, technology: technology, limit: limit, storage: storage)
    home.installation.capacity = Power(watts: watts)
    return home
  }

  /// One day of half-hours, 2026-06-01 from 00:00Z, settled at its end.
  private func day(_ energies: [Int64], _ home: Agreement, policy: Policy = Policy(name: "test")) -> Outcome {
    settle(
      story(
        home, from: "2026-06-01T00:00Z", to: "2026-06-02T00:00Z",
        logs: [log(energies, from: "2026-06-01T00:00Z", received: "2026-06-02T00:00Z")], policy: policy))
  }

  private func technology(_ word: String) -> DeclaredInstallation.Technology {
    DeclaredInstallation.Technology(rawValue: word) ?? .solarPV
  }

  /// The code of a row is taken, or if it begins with "not" it is not.
  private func check(_ outcome: Outcome, _ row: TextTable.Row) throws {
    let words = try row.text("says").split(separator: " ").map(String.init)
    #expect(
      outcome.codes.contains(words[words.count - 1]) == (words[0] != "not"), "\(row)",
      sourceLocation: row.sourceLocation)
  }

  @Test("R-VAL-01: a half-hour is a number of at least zero, and no meter has a value with all its bits set")
  func number() {
    // Water power: one value through the day is no wonder. Held or missing: 47 × 100 Wh of the day are left.
    TextTable.each(
      """
      | Wh        | says                 | paid |
      | 0         | not VAL_NEGATIVE     |   47 |
      | -1        | VAL_NEGATIVE         |   47 |
      # A number, if a wild one: over capacity.
      | 16777214  | not VAL_NOT_A_NUMBER |   47 |
      | 16777214  | VAL_OVER_CAPACITY    |   47 |
      # No number leaves a hole, and a day with a hole is held; two half-hours are of the next London day.
      | 16777215  | VAL_NOT_A_NUMBER     |    2 |
      | -16777214 | VAL_NEGATIVE         |   47 |
      | -16777215 | VAL_NOT_A_NUMBER     |    2 |
      """
    ) { row in
      var energies = constant(100)
      energies[24] = try row.whole("Wh")
      let outcome = day(energies, home(4000, .hydro))
      try check(outcome, row)
      #expect(outcome.paid == Pence(try row.whole("paid")), "\(row)", sourceLocation: row.sourceLocation)
    }
  }

  @Test("R-VAL-02: half an hour at capacity with 5 %, cut to whole Wh, or at the export limit with 5 %")
  func capacity() {
    TextTable.each(
      """
      # 4 kW × 0.5 h × 1.05 = 2100 Wh; 3.95 kW give 2073.75 Wh; a limit of 3.68 kW gives 1932 Wh.
      | W    | limit W | Wh   | says                  |
      | 4000 | _       | 2100 | not VAL_OVER_CAPACITY |
      | 4000 | _       | 2101 | VAL_OVER_CAPACITY     |
      | 3950 | _       | 2073 | not VAL_OVER_CAPACITY |
      | 3950 | _       | 2074 | VAL_OVER_CAPACITY     |
      | 4000 | 3680    | 1932 | not VAL_OVER_CAPACITY |
      | 4000 | 3680    | 1933 | VAL_OVER_CAPACITY     |
      # A limit above what is installed limits nothing.
      | 4000 | 5000    | 2101 | VAL_OVER_CAPACITY     |
      """
    ) { row in
      var energies = sunnyDay
      energies[24] = try row.whole("Wh")
      try check(day(energies, home(try row.whole("W"), limit: try row.optionalWhole("limit W"))), row)
    }
  }

  @Test("R-VAL-05: more than 10 Wh in a half-hour that is wholly dark, of solar power without a battery")
  func night() {
    // 2026-06-01: the sun is up nowhere in GB until 02:25Z; 01:00Z is row 2, 02:00Z row 4.
    TextTable.each(
      """
      | row | Wh | technology | battery | says                 |
      | 2   | 10 | solar-pv   | no      | not VAL_NIGHT_EXPORT |
      | 2   | 11 | solar-pv   | no      | VAL_NIGHT_EXPORT     |
      | 3   | 11 | solar-pv   | no      | VAL_NIGHT_EXPORT     |
      # Only until 02:25Z: not wholly in darkness.
      | 4   | 11 | solar-pv   | no      | not VAL_NIGHT_EXPORT |
      | 2   | 11 | solar-pv   | yes     | not VAL_NIGHT_EXPORT |
      | 2   | 11 | wind       | no      | not VAL_NIGHT_EXPORT |
      """
    ) { row in
      var energies = sunnyDay
      energies[Int(try row.whole("row"))] = try row.whole("Wh")
      let kind = technology(try row.text("technology"))
      try check(day(energies, home(4000, kind, storage: try row.text("battery") == "yes")), row)
    }
  }

  @Test(
    "R-VAL-06: fourteen days without export between April and September, of 1 kW of panels that gave before")
  func zeroExport() {
    TextTable.each(
      """
      | W    | from              | to                | before | says                |
      | 1000 | 2026-05-01T00:00Z | 2026-05-15T00:00Z | yes    | VAL_ZERO_EXPORT     |
      | 1000 | 2026-05-01T00:00Z | 2026-05-14T23:59Z | yes    | not VAL_ZERO_EXPORT |
      | 999  | 2026-05-01T00:00Z | 2026-05-15T00:00Z | yes    | not VAL_ZERO_EXPORT |
      | 1000 | 2026-05-01T00:00Z | 2026-05-15T00:00Z | no     | not VAL_ZERO_EXPORT |
      # Until the end of September, at midnight in London: 23:00Z.
      | 1000 | 2026-09-16T23:00Z | 2026-10-20T00:00Z | yes    | VAL_ZERO_EXPORT     |
      | 1000 | 2026-09-16T23:01Z | 2026-10-20T00:00Z | yes    | not VAL_ZERO_EXPORT |
      """
    ) { row in
      let early = try row.text("before") == "yes" ? [read("400", "2026-01-01T00:00Z")] : []
      let outcome = settle(
        story(
          home(try row.whole("W")), from: "2026-01-01T00:00Z", to: "2026-12-01T00:00Z",
          reads: early + [read("500", try row.text("from")), read("500", try row.text("to"))]))
      try check(outcome, row)
    }
  }

  @Test("R-VAL-07: half-hours and register differ by 0.1 % of the advance or 1 kWh, whichever is more")
  func sums() {
    // 4 kW of water power at 2 kWh a half-hour: 100 half-hours are 200 kWh, 1000 are 2000 kWh.
    TextTable.each(
      """
      | half-hours | advance  | says              |
      # 0.1 % of 200 kWh are 0.2 kWh: 1 kWh passes.
      | 100        | 201      | not VAL_SUM_CHECK |
      | 100        | 201.001  | VAL_SUM_CHECK     |
      | 100        | 199      | not VAL_SUM_CHECK |
      | 100        | 198.999  | VAL_SUM_CHECK     |
      # 0.1 % of 2002.002 kWh are 2002 Wh.
      | 1000       | 2002.002 | not VAL_SUM_CHECK |
      | 1000       | 2002.003 | VAL_SUM_CHECK     |
      """
    ) { row in
      let count = Int(try row.whole("half-hours"))
      let start = at("2026-06-01T00:00Z")
      let end = start + .minutes(30 * Int64(count))
      let advance = kWh(try row.text("advance"))
      var close = read("100", "\(end)")
      close.value = kWh("100") + advance
      let outcome = settle(
        story(
          home(4000, .hydro), from: "\(start)", to: "\(end)", reads: [read("100", "\(start)"), close],
          logs: [log(constant(2000, count), from: "\(start)", received: "\(end)")]))
      try check(outcome, row)
    }
  }

  @Test("R-VAL-08: a London day has 46, 48 or 50 half-hours, and is held if one is missing")
  func periodCount() {
    // The last half-hour but one is left out where there is one too few,
    // so that the day is known to have gone on.
    TextTable.each(
      """
      | first half-hour   | count | gap | says                 |
      | 2026-03-29T00:00Z | 46    | no  | not VAL_PERIOD_COUNT |
      | 2026-03-29T00:00Z | 46    | yes | VAL_PERIOD_COUNT     |
      | 2026-06-09T23:00Z | 48    | no  | not VAL_PERIOD_COUNT |
      | 2026-06-09T23:00Z | 48    | yes | VAL_PERIOD_COUNT     |
      | 2026-10-24T23:00Z | 50    | no  | not VAL_PERIOD_COUNT |
      | 2026-10-24T23:00Z | 50    | yes | VAL_PERIOD_COUNT     |
      """
    ) { row in
      let (first, count) = (try row.text("first half-hour"), Int(try row.whole("count")))
      let end = "\(at(first) + .minutes(30 * Int64(count)))"
      var data = log(constant(100, count), from: first, received: end)
      if try row.text("gap") == "yes" { data.entries.remove(at: count - 2) }
      let outcome = settle(story(home(4000, .hydro), from: first, to: end, logs: [data]))
      try check(outcome, row)
      // 46, 48 or 50 × 0.1 kWh × 10 p, or nothing.
      #expect(
        outcome.paid == Pence(try row.text("gap") == "yes" ? 0 : Int64(count)), "\(row)",
        sourceLocation: row.sourceLocation)
    }
  }

  @Test("R-VAL-09: a clock more than 20 s off is queried, more than 15 minutes off it holds")
  func clock() {
    TextTable.each(
      """
      # The day holds 5.16 kWh: 51.6 p.
      | clock at 12:00Z      | severity | paid |
      | 2026-06-01T12:00:20Z | _        |   52 |
      | 2026-06-01T12:00:21Z | query    |   52 |
      | 2026-06-01T11:59:40Z | _        |   52 |
      | 2026-06-01T11:59:39Z | query    |   52 |
      | 2026-06-01T12:15:00Z | query    |   52 |
      | 2026-06-01T12:15:01Z | hold     |    0 |
      | 2026-06-01T11:44:59Z | hold     |    0 |
      """
    ) { row in
      let clock = try row.text("clock at 12:00Z")
      let outcome = settle(
        story(
          home(), from: "2026-06-01T00:00Z", to: "2026-06-02T00:00Z",
          reads: [read("100", "2026-06-01T12:00Z", clock: clock)],
          logs: [log(sunnyDay, from: "2026-06-01T00:00Z", received: "2026-06-02T00:00Z")]))
      let said = outcome.decisions.first { $0.code == .valClockDrift }?.severity
      #expect(said?.rawValue == (try row.optional("severity")), "\(row)", sourceLocation: row.sourceLocation)
      #expect(outcome.paid == Pence(try row.whole("paid")), "\(row)", sourceLocation: row.sourceLocation)
    }
  }

  @Test(
    "R-VAL-11: export by night with hardly any import, and more import than export at noon, by 1 kWh of each")
  func swapped() {
    // 2026-06-01: wholly dark are 4 half-hours from 00:00Z and 4 from 22:00Z;
    // 8 lie between 10:00Z and 14:00Z.
    TextTable.each(
      """
      # Wh in each half-hour: dark ones (8 of them) and those from 10:00Z to 14:00Z (8 of them).
      | dark out | dark in | noon out | noon in | says                      |
      # 8 × 200 Wh go out by night; one part in twenty, 10 Wh, may come in.
      | 200      | 0       | 0        | 900     | VAL_REGISTERS_SWAPPED     |
      | 200      | 10      | 0        | 900     | VAL_REGISTERS_SWAPPED     |
      | 200      | 11      | 0        | 900     | not VAL_REGISTERS_SWAPPED |
      # At noon more comes in than goes out.
      | 200      | 0       | 899      | 900     | VAL_REGISTERS_SWAPPED     |
      | 200      | 0       | 900      | 900     | not VAL_REGISTERS_SWAPPED |
      # 8 × 125 Wh are 1 kWh of evidence, less is none.
      | 125      | 0       | 0        | 125     | VAL_REGISTERS_SWAPPED     |
      | 124      | 0       | 0        | 125     | not VAL_REGISTERS_SWAPPED |
      | 125      | 0       | 0        | 124     | not VAL_REGISTERS_SWAPPED |
      """
    ) { row in
      var (into, out) = (constant(0), constant(0))
      for slot in [0, 1, 2, 3, 44, 45, 46, 47] {
        (into[slot], out[slot]) = (try row.whole("dark in"), try row.whole("dark out"))
      }
      for slot in 20..<28 { (into[slot], out[slot]) = (try row.whole("noon in"), try row.whole("noon out")) }
      let outcome = settle(
        story(
          home(meters: [smets2(uses: [.import, .export])]), from: "2026-06-01T00:00Z",
          to: "2026-06-02T00:00Z",
          logs: [
            log(into, from: "2026-06-01T00:00Z", received: "2026-06-02T00:00Z", .import),
            log(out, from: "2026-06-01T00:00Z", received: "2026-06-02T00:00Z"),
          ]))
      try check(outcome, row)
    }
  }

  @Test(
    "R-VAL-12: six equal half-hours, in steps of at most 10 Wh, unless clipped or of a unit that runs evenly")
  func stuck() {
    TextTable.each(
      """
      # An export limit of 3.68 kW is 1840 Wh in a half-hour, give or take 1 %: 18 Wh. 4 kW are 2000 Wh ± 20 Wh.
      | Wh   | half-hours | step | technology          | limit W | says          |
      | 500  | 6          | 1    | solar-pv            | _       | VAL_STUCK     |
      | 500  | 5          | 1    | solar-pv            | _       | not VAL_STUCK |
      | 0    | 12         | 1    | solar-pv            | _       | not VAL_STUCK |
      | 500  | 6          | 10   | solar-pv            | _       | VAL_STUCK     |
      | 500  | 6          | 11   | solar-pv            | _       | not VAL_STUCK |
      | 1822 | 6          | 1    | solar-pv            | 3680    | not VAL_STUCK |
      | 1821 | 6          | 1    | solar-pv            | 3680    | VAL_STUCK     |
      | 1858 | 6          | 1    | solar-pv            | 3680    | not VAL_STUCK |
      | 1859 | 6          | 1    | solar-pv            | 3680    | VAL_STUCK     |
      | 1980 | 6          | 1    | solar-pv            | _       | not VAL_STUCK |
      | 1979 | 6          | 1    | solar-pv            | _       | VAL_STUCK     |
      | 500  | 12         | 1    | wind                | _       | VAL_STUCK     |
      | 500  | 12         | 1    | hydro               | _       | not VAL_STUCK |
      | 500  | 12         | 1    | anaerobic-digestion | _       | not VAL_STUCK |
      | 500  | 12         | 1    | micro-chp           | _       | not VAL_STUCK |
      """
    ) { row in
      let count = Int(try row.whole("half-hours"))
      var energies = constant(0)
      energies.replaceSubrange(16..<(16 + count), with: constant(try row.whole("Wh"), count))
      let data = log(
        energies, from: "2026-06-01T00:00Z", received: "2026-06-02T00:00Z", step: try row.whole("step"))
      let one = home(
        4000, technology(try row.text("technology")), limit: try row.optionalWhole("limit W"))
      try check(
        settle(story(one, from: "2026-06-01T00:00Z", to: "2026-06-02T00:00Z", logs: [data])), row)
    }
  }

  @Test("R-VAL-12: what counts as clipped is the export limit of the half-hour, not that of the start")
  func clippedByDate() {
    // 12 half-hours of 1840 Wh from 08:00Z to 14:00Z: the limit of 3.68 kW. Lifted to 5 kW (2500 Wh) at some
    // instant, they are clipped before it alone.
    TextTable.each(
      """
      | lifted at         | says          |
      | 2026-06-02T00:00Z | not VAL_STUCK |
      # 5 half-hours are left.
      | 2026-06-01T11:30Z | not VAL_STUCK |
      # 6 are.
      | 2026-06-01T11:00Z | VAL_STUCK     |
      # Inside a half-hour both limits hold for it.
      | 2026-06-01T10:45Z | VAL_STUCK     |
      | 2026-06-01T11:15Z | not VAL_STUCK |
      | 2026-05-01T00:00Z | VAL_STUCK     |
      """
    ) { row in
      var energies = constant(0)
      energies.replaceSubrange(16..<28, with: constant(1840, 12))
      let lifted = CaseEvent(
        .capacityChanged, at: at(try row.text("lifted at")), received: at("2026-06-02T00:00Z"),
        [.capacity: .power(Power(watts: 5000)), .exportLimit: .power(Power(watts: 5000))])
      let outcome = settle(
        story(
          home(limit: 3680), from: "2026-06-01T00:00Z", to: "2026-06-02T00:00Z",
          logs: [log(energies, from: "2026-06-01T00:00Z", received: "2026-06-02T00:00Z")], events: [lifted]))
      try check(outcome, row)
    }
  }
}
