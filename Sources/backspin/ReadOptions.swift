// What is asked of a meter at an optical port or by DLMS, as options; read and checked before anything is
// opened.

internal import ArgumentParser
internal import Foundation
internal import HeadEnd
internal import HostIO
internal import MeterModel
internal import Units
internal import Wire

/// What to read.
struct ReadWhat: ParsableArguments {
  @Option(help: ArgumentHelp("Registers alone, such as 1.8.0,2.8.0 (default: all).", valueName: "list"))
  var registers: String?
  @Flag(help: "The load profile too (its address or logical name: --object).") var loadProfile = false
  @Option(help: ArgumentHelp("The load profile's address or logical name.", valueName: "name"))
  var object: String?
  @Option(help: ArgumentHelp("The load profile from this instant.", valueName: "instant")) var from: String?
  @Option(help: ArgumentHelp("The load profile up to this instant.", valueName: "instant")) var to: String?
  @Option(help: ArgumentHelp("DLMS: rows of the load profile by number, 1 the oldest.", valueName: "n-m"))
  var entries: String?

  func validate() throws {
    if !loadProfile,
      let name = [("--object", object), ("--from", from), ("--to", to), ("--entries", entries)]
        .first(where: { $0.1 != nil })?.0
    {
      throw ValidationError("\(name) goes with --load-profile")
    }
    if entries != nil, from != nil || to != nil {
      throw ValidationError("--entries and --from, --to: choose one")
    }
  }

  var addresses: [String]? { registers.map { $0.split(separator: ",").map(String.init) } }

  func codes() throws -> [OBIS]? {
    try addresses?.map { try quantity($0, of: "--registers", OBIS.init(parsing:)) }
  }

  func span() throws -> (from: Instant?, through: Instant?) {
    (
      try from.map { try quantity($0, of: "--from", Instant.init(parsing:)) },
      try to.map { try quantity($0, of: "--to", Instant.init(parsing:)) }
    )
  }

  /// `1-48`; `1-0` goes to the last.
  func numbers() throws -> (from: UInt32, to: UInt32)? {
    guard let entries else { return nil }
    let parts = entries.split(separator: "-").map { UInt32($0) }
    guard parts.count == 2, let first = parts[0], let last = parts[1], first >= 1, last == 0 || last >= first
    else { throw Failure("--entries: '\(entries)' is no range such as 1-48; 1-0 goes to the last") }
    return (first, last)
  }
}

/// How an optical head is used.
struct ReadOptical: ParsableArguments {
  @Option(help: "62056-21: the mode, auto or a to e.") var mode = "auto"
  @Option(help: "62056-21: the fastest speed to accept, in baud (default: what the meter proposes).")
  var maxBaud: Int?
  @Option(help: ArgumentHelp("62056-21: ask this meter of several.", valueName: "address"))
  var deviceAddress = ""
  @Option(help: "62056-21 and HDLC: whether the head echoes: auto, none, strip.") var echo = "auto"
  @Option(help: "62056-21: parity by the port or in software (auto), in software, or none.")
  var parity = "auto"
  @Flag(help: "62056-21: wake a battery meter up first, by 2.2 s of zeros.") var wakeUp = false
  @Option(help: ArgumentHelp("62056-21: the list to ask for, 0 or a maker's 6 to 9.", valueName: "digit"))
  var list = "0"
  @Option(
    help:
      "62056-21: what profile stamps without a season digit are in: utc or london (default: the profile's).")
  var zone: String?
  @Option(help: "62056-21: which end of an interval a stamp marks: start or end (default: the profile's).")
  var mark: String?
  @Option(help: ArgumentHelp("Rest before a change of speed, for USB heads.", valueName: "time"))
  var baudChangeDelay = "0ms"

  func validate() throws {
    if OpticalOptions.Mode(rawValue: mode) == nil {
      throw ValidationError("--mode must be auto, a, b, c, d or e")
    }
    if OpticalOptions.Echo(rawValue: echo) == nil {
      throw ValidationError("--echo must be auto, none or strip")
    }
    if OpticalOptions.Parity(rawValue: parity) == nil {
      throw ValidationError("--parity must be auto, software or none")
    }
    guard ["0", "6", "7", "8", "9"].contains(list) else {
      throw ValidationError("--list must be 0 or 6 to 9")
    }
    if let zone, OpticalOptions.Zone(rawValue: zone) == nil {
      throw ValidationError("--zone must be utc or london")
    }
    if let mark, OpticalOptions.Mark(rawValue: mark) == nil {
      throw ValidationError("--mark must be start or end")
    }
    if let maxBaud, maxBaud < 300 { throw ValidationError("--max-baud must be 300 or more") }
  }

  func delay() throws -> TimeSpan {
    let span = try quantity(baudChangeDelay, of: "--baud-change-delay", TimeSpan.init(parsing:))
    guard span >= .zero, span <= .seconds(1) else { throw Failure("--baud-change-delay is 0 s to 1 s") }
    return span
  }

  /// Where nothing is said, a profile knows how its make of meter stamps.
  func options(password: String?, baud: Int?, like profile: OpticalPort?) throws -> OpticalOptions {
    var options = OpticalOptions()
    options.parity = OpticalOptions.Parity(rawValue: parity) ?? .auto
    options.wakesUp = wakeUp
    options.list = list.first ?? "0"
    options.zone =
      zone.flatMap(OpticalOptions.Zone.init(rawValue:)) ?? (profile?.zone == .local ? .london : .utc)
    options.mark =
      mark.flatMap(OpticalOptions.Mark.init(rawValue:))
      ?? (profile?.profiles.first?.mark == .start ? .start : .end)
    options.mode = OpticalOptions.Mode(rawValue: mode) ?? .auto
    options.echo = OpticalOptions.Echo(rawValue: echo) ?? .auto
    options.address = deviceAddress
    options.password = password
    options.speed = maxBaud.map { .atMost($0) } ?? .proposed
    options.baudChangeDelay = try delay()
    if let baud { options.startBaud = baud }
    return options
  }
}

/// How a DLMS server is asked.
struct ReadDLMS: ParsableArguments {
  @Option(help: "DLMS: the client's address.") var client: UInt8 = 16
  @Option(help: "DLMS: the server's address: logical, or logical/physical.") var server = "1"
  @Option(help: "DLMS: none, low or gmac.") var auth = "none"
  @Option(
    help: ArgumentHelp(
      "DLMS: 32 hexadecimal digits, @FILE, or from BACKSPIN_KEY_ENCRYPTION.", valueName: "key"))
  var keyEncryption: String?
  @Option(
    help: ArgumentHelp(
      "DLMS: 32 hexadecimal digits, @FILE, or from BACKSPIN_KEY_AUTHENTICATION.", valueName: "key"))
  var keyAuthentication: String?
  @Option(help: ArgumentHelp("DLMS: the client's own title, 16 hexadecimal digits.", valueName: "octets"))
  var systemTitle = "4253505245414431"
  @Option(help: "DLMS: the first invocation counter.") var counter: UInt32 = 1
  @Flag(help: "DLMS: HDLC over TCP instead of the wrapper.") var hdlc = false
  @Flag(help: "DLMS: sign on by 62056-21 mode E first.") var modeE = false

  func validate() throws {
    if COSEMMechanism(named: auth) == nil { throw ValidationError("--auth must be none, low or gmac") }
    guard (1...126).contains(client) else { throw ValidationError("--client must be 1 to 126") }
  }

  /// Throws `Failure` for what cannot be; the challenge is drawn anew for each read.
  func session(password: String?) throws -> COSEMSession.Settings {
    let mechanism = COSEMMechanism(named: auth) ?? .none
    guard let title = COSEMKeys.octets(systemTitle), title.count == 8 else {
      throw Failure("--system-title has 16 hexadecimal digits")
    }
    var settings = COSEMSession.Settings(
      mechanism: mechanism, password: Array((password ?? "").utf8), systemTitle: title)
    if mechanism == .low, password == nil { throw Failure("--auth low wants --password") }
    guard mechanism == .gmac else { return settings }
    guard let keys = try Self.keys(encryption: keyEncryption, authentication: keyAuthentication) else {
      throw Failure("--auth gmac wants --key-encryption, or BACKSPIN_KEY_ENCRYPTION in the environment")
    }
    (settings.keys, settings.policy) = (keys, .both)
    settings.challenge = FreshOctets.draw(16)
    return settings
  }

  /// The two keys from options, files or the environment; nil where neither is given.
  static func keys(encryption: String?, authentication: String?) throws -> COSEMKeys? {
    let one = try secret(encryption, "--key-encryption", "BACKSPIN_KEY_ENCRYPTION")
    let other = try secret(authentication, "--key-authentication", "BACKSPIN_KEY_AUTHENTICATION")
    guard let one, let other else {
      guard one == nil, other == nil else {
        throw Failure("--key-encryption and --key-authentication go together")
      }
      return nil
    }
    guard let keys = COSEMKeys(encryptionHex: one, authenticationHex: other) else {
      throw Failure("--key-encryption and --key-authentication have 32 hexadecimal digits each")
    }
    return keys
  }

  /// A key from the option, a file that it names, or the environment: whoever looks at the list of processes
  /// need not see it.
  private static func secret(_ option: String?, _ name: String, _ variable: String) throws -> String? {
    guard let text = option ?? ProcessInfo.processInfo.environment[variable] else { return nil }
    guard text.hasPrefix("@") else { return text }
    do {
      let whole = try String(contentsOfFile: String(text.dropFirst()), encoding: .utf8)
      return whole.trimmingCharacters(in: .whitespacesAndNewlines)
    } catch {
      throw Failure("\(name): \(text.dropFirst()) cannot be read")
    }
  }

  func hdlcRules(echo: String) throws -> HDLCRules {
    guard let me = HDLCAddress(UInt16(client)) else { throw Failure("--client must be 1 to 126") }
    let parts = server.split(separator: "/").map { UInt16($0) }
    let address: HDLCAddress? =
      switch (parts.count, parts.first ?? nil, parts.last ?? nil) {
      case (1, let logical?, _): HDLCAddress(logical)
      case (2, let logical?, let physical?): HDLCAddress(logical: logical, physical: physical)
      default: nil
      }
    guard let address else { throw Failure("--server: '\(server)' is no address such as 1 or 1/17") }
    var rules = HDLCRules(client: me, server: address)
    rules.echo = EchoRule(rawValue: echo) ?? .auto
    return rules
  }

  func wrapperRules() throws -> WrapperRules {
    guard let port = UInt16(server), port > 0 else { throw Failure("--server: '\(server)' is no wPort") }
    return WrapperRules(client: UInt16(client), server: port)
  }
}

/// How pulses are counted.
struct ReadPulses: ParsableArguments {
  @Option(help: ArgumentHelp("Pulses: imp/kWh (default: the profile's).", valueName: "number"))
  var constant: Int64?
  @Option(name: .customLong("for"), help: ArgumentHelp("Pulses: how long to count.", valueName: "time"))
  var span = "1m"

  func validate() throws {
    if let constant, !(1...10_000_000).contains(constant) {
      throw ValidationError("--constant must be 1 to 10000000 imp/kWh")
    }
  }
}
