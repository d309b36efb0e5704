// Prices: half-hourly and flat, changes of rate, prices that are missing or unsound (R-TAR-01, -06, -07,
// R-RATE-01, -02, R-LIC-02). Pence by hand.

import BackspinTesting
import Settlement
import Testing
import Units

/// A shape of a tariff, and the lines of a sunny day under it, sorted.
struct RuleCase: Sendable {
  var shape: TariffTerms.Shape
  var isSEG = true
  var lines: [String]
}

@Suite("Which price holds")
struct HalfHourTariffTests {
  @Test("a real Agile Outgoing day in summer time, region C, 2025-06-21")
  func agileDay() throws {
    // Prices of the 48 half-hours from 00:00Z, p/kWh, as published. Export by half-hour i from 05:00Z (i =
    // 10) to 20:30Z (i = 40): 300 + (37 i mod 400) Wh, 15.175 kWh together. Σ Wh × price = 160.41737 p,
    // worked with decimal arithmetic in another language; stamps taken half an hour late would give 157.58729
    // p, UTC taken for local time 154.82366 p.
    let prices = """
      9.66 10.52 10.09 9.38 9.28 9.76 9.9 9.38 9.6 9.6 9.41 9.75 9.47 9.5 10.9 10.9 11.28 11.18 10.14 9.97
      9.46 8.82 7.42 6.43 6.29 5.76 5.86 5.86 5.57 5.91 13.07 14.5 16.03 15.52 17.58 17.58 12.3 12.4
      12.55 12.55 12.37 12.27 10.8 10.22 10.02 10.42 10.24 9.68
      """.split { $0 == " " || $0 == "\n" }
    try #require(prices.count == 48)
    let first = HalfHour(containing: at("2025-06-21T00:00Z"))
    let rows = prices.enumerated().map { number, price in
      let here = first.advanced(by: number)
      return TariffTerms.Price(from: here.start, to: here.end, rate: pence(String(price)))
    }
    let terms = TariffTerms(
      name: "agile", from: at("2025-01-01T00:00Z"), shape: .halfHourly(rows.shuffled(like: 5)), isSEG: false)
    let energies = (0..<48).map { (10...40).contains($0) ? 300 + Int64($0) * 37 % 400 : 0 }
    let outcome = settle(
      story(
        agreement([terms]), from: "2025-06-21T00:00Z", to: "2025-06-22T00:00Z",
        logs: [log(energies, from: "2025-06-21T00:00Z", received: "2025-06-22T00:00Z")]))
    #expect(outcome.statements[0].exact == NanoPence(160_417_370_000))
    #expect(outcome.summary == ["paid 15.175 kWh £1.60"])
  }

  @Test("a missing price holds its half-hour and no other; no neighbour's price is used")
  func missingPrice() {
    let home = agreement(
      [
        halfHourly([
          ("2026-01-10T00:00Z", "2026-01-10T10:00Z", "10"), ("2026-01-10T11:00Z", nil, "20"),
        ])
      ])
    let outcome = settle(
      story(
        home, from: "2026-01-10T00:00Z", to: "2026-01-11T00:00Z",
        logs: [log(sunnyDay, from: "2026-01-10T00:00Z", received: "2026-01-11T00:00Z")]))
    // sunnyDay in January: rows 12 (06:00Z) … 35. Night rows 12 … 14 (06:00Z–07:30Z) are dark all over GB:
    // 100, 110, 120 Wh are held. 10 p: rows 15 … 19 = 130 … 170, 750 Wh = 7.5 p → 8 p. Rows 20, 21
    // (10:00Z–11:00Z) have no price: 180 + 190 = 370 Wh. 20 p: rows 22 … 33 = 200 … 310, 3060 Wh; rows 34 and
    // 35 (17:00Z–18:00Z) are dark: 320, 330.
    #expect(outcome.statements[0].exact == NanoPence(68_700_000_000))
    let held = outcome.statements[0].lines.filter { $0.kind == .held }.map(\.summary).sorted()
    #expect(held == ["held TAR_PRICE_MISSING 0.37 kWh", "held VAL_NIGHT_EXPORT 0.98 kWh"])
    #expect(outcome.decision(.tarPriceMissing)?.text.contains("2 half-hours") == true)
  }

  @Test("an unsound tariff is not applied: its energy is held under the code that says why")
  func unsound() {
    let day = at("2026-06-01T00:00Z")
    func windows(_ list: [(Int, Int, String)]) -> TariffTerms.Shape {
      .timeOfUse(
        list.map { .init(fromMinute: $0.0, toMinute: $0.1, rate: pence($0.2)) }, otherwise: pence("5"))
    }
    let cases: [(TariffTerms.Shape, Bool, ReasonCode?)] = [
      (.flat(pence("0")), true, .tarNotAboveZero),
      (.flat(pence("0")), false, nil),
      (.flat(pence("-1")), true, .tarNotAboveZero),
      (windows([(960, 1140, "30"), (1080, 1200, "20")]), true, .rateOverlap),
      (windows([(960, 1140, "30"), (1140, 1200, "20")]), true, nil),
      (windows([(960, 1145, "30")]), true, .rateMisaligned),
      (windows([(960, 1140, "0")]), true, .tarNotAboveZero),
      (.halfHourly([.init(from: day, to: nil, rate: pence("0"))]), true, .tarNotAboveZero),
      (.halfHourly([.init(from: day, to: nil, rate: pence("0"))]), false, nil),
      (.halfHourly([.init(from: day + .minutes(15), to: nil, rate: pence("5"))]), true, .rateMisaligned),
      (
        .halfHourly([
          .init(from: day, to: nil, rate: pence("5")),
          .init(from: day + .hours(1), to: nil, rate: pence("6")),
        ]), true, .rateOverlap
      ),
    ]
    for (number, one) in cases.enumerated() {
      let terms = TariffTerms(name: "t", from: day, shape: one.0, isSEG: one.1)
      let outcome = settle(
        story(
          agreement([terms]), from: "2026-06-01T00:00Z", to: "2026-06-02T00:00Z",
          logs: [log(sunnyDay, from: "2026-06-01T00:00Z", received: "2026-06-02T00:00Z")]))
      if let code = one.2 {
        #expect(outcome.paid == Pence(0), "case \(number)")
        #expect(outcome.summary == ["held \(code.rawValue) 5.16 kWh"], "case \(number)")
      } else {
        #expect(outcome.statements[0].status == .payable, "case \(number)")
      }
    }
  }

  // MARK: The rule of a line

  /// sunnyDay is 5.16 kWh. 16:00–19:00 London time is 15:00Z–18:00Z in June: rows 30 … 35, 280 … 330 Wh,
  /// 1.83 kWh.
  static let ruleCases: [RuleCase] = [
    RuleCase(shape: .flat(pence("10")), lines: ["paid R-TAR-01 5.16 kWh £0.52"]),
    RuleCase(
      shape: evening("30", otherwise: "10").shape,
      // 3.33 kWh × 10 p = 33.3 p; 1.83 kWh × 30 p = 54.9 p.
      lines: ["paid R-TAR-05 1.83 kWh £0.55", "paid R-TAR-05 3.33 kWh £0.33"]),
    RuleCase(
      shape: halfHourly([("2026-06-01T00:00Z", nil, "10")]).shape, lines: ["paid R-TAR-06 5.16 kWh £0.52"]),
    // The clock window is worth nothing outside the SEG, and still is what prices it.
    RuleCase(
      shape: evening("0", otherwise: "10").shape, isSEG: false,
      lines: ["paid R-TAR-05 1.83 kWh £0.00", "paid R-TAR-05 3.33 kWh £0.33"]),
    // Under the SEG one window that is not above zero bars the whole tariff.
    RuleCase(shape: evening("0", otherwise: "10").shape, lines: ["held R-LIC-02 5.16 kWh"]),
    RuleCase(shape: evening("30", otherwise: "0").shape, lines: ["held R-LIC-02 5.16 kWh"]),
    RuleCase(
      shape: evening("0.000001", otherwise: "10").shape,
      lines: ["paid R-TAR-05 1.83 kWh £0.00", "paid R-TAR-05 3.33 kWh £0.33"]),
  ]

  @Test("a line names the rule by which its energy is priced", arguments: ruleCases)
  func rule(_ one: RuleCase) {
    let terms = TariffTerms(name: "t", from: at("2026-06-01T00:00Z"), shape: one.shape, isSEG: one.isSEG)
    let outcome = settle(
      story(
        agreement([terms]), from: "2026-06-01T00:00Z", to: "2026-06-02T00:00Z",
        logs: [log(sunnyDay, from: "2026-06-01T00:00Z", received: "2026-06-02T00:00Z")]))
    let lines = outcome.statements.flatMap(\.lines).map { line in
      "\(line.kind.rawValue) \(line.rule) \(line.energy.map { "\($0)" } ?? "unknown")"
        + (line.isPayable ? " \(line.amount)" : "")
    }
    #expect(lines.sorted() == one.lines)
  }

  // MARK: A change of rate between two reads (R-TAR-07). 96 h, 40 kWh; 4 p before 3 June 00:00Z, 8 p after.

  private var changing: Agreement {
    agreement([flat("4"), flat("8", from: "2026-06-03T00:00Z", named: "new")])
  }
  private let ends = [read("500", "2026-06-01T00:00Z"), read("540", "2026-06-05T00:00Z")]

  @Test("a reading at the change splits the advance exactly")
  func changeWithReading() {
    let outcome = settle(
      story(
        changing, from: "2026-06-01T00:00Z", to: "2026-06-05T00:00Z",
        reads: ends + [read("515", "2026-06-03T00:00Z")]))
    // 15 kWh × 4 p = 60 p, 25 kWh × 8 p = 200 p.
    #expect(outcome.summary == ["paid 15 kWh £0.60", "paid 25 kWh £2.00"])
  }

  @Test("half-hours on one side split the advance, and the register keeps its total")
  func changeWithHalfHours() {
    let days = log(sunnyDay + sunnyDay, from: "2026-06-01T00:00Z", received: "2026-06-05T00:00Z")
    let outcome = settle(
      story(changing, from: "2026-06-01T00:00Z", to: "2026-06-05T00:00Z", reads: ends, logs: [days]))
    // 10.32 kWh before × 4 p = 41.28 p → 41 p; 40 − 10.32 = 29.68 kWh × 8 p = 237.44 p → 237 p.
    #expect(outcome.summary == ["paid 10.32 kWh £0.41", "paid 29.68 kWh £2.37"])
  }

  @Test("two readings alone are split by elapsed time, provisionally")
  func changeByTime() {
    let outcome = settle(
      story(changing, from: "2026-06-01T00:00Z", to: "2026-06-05T00:00Z", reads: ends))
    // 48 of 96 hours: 20 kWh × 4 p = 80 p, 20 kWh × 8 p = 160 p.
    #expect(outcome.summary == ["provisional 20 kWh £0.80", "provisional 20 kWh £1.60"])
    #expect(outcome.decision(.tarSplitProvisional)?.rule == "R-TAR-07")
  }

  @Test("energy before any tariff is in force has no price and is held")
  func beforeTariff() {
    let outcome = settle(
      story(
        agreement([flat("4", from: "2026-06-03T00:00Z")]), from: "2026-06-01T00:00Z", to: "2026-06-05T00:00Z",
        reads: ends + [read("515", "2026-06-03T00:00Z")]))
    #expect(outcome.summary == ["paid 25 kWh £1.00", "held TAR_PRICE_MISSING 15 kWh"])
  }
}

extension Array {
  /// The same elements in an order that depends on the seed alone.
  func shuffled(like seed: UInt64) -> [Element] {
    var (list, state) = (self, seed)
    for index in list.indices.dropFirst().reversed() {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      list.swapAt(index, Int(state >> 33) % (index + 1))
    }
    return list
  }
}
