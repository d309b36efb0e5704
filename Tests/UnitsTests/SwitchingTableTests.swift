// When a smart meter counts import where, and when a billing period closes. Weekdays are those of a wall
// calendar: 1 May 2026 is a Friday, 25 December 2026 too.

import Testing
import Units

@Suite struct SwitchingTableTests {
  private typealias Switch = SwitchingTable.Switch

  /// Night 00:30 to 07:30 in register 2, else 1; weekends in register 3; Christmas in register 4; blocks from
  /// October to March.
  private static let table = SwitchingTable(
    days: [
      [
        Switch(minute: 0, action: .register(1)), Switch(minute: 30, action: .register(2)),
        Switch(minute: 450, action: .register(1)),
      ],
      [Switch(minute: 0, action: .register(3))],
      [Switch(minute: 0, action: .register(4))],
      [Switch(minute: 0, action: .blocks(1))],
    ],
    weeks: [[1, 1, 1, 1, 1, 2, 2], [4, 4, 4, 4, 4, 4, 4]],
    seasons: [
      SwitchingTable.Season(start: TariffDate(month: 4, day: 1), week: 1),
      SwitchingTable.Season(start: TariffDate(month: 10, day: 1), week: 2),
    ],
    specialDays: [SwitchingTable.SpecialDay(date: TariffDate(year: 2026, month: 12, day: 25), day: 3)])

  @Test(
    "season, week, day and time say where import goes, in UTC",
    arguments: [
      ("2026-05-01T00:00Z", TariffAction.register(1)), ("2026-05-01T00:29:59Z", .register(1)),
      ("2026-05-01T00:30Z", .register(2)), ("2026-05-01T07:29:59Z", .register(2)),
      ("2026-05-01T07:30Z", .register(1)), ("2026-05-01T23:59:59Z", .register(1)),
      ("2026-05-02T03:00Z", .register(3)), ("2026-05-03T23:00Z", .register(3)),
      ("2026-05-04T03:00Z", .register(2)), ("2026-09-30T23:59Z", .register(1)),
      ("2026-10-01T00:00Z", .blocks(1)), ("2026-12-25T12:00Z", .register(4)),
      ("2027-12-25T12:00Z", .blocks(1)), ("2027-03-31T23:59Z", .blocks(1)),
      ("2027-04-01T03:00Z", .register(2)),
    ])
  func action(at: String, expected: TariffAction) throws {
    #expect(Self.table.action(at: try Instant(parsing: at)) == expected)
  }

  @Test("a season of one year holds until the next one comes; before the first, the first holds")
  func oneYear() throws {
    var table = Self.table
    table.seasons = [
      SwitchingTable.Season(start: TariffDate(year: 2026, month: 6, day: 1), week: 1),
      SwitchingTable.Season(start: TariffDate(year: 2027, month: 1, day: 1), week: 2),
    ]
    #expect(table.action(at: try Instant(parsing: "2026-05-01T03:00Z")) == .register(2))
    #expect(table.action(at: try Instant(parsing: "2026-12-31T03:00Z")) == .register(2))
    #expect(table.action(at: try Instant(parsing: "2028-06-05T03:00Z")) == .blocks(1))
  }

  @Test("GBCS numbers the scripts: 1…48 for registers, 101…108 for blocks")
  func scripts() {
    #expect(TariffAction.register(48).script == 48 && TariffAction.blocks(8).script == 108)
  }

  @Test("what a meter would not take is said, each thing by itself")
  func objections() {
    #expect(Self.table.objections(registers: 48, times: 8).isEmpty)
    #expect(Self.table.objections(registers: 3, times: 8) == ["there is no register tou 4: 1…3"])
    #expect(Self.table.objections(registers: 48, times: 0) == ["there are no blocks"])
    var wrong = SwitchingTable(days: [[Switch(minute: 15, action: .register(49))]])
    wrong.weeks = [[1, 1, 1, 1, 1, 1, 2]]
    wrong.seasons = Array(
      repeating: SwitchingTable.Season(start: TariffDate(month: 2, day: 29), week: 2), count: 5)
    let said = wrong.objections(registers: 48, times: 8)
    #expect(said.contains("5 seasons, at most 4 fit"))
    #expect(said.contains("day 1 does not begin at 00:00Z"))
    #expect(said.contains("day 1 switches inside a half-hour"))
    #expect(said.contains("there is no register tou 49: 1…48"))
    #expect(said.contains("week 1 does not name seven days that are there"))
    #expect(said.contains("there is no week 2"))
    #expect(said.contains("a season begins on a day that does not come"))
  }

  @Test("thresholds rise, fit 32 bits, and there are at most three")
  func thresholds() {
    func said(_ ends: [Int64]) -> [String] {
      MeterTariff(table: .single, thresholds: [1: ends.map { WattHours($0) }]).objections(registers: 48)
    }
    #expect(said([10_000, 20_000, 4_294_967_295]).isEmpty)
    #expect(said([]) == ["tou 1 has 0 thresholds: 1…3"])
    #expect(said([1, 2, 3, 4]) == ["tou 1 has 4 thresholds: 1…3"])
    #expect(said([20_000, 10_000]) == ["the thresholds of tou 1 do not rise"])
    #expect(said([4_294_967_296]).count == 1)
  }

  @Test(
    "a billing calendar falls due later than the instant it is asked at",
    arguments: [
      (BillingCalendar(.daily), "2026-05-01T00:00Z", "2026-05-02T00:00Z"),
      (BillingCalendar(.daily, minute: 720), "2026-05-01T11:59:59Z", "2026-05-01T12:00Z"),
      // Monday.
      (BillingCalendar(.weekly(1)), "2026-05-01T00:00Z", "2026-05-04T00:00Z"),
      (BillingCalendar(.weekly(5), minute: 30), "2026-05-01T00:30Z", "2026-05-08T00:30Z"),
      (BillingCalendar(.months(1, day: 1, from: 1)), "2026-05-01T00:00Z", "2026-06-01T00:00Z"),
      (BillingCalendar(.months(1, day: 28, from: 1), minute: 720), "2026-02-27T00:00Z", "2026-02-28T12:00Z"),
      // January, April, July, October.
      (BillingCalendar(.months(3, day: 1, from: 1)), "2026-05-01T00:00Z", "2026-07-01T00:00Z"),
      (BillingCalendar(.months(6, day: 15, from: 3)), "2026-05-01T00:00Z", "2026-09-15T00:00Z"),
      (BillingCalendar(.months(12, day: 1, from: 5)), "2026-05-01T00:00Z", "2027-05-01T00:00Z"),
      (BillingCalendar(.months(12, day: 28, from: 2)), "2027-12-31T23:59Z", "2028-02-28T00:00Z"),
    ])
  func due(calendar: BillingCalendar, after: String, expected: String) throws {
    #expect(calendar.next(after: try Instant(parsing: after)) == (try Instant(parsing: expected)))
    #expect(calendar.objection == nil)
  }

  @Test("a calendar that never falls due, or falls due inside a half-hour, is refused")
  func calendars() {
    #expect(BillingCalendar(.weekly(8)).objection == "days of the week are 1…7")
    #expect(BillingCalendar(.months(1, day: 29, from: 1)).objection == "days of the month are 1…28")
    #expect(BillingCalendar(.months(2, day: 1, from: 1)).objection != nil)
    #expect(BillingCalendar(.months(1, day: 1, from: 13)).objection == "months are 1…12")
    #expect(BillingCalendar(.daily, minute: 15).objection == "it falls due inside a half-hour")
    #expect(BillingCalendar(.weekly(9)).next(after: .epoch) == nil)
  }
}
