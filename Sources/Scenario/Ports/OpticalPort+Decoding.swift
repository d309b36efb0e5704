// `optical:` of a meter's profile: its port by IEC 62056-21, how it greets,
// what it lists and lets a reader do.
//
//   optical:
//     mode: c                                # a, b, c, d, e
//     flag: LGZ                              # a small third letter announces a reaction time of 20 ms
//     text: ZMF100AC.M23                     # the identification after Z and the escapes
//     baud: 9600                             # what it proposes; mode D pushes at it
//     lists:
//       - option: "0"                        # the character Y that asks for the list
//         lines:
//           - {address: F.F, shows: errors, number: "00000000"}
//           - {address: 1.8.0, shows: import, number: "000000.000*kWh"}
//           - {address: 1.6.1, values: [{shows: power-import, number: 0.000*kW}, {clock: YYMMDDhhmm}]}
//     programming: {seed: serial, passwords: [{text: "00000000"}], commands: [R1, R5, W1]}
//     profiles:
//       - {address: P.01, columns: [{address: 1.5.0, register: import, shows: power, number: 0.000*kW}]}
//     rates: [{from: "00:30", to: "07:30", rate: 2}]
//
// Left out may be: escapes, proposal, address, fallback, timing, layout, zone, programming, profiles, rates,
// pushes.

public import MeterModel
internal import Units

extension OpticalPort {
  /// Decodes the `optical:` part of a profile. Throws a `Diagnostic`: codes BS-PRF-60 … 79 and those of
  /// `Fields`.
  public init(_ node: Node) throws {
    var fields = try Fields(node, of: "the optical port")
    let modeNode = try fields.required("mode")
    let mode: Mode = try modeNode.word("mode of IEC 62056-21")
    let flag = try fields.required("flag").flagCode()
    let escapes = try fields.optional("escapes")?.list("the escapes").map { try $0.escape() } ?? []
    let text = try fields.required("text").identification()
    let baud = try fields.optional("baud")?.opticalBaud()
    let proposal = try fields.optional("proposal")?.oneCharacter("the proposal")
    let address = try fields.optional("address")?.deviceAddress()
    let fallback: Fallback? = try fields.optional("fallback")?.word("fallback")
    let timing = try fields.optional("timing").map { try OpticalTiming($0) }
    let lists = try fields.required("lists").opticalLists()
    let layout = try fields.optional("layout").map { try Layout($0) }
    let zone: Zone? = try fields.optional("zone")?.word("zone of the time stamps")
    let programming = try fields.optional("programming").map { try OpticalProgramming($0) }
    let profiles = try fields.optional("profiles")?.list("the profiles").map { try OpticalProfile($0) } ?? []
    let rates = try fields.optional("rates")?.rateWindows() ?? []
    let pushesNode = fields.optional("pushes")
    let pushes = try pushesNode?.span("the time between pushes", in: .seconds(1)...(.days(1)))
    try fields.finish()
    if let pushesNode, mode != .d {
      throw pushesNode.diagnostic("BS-PRF-60", "only a meter of mode d pushes", help: "remove `pushes`")
    }
    guard (mode == .e) == escapes.contains("2") else {
      throw modeNode.diagnostic(
        "BS-PRF-61", "mode e and the escape 2 go together, and one of them is missing",
        help: "write `mode: e` with `escapes: [\"2\"]`, or neither")
    }
    self.init(
      mode: mode, flag: flag, escapes: escapes, text: text,
      topBaud: baud ?? (mode == .a ? 300 : mode == .d ? 2400 : 9600), proposal: proposal, address: address,
      fallback: fallback ?? .readout, timing: timing ?? OpticalTiming(), lists: lists,
      layout: layout ?? .usual, zone: zone ?? .utc, programming: programming, profiles: profiles,
      rates: rates, pushes: pushes)
  }
}

extension OpticalPort.Layout {
  fileprivate init(_ node: Node) throws {
    var fields = try Fields(node, of: "the layout")
    let sets = try fields.optional("sets-per-line")?.whole("the data sets of a line", in: 1...100)
    let breaks = try fields.optional("breaks-before-end")?.flag("breaks-before-end")
    try fields.finish()
    self.init(setsPerLine: Int(sets ?? 1), breaksBeforeEnd: breaks ?? true)
  }
}

extension OpticalTiming {
  fileprivate init(_ node: Node) throws {
    var fields = try Fields(node, of: "the timing")
    let usual = OpticalTiming()
    let gap = TimeSpan.milliseconds(1)...(.seconds(10))
    let reaction = try fields.optional("reaction")?
      .span("the reaction time", in: .milliseconds(1)...(.milliseconds(1500)))
    let character = try fields.optional("character-gap")?.span("the pause between characters", in: gap)
    let wait = try fields.optional("acknowledgement")?.span("the wait for the acknowledgement", in: gap)
    let inactivity = try fields.optional("inactivity")?
      .span("the inactivity time", in: .seconds(1)...(.hours(1)))
    let tries = try fields.optional("tries")?.whole("the tries", in: 1...100)
    let sleeps = try fields.optional("sleeps")?.flag("sleeps")
    try fields.finish()
    self.init(
      reaction: reaction, characterGap: character ?? usual.characterGap,
      acknowledgement: wait ?? usual.acknowledgement, inactivity: inactivity ?? usual.inactivity,
      tries: tries.map(Int.init) ?? usual.tries, sleeps: sleeps ?? usual.sleeps)
  }
}

extension Node {
  /// Three letters of a maker, the first two large (annex, FLAG association).
  fileprivate func flagCode() throws -> String {
    let text = try text("the maker's FLAG code")
    let letters = Array(text)
    guard letters.count == 3, letters.allSatisfy({ $0.isASCII && $0.isLetter }),
      letters[..<2].allSatisfy(\.isUppercase)
    else {
      throw diagnostic(
        "BS-PRF-62", "'\(text)' is no FLAG code",
        help: "write three letters, the first two large: LGZ, ISk")
    }
    return text
  }

  fileprivate func escape() throws -> String { try oneCharacter("an escape") }

  fileprivate func oneCharacter(_ what: String) throws -> String {
    let text = try text(what)
    guard text.utf8.count == 1, text.isPrintable, !"/!\\".contains(text) else {
      throw diagnostic("BS-PRF-63", "\(what) is one printable character, not '\(text)'")
    }
    return text
  }

  /// Longer than the standard's 16 characters in the field.
  fileprivate func identification() throws -> String {
    let text = try text("the identification")
    guard text.isPrintable, text.utf8.count <= 64, !text.contains(where: { "/!\\".contains($0) }) else {
      throw diagnostic(
        "BS-PRF-64", "an identification has at most 64 printable characters, none of them / ! \\")
    }
    return text
  }

  fileprivate func opticalBaud() throws -> Int {
    let text = try text("the speed")
    guard let baud = Int(text), OpticalPort.bauds.contains(baud) else {
      let known = OpticalPort.bauds.map(String.init).joined(separator: ", ")
      throw diagnostic("BS-PRF-65", "no mode names a speed of \(text) baud", help: "one of: \(known)")
    }
    return baud
  }

  fileprivate func deviceAddress() throws -> String {
    let text = try text("the device address")
    let isWell = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == " ") }
    guard isWell, (1...32).contains(text.count) else {
      throw diagnostic("BS-PRF-66", "a device address has 1 to 32 letters, digits and blanks")
    }
    return text
  }

  /// Windows of a clock on whole half-hours.
  func rateWindows() throws -> [OpticalRateWindow] {
    try list("the rate windows").map { node in
      var fields = try Fields(node, of: "a rate window")
      let from = try fields.required("from").halfHourOfDay()
      let to = try fields.required("to").halfHourOfDay()
      let rate = try fields.required("rate").whole("the rate", in: 1...8)
      try fields.finish()
      return OpticalRateWindow(fromMinute: from, toMinute: to, rate: Int(rate))
    }
  }

  private func halfHourOfDay() throws -> Int {
    let text = try text("a time of day")
    let parts = text.split(separator: ":").map { Int($0) }
    guard text.utf8.count == 5, parts.count == 2, let hour = parts[0], let minute = parts[1],
      (0..<24).contains(hour), minute == 0 || minute == 30
    else {
      throw diagnostic(
        "BS-PRF-67", "rates change on whole half-hours, not at '\(text)'", help: "write \"00:30\", in quotes")
    }
    return hour * 60 + minute
  }

  /// A length of time within bounds.
  func span(_ what: String, in range: ClosedRange<TimeSpan>) throws -> TimeSpan {
    let span: TimeSpan = try quantity(what)
    guard range.contains(span) else {
      throw diagnostic("BS-PRF-68", "\(what) lies in \(range.lowerBound)…\(range.upperBound), not \(span)")
    }
    return span
  }
}

extension String {
  /// Only printable ASCII: what 7-bit characters carry.
  var isPrintable: Bool { utf8.allSatisfy { (0x20...0x7E).contains($0) } }
}
