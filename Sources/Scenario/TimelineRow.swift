// A row of the timeline: when, and what. The key that is neither time nor detail names the action.

internal import MeterModel
internal import Settlement
internal import Truth
internal import Units

/// One row as written, its time read, its action not yet.
struct TimelineRow {
  enum When {
    case at(Instant, Node)
    /// From an instant until another, or the end of the story.
    case during(from: Instant, to: Instant?, fromAt: Node, toAt: Node?)
    case every(Repetition.Rhythm, from: Instant?, to: Instant?, Node)
    /// A fact that is stated; half-hours come with it.
    case given(GivenTimes, GivenLog?)
  }

  /// The keys that name what happens, and the times each may have.
  enum Key: String, CaseIterable {
    case customerReads = "customer-reads"
    case visitReads = "visit-reads"
    case remoteReads = "remote-reads"
    case remoteOrder = "remote-order"
    case smets1
    case pressesButton = "presses-button"
    case benchReads = "bench-reads"
    case pulseLogger = "pulse-logger"
    case polls, settle, event, writes, fault, flow, voltage
    case setsLine = "sets-line"
    case powerCycle = "power-cycle"
    case reading
    case halfHours = "half-hours"
    case flowFile = "flow-file"

    /// Whether it lasts, and so has `from` and `to`.
    var lasts: Bool { self == .fault || self == .flow || self == .voltage }
    /// Whether it may be repeated.
    var repeats: Bool {
      switch self {
      case .customerReads, .visitReads, .remoteReads, .benchReads, .polls, .settle: true
      case .remoteOrder: true
      case .smets1, .pressesButton, .setsLine, .powerCycle: false
      case .event, .writes, .fault, .flow, .voltage, .reading, .halfHours, .flowFile, .pulseLogger: false
      }
    }
    /// Whether it is told, not brought about.
    var isGiven: Bool { self == .event || self == .reading || self == .halfHours }
  }

  var index: Int
  var key: Key
  var when: When
  var fields: Fields
  /// The node behind the action's key.
  var subject: Node

  init(_ node: Node, index: Int, files: FileLoader) throws {
    self.index = index
    var fields = try Fields(node, of: "a row of the timeline")
    let keys = Self.keys(of: fields)
    guard let key = keys.first, keys.count == 1 else {
      let known = Key.allCases.map(\.rawValue)
      guard keys.isEmpty else {
        throw node.diagnostic(
          "BS-SCN-29", "one row does one thing, not \(keys.map(\.rawValue).joined(separator: " and "))",
          help: "write two rows")
      }
      let near = fields.keys.compactMap { Spelling.nearest(to: $0, among: known) }.first
      throw node.diagnostic(
        "BS-SCN-29", "this row does nothing",
        help: near.map { "did you mean '\($0)'?" } ?? "one of: \(known.joined(separator: ", "))")
    }
    self.key = key
    subject = try fields.required(key.rawValue)
    when =
      key.isGiven
      ? try Self.given(&fields, key: key, node: node, files: files)
      : try Self.when(&fields, key: key, node: node)
    self.fields = fields
  }

  /// The keys that name what happens. What an event tells may be called as some of them are.
  private static func keys(of fields: Fields) -> [Key] {
    var keys = Key.allCases.filter { fields.has($0.rawValue) }
    // The half-hours that a read at the bench asks for are a detail of it.
    if keys.contains(.benchReads) { keys.removeAll { $0 == .halfHours } }
    guard keys.contains(.event), case .scalar(let name)? = fields.node[Node.Path("event")]?.content,
      let told = EventDeclaration.of(EventName(name))?.facts.map(\.key.name)
    else { return keys }
    return keys.filter { $0 == .event || !told.contains($0.rawValue) }
  }

  /// The instants it states, for the window of the story.
  var stated: [Instant] {
    switch when {
    case .at(let instant, _): [instant]
    case .during(let from, let to, _, _): [from] + (to.map { [$0] } ?? [])
    case .every(_, let from, let to, _): (from.map { [$0] } ?? []) + (to.map { [$0] } ?? [])
    case .given(let times, let log): [times.at, times.received] + (log.map { [$0.from, $0.to] } ?? [])
    }
  }

  private static func when(_ fields: inout Fields, key: Key, node: Node) throws -> When {
    let every = fields.optional("every")
    guard let every else {
      if key.lasts, !fields.has("at") || fields.has("from") { return try during(&fields, node) }
      guard let at = fields.optional("at") else {
        throw node.diagnostic(
          "BS-SCN-28", "this row does not say when",
          help: key.repeats ? "add `at: 2026-05-01T09:00Z` or `every: day`" : "add `at: 2026-05-01T09:00Z`")
      }
      let instant: Instant = try at.quantity("the instant")
      guard key.lasts, let to = fields.optional("to") else { return .at(instant, at) }
      return .during(from: instant, to: try to.quantity("the end"), fromAt: at, toAt: to)
    }
    guard key.repeats else {
      throw every.diagnostic("BS-SCN-28", "'\(key.rawValue)' is not repeated", help: "write one row for each")
    }
    let rhythm = try Repetition.Rhythm(every, at: fields.optional("at"))
    let (from, to) = (fields.optional("from"), fields.optional("to"))
    let times = (
      try from.map { try $0.quantity("the start", Instant.self) },
      try to.map { try $0.quantity("the end", Instant.self) }
    )
    if let start = times.0, let end = times.1, let to { try order(start, end, to) }
    return .every(rhythm, from: times.0, to: times.1, every)
  }

  private static func given(
    _ fields: inout Fields, key: Key, node: Node, files: FileLoader
  ) throws -> When {
    if fields.has("every"), let every = fields.optional("every") {
      throw every.diagnostic(
        "BS-SCN-28", "'\(key.rawValue)' is not repeated", help: "write one row for each")
    }
    if key == .halfHours {
      let log = try GivenLog(&fields, of: node, files: files)
      return .given(try GivenTimes(&fields, at: log.to, stated: node, after: "arrives-after"), log)
    }
    guard let at = fields.optional("at") else {
      throw node.diagnostic(
        "BS-SCN-28", "this row does not say when", help: "add `at: 2026-05-01T09:00Z`")
    }
    let after = key == .event ? "told-after" : "arrives-after"
    return .given(try GivenTimes(&fields, at: try at.quantity("the instant"), stated: at, after: after), nil)
  }

  private static func during(_ fields: inout Fields, _ node: Node) throws -> When {
    guard let from = fields.optional("from") else {
      throw node.diagnostic(
        "BS-SCN-28", "this row does not say when", help: "add `from:`, and `to:` if it ends")
    }
    if let at = fields.optional("at") {
      throw at.diagnostic("BS-SCN-28", "`at` and `from` both say when it begins", help: "leave one out")
    }
    let to = fields.optional("to")
    let start: Instant = try from.quantity("the start")
    let end = try to.map { try $0.quantity("the end", Instant.self) }
    if let end, let to { try order(start, end, to) }
    return .during(from: start, to: end, fromAt: from, toAt: to)
  }

  private static func order(_ from: Instant, _ to: Instant, _ node: Node) throws {
    guard to > from else {
      throw node.diagnostic("BS-SCN-41", "the end, \(to), does not lie after the start, \(from)")
    }
  }
}

extension Repetition.Rhythm {
  /// `day`, `week`, `hour`, `half-hour` or a length of time; `at` is the time of day for days and weeks.
  init(_ node: Node, at: Node?) throws {
    let word = try node.text("a rhythm")
    switch word {
    case "day", "week":
      let time = try at?.quantity("the time of day", ClockTime.self) ?? ClockTime(minuteOfDay: 0, zone: .utc)
      guard time.minuteOfDay < 1440 else {
        throw (at ?? node).diagnostic("BS-SCN-10", "a day ends at 24:00", help: "write 00:00 of the next day")
      }
      self = .days(word == "day" ? 1 : 7, time)
      return
    case "hour": self = .grid(.hours(1))
    case "half-hour": self = .grid(HalfHour.length)
    default:
      guard word.first?.isNumber == true else {
        throw node.diagnostic(
          "BS-SCN-12", "'\(word)' is no rhythm",
          help: "one of: day, week, hour, half-hour, or a time such as 15m")
      }
      let span = try node.duration("a rhythm")
      guard span >= .seconds(1) else {
        throw node.diagnostic("BS-SCN-10", "a rhythm is at least 1s")
      }
      self = .span(span)
    }
    if let at {
      throw at.diagnostic(
        "BS-SCN-28", "`at` gives the time of day for `every: day` or `week` only",
        help: "leave it out, use `from:`")
    }
  }
}
