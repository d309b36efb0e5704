// Detectors that hint at a fault (R-VAL-13; the detector ids are ours: `Policy.Hint`): each fires on what it
// is for, and not on the same thing just short of it. A hint changes no money unless the policy promotes it.

import BackspinTesting
import Testing
import Units

@testable import Settlement

@Suite("Hints")
struct HintTests {
  private static func outcome(
    _ logs: [LogRead], _ reads: [Read] = [], events: [CaseEvent] = [], from: String, to: String,
    settle times: [String]? = nil, technology: DeclaredInstallation.Technology = .solarPV,
    meters: [MeterDetails] = [smets2()], _ change: (inout Policy) -> Void = { _ in }
  ) -> Outcome {
    var policy = Policy(name: "test")
    change(&policy)
    var home = agreement([flat("5")], meters: meters, technology: technology)
    home.installation.capacity = Power(watts: 4000)
    return Settlement.EmbeddedCore().settle(
      story(home, from: from, to: to, settle: times, reads: reads, logs: logs, events: events, policy: policy)
    )
  }

  /// Detectors that spoke, each once, sorted.
  private static func hints(_ outcome: Outcome) -> [String] {
    let ids = outcome.decisions.filter { $0.code == .valHint }
      .map { String($0.text.split(separator: ":")[0]) }
    return Set(ids).sorted()
  }

  /// Days of export around a middle of the day, in minutes of UTC: 24 half-hours of 200 Wh and more.
  private static func days(_ count: Int, middle: Int = 720, scale: Int64 = 1) -> [Int64] {
    (0..<count).flatMap { day in
      (0..<48).map { slot in
        let away = abs(slot * 30 + 15 - middle)
        guard away < 360 else { return 0 }
        return scale * (200 + Int64(360 - away) + Int64((slot * 7 + day * 3) % 5))
      }
    }
  }

  private static func june(_ values: [Int64]) -> LogRead {
    log(values, from: "2026-06-01T00:00Z", received: "2026-07-31T00:00Z")
  }

  @Test("an ordinary month gives no hint")
  func ordinary() {
    #expect(
      Self.hints(Self.outcome([Self.june(Self.days(40))], from: "2026-06-01T00:00Z", to: "2026-07-31T00:00Z"))
        == [])
  }

  @Test("R-SPIKE: one half-hour over eight times the median of the same half-hour around it")
  func spike() {
    // 06:30Z has 200 + 45 + 0…4 Wh, so a median of about 247 Wh: eight times are 1976 Wh.
    func result(_ energy: Int64) -> Outcome {
      var values = Self.days(40)
      values[48 * 20 + 13] = energy
      return Self.outcome([Self.june(values)], from: "2026-06-01T00:00Z", to: "2026-07-31T00:00Z")
    }
    #expect(Self.hints(result(1950)) == [])
    let over = result(2000)
    #expect(Self.hints(over) == ["R-SPIKE"])
    #expect(over.decision(.valHint)?.severity == .information)
    #expect(over.treatments.isEmpty)
  }

  @Test("R-SPIKE speaks the same, whether one settles day by day or once; promoted, it holds its half-hour")
  func spikePromoted() {
    var values = Self.days(40)
    values[48 * 20 + 13] = 2000
    let logs = (0..<40).map { day in
      let start = at("2026-06-01T00:00Z") + .days(Int64(day))
      return log(
        Array(values[(48 * day)..<(48 * day + 48)]), from: "\(start)", received: "\(start + .days(1))")
    }
    func result(_ times: [String]?, _ order: [LogRead]) -> Outcome {
      Self.outcome(order, from: "2026-06-01T00:00Z", to: "2026-07-31T00:00Z", settle: times) {
        $0.validation.hints.promoted = .ours([.spike], "test")
      }
    }
    let daily = (1...60).map { "\(at("2026-06-01T00:00Z") + .days(Int64($0)))" }
    let (whole, byDay) = (result(nil, logs), result(daily, logs.reversed()))
    for one in [whole, byDay] {
      #expect(one.decisions.filter { $0.code == .valHint }.map(\.severity) == [.query])
      #expect(one.treatments.map(\.from) == [at("2026-06-21T06:30Z")])
      #expect(one.treatments.map(\.to) == [at("2026-06-21T07:00Z")])
    }
    #expect(whole.decision(.valHint) == byDay.decision(.valHint))
  }

  @Test("R-UNIT: half-hours a tenth of the register, or half of it, over a day; not 9 % off")
  func unit() {
    // A day of these half-hours has 9,300 Wh or so; the register gains a multiple of what they add up to.
    let values = Self.days(1)
    let sum = values.reduce(0, +)
    func hints(_ advance: Int64) -> [String] {
      Self.hints(
        Self.outcome(
          [log(values, from: "2026-06-01T00:00Z", received: "2026-06-02T01:00Z")],
          [
            read("0", "2026-06-01T00:00Z"),
            Read(
              serial: "S2", register: .export, value: WattHours(advance), at: at("2026-06-02T00:00Z"),
              source: .remote),
          ], from: "2026-06-01T00:00Z", to: "2026-06-03T00:00Z"))
    }
    #expect(hints(sum) == [])
    #expect(hints(sum * 2) == ["R-UNIT"])
    #expect(hints(sum * 10 * 104 / 100) == ["R-UNIT"])
    #expect(hints(sum * 10 * 109 / 100) == [])
  }

  @Test("R-SHIFT: the middle of clear days moves by more than 20 minutes")
  func shift() {
    func hints(_ minutes: Int) -> [String] {
      let values = Self.days(10) + Self.days(10, middle: 720 + minutes)
      return Self.hints(Self.outcome([Self.june(values)], from: "2026-06-01T00:00Z", to: "2026-07-31T00:00Z"))
    }
    #expect(hints(60) == ["R-SHIFT"])
    #expect(hints(0) == [])
    #expect(hints(15) == [])
  }

  @Test("R-LOW: less than a tenth of a year before, over two weeks of summer")
  func low() {
    func hints(_ scale: Int64) -> [String] {
      let before = log(Self.days(30, scale: 12), from: "2025-06-01T00:00Z", received: "2025-07-02T00:00Z")
      let now = log(Self.days(30, scale: scale), from: "2026-06-01T00:00Z", received: "2026-07-02T00:00Z")
      return Self.hints(
        Self.outcome([before, now], from: "2025-06-01T00:00Z", to: "2026-07-03T00:00Z", technology: .wind))
    }
    #expect(hints(1) == ["R-LOW"])
    #expect(hints(2) == [])
  }

  @Test("R-YIELD: more in a month than a cloudless sky gives")
  func yield() {
    // 4 kW in June: 4 × 1782 × 0.121 = 862.5 kWh, and 5 % more is 905.6 kWh; 30 days of 30.1 and of 30.3 kWh.
    func hints(_ daily: Int64) -> [String] {
      // A London June begins at 23:00Z.
      let even = (0..<(48 * 30)).map { slot -> Int64 in
        let hour = (slot % 48)
        return (12..<36).contains(hour) ? daily / 24 + (hour % 2 == 0 ? 3 : -3) : 0
      }
      return Self.hints(
        Self.outcome(
          [log(even, from: "2026-05-31T23:00Z", received: "2026-07-01T00:00Z")], from: "2026-05-31T23:00Z",
          to: "2026-07-02T00:00Z"))
    }
    #expect(hints(30_120) == [])
    #expect(hints(30_240) == ["R-YIELD"])
  }

  @Test("R-NET: neither import nor export for thirty days")
  func net() {
    func hints(_ days: Int) -> [String] {
      let still = constant(0, 48 * days)
      let from = "2025-12-01T00:00Z"
      return Self.hints(
        Self.outcome(
          [
            log(still + [5], from: from, received: "2026-01-15T00:00Z"),
            log(still + [5], from: from, received: "2026-01-15T00:00Z", .import),
          ], from: from, to: "2026-01-16T00:00Z"))
    }
    #expect(hints(30) == ["R-NET"])
    #expect(hints(29) == [])
  }

  // MARK: Other meters

  private static let generation = MeterDetails(
    serial: "GEN", uses: [.generation], registers: [.generation: .init(modulus: kWh("100000"))],
    halfHourlyCapable: false, remote: false, kind: "generation")

  /// Reads of both meters at the ends of quarters of 2026, as (generation, export) in kWh.
  private static func quarters(_ values: [(String, String)]) -> [String] {
    let ends = ["2026-01-01T00:00Z", "2026-04-01T00:00Z", "2026-07-01T00:00Z", "2026-10-01T00:00Z"]
    let reads = zip(ends, values).flatMap { when, value in
      [read(value.0, when, .generation, of: "GEN", by: .visit), read(value.1, when)]
    }
    return hints(
      outcome(
        reads.isEmpty ? [] : [], reads, from: ends[0], to: "2026-10-02T00:00Z",
        meters: [smets2(), generation]))
  }

  @Test("R-FRAC: hardly any, or nearly all, of a quarter's generation is exported")
  func fraction() {
    #expect(Self.quarters([("0", "0"), ("500", "250")]) == [])
    #expect(Self.quarters([("0", "0"), ("500", "49")]) == ["R-FRAC"])
    #expect(Self.quarters([("0", "0"), ("500", "476")]) == ["R-FRAC"])
  }

  @Test("R-DRIFT: generation changes from quarter to quarter more than the seasons do")
  func drift() {
    // An ordinary year has 16.4 % in January to March and 38.0 % in April to June: 500 kWh make 1158 kWh.
    #expect(Self.quarters([("0", "0"), ("500", "250"), ("1658", "800")]) == [])
    #expect(Self.quarters([("0", "0"), ("500", "250"), ("1400", "700")]) == ["R-DRIFT"])
  }

  @Test("R-STAT: what the meter says of itself")
  func status() {
    let flag = CaseEvent(
      .meterStatus, at: at("2026-06-02T00:00Z"), [.serial: .text("S2"), .status: .text("invalid time")])
    let result = Self.outcome([], events: [flag], from: "2026-06-01T00:00Z", to: "2026-06-03T00:00Z")
    #expect(Self.hints(result) == ["R-STAT"])
    #expect(result.decision(.valHint)?.text.contains("invalid time") == true)
  }
}
