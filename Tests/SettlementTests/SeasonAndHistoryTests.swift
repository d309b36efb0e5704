// Days and months against ceilings, history and generation (R-VAL-03, -04, -10).

import BackspinTesting
import Testing
import Units

@testable import Settlement

@Suite("Days, months and generation")
struct SeasonAndHistoryTests {
  /// A day of 48 half-hours with so much between 06:00Z and 18:00Z, uneven so that nothing looks stuck.
  private static func day(_ total: Int64) -> [Int64] {
    let share = total / 24
    var values = constant(0, 12) + (0..<24).map { share + ($0 % 2 == 0 ? 1 : -1) } + constant(0, 12)
    values[12] += total - share * 24
    return values
  }

  private static func outcome(
    _ logs: [LogRead], _ reads: [Read] = [], events: [CaseEvent] = [], from: String, to: String,
    storage: Bool = false, technology: DeclaredInstallation.Technology = .solarPV,
    meters: [MeterDetails] = [smets2()],
    _ change: (inout Policy) -> Void = { _ in }
  ) -> Outcome {
    var policy = Policy(name: "test")
    change(&policy)
    var home = agreement([flat("5")], meters: meters, technology: technology, storage: storage)
    home.installation.capacity = Power(watts: 4000)
    return Settlement.EmbeddedCore().settle(
      story(home, from: from, to: to, reads: reads, logs: logs, events: events, policy: policy))
  }

  // MARK: Season

  struct SeasonRow: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var date: String
    var energy: Int64
    var side: BoundaryTouch.Side?
    var isQueried: Bool
  }

  /// 4 kW: December 4 × 2.5 = 10 kWh, June 4 × 9 = 36 kWh, August 4 × 7.5 = 30 kWh.
  static let seasonRows: [SeasonRow] = [
    .init(
      testDescription: "10 kWh in December", date: "2025-12-10", energy: 10_000, side: .limit,
      isQueried: false),
    .init(
      testDescription: "one Wh more", date: "2025-12-10", energy: 10_001, side: .past, isQueried: true),
    .init(
      testDescription: "36 kWh in June", date: "2026-06-10", energy: 36_000, side: .limit, isQueried: false),
    .init(
      testDescription: "36 kWh in August", date: "2026-08-10", energy: 36_000, side: .beyond,
      isQueried: true),
    .init(
      testDescription: "9 kWh in December", date: "2025-12-10", energy: 9000, side: nil, isQueried: false),
  ]

  @Test("a day has a ceiling that moves with the season", arguments: seasonRows)
  func season(_ row: SeasonRow) {
    let start = LondonClock.startOfDay(date(row.date))
    let end = start + .days(2)
    let data = log(Self.day(row.energy), from: "\(start)", received: "\(end)")
    let result = Self.outcome([data], from: "\(start)", to: "\(end)")
    #expect(result.codes.contains("VAL_SEASON") == row.isQueried)
    #expect(result.touches.first { $0.boundary == "validation.season" }?.side == row.side)
    #expect(result.treatments.isEmpty)
    // A store may give by day what it took by night, and water knows no season.
    #expect(!Self.outcome([data], from: "\(start)", to: "\(end)", storage: true).codes.contains("VAL_SEASON"))
    #expect(
      !Self.outcome([data], from: "\(start)", to: "\(end)", technology: .hydro).codes.contains("VAL_SEASON"))
  }

  @Test("where the query holds, the day is held until it is answered")
  func seasonHolds() {
    let data = log(Self.day(12_000), from: "2025-12-10T00:00Z", received: "2025-12-11T00:30Z")
    func treatments(_ events: [CaseEvent]) -> [String] {
      Self.outcome([data], events: events, from: "2025-12-10T00:00Z", to: "2025-12-20T00:00Z") {
        $0.validation.queriesThatHold = .ours([.valSeason], "test")
      }.treatments.map { "\($0.reason.rawValue) \($0.from) \($0.to)" }
    }
    #expect(treatments([]) == ["VAL_SEASON 2025-12-10T00:00Z 2025-12-11T00:00Z"])
    let answer: Facts = [.code: .text("VAL_SEASON"), .accepted: .flag(true)]
    #expect(treatments([CaseEvent(.queryAnswered, at: at("2025-12-15T00:00Z"), answer)]).isEmpty)
  }

  @Test("an advance over some days has the ceilings of all the days it touches")
  func seasonAdvance() {
    // 10 to 12 December, three days of 10 kWh: 30 kWh pass, 31 do not.
    func codes(_ gain: String) -> Set<String> {
      Self.outcome(
        [], [read("100", "2025-12-10T00:00Z"), read(gain, "2025-12-13T00:00Z")], from: "2025-12-10T00:00Z",
        to: "2025-12-14T00:00Z"
      ).codes
    }
    #expect(!codes("130").contains("VAL_SEASON"))
    #expect(codes("131").contains("VAL_SEASON"))
  }

  @Test("more panels make more: the ceiling follows the capacity")
  func seasonCapacity() {
    let data = log(Self.day(19_000), from: "2025-12-10T00:00Z", received: "2025-12-11T00:30Z")
    let more = CaseEvent(
      .capacityChanged, at: at("2025-12-10T00:00Z"), [.capacity: .power(Power(watts: 8000))])
    let result = Self.outcome([data], events: [more], from: "2025-12-10T00:00Z", to: "2025-12-12T00:00Z")
    #expect(!result.codes.contains("VAL_SEASON"))
  }

  // MARK: History

  /// All half-hours of a month of 2025 or 2026, in UTC months (winter: London is UTC).
  private static func month(_ first: String, _ days: Int, _ total: Int64) -> LogRead {
    let daily = (0..<days).flatMap { day(total / Int64(days) + ($0 == 0 ? total % Int64(days) : 0)) }
    return log(daily, from: first + "T00:00Z", received: "\(at(first + "T00:00Z") + .days(Int64(days)))")
  }

  @Test("a month of twice the same month last year passes, one Wh more is queried")
  func history() {
    let before = Self.month("2025-01-01", 31, 60_000)
    func result(_ total: Int64) -> Outcome {
      Self.outcome(
        [before, Self.month("2026-01-01", 31, total)], from: "2025-01-01T00:00Z", to: "2026-02-01T00:00Z")
    }
    #expect(!result(120_000).codes.contains("VAL_HISTORY_HIGH"))
    let over = result(120_001)
    #expect(over.decision(.valHistoryHigh)?.at == at("2026-02-01T00:00Z"))
    #expect(over.touches.contains { $0.boundary == "validation.history-factor" && $0.side == .past })
  }

  @Test("what was exported before the data begin may be stated; small sums are not looked at")
  func stated() {
    func codes(_ stated: String, _ total: Int64) -> Set<String> {
      let told = CaseEvent(
        .historyStated, at: at("2026-01-01T00:00Z"),
        [.month: .date(date("2025-01-15")), .energy: .energy(kWh(stated))])
      return Self.outcome(
        [Self.month("2026-01-01", 31, total)], events: [told], from: "2026-01-01T00:00Z",
        to: "2026-02-02T00:00Z"
      ).codes
    }
    #expect(codes("60", 120_001).contains("VAL_HISTORY_HIGH"))
    #expect(!codes("61", 120_001).contains("VAL_HISTORY_HIGH"))
    // 49 kWh are ten times what was stated, and still less than 50 kWh.
    #expect(!codes("4.9", 49_000).contains("VAL_HISTORY_HIGH"))
  }

  @Test("readings a year before tell what a quarter's advance should be")
  func readings() {
    func codes(_ last: String) -> Set<String> {
      Self.outcome(
        [],
        [
          read("0", "2025-01-01T00:00Z"), read("50", "2025-02-01T00:00Z"), read("100", "2025-03-01T00:00Z"),
          read("150", "2025-04-01T00:00Z"), read("700", "2026-01-01T00:00Z"), read(last, "2026-04-01T00:00Z"),
        ], from: "2025-01-01T00:00Z", to: "2026-04-02T00:00Z", technology: .hydro
      ).codes
    }
    // 150 kWh in the quarter of 2025: 300 pass in that of 2026.
    #expect(!codes("1000").contains("VAL_HISTORY_HIGH"))
    #expect(codes("1001").contains("VAL_HISTORY_HIGH"))
  }

  // MARK: Generation

  private static let generation = MeterDetails(
    serial: "GEN", uses: [.generation], registers: [.generation: .init(modulus: kWh("100000"))],
    halfHourlyCapable: false, remote: false, kind: "generation")

  private static func balance(
    _ exported: String, _ generated: String, storage: Bool = false, events: [CaseEvent] = []
  ) -> Outcome {
    outcome(
      [],
      [
        read("0", "2026-05-01T00:00Z"), read(exported, "2026-06-01T00:00Z"),
        read("500", "2026-05-01T00:00Z", .generation, of: "GEN", by: .visit),
        read(generated, "2026-06-01T00:00Z", .generation, of: "GEN", by: .visit),
      ], events: events, from: "2026-05-01T00:00Z", to: "2026-06-02T00:00Z", storage: storage,
      meters: [smets2(), generation])
  }

  @Test("export over generation by more than 1 % and 1 kWh is queried")
  func overGeneration() {
    // 400 kWh generated: 400 + 4 + 1 = 405 kWh pass.
    #expect(!Self.balance("405", "900").codes.contains("VAL_EXPORT_OVER_GENERATION"))
    let over = Self.balance("405.001", "900")
    #expect(over.decision(.valExportOverGeneration)?.text.contains("405.001 kWh were exported") == true)
    #expect(over.touches.contains { $0.boundary == "validation.balance" && $0.side == .past })
  }

  @Test("what a declared store gave comes on top; without word of it nothing is said")
  func storage() {
    func codes(_ given: String?) -> Set<String> {
      let told = given.map {
        CaseEvent(
          .storageDischarged, at: at("2026-06-01T00:00Z"),
          [
            .from: .instant(at("2026-05-01T00:00Z")), .until: .instant(at("2026-06-01T00:00Z")),
            .energy: .energy(kWh($0)),
          ])
      }
      return Self.balance("505", "900", storage: true, events: [told].compactMap { $0 }).codes
    }
    #expect(!codes("100").contains("VAL_EXPORT_OVER_GENERATION"))
    #expect(codes("99").contains("VAL_EXPORT_OVER_GENERATION"))
    #expect(!codes(nil).contains("VAL_EXPORT_OVER_GENERATION"))
  }
}
