// What an optical port lets a reader do in programming mode, and the profiles it answers with.
//
//   programming:
//     seed: serial                           # none, serial, or {text: …}
//     passwords: [{text: "00000000", level: 1, command: plain}]
//     attempts: 3
//     lock-out: 15m
//     breaks-on-wrong-password: false
//     commands: [R1, R5, R6, W1]
//     read-level: 0
//     profile-level: 1
//     writes: [{address: 0.9.1, clock: hhmmss}, {address: C.2.9, note: 16}, {address: 0.1.0, reset: true}]
//     repeats-address: true
//     block-bytes: 64
//     words: {unknown-address: ER01, unknown-command: ER02, locked: ER03, malformed: ER04}
//   profiles:
//     - {address: P.01, columns: […], stamp: SYYMMDDhhmm, mark: end, rows-per-block: 48}
//     - {address: P.98, events: true}

internal import MeterModel
internal import Units

extension OpticalProgramming {
  init(_ node: Node) throws {
    var fields = try Fields(node, of: "the programming mode")
    let seed = try fields.optional("seed").map { try Seed($0) } ?? .none
    let passwords = try fields.optional("passwords")?.list("the passwords").map { try Password($0) } ?? []
    let attempts = try fields.optional("attempts")?.whole("the attempts", in: 0...255) ?? 3
    let lockOut = try fields.optional("lock-out")?.span("the lock-out", in: .zero...(.days(31)))
    let breaks = try fields.optional("breaks-on-wrong-password")?.flag("breaks-on-wrong-password") ?? false
    let commands = try fields.optional("commands")?.list("the commands").map { try $0.command() }
    let readLevel = try fields.optional("read-level")?.level() ?? 0
    let profileLevel = try fields.optional("profile-level")?.level() ?? 0
    let writes = try fields.optional("writes")?.list("the writes").map { try Writable($0) } ?? []
    let repeats = try fields.optional("repeats-address")?.flag("repeats-address") ?? true
    let block = try fields.optional("block-bytes")?.whole("the bytes of a block", in: 8...4096)
    let words = try fields.optional("words").map { try Words($0) } ?? .usual
    try fields.finish()
    self.init(
      seed: seed, passwords: passwords, attempts: Int(attempts), lockOut: lockOut ?? .minutes(15),
      breaksOnWrongPassword: breaks, commands: Set(commands ?? ["R1", "R5", "W1"]), readLevel: readLevel,
      profileLevel: profileLevel, writables: writes, repeatsAddress: repeats,
      blockBytes: block.map(Int.init), words: words)
  }
}

extension OpticalProgramming.Seed {
  private enum Word: String, CaseIterable { case none, serial }

  fileprivate init(_ node: Node) throws {
    if case .scalar = node.content {
      switch try node.word("seed", Word.self) {
      case .none: self = .none
      case .serial: self = .serial
      }
      return
    }
    var fields = try Fields(node, of: "the seed")
    self = .text(try fields.required("text").dataText("the seed"))
    try fields.finish()
  }
}

extension OpticalProgramming.Password {
  fileprivate init(_ node: Node) throws {
    var fields = try Fields(node, of: "a password")
    let text = try fields.required("text").dataText("a password")
    let level = try fields.optional("level")?.level() ?? 1
    let command: Command? = try fields.optional("command")?.word("password command")
    try fields.finish()
    self.init(text, level: level, command: command ?? .plain)
  }
}

extension OpticalProgramming.Writable {
  fileprivate init(_ node: Node) throws {
    var fields = try Fields(node, of: "a write")
    let address = try fields.required("address").opticalAddress()
    let level = try fields.optional("level")?.level() ?? 1
    let kinds = [fields.optional("clock"), fields.optional("note"), fields.optional("reset")]
    guard kinds.compactMap(\.self).count == 1 else {
      throw node.diagnostic(
        "BS-PRF-76", "a write changes one thing", help: "write one of `clock`, `note` and `reset`")
    }
    let target: Target
    if let clock = kinds[0] {
      target = .clock(try clock.clockPattern())
    } else if let note = kinds[1] {
      target = .note(longest: Int(try note.whole("the longest note", in: 1...128)))
    } else {
      _ = try kinds[2]?.flag("reset")
      target = .reset
    }
    try fields.finish()
    self.init(address, level: level, target: target)
  }
}

extension OpticalProgramming.Words {
  fileprivate init(_ node: Node) throws {
    var fields = try Fields(node, of: "the error words")
    let usual = Self.usual
    let address = try fields.optional("unknown-address")?.dataText("an error word", orNone: true)
    let command = try fields.optional("unknown-command")?.dataText("an error word", orNone: true)
    let locked = try fields.optional("locked")?.dataText("an error word", orNone: true)
    let malformed = try fields.optional("malformed")?.dataText("an error word", orNone: true)
    try fields.finish()
    self.init(
      unknownAddress: address ?? usual.unknownAddress, unknownCommand: command ?? usual.unknownCommand,
      locked: locked ?? usual.locked, malformed: malformed ?? usual.malformed)
  }
}

extension OpticalProfile {
  init(_ node: Node) throws {
    var fields = try Fields(node, of: "a profile")
    let address = try fields.optional("address")?.opticalAddress() ?? "P.01"
    let columns = fields.optional("columns")
    let events = try fields.optional("events")?.flag("events") ?? false
    let stamp = try fields.optional("stamp")?.clockPattern() ?? OpticalClockPattern("SYYMMDDhhmm")
    let mark: Mark? = try fields.optional("mark")?.word("end of an interval")
    let rows = try fields.optional("rows-per-block")?.whole("the rows of a block", in: 0...10_000) ?? 0
    try fields.finish()
    guard (columns == nil) == events else {
      throw node.diagnostic(
        "BS-PRF-77", "a profile holds either columns or events",
        help: "write `columns: […]` or `events: true`")
    }
    let content: Content =
      try columns.map { .halfHours(try $0.list("the columns").map { try Column($0) }) } ?? .events
    if case .halfHours(let columns) = content, columns.isEmpty {
      throw node.diagnostic("BS-PRF-77", "a profile without columns says nothing")
    }
    self.init(
      address: address, content: content, stamp: stamp, mark: mark ?? .end, rowsPerBlock: Int(rows))
  }
}

extension OpticalProfile.Column {
  fileprivate init(_ node: Node) throws {
    var fields = try Fields(node, of: "a column")
    let address = try fields.required("address").opticalAddress()
    let role: RegisterRole = try fields.required("register").word("role of a register")
    let shows: Shows? = try fields.optional("shows")?.word("quantity of an interval")
    let form = try fields.required("number").numberForm()
    try fields.finish()
    self.init(address, role, shows: shows ?? .energy, form: form)
  }
}

extension Node {
  fileprivate func level() throws -> Int { Int(try whole("the level", in: 0...9)) }

  fileprivate func command() throws -> String {
    let text = try text("a command")
    let isKnown =
      text.utf8.count == 2 && "RWE".contains(text.prefix(1)) && "123456".contains(text.suffix(1))
    guard isKnown else {
      throw diagnostic(
        "BS-PRF-78", "'\(text)' is no command of the programming mode",
        help: "R1 to R6, W1 to W6, E1 to E6; P and B are always there")
    }
    return text
  }

  /// What may stand in the bracket of a command.
  fileprivate func dataText(_ what: String, orNone: Bool = false) throws -> String {
    let text = try text(what)
    guard orNone || !text.isEmpty, text.utf8.count <= 32, text.isPrintable,
      !text.contains(where: { "()*/!".contains($0) })
    else {
      throw diagnostic("BS-PRF-79", "\(what) has 1 to 32 printable characters, none of them ( ) * / !")
    }
    return text
  }
}
