import Testing
import Truth
import Units

@Suite("The true value is the true export times the rate in force")
struct TrueValueTests {
  /// A witness of one constant export between two instants.
  private func witness(_ watts: Int64, from: String, to: String) throws -> Witness {
    var witness = Witness(from: try at(from))
    witness.observe([FlowSegment(endMilliseconds: try at(to).milliseconds, l1: -watts * 1000)])
    return witness
  }

  private func value(_ witness: Witness, _ terms: TariffTerms...) throws -> NanoPence? {
    try witness.trueValue(from: witness.from, to: witness.now, under: terms)
  }

  private func pence(_ count: Int128) -> NanoPence { NanoPence(count * NanoPence.perPenny) }

  private func rate(_ text: String) throws -> UnitRate { try UnitRate(parsing: text) }

  private func terms(_ shape: TariffTerms.Shape, from: String = "2020-01-01T00:00Z") throws -> TariffTerms {
    TariffTerms(name: "T", from: try at(from), shape: shape)
  }

  @Test("a flat rate: 2 kW for 90 minutes at 4.1 p is 12.3 p")
  func flat() throws {
    let witness = try witness(2000, from: "2026-05-01T10:00Z", to: "2026-05-01T11:30Z")
    #expect(try value(witness, terms(.flat(rate("4.1 p/kWh")))) == NanoPence(12_300_000_000))
  }

  @Test("the one division comes at the end: one milliwatt for one second is not lost on the way")
  func exact() throws {
    // 1 mW for 1 s is 1000 mW·ms; at 4.1 p/kWh that is 4.1e6 × 1000 / 3.6e9 = 1.139 nano-pence, so 1; but
    // 3600 of them in 3600 half-hours are 4100, not 3600 × 1.
    var witness = Witness(from: .epoch)
    var segments: [FlowSegment] = []
    for index: Int64 in 0..<3600 {
      segments.append(FlowSegment(endMilliseconds: index * 1_800_000 + 1000, l1: -1))
      segments.append(FlowSegment(endMilliseconds: (index + 1) * 1_800_000, l1: 5))
    }
    witness.observe(segments)
    let flat = try terms(.flat(rate("4.1 p/kWh")), from: "1970-01-01T00:00Z")
    #expect(try value(witness, flat) == NanoPence(4100))
    let one = try witness.trueValue(from: .epoch, to: Instant(seconds: 1800), under: [flat])
    #expect(one == NanoPence(1))
  }

  @Test(
    "time-of-use windows follow the London clock over its changes",
    arguments: [
      // 1 kW all day. 20 p from 16:00 to 19:00 on the clock, else 5 p.
      ("2026-03-28", 16 * 60, 19 * 60, 3 * 20 + 21 * 5),
      ("2026-03-29", 16 * 60, 19 * 60, 3 * 20 + 20 * 5),
      ("2026-10-25", 16 * 60, 19 * 60, 3 * 20 + 22 * 5),
      // 20 p from 01:00 to 02:00: an hour that spring has not and autumn has twice.
      ("2026-03-29", 60, 120, 23 * 5),
      ("2026-10-25", 60, 120, 2 * 20 + 23 * 5),
      // 20 p from 23:30 to 05:30, past midnight: 6 h, one less in spring, one more in autumn.
      ("2026-03-29", 23 * 60 + 30, 330, 5 * 20 + 18 * 5),
      ("2026-10-25", 23 * 60 + 30, 330, 7 * 20 + 18 * 5),
    ])
  func timeOfUse(day: String, from: Int, to: Int, expected: Int) throws {
    let date = try CivilDate(parsing: day)
    let start = LondonClock.startOfDay(date)
    let end = LondonClock.startOfDay(date.advanced(byDays: 1))
    let witness = try witness(1000, from: start.description, to: end.description)
    let shape = try TariffTerms.Shape.timeOfUse(
      [TariffTerms.Window(fromMinute: from, toMinute: to, rate: rate("20 p/kWh"))],
      otherwise: rate("5 p/kWh"))
    #expect(try value(witness, terms(shape)) == pence(Int128(expected)))
  }

  @Test("each half-hour has its own price, and a negative one counts")
  func halfHourly() throws {
    // 1 kWh in each half-hour: 10 − 2.5 + 7 = 14.5 p.
    let witness = try witness(2000, from: "2026-05-01T10:00Z", to: "2026-05-01T11:30Z")
    let prices = try [
      TariffTerms.Price(
        from: at("2026-05-01T10:00Z"), to: at("2026-05-01T10:30Z"), rate: rate("10 p/kWh")),
      TariffTerms.Price(
        from: at("2026-05-01T10:30Z"), to: at("2026-05-01T11:00Z"), rate: rate("-2.5 p/kWh")),
      TariffTerms.Price(from: at("2026-05-01T11:00Z"), to: nil, rate: rate("7 p/kWh")),
    ]
    #expect(try value(witness, terms(.halfHourly(prices))) == NanoPence(14_500_000_000))
  }

  @Test("a half-hour without a price has no value, unless nothing was exported in it")
  func missingPrice() throws {
    let prices = try [
      TariffTerms.Price(
        from: at("2026-05-01T10:00Z"), to: at("2026-05-01T10:30Z"), rate: rate("10 p/kWh")),
      TariffTerms.Price(
        from: at("2026-05-01T11:00Z"), to: at("2026-05-01T11:30Z"), rate: rate("7 p/kWh")),
    ]
    let tariff = try terms(.halfHourly(prices))
    let exporting = try witness(2000, from: "2026-05-01T10:00Z", to: "2026-05-01T11:30Z")
    #expect(try value(exporting, tariff) == nil)
    #expect(try value(exporting, terms(.flat(.zero), from: "2026-05-01T10:30Z")) == nil)
    #expect(try value(exporting) == nil)

    var quiet = Witness(from: try at("2026-05-01T10:00Z"))
    quiet.observe(
      try [("10:30", -2000), ("11:00", 50), ("11:30", -2000)].map { time, watts in
        FlowSegment(endMilliseconds: try at("2026-05-01T\(time)Z").milliseconds, l1: watts * 1000)
      })
    #expect(try value(quiet, tariff) == pence(17))
  }

  @Test("the rate in force is the one when the energy flowed (R-TAR-07)")
  func termsChange() throws {
    // 1 kW from 22:00Z to 02:00Z; 4.1 p until local midnight (23:00Z in summer), then 15 p: 4.1 + 3 × 15.
    let witness = try witness(1000, from: "2026-06-30T22:00Z", to: "2026-07-01T02:00Z")
    let old = try terms(.flat(rate("4.1 p/kWh")))
    let new = try terms(.flat(rate("15 p/kWh")), from: "2026-07-01T00:00+01:00")
    #expect(try value(witness, new, old) == NanoPence(49_100_000_000))
  }

  @Test("a rate that changes inside a half-hour is refused, not guessed")
  func insideHalfHour() throws {
    let witness = try witness(1000, from: "2026-06-30T22:00Z", to: "2026-06-30T23:00Z")
    let second = HalfHour(containing: try at("2026-06-30T22:30Z"))
    let old = try terms(.flat(rate("4.1 p/kWh")))
    let new = try terms(.flat(rate("15 p/kWh")), from: "2026-06-30T22:45Z")
    #expect(throws: WitnessFault.rateChangesInsideHalfHour(tariff: "T", second)) {
      try value(witness, old, new)
    }
    let window = TariffTerms.Window(fromMinute: 23 * 60 + 50, toMinute: 60, rate: try rate("20 p/kWh"))
    let odd = try terms(.timeOfUse([window], otherwise: rate("5 p/kWh")))
    #expect(throws: WitnessFault.rateChangesInsideHalfHour(tariff: "T", second)) {
      try value(witness, odd)
    }
  }
}
