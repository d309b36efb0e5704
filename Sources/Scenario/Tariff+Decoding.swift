// `tariff:` of an agreement: one version, or a list of versions with their starts.
//
//   {flat: 4.1 p/kWh}
//   {time-of-use: {"16:00-19:00": 30 p/kWh, otherwise: 5 p/kWh}} # by the London clock
//   {half-hourly: {file: prices.csv}, seg: false}                # prices beside the scenario, CSV or JSON
//   [{from: 2026-01-01T00:00Z, flat: 4.1 p/kWh}, {from: 2026-04-01T00:00Z, flat: 5 p/kWh}]
//
// `name` and `seg` (true, where nothing is said) may stand in each.

internal import Units

extension TariffTerms {
  /// Reads the versions of a tariff; a single one holds from `start`.
  static func versions(_ node: Node, from start: Instant, files: FileLoader) throws -> [TariffTerms] {
    guard case .list(let items) = node.content else {
      return [try TariffTerms(node, from: start, files: files)]
    }
    guard !items.isEmpty else { throw node.diagnostic("BS-TAR-11", "a tariff has at least one version") }
    var versions: [TariffTerms] = []
    for item in items {
      let next = try TariffTerms(item, from: nil, files: files)
      if let last = versions.last, next.from <= last.from {
        throw item.diagnostic(
          "BS-TAR-12", "this version begins on \(next.from), not after the one before it",
          help: "write the versions in order of time")
      }
      versions.append(next)
    }
    return versions
  }

  /// Reads one version; `start` is nil where the version must say its own.
  init(_ node: Node, from start: Instant?, files: FileLoader) throws {
    var fields = try Fields(node, of: "a tariff")
    let own = fields.optional("from")
    let from: Instant =
      try own?.quantity("the start") ?? start ?? fields.required("from").quantity("the start")
    let shapes = ["flat", "time-of-use", "half-hourly"].filter { fields.has($0) }
    guard shapes.count == 1, let shape = shapes.first else {
      throw node.diagnostic(
        "BS-TAR-11",
        shapes.isEmpty ? "this does not say what a kWh is worth" : "a tariff has one shape, not two",
        help: "write one of: flat, time-of-use, half-hourly")
    }
    let part = try fields.required(shape)
    let name = try fields.optional("name")?.text("the name of the tariff") ?? shape
    let isSEG = try fields.optional("seg")?.flag("seg") ?? true
    try fields.finish()
    let read: Shape =
      switch shape {
      case "flat": .flat(try part.quantity("the rate"))
      case "time-of-use": try Self.windows(part)
      default: .halfHourly(try Self.prices(part, files))
      }
    self.init(name: name, from: from, shape: read, isSEG: isSEG)
  }

  /// A file of prices beside the scenario.
  private static func prices(_ node: Node, _ files: FileLoader) throws -> [Price] {
    var fields = try Fields(node, of: "half-hourly prices")
    let named = try fields.required("file")
    try fields.finish()
    let file = try files.file(named, "the file of prices")
    return try RateFile(file.text, file: file.path).prices
  }

  // MARK: Windows

  /// `"16:00-19:00": rate`, and `otherwise`.
  private static func windows(_ node: Node) throws -> Shape {
    var fields = try Fields(node, of: "the windows")
    guard case .map(let entries) = node.content else {
      throw node.diagnostic("BS-TAR-03", "windows are written as `\"16:00-19:00\": 30 p/kWh`")
    }
    var windows: [Window] = []
    for entry in entries where entry.key != "otherwise" {
      let part = try fields.required(entry.key)
      let ends = try minutes(entry, in: node)
      let window = Window(fromMinute: ends.from, toMinute: ends.to, rate: try part.quantity("the rate"))
      if let other = windows.first(where: { overlap($0, window) }) {
        throw part.diagnostic(
          "BS-TAR-04",
          "the windows \(clock(other)) and \(clock(window)) overlap: which rate holds is not said")
      }
      windows.append(window)
    }
    let otherwise = fields.optional("otherwise")
    try fields.finish()
    guard let otherwise else {
      let covered = (0..<48).allSatisfy { slot in windows.contains { covers($0, slot) } }
      guard covered, let last = windows.last else {
        throw node.diagnostic(
          "BS-TAR-13", "these windows leave a part of the day without a rate", help: "add `otherwise`")
      }
      return .timeOfUse(windows, otherwise: last.rate)
    }
    return .timeOfUse(windows, otherwise: try otherwise.quantity("the rate"))
  }

  /// Both ends of `16:00-19:00` in minutes of the London day.
  private static func minutes(_ entry: Node.Entry, in node: Node) throws -> (from: Int, to: Int) {
    let halves = entry.key.split(separator: "-", omittingEmptySubsequences: false)
    let ends = halves.compactMap { try? ClockTime(parsing: $0) }
    guard halves.count == 2, ends.count == 2, ends[0].minuteOfDay != ends[1].minuteOfDay,
      ends.allSatisfy({ $0.zone == .london && $0.minuteOfDay % 30 == 0 }), ends[0].minuteOfDay < 1440
    else {
      throw Diagnostic(
        code: "BS-TAR-03", at: entry.keyAt, message: "'\(entry.key)' is no window of the London clock",
        help: "write both ends on half-hours, as \"16:00-19:00\" or \"23:30-05:30\"",
        excerpt: node.source.line(entry.keyAt.line), width: max(entry.key.count, 1))
    }
    return (ends[0].minuteOfDay, ends[1].minuteOfDay)
  }

  private static func covers(_ window: Window, _ slot: Int) -> Bool {
    let minute = slot * 30
    return window.fromMinute < window.toMinute
      ? minute >= window.fromMinute && minute < window.toMinute
      : minute >= window.fromMinute || minute < window.toMinute
  }

  private static func overlap(_ one: Window, _ other: Window) -> Bool {
    (0..<48).contains { covers(one, $0) && covers(other, $0) }
  }

  private static func clock(_ window: Window) -> String {
    [window.fromMinute, window.toMinute].map { "\(ClockTime(minuteOfDay: $0, zone: .london))" }
      .joined(separator: "-")
  }
}
