// `tariff:` and `calendar:` of an order to a smart meter.
//
//   tariff:
//     days:                                    # from a UTC time on, import goes to a register or to blocks
//       - [{at: "00:00Z", tou: 1}, {at: "00:30Z", tou: 2}, {at: "07:30Z", tou: 1}]
//       - [{at: "00:00Z", block: 1}]
//     weeks: [[1, 1, 1, 1, 1, 2, 2]]           # which day Monday … Sunday is; all are day 1 where left out
//     seasons: [{from: 04-01, week: 1}]        # of each year, or of one: 2026-04-01
//     special-days: [{on: 2026-12-25, day: 2}]
//     thresholds: [{block: 1, ends: [10 kWh, 20 kWh]}]
//   calendar: {monthly: 1, at: "00:00Z"}       # daily: true; weekly: 1; {quarterly: 1, from: 3};
//                                            # six-monthly and yearly are written alike
//
// What a meter does not take of it is for the meter to say (`answer-count`), not for the file reader.

internal import Units

extension MeterTariff {
  init(_ node: Node) throws {
    var fields = try Fields(node, of: "a meter's tariff")
    let days = try fields.required("days").list("the days").map { day in
      try day.list("a day").map { try SwitchingTable.Switch($0) }
    }
    let weeks = try fields.optional("weeks")?.list("the weeks").map { week in
      try week.list("a week").map { Int(try $0.whole("the number of a day", in: 1...255)) }
    }
    let seasons = try fields.optional("seasons")?.list("the seasons").map { try SwitchingTable.Season($0) }
    let special = try fields.optional("special-days")?.list("the special days").map {
      try SwitchingTable.SpecialDay($0)
    }
    var thresholds: [Int: [WattHours]] = [:]
    for node in try fields.optional("thresholds")?.list("the thresholds") ?? [] {
      var fields = try Fields(node, of: "thresholds")
      let time = Int(try fields.required("block").whole("the time of use", in: 1...255))
      thresholds[time] = try fields.required("ends").list("the ends").map {
        try $0.quantity("the end of a block")
      }
      try fields.finish()
    }
    try fields.finish()
    self.init(
      table: SwitchingTable(
        days: days, weeks: weeks ?? [], seasons: seasons ?? [], specialDays: special ?? []),
      thresholds: thresholds)
  }
}

extension SwitchingTable.Switch {
  fileprivate init(_ node: Node) throws {
    var fields = try Fields(node, of: "a switch of a tariff")
    let minute = try fields.required("at").minuteOfUTCDay("the time of a switch")
    let (register, blocks) = (fields.optional("tou"), fields.optional("block"))
    try fields.finish()
    switch (register, blocks) {
    case (let register?, nil):
      let number = Int(try register.whole("the number of a register", in: 1...255))
      self.init(minute: minute, action: .register(number))
    case (nil, let blocks?):
      let time = Int(try blocks.whole("the time of use of the blocks", in: 1...255))
      self.init(minute: minute, action: .blocks(time))
    default:
      throw node.diagnostic(
        "BS-SCN-49", "import goes either to a register or to blocks",
        help: "write one of `tou: 1` and `block: 1`")
    }
  }
}

extension SwitchingTable.Season {
  fileprivate init(_ node: Node) throws {
    var fields = try Fields(node, of: "a season")
    let start = try fields.required("from").tariffDate("the start of a season")
    let week = Int(try fields.required("week").whole("the number of a week", in: 1...255))
    try fields.finish()
    self.init(start: start, week: week)
  }
}

extension SwitchingTable.SpecialDay {
  fileprivate init(_ node: Node) throws {
    var fields = try Fields(node, of: "a special day")
    let date = try fields.required("on").tariffDate("the date of a special day")
    let day = Int(try fields.required("day").whole("the number of a day", in: 1...255))
    try fields.finish()
    self.init(date: date, day: day)
  }
}

extension Node {
  /// `2026-12-25`, or `12-25` of each year.
  fileprivate func tariffDate(_ what: String) throws -> TariffDate {
    let text = try text(what)
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    if parts.count == 2, parts.allSatisfy({ $0.count == 2 }), let month = Int(parts[0]),
      let day = Int(parts[1])
    {
      return TariffDate(month: month, day: day)
    }
    let date: CivilDate = try quantity(what)
    return TariffDate(year: date.year, month: date.month, day: date.day)
  }
}

extension BillingCalendar {
  /// How many months lie between two, by the key that says so.
  private static let steps: [(key: String, months: Int)] = [
    ("monthly", 1), ("quarterly", 3), ("six-monthly", 6), ("yearly", 12),
  ]

  init(_ node: Node) throws {
    var fields = try Fields(node, of: "a billing calendar")
    let minute = try fields.optional("at")?.minuteOfUTCDay("the billing time") ?? 0
    var periods: [Period] = []
    if let daily = fields.optional("daily"), try daily.flag("daily") { periods.append(.daily) }
    if let day = fields.optional("weekly") {
      periods.append(.weekly(Int(try day.whole("the day of the week", in: 1...255))))
    }
    let first = Int(try fields.optional("from")?.whole("the first month", in: 1...255) ?? 1)
    for step in Self.steps {
      guard let day = fields.optional(step.key) else { continue }
      let number = Int(try day.whole("the day of the month", in: 1...255))
      periods.append(.months(step.months, day: number, from: first))
    }
    try fields.finish()
    guard let period = periods.first, periods.count == 1 else {
      throw node.diagnostic(
        "BS-SCN-49", "a billing calendar has one rhythm",
        help: "one of: daily: true, weekly: 1, monthly: 1, quarterly: 1, six-monthly: 1, yearly: 1")
    }
    self.init(period, minute: minute)
  }
}
