// From a row to the commands it stands for: its instants, and its action for each.

internal import MeterModel
internal import Settlement
internal import Truth
internal import Units

extension TimelineRow {
  /// The commands of the row, in order of time.
  func commands(in cast: Cast) throws -> [Command] {
    var row = self
    let times = try instants(in: cast)
    guard let first = times.first else {
      // It is still read, so that a slip in it is told; then it is left out.
      guard !isCut(in: cast) else {
        _ = try row.action(at: cast.until, in: cast)
        try row.fields.finish()
        return []
      }
      throw fields.node.diagnostic(
        "BS-SCN-27", "this repetition never happens between its start and its end",
        help: "move `from:` or `to:`, or the time of day")
    }
    var commands: [Command] = []
    commands.reserveCapacity(times.count)
    // The action of a repetition is the same each time: it is read once.
    let action = try row.action(at: first, in: cast)
    try row.fields.finish()
    for (occurrence, at) in times.enumerated() {
      commands.append(
        Command(at: at, action: action, row: index, occurrence: occurrence, position: fields.node.at))
    }
    return commands
  }

  /// Whether it comes after the end of a story that cuts its timeline there.
  private func isCut(in cast: Cast) -> Bool {
    guard cast.cutsAtEnd else { return false }
    switch when {
    case .at(let instant, _): return instant > cast.until
    case .given(let times, _): return times.received > cast.until
    case .during, .every: return false
    }
  }

  private func instants(in cast: Cast) throws -> [Instant] {
    guard !isCut(in: cast) else { return [] }
    switch when {
    case .at(let instant, let node):
      try cast.check(instant, node, "the instant")
      return [instant]
    case .during(let from, let to, let fromNode, let toNode):
      try cast.check(from, fromNode, "the start")
      if let to, let toNode { try cast.check(to, toNode, "the end") }
      return [from]
    case .given(let times, _):
      if emulatesExchange { try cast.check(times.at, times.place, "the instant") }
      // What comes later is not known in this story.
      guard !emulatesExchange else { return [times.at] }
      try cast.check(times.received, times.place, "the arrival")
      return [times.received]
    case .every(let rhythm, let from, let to, let node):
      for (instant, what) in [(from, "the start"), (to, "the end")] {
        if let instant { try cast.check(instant, node, what) }
      }
      let repetition = Repetition(rhythm: rhythm, from: from ?? cast.from, to: to ?? cast.until)
      guard let instants = repetition.instants else {
        throw node.diagnostic("BS-SCN-38", "this happens more than \(Repetition.most) times")
      }
      return instants
    }
  }

  private var end: Instant? {
    if case .during(_, let to, _, _) = when { return to }
    return nil
  }

  /// A meter of the world is put in, and does not only stand on paper.
  var emulatesExchange: Bool {
    key == .event && subject.content == .scalar(EventName.meterExchanged.name) && fields.has("on")
  }

  private mutating func action(at: Instant, in cast: Cast) throws -> Command.Action {
    if case .given(let times, let log) = when {
      return emulatesExchange ? try exchange(times, in: cast) : try fact(times, log, in: cast)
    }
    switch key {
    case .customerReads: return .displayRead(try displayRead(.customer, in: cast))
    case .visitReads: return .displayRead(try displayRead(.visit, in: cast))
    case .remoteReads: return .remoteRead(try remoteRead(in: cast))
    case .remoteOrder: return .remoteOrder(try remoteOrder(in: cast))
    case .smets1: return try smets1(in: cast)
    case .pressesButton: return .button(meter: try remoteMeter(subject, in: cast).name)
    case .polls: return .poll(try poll(in: cast))
    case .benchReads: return .benchRead(try benchRead(in: cast))
    case .pulseLogger: return .pulseLogger(try pulseLogger(in: cast))
    case .fault: return .fault(try fault(in: cast))
    case .settle: return .settle(meter: try settled(in: cast))
    case .writes: return .write(try write(in: cast))
    case .setsLine: return .setLine(try setLine(in: cast))
    case .powerCycle: return .powerCycle(meter: try cast.meter(subject).name)
    case .flow:
      guard cast.hasSite else {
        throw subject.diagnostic("BS-SCN-48", "nothing flows in a story without a site", help: "add `site:`")
      }
      return .flow(try PhasePower(subject, "the flow"), until: end ?? cast.until)
    case .voltage: return try networkVoltage(until: end ?? cast.until, in: cast)
    case .flowFile: return .flowFile(try flowFile(in: cast))
    case .event, .reading, .halfHours:
      throw subject.diagnostic("BS-SCN-28", "this row does not say when")
    }
  }

  private mutating func displayRead(_ source: ReadSource, in cast: Cast) throws -> DisplayRead {
    let meter = try cast.meter(subject)
    let role = try fields.optional("register").map { try cast.role($0, of: meter) } ?? meter.usualRole
    let value = try fields.optional("value")?.reportedValue()
    let photo = try fields.optional("photo").flatMap { try Self.photo($0) }
    let delay = try fields.optional("arrives-after")?.duration("the delay", orZero: true) ?? .zero
    return DisplayRead(
      meter: meter.name, source: source, register: role, value: value, photo: photo, delay: delay)
  }

  static func photo(_ node: Node) throws -> DisplayRead.Photo? {
    if case .scalar = node.content { return try node.flag("photo") ? DisplayRead.Photo() : nil }
    var fields = try Fields(node, of: "a photo")
    let photo = DisplayRead.Photo(
      serial: try fields.optional("serial")?.serial(),
      register: try fields.optional("register")?.word("register"),
      value: try fields.optional("value")?.reportedValue(),
      flaws: try fields.optional("flaws").map { try flaws($0) } ?? []
    )
    try fields.finish()
    return photo
  }

  /// `{blur: 30 %, glare: 60 %}`: what is wrong with the picture, each from 1 to 100 per cent.
  private static func flaws(_ node: Node) throws -> [PhotoFlaw] {
    var fields = try Fields(node, of: "the flaws of a photo")
    let flaws: [PhotoFlaw] = try PhotoFlaw.Kind.allCases.compactMap { kind in
      guard let strength = fields.optional(kind.rawValue) else { return nil }
      let text = try strength.text("how strong \(kind.rawValue) is")
      guard text.hasSuffix(" %"), let share = Int(text.dropLast(2)), PhotoFlaw.strengths.contains(share)
      else {
        throw strength.diagnostic(
          "BS-SCN-10", "\(kind.rawValue) is 1 to 100 %, not '\(text)'", help: "write it as 40 %")
      }
      return PhotoFlaw(kind, share)
    }
    try fields.finish()
    return flaws
  }

  private mutating func remoteRead(in cast: Cast) throws -> RemoteRead {
    let meter = try remoteMeter(subject, in: cast)
    let what = try fields.optional("what")?.items("what is read")
    let kinds: [What] = try what?.map { try $0.word("kind of remote read") } ?? [.registers, .halfHours]
    let stretch = try RemoteRead.Stretch(&fields, usual: .days(1), subject)
    var order = RemoteRead(
      meter: meter.name, roles: try cast.roles(fields.optional("registers"), of: meter),
      registers: kinds.contains(.registers), halfHours: kinds.contains(.halfHours) ? stretch : nil,
      daily: kinds.contains(.daily) ? stretch : nil)
    order.checksMPAN = try fields.optional("checks-mpan")?.flag("checks-mpan") ?? false
    return order
  }

  /// A meter that is on a WAN.
  func remoteMeter(_ node: Node, in cast: Cast) throws -> MeterSetup {
    let meter = try cast.meter(node)
    guard meter.profile.remote else {
      let help =
        meter.line == nil ? "use `customer-reads` or `visit-reads`" : "it is on a line: use `polls`"
      throw node.diagnostic(
        "BS-SCN-30", "\(meter.name) (\(meter.profile.name)) cannot be read over a WAN", help: help)
    }
    return meter
  }

  private enum What: String, CaseIterable {
    case registers, daily
    case halfHours = "half-hours"
  }

  private mutating func poll(in cast: Cast) throws -> Poll {
    let meter = try cast.meter(subject)
    guard meter.line != nil else {
      throw subject.diagnostic(
        "BS-SCN-30", "\(meter.name) (\(meter.profile.name)) is on no line",
        help: "use `remote-reads`, `customer-reads` or `visit-reads`")
    }
    let gives = try fields.optional("gives")?.items("what a poll gives").map {
      try $0.word("thing a poll gives", Gives.self)
    }
    let kinds = gives ?? [.reads]
    return Poll(
      meter: meter.name, roles: try cast.roles(fields.optional("registers"), of: meter),
      givesReads: kinds.contains(.reads), givesHalfHours: kinds.contains(.halfHours), unit: try atUnit())
  }

  /// `at-unit: 7`: another number than the story gave the meter.
  mutating func atUnit() throws -> UInt8? {
    try fields.optional("at-unit").map { UInt8(try $0.whole("the Modbus unit", in: 1...247)) }
  }

  private enum Gives: String, CaseIterable {
    case reads
    case halfHours = "half-hours"
  }

  private func settled(in cast: Cast) throws -> String {
    let meter = try cast.known(subject)
    guard cast.hasAgreement else {
      throw subject.diagnostic(
        "BS-SCN-32", "nothing can be settled without an agreement", help: "add `agreement:`")
    }
    guard meter.details.uses.contains(.export) else {
      throw subject.diagnostic(
        "BS-SCN-30", "\(meter.name) is not there for export",
        help: "settle the export meter, or state `uses: [export]` of this one")
    }
    return meter.name
  }
}

extension RemoteRead.Stretch {
  /// `last: 1 day`, or `between: [INSTANT, INSTANT]`; where neither is said, the usual last.
  init(_ fields: inout Fields, usual: TimeSpan?, _ node: Node) throws {
    let (last, between) = (fields.optional("last"), fields.optional("between"))
    if let last, between != nil {
      throw last.diagnostic(
        "BS-SCN-28", "`last` and `between` both say how much is read", help: "leave one out")
    }
    guard let between else {
      guard let span = try last?.duration("the stretch") ?? usual else {
        throw node.diagnostic(
          "BS-SCN-39", "this does not say how much is read", help: "add `last:` or `between:`")
      }
      self = .last(span)
      return
    }
    let ends = try between.list("the stretch")
    guard ends.count == 2 else {
      throw between.diagnostic(
        "BS-SCN-28", "a stretch has two ends", help: "write [2026-05-01T00:00Z, 2026-05-02T00:00Z]")
    }
    let (from, through): (Instant, Instant) = (
      try ends[0].quantity("the start"), try ends[1].quantity("the end")
    )
    guard through > from else {
      throw ends[1].diagnostic("BS-SCN-41", "the end, \(through), does not lie after the start, \(from)")
    }
    self = .between(from, through)
  }
}

extension Node {
  /// What somebody says a register shows: a misread may have a digit more than the register.
  fileprivate func reportedValue() throws -> WattHours {
    let value: WattHours = try quantity("the value")
    guard (0...999_999_999_999).contains(value.value) else {
      throw diagnostic("BS-SCN-10", "nobody reads less than 0 kWh or more than 999999999 kWh, as \(value)")
    }
    return value
  }
}
