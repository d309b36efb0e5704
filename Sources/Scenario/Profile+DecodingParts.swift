// The parts of a meter profile that are more than a word: netting, registers, display, logs, clock, disc.

internal import MeterModel
internal import Units

extension Netting {
  init(_ node: Node) throws {
    if case .scalar(let text) = node.content {
      switch text {
      case "cycle": self = .cycle
      case "second": self = .second
      default:
        let near = Spelling.nearest(to: text, among: ["cycle", "second"]).map { "did you mean '\($0)'?" }
        throw node.diagnostic(
          "BS-PRF-09", "'\(text)' is no netting interval",
          help: near ?? "one of: cycle, second, {bucket: 1 Wh}, {window: 30 m}")
      }
      return
    }
    var fields = try Fields(node, of: "the netting interval")
    if fields.has("bucket") {
      let quantum = try fields.required("bucket")
      let energy: WattHours = try quantum.quantity("the bucket")
      try fields.finish()
      guard (1...1_000_000).contains(energy.value) else {
        throw quantum.diagnostic("BS-PRF-10", "a bucket holds 1 Wh to 1 MWh, not \(energy)")
      }
      self = .bucket(FineEnergy(energy))
    } else {
      let window = try fields.required("window")
      let span: TimeSpan = try window.quantity("the window")
      try fields.finish()
      guard span >= .milliseconds(1), span <= .days(1), span.microseconds % 1000 == 0 else {
        throw window.diagnostic("BS-PRF-10", "a window is 1 ms to a day, in whole ms")
      }
      self = .window(span)
    }
  }
}

extension RegisterFace {
  init(_ node: Node) throws {
    var fields = try Fields(node, of: "a register")
    let roleNode = try fields.required("role")
    let role: RegisterRole = try roleNode.word("role of a register")
    let stepNode = fields.optional("resolution")
    let step: WattHours = try stepNode?.quantity("the resolution") ?? WattHours(1)
    let digits = try fields.optional("digits")?.whole("the digits", in: 1...12)
    let width: Width? = try fields.optional("width")?.word("width")
    try fields.finish()
    guard role != .generation else {
      throw roleNode.diagnostic(
        "BS-PRF-16", "a make of meter counts import, export or a total",
        help: "what a generator makes is the import of the meter that stands there")
    }
    let rollover: Rollover
    switch (digits, width) {
    case (let digits?, nil): rollover = .digits(Int(digits))
    case (nil, .u32): rollover = .u32
    default:
      throw node.diagnostic(
        "BS-PRF-04", "a register comes round either after some digits or at a width",
        help: "write one of `digits: 5` and `width: u32`")
    }
    guard step > .zero, step < rollover.modulus, rollover == .u32 || rollover.modulus.value % step.value == 0
    else {
      throw (stepNode ?? node).diagnostic(
        "BS-PRF-05", "\(step) is no step of a register that comes round at \(rollover.modulus)")
    }
    self.init(role: role, resolution: step, rollover: rollover)
  }

  private enum Width: String, CaseIterable { case u32 }
}

extension Accumulation {
  private enum Word: String, CaseIterable {
    case onlyImport = "import"
    case sum = "import-plus-export"
    case difference = "import-minus-export"
  }

  init(_ node: Node) throws {
    switch try node.word("kind of accumulation", Word.self) {
    case .onlyImport: self = .import
    case .sum: self = .importPlusExport
    case .difference: self = .importMinusExport
    }
  }
}

extension DisplayFace {
  init(_ node: Node) throws {
    var fields = try Fields(node, of: "the display")
    let digits = try fields.required("digits").whole("the digits", in: 1...12)
    let decimals = try fields.optional("decimals")?.whole("the decimals", in: 0...3) ?? 0
    try fields.finish()
    self.init(digits: Int(digits), decimals: Int(decimals))
  }
}

extension LogCapacity {
  init(_ node: Node) throws {
    var fields = try Fields(node, of: "the logs")
    let halfHours = try Self.counts(fields.optional("half-hours"), of: "the half-hours kept")
    let daily = try Self.counts(fields.optional("daily-snapshots"), of: "the daily snapshots kept")
    let gaps: Gaps? = try fields.optional("gaps")?.word("entry for a gap")
    let events = try fields.optional("events").map { try Self.events($0) }
    let starts: LogStart? = try fields.optional("starts")?.word("start of a log")
    let clearedNode = fields.optional("cleared-after")
    let clearedAfter: TimeSpan? = try clearedNode?.quantity("the outage that clears the log")
    try fields.finish()
    if let clearedAfter, let clearedNode, clearedAfter < .minutes(30) {
      throw clearedNode.diagnostic(
        "BS-PRF-35", "an outage that clears the log lasts half an hour or more", help: "write 3 days")
    }
    self.init(
      exportHalfHours: halfHours.export, importHalfHours: halfHours.import,
      exportDailySnapshots: daily.export, importDailySnapshots: daily.import)
    (self.gaps, self.clearedAfter) = (gaps ?? .zeroFill, clearedAfter)
    if let events { eventLogs = events }
    startsOnCommand = starts == .onCommand
  }

  /// Entries of each event log that the make has; the first it always has.
  private static func events(_ node: Node) throws -> [EventLog: Int] {
    var fields = try Fields(node, of: "the event logs")
    var logs: [EventLog: Int] = [:]
    for log in EventLog.allCases {
      let node = log == .events ? try fields.required(log.rawValue) : fields.optional(log.rawValue)
      logs[log] = try node.map { Int(try $0.whole("the entries of a log", in: 1...10_000)) }
    }
    try fields.finish()
    return logs
  }

  /// `starts:` of the logs.
  private enum LogStart: String, CaseIterable {
    case fitted
    case onCommand = "on-command"
  }

  private static func counts(_ node: Node?, of what: String) throws -> (export: Int, import: Int) {
    guard let node else { return (0, 0) }
    var fields = try Fields(node, of: what)
    let export = try fields.optional("export")?.whole(what, in: 0...1_000_000) ?? 0
    let imported = try fields.optional("import")?.whole(what, in: 0...1_000_000) ?? 0
    try fields.finish()
    return (Int(export), Int(imported))
  }
}

extension ClockFace {
  init(_ node: Node) throws {
    var fields = try Fields(node, of: "the clock")
    let drift = try fields.optional("drift").map { try Self.partsPerBillion($0) } ?? 0
    let backupNode = fields.optional("backup")
    let backup: TimeSpan? = try backupNode?.quantity("how long the clock goes on without supply")
    try fields.finish()
    if let backup, let backupNode, backup < .seconds(0) {
      throw backupNode.diagnostic("BS-PRF-36", "a clock goes on for some time", help: "write 48 h")
    }
    self.init(driftPartsPerBillion: drift, backup: backup)
  }

  private static func partsPerBillion(_ node: Node) throws -> Int64 {
    let text = try node.text("the drift")
    let words = text.split(separator: " ")
    if words.count == 2, words[1] == "ppm", let number = try? DecimalText(parsing: words[0]),
      let parts = number.whole(timesTenTo: 3), abs(parts) <= 1_000_000
    {
      return Int64(parts)
    }
    throw node.diagnostic(
      "BS-PRF-17", "'\(text)' is no drift of a clock",
      help: "write −1000…1000 ppm with up to three decimals, such as 5.787 ppm")
  }
}

extension DiscConstant {
  init(_ node: Node) throws {
    let text = try node.text("the disc constant")
    let unit = " rev/kWh"
    guard text.hasSuffix(unit), let constant = DiscConstant(parsing: String(text.dropLast(unit.count))) else {
      throw node.diagnostic(
        "BS-PRF-18", "'\(text)' is no disc constant",
        help: "write it as the nameplate does: 187.5 rev/kWh, 166 2/3 rev/kWh")
    }
    self = constant
  }
}
