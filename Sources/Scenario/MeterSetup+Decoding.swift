// Reads `meters:` and `lines:`.

internal import MeterModel
internal import Settlement
internal import Units

extension MeterSetup {
  /// One entry of `meters:`. `count` is how many boundary meters the story has: a lone one serves both
  /// directions.
  init(_ entry: Node.Entry, library: Library, lines: [LineSetup], isAlone: Bool) throws {
    var fields = try Fields(entry.value, of: "a meter")
    name = try Node(.scalar(entry.key), style: .plain, at: entry.keyAt, source: entry.value.source)
      .identifier("a meter's name")
    at = entry.keyAt
    let make = try library.profile(try fields.required("profile"))
    serial = try fields.optional("serial")?.serial() ?? entry.key.uppercased()
    mpan = try fields.optional("mpan")?.text("the MPAN")
    place = try fields.optional("place")?.word("place of a meter") ?? .boundary
    profile = place == .generation ? make.atGenerator : make
    reads = try fields.optional("reads").map { [profile] in try Self.reads($0, of: profile) } ?? [:]
    uses =
      try fields.optional("uses").map(Self.uses)
      ?? (place == .generation
        ? [.generation]
        : Self.usualUses(
          of: entry.key, hasExportRegister: profile.hasExportRegister, isAlone: isAlone))
    (line, unit) = (nil, nil)
    heldMPAN = try Self.held(fields.optional("holds-mpan"), mpan, uses, profile)
    try readLine(&fields, lines: lines)
    try fields.finish()
  }

  /// `none`, or what somebody wrote into it.
  private static func held(
    _ node: Node?, _ mpan: String?, _ uses: Set<MeterDetails.Use>, _ profile: Profile
  ) throws -> String? {
    guard let node else { return profile.remote && uses.contains(.export) ? mpan : nil }
    guard profile.remote, profile.hasExportRegister else {
      throw node.diagnostic(
        "BS-SCN-30", "\(profile.name) has no place for an export MPAN",
        help: "only a smart meter with an export register has one")
    }
    let text = try node.text("the MPAN")
    return text == "none" ? nil : text
  }

  private mutating func readLine(_ fields: inout Fields, lines: [LineSetup]) throws {
    let (lineNode, unitNode) = (fields.optional("line"), fields.optional("unit"))
    guard profile.kind == .modbus else {
      guard let node = lineNode ?? unitNode else { return }
      throw node.diagnostic(
        "BS-SCN-42", "\(profile.name) has no serial port, so it is on no line",
        help: "leave this out, or take a Modbus profile")
    }
    unit = UInt8(try unitNode?.whole("the Modbus unit", in: 1...247) ?? 1)
    guard let lineNode else {
      line = lines.count == 1 ? lines[0].name : LineSetup.usualName
      return
    }
    line = try lineNode.name("line", among: lines.map(\.name), code: "BS-SCN-22")
  }

  /// `15320.4 kWh` for a meter with one register, or a map by register.
  static func reads(_ node: Node, of profile: Profile) throws -> [RegisterRole: WattHours] {
    if case .scalar = node.content {
      guard profile.registers.count == 1, let only = profile.registers.first else {
        let roles = profile.registers.map { "\($0.role.rawValue): …" }.joined(separator: ", ")
        throw node.diagnostic(
          "BS-SCN-43", "\(profile.name) has several registers", help: "write a map of them: {\(roles)}")
      }
      return [only.role: try node.value(of: only)]
    }
    var fields = try Fields(node, of: "the registers")
    var reads: [RegisterRole: WattHours] = [:]
    for face in profile.registers {
      guard let value = fields.optional(face.role.rawValue) else { continue }
      reads[face.role] = try value.value(of: face)
    }
    try fields.finish()
    return reads
  }

  static func uses(_ node: Node) throws -> Set<MeterDetails.Use> {
    Set(try node.items("the uses of a meter").map { try $0.word("use of a meter") })
  }

  /// What a meter at the boundary is taken for, where nothing is said.
  static func usualUses(
    of name: String, hasExportRegister: Bool, isAlone: Bool
  ) -> Set<MeterDetails.Use> {
    if let named = MeterDetails.Use(rawValue: name) { return [named] }
    if isAlone { return [.import, .export] }
    return hasExportRegister ? [.export] : [.import]
  }
}

extension LineSetup {
  /// One entry of `lines:`.
  init(_ entry: Node.Entry) throws {
    var fields = try Fields(entry.value, of: "a line")
    self.init(at: entry.keyAt)
    name = try Node(.scalar(entry.key), style: .plain, at: entry.keyAt, source: entry.value.source)
      .identifier("a line's name")
    if let node = fields.optional("baud") { baud = try node.lineSpeed() }
    parity = try fields.optional("parity")?.word("parity") ?? parity
    stopBits = Int(try fields.optional("stop-bits")?.whole("stop bits", in: 1...2) ?? 1)
    if let node = fields.optional("reader") { reader = try Reader(node) }
    let framing: TCPFraming? = try fields.optional("tcp-framing")?.word("framing over TCP")
    isTransparent = framing == .rtu
    try fields.finish()
  }
}

/// `tcp-framing:` of a line.
private enum TCPFraming: String, CaseIterable { case tcp, rtu }

extension LineSetup.Reader {
  init(_ node: Node) throws {
    var fields = try Fields(node, of: "the reader")
    self.init()
    firstByte = try fields.optional("first-byte")?.duration("the wait for the first byte") ?? firstByte
    betweenBytes = try fields.optional("between-bytes")?.duration("the pause between bytes") ?? betweenBytes
    retries = Int(try fields.optional("retries")?.whole("retries", in: 0...20) ?? Int64(retries))
    retryPause =
      try fields.optional("retry-pause")?.duration("the pause before a retry", orZero: true) ?? retryPause
    flushes = try fields.optional("flushes")?.flag("flushes") ?? flushes
    try fields.finish()
  }
}

extension Node {
  /// A speed of a serial line.
  func lineSpeed() throws -> Int {
    let baud = Int(try whole("the speed", in: 1...1_000_000))
    guard LineSetup.bauds.contains(baud) else {
      let known = LineSetup.bauds.map(String.init).joined(separator: ", ")
      throw diagnostic("BS-SCN-12", "\(baud) is no speed of a serial line", help: "one of: \(known)")
    }
    return baud
  }

  /// A list, or a single item without brackets.
  func items(_ what: String) throws -> [Node] {
    if case .list(let items) = content { return items }
    if case .scalar = content { return [self] }
    return try list(what)
  }

  /// A serial number: letters, digits, dots, dashes and slashes.
  func serial() throws -> String {
    let text = try text("the serial number")
    guard !text.isEmpty, text.count <= 40,
      text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-./ ".contains($0)) })
    else {
      throw diagnostic("BS-SCN-40", "'\(text)' is no serial number", help: "letters, digits, - . / only")
    }
    return text
  }

  /// A length of time above zero (or from zero on), at most 100 years.
  func duration(_ what: String, orZero: Bool = false) throws -> TimeSpan {
    let span: TimeSpan = try quantity(what)
    let least: TimeSpan = orZero ? .zero : TimeSpan(microseconds: 1)
    guard span >= least, span <= .days(36_525) else {
      throw diagnostic(
        "BS-SCN-10", "\(what) must be \(orZero ? "at least" : "above") 0s and at most 36525 days")
    }
    return span
  }

  /// The name of something the story has.
  func name(_ what: String, among known: [String], code: String) throws -> String {
    let name = try text("the name of a \(what)")
    guard !known.contains(name) else { return name }
    let near = Spelling.nearest(to: name, among: known).map { "did you mean '\($0)'?" }
    let list = known.isEmpty ? "there is none" : "there are: \(known.joined(separator: ", "))"
    throw diagnostic(code, "no \(what) of this story is called '\(name)'", help: near ?? list)
  }
}

extension Node {
  /// A value that a register can show.
  func value(of face: RegisterFace) throws -> WattHours {
    let value: WattHours = try quantity("the \(face.role.rawValue) register")
    guard value >= .zero, value < face.rollover.modulus else {
      throw diagnostic(
        "BS-SCN-10",
        "this register holds 0 kWh up to \(face.rollover.modulus), where it is zero again, not \(value)")
    }
    return value
  }
}
