// The ports of a profile beside Modbus: each key in its property, and the smallest parts that are wrong.

import MeterModel
import Scenario
import Testing
import Units
import Wire

@Suite("The ports of a profile")
struct PortDecodingTests {
  static let head = """
    title: P
    kind: electronic
    flow: bidirectional
    registers: [{role: import, digits: 6}, {role: export, digits: 6}]
    logs: {half-hours: {import: 48, export: 48}}
    clock: {}

    """

  static let optical = """
    optical:
      mode: e
      flag: LGZ
      escapes: ["2"]
      text: ZMD120
      baud: 4800
      address: "0012"
      fallback: silence
      zone: local
      timing: {reaction: 300ms, character-gap: 1s, acknowledgement: 2s, inactivity: 90s, tries: 2, sleeps: true}
      layout: {sets-per-line: 2, breaks-before-end: false}
      lists:
        - option: "0"
          lines:
            - {address: F.F, shows: errors, number: "00000000"}
            - {address: 1.8.1, shows: import, rate: 1, number: "#####0.00*kWh"}
            - {address: 1.8.0*01, shows: import, back: 1, number: "0*Wh"}
            - {address: 1.6.1, values: [{shows: power-import, number: 0.000*kW}, {clock: YYMMDDhhmm}]}
            - {address: 0.1.2, reset-stamp: YYMMDD, back: 2}
            - {address: C.1.1, text: ab}
      programming:
        seed: {text: S1}
        passwords: [{text: "1234", level: 2, command: computed}]
        attempts: 5
        lock-out: 10m
        breaks-on-wrong-password: true
        commands: [R1, R6]
        read-level: 1
        profile-level: 2
        writes: [{address: 0.9.1, level: 2, clock: hhmmss}, {address: C.9, note: 8}, {address: 0.1.0, reset: true}]
        repeats-address: false
        block-bytes: 64
        words: {unknown-address: E1, locked: ""}
      profiles:
        - {address: P.01, mark: start, rows-per-block: 4, columns: [{address: 2.5.0, register: export, shows: power, number: 0.000*kW}]}
        - {address: P.98, events: true}
      rates: [{from: "00:30", to: "07:30", rate: 2}]
    dlms: {hdlc: {}, clients: [{address: 16}], registers: []}

    """

  static let others =
    head.replacing("bidirectional", with: "absolute") + """
      irda:
        form: a1100
        characters: byte
        baud: 4800
        every: 2s
        product: P
        firmware: F
        configuration: 7
        definition: 8
        flow-insensitive: true
        reverse-threshold: 10 Wh
      pulse: {kind: s0-class-a, constant: 166 2/3 imp/kWh, follows: both, width: 50ms, minimal-off: 60ms, backlog: 3}
      dlms:
        flag: BSP
        firmware: "2"
        system-title: "4253500000000001"
        hdlc: {logical: 1, physical: 17, address-bytes: 4, information: 256, window: 2, baud: 19200, inactivity: 60s}
        wrapper: {port: 2}
        maximum-pdu: 500
        conformance: [get, selective-access]
        clients:
          - {address: 32, authentication: low, password: pw, rights: management}
          - address: 48
            authentication: gmac
            encryption-key: "000102030405060708090A0B0C0D0E0F"
            authentication-key: "D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF"
            policy: authenticated-encrypted
            system-title: "4253500000000002"
        clock: {zone: london, deviation: unspecified, states-status: false}
        registers: [{name: 1-0:1.8.0*255, shows: import, scaler: -1, width: int64}]
        profiles:
          - {name: 1-0:99.1.0*255, period: 30m, entries: 9, stamp: seconds, columns: [clock, status, interval-export]}
        event-log: 5
        disconnect-control: true
        repeats-blocks: true
        lock-out-after: 3
        lock-out-time: 1m
      """

  static func decode(_ text: String) throws -> Profile {
    try Profile(try Node.parse(text, file: "x.yaml"), name: "x")
  }

  @Test("each key of an optical port is read into its property")
  func everyOpticalKey() throws {
    let port = try #require(try Self.decode(Self.head + Self.optical).optical)
    let power = OpticalNumberForm(digits: 0, decimals: 3, unit: "kW", power: 3)
    let expected = OpticalPort(
      mode: .e, flag: "LGZ", escapes: ["2"], text: "ZMD120", topBaud: 4800, address: "0012",
      fallback: .silence,
      timing: OpticalTiming(
        reaction: .milliseconds(300), characterGap: .seconds(1), acknowledgement: .seconds(2),
        inactivity: .seconds(90), tries: 2, sleeps: true),
      lists: [
        OpticalList(lines: [
          OpticalLine("F.F", .errors, OpticalNumberForm(digits: 8, power: 3)),
          OpticalLine(
            "1.8.1", .energy(.import, rate: 1),
            OpticalNumberForm(digits: 6, decimals: 2, unit: "kWh", power: 3, isBlankPadded: true)),
          OpticalLine(
            "1.8.0*01", .historical(.import, rate: 0, back: 1), OpticalNumberForm(digits: 0, unit: "Wh")),
          OpticalLine(
            "1.6.1", [OpticalValue(.power(.import), power), OpticalValue(.clock(.init("YYMMDDhhmm")))]),
          OpticalLine("0.1.2", .resetStamp(back: 2, .init("YYMMDD"))),
          OpticalLine("C.1.1", .text("ab")),
        ])
      ],
      layout: .init(setsPerLine: 2, breaksBeforeEnd: false), zone: .local,
      programming: OpticalProgramming(
        seed: .text("S1"), passwords: [.init("1234", level: 2, command: .computed)], attempts: 5,
        lockOut: .minutes(10), breaksOnWrongPassword: true, commands: ["R1", "R6"], readLevel: 1,
        profileLevel: 2,
        writables: [
          .init("0.9.1", level: 2, target: .clock(.init("hhmmss"))), .init("C.9", target: .note(longest: 8)),
          .init("0.1.0", target: .reset),
        ], repeatsAddress: false, blockBytes: 64,
        words: .init(unknownAddress: "E1", unknownCommand: "ER02", locked: "", malformed: "ER04")),
      profiles: [
        OpticalProfile(
          content: .halfHours([.init("2.5.0", .export, shows: .power, form: power)]), mark: .start,
          rowsPerBlock: 4), OpticalProfile(address: "P.98", content: .events),
      ], rates: [OpticalRateWindow(fromMinute: 30, toMinute: 450, rate: 2)])
    #expect(port == expected)
  }

  @Test("each key of the infra-red, pulse and DLMS ports is read into its property")
  func otherKeys() throws {
    let profile = try Self.decode(Self.others)
    let infraRed = IrDAPort(
      form: .a1100, characters: .byte, baud: 4800, every: .seconds(2), product: "P", firmware: "F",
      configuration: 7, definition: 8, isFlowInsensitive: true, reverseThreshold: WattHours(10))
    #expect(profile.irda == infraRed)
    let pulse = PulsePort(
      kind: .s0ClassA, constant: PulseConstant(500, over: 3), follows: .both, width: .milliseconds(50),
      minimalOff: .milliseconds(60), backlog: 3)
    #expect(profile.pulse == pulse)
    let keys = COSEMKeys(encryption: Array(0...15), authentication: Array(0xD0...0xDF))
    let name = OBIS(medium: 1, channel: 0, quantity: 99, processing: 1, rate: 0, billingPeriod: 255)
    let register = OBIS(medium: 1, channel: 0, quantity: 1, processing: 8, rate: 0, billingPeriod: 255)
    let server = DLMSPort(
      flagCode: "BSP", firmware: "2", systemTitle: [0x42, 0x53, 0x50, 0, 0, 0, 0, 1],
      hdlc: DLMSHDLC(
        logicalAddress: 1, physicalAddress: 17, addressBytes: 4, maximumInformation: 256, window: 2,
        baud: 19_200, inactivity: .seconds(60)), wrapper: DLMSWrapper(port: 2),
      maximumPDU: 500, conformance: [.get, .selectiveAccess],
      clients: [
        DLMSClient(address: 32, mechanism: .low, password: Array("pw".utf8), rights: .management),
        DLMSClient(
          address: 48, mechanism: .gmac, keys: keys, policy: .both,
          systemTitle: [0x42, 0x53, 0x50, 0, 0, 0, 0, 2]),
      ], clock: DLMSClock(zone: .london, deviation: .unspecified, statesStatus: false),
      registers: [DLMSRegister(register, .import, scaler: -1, width: .int64)],
      profiles: [
        DLMSProfile(name, columns: [.clock, .status, .interval(.export)], entries: 9, stamp: .seconds)
      ], eventLogEntries: 5, hasDisconnectControl: true, repeatsBlocks: true, lockOutAfter: 3,
      lockOutTime: .minutes(1))
    #expect(profile.dlms == server)
  }

  /// What is put for what, and the code that tells of it.
  static let wrong: [(String, String, String)] = [
    ("mode: e", "mode: c", "BS-PRF-61"), ("mode: e", "mode: x", "BS-SCN-12"),
    ("  zone: local", "  pushes: 2s\n  zone: local", "BS-PRF-60"), ("flag: LGZ", "flag: lgz", "BS-PRF-62"),
    ("escapes: [\"2\"]", "escapes: [\"2\", \"/\"]", "BS-PRF-63"), ("text: ZMD120", "text: a/b", "BS-PRF-64"),
    ("baud: 4800", "baud: 4801", "BS-PRF-65"), ("address: \"0012\"", "address: a-b", "BS-PRF-66"),
    ("from: \"00:30\"", "from: \"00:31\"", "BS-PRF-67"), ("reaction: 300ms", "reaction: 2s", "BS-PRF-68"),
    ("option: \"0\"", "option: \"5\"", "BS-PRF-69"), ("option: \"0\"", "option: \"6\"", "BS-PRF-70"),
    ("address: F.F", "address: F(F", "BS-PRF-71"), ("reset-stamp: YYMMDD", "reset-stamp: \"(\"", "BS-PRF-72"),
    ("#####0.00*kWh", "#####0.0x*kWh", "BS-PRF-73"),
    ("#####0.00*kWh", "#####.00*kWh", "BS-PRF-73"), ("text: ab", "text: ab, shows: net", "BS-PRF-74"),
    ("text: ab", "text: a)b", "BS-PRF-75"), ("note: 8", "level: 1", "BS-PRF-76"),
    ("events: true", "events: false", "BS-PRF-77"), ("commands: [R1, R6]", "commands: [R7]", "BS-PRF-78"),
    ("unknown-address: E1", "unknown-address: \"E(1\"", "BS-PRF-79"),
    ("shows: import, back", "shows: total, back", "BS-PRF-20"),
    ("register: export", "register: total", "BS-PRF-21"),
    ("dlms: {hdlc: {}, ", "dlms: {wrapper: {}, ", "BS-PRF-23"),
    ("clients: [{address: 16}]", "clients: []", "BS-PRF-90"),
    ("dlms: {", "dlms: {system-title: \"00\", ", "BS-PRF-91"),
    ("{address: 16}", "{address: 16, encryption-key: \"000102030405060708090A0B0C0D0E0F\"}", "BS-PRF-92"),
  ]

  @Test("each thing that can be wrong in an optical or DLMS port has its code", arguments: wrong)
  func reproducer(old: String, new: String, code: String) {
    let text = Self.head + Self.optical
    #expect(text.contains(old))
    let error = #expect(throws: Diagnostic.self) { try Self.decode(text.replacing(old, with: new)) }
    #expect(error?.code == code, "\(error.map { "\($0)" } ?? "")")
  }

  @Test(
    "each thing that can be wrong in an infra-red or pulse port has its code",
    arguments: [
      ("irda: {form: a100c, product: P, firmware: F, baud: 300}", "BS-PRF-80"),
      ("irda: {form: a100c, product: P, firmware: F, reverse-threshold: 251 Wh}", "BS-PRF-81"),
      ("irda: {form: a100c, product: \"(\", firmware: F}", "BS-PRF-82"),
      ("irda: {form: a100c, product: P, firmware: F, flow-insensitive: true}", "BS-PRF-22"),
      ("pulse: {constant: 1000}", "BS-PRF-85"), ("pulse: {constant: 1000 imp/kWh, width: 0ms}", "BS-PRF-68"),
    ])
  func others(text: String, code: String) {
    let error = #expect(throws: Diagnostic.self) { try Self.decode(Self.head + text + "\n") }
    #expect(error?.code == code, "\(error.map { "\($0)" } ?? "")")
  }
}
