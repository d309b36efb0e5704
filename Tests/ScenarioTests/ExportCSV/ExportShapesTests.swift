// One day of half-hours written in many ways reads the same; and no text, however mangled,
// does more than be refused.

import Scenario
import Testing
import Timeline
import Units

@Suite("Export files, written and mangled")
struct ExportShapesTests {
  /// A way of writing the half-hours of a day, oldest first, with what must be stated to read it.
  struct Writing: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var header: String
    var options = ExportOptions()
    var row: @Sendable (HalfHour, Int) -> String
  }

  static func two(_ number: Int) -> String { (number < 10 ? "0" : "") + "\(number)" }

  /// What a clock `ahead` of UTC shows.
  static func face(_ at: Instant, _ ahead: TimeSpan) -> (date: CivilDate, time: String) {
    let face = at + ahead
    let day = CivilDate(dayNumber: Int(floorDivide(face.seconds, 86_400)))
    let minutes = Int(floorModulo(face.seconds, 86_400) / 60)
    return (day, "\(two(minutes / 60)):\(two(minutes % 60))")
  }

  static func london(_ at: Instant) -> (date: CivilDate, time: String) {
    face(at, LondonClock.offset(at: at))
  }

  static let writings: [Writing] = [
    Writing(testDescription: "UTC starts, kWh", header: "start,export_kwh") { slot, energy in
      "\(slot.start),0.\(String("00\(energy)".suffix(3)))"
    },
    Writing(testDescription: "UTC ends, Wh", header: "end,export_wh") { "\($0.end),\($1)" },
    Writing(testDescription: "London with offset", header: "Start,End,Export (kWh)") { slot, energy in
      let (start, end) = (london(slot.start), london(slot.end))
      func stamp(_ face: (date: CivilDate, time: String), _ at: Instant) -> String {
        "\(face.date)T\(face.time):00+0\(LondonClock.offset(at: at) == .zero ? 0 : 1):00"
      }
      return "\(stamp(start, slot.start)),\(stamp(end, slot.end)),\(energy)E-3"
    },
    Writing(testDescription: "London starts without offset", header: "start_local,export_wh") {
      slot, energy in
      "\(london(slot.start).date) \(london(slot.start).time),\(energy)"
    },
    Writing(
      testDescription: "London ends without offset, day first, decimal comma",
      header: "end (UK time);export kWh",
      options: ExportOptions(dates: .dayFirst)
    ) { slot, energy in
      let (date, time) = london(slot.end)
      return "\(two(date.day))/\(two(date.month))/\(date.year) \(time);0,\(String("00\(energy)".suffix(3)))0"
    },
    Writing(testDescription: "date and period", header: "settlement date,settlement period,AE Wh") {
      slot, energy in
      let period = SettlementPeriod(slot)
      return "\(period.date),\(period.number),\(energy)"
    },
    Writing(
      testDescription: "date and time of the start", header: "date,start time,export (Wh)",
      options: ExportOptions(zone: .london)
    ) { slot, energy in
      "\(london(slot.start).date),\(london(slot.start).time),\(energy)"
    },
    Writing(
      testDescription: "ends whose midnight has the date before", header: "end_utc,export_wh",
      options: ExportOptions(zone: .utc)
    ) { slot, energy in
      let (date, time) = face(slot.end, .zero)
      return "\(time == "00:00" ? date.advanced(byDays: -1) : date) \(time),\(energy)"
    },
  ]

  /// A spring day of 46, an ordinary summer and winter day, and an autumn day of 50, of 2026.
  static let days = [(3, 29), (7, 1), (1, 15), (10, 25)]

  @Test("a day reads the same however it is written", arguments: writings, days)
  func reads(one: Writing, day: (month: Int, day: Int)) throws {
    let date = try #require(CivilDate(year: 2026, month: day.month, day: day.day))
    let slots = Export.halfHours(of: date)
    let rows = slots.enumerated().map { one.row($1, ($0 * 37) % 1000) }
    for lines in [rows, rows.reversed()] {
      let file = try Export.file([one.header] + lines, one.options)
      #expect(file.rows.map(\.halfHour) == slots)
      #expect(file.rows.map(\.energy.value) == slots.indices.map { Int64(($0 * 37) % 1000) })
    }
  }

  @Test("a mangled file is read or refused with its place, and nothing else happens")
  func mangled() throws {
    let date = try #require(CivilDate(year: 2026, month: 10, day: 25))
    let slots = Export.halfHours(of: date)
    let draws = RandomStream(seed: 1).stream("mangled")
    let bytes = Array("0123456789,;:/-+.\"'TZeE \t\n\r#\u{0}x\u{E9}".utf8)
    var read = 0
    for number in 0..<1200 {
      let one = Self.writings[number % Self.writings.count]
      var text = Array(
        ([one.header] + slots.prefix(8).enumerated().map { one.row($1, $0) }).joined(separator: "\n").utf8)
      let changes = 1 + number % 3
      for change in 0..<changes {
        let draw = draws.bits(UInt64(number * 8 + change))
        let place = Int(draw % UInt64(text.count))
        switch (draw >> 32) % 3 {
        case 0: text[place] = bytes[Int((draw >> 40) % UInt64(bytes.count))]
        case 1: text.remove(at: place)
        default: text.insert(bytes[Int((draw >> 40) % UInt64(bytes.count))], at: place)
        }
      }
      let mangled = String(decoding: text, as: UTF8.self)
      var options = one.options
      if number % 2 == 0 { options.zero = .omitted }
      let faults = Export.told {
        let file = try ExportFile(mangled, file: "half-hours.csv", options: options)
        read += 1
        #expect(file.rows.map(\.halfHour) == file.rows.map(\.halfHour).sorted())
      }
      for fault in faults {
        #expect(fault.at.line >= 1 && fault.at.column >= 1)
        #expect(fault.code.hasPrefix("BS-IMP-") || fault.code.hasPrefix("BS-CSV-"))
      }
    }
    // Some changes do no harm, most do.
    #expect((50..<1000).contains(read))
  }
}
