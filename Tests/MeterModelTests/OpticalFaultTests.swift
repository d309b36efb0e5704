import MeterModel
import Testing
import Units
import Wire

@Suite("Optical port: faults of its answers, and reverse runs")
struct OpticalFaultTests {
  static func answering() -> OpticalAnswering {
    let port = OpticalFixture.port {
      $0.lists = [
        OpticalList(lines: [
          OpticalLine("1.8.0", .energy(.import, rate: 0), .kilowattHours(4)),
          OpticalLine("2.8.0", .energy(.export, rate: 0), .kilowattHours(4)),
        ])
      ]
    }
    let meter = Fixture.fit(
      OpticalFixture.profile(port), reads: [.import: WattHours(500_000), .export: WattHours(200_000)])
    return OpticalAnswering(meter: meter, port: port)
  }

  @Test(
    "PR-09 puts another register behind an address",
    arguments: [
      ("sum", ["1.8.0(0700*kWh)", "2.8.0(0200*kWh)"]), ("net", ["1.8.0(0300*kWh)", "2.8.0(0200*kWh)"]),
      ("swapped", ["1.8.0(0200*kWh)", "2.8.0(0500*kWh)"]), ("missing", ["1.8.0(0500*kWh)"]),
      ("twice", ["1.8.0(0500*kWh)", "1.8.0(0200*kWh)", "2.8.0(0200*kWh)"]),
    ])
  func confusion(kind: String, lines: [String]) throws {
    let answering = Self.answering()
    try answering.begin(FaultSetting(id: "PR-09", choices: ["kind": kind]))
    #expect(answering.lines(at: Fixture.start) == lines)
    #expect(answering.end("PR-09"))
    #expect(answering.lines(at: Fixture.start) == ["1.8.0(0500*kWh)", "2.8.0(0200*kWh)"])
    #expect(!answering.end("PR-09"))
  }

  @Test("PR-10 and PR-05 are put into the dialogue, and taken out")
  func dialogue() throws {
    let answering = Self.answering()
    let station = answering.makeStation(at: Fixture.start)
    try answering.begin(
      FaultSetting(id: "PR-10", whole: ["messages": 2, "after": 9], choices: ["kind": "cut"]))
    #expect(station.defects.message == .cut(after: 9))
    #expect(station.defects.messages == 2)
    #expect(answering.end("PR-10"))
    #expect(station.defects == .none)
    try answering.begin(FaultSetting(id: "PR-05", choices: ["kind": "impostor"]))
    #expect(station.defects.answersEveryone)
    #expect(answering.end("PR-05"))
    #expect(throws: FaultRefusal.self) {
      try answering.begin(FaultSetting(id: "PR-05", choices: ["kind": "stale"]))
    }
    #expect(throws: FaultRefusal.self) { try answering.begin(FaultSetting(id: "PR-99")) }
    #expect(OpticalFaults.kinds("PR-10") == [.electronic, .smets1, .smets2])
    #expect(OpticalFaults.kinds("ME-01") == nil)
  }

  static func a100c(_ flow: FlowMode, _ change: (inout IrDAPort) -> Void = { _ in }) -> (Meter, IrDAAnswering)
  {
    var port = IrDAPort(
      form: .a100c, product: "A100C", firmware: "1-02", isFlowInsensitive: flow == .absolute)
    change(&port)
    let meter = Fixture.fit(
      OpticalFixture.profile(nil, irda: port, flow: flow), reads: [.import: WattHours(10_000)])
    return (meter, IrDAAnswering(meter: meter, port: port, poweredSince: Fixture.start))
  }

  static func binary(_ answering: IrDAAnswering, at instant: Instant) -> A100CMessage? {
    if case .a100c(let message) = answering.message(at: instant) { message } else { nil }
  }

  @Test(
    "an A100C counts export as its build says, and the reverse register shows it in every build",
    arguments: [
      (FlowMode.importOnly, 10_500, 0), (.absolute, 11_500, 0), (.bidirectional, 10_500, 1000),
    ])
  func builds(flow: FlowMode, imported: UInt64, exported: UInt64) throws {
    let (meter, answering) = Self.a100c(flow)
    meter.hold(500, for: .hours(1))
    meter.hold(-2000, for: .minutes(30))
    let message = try #require(Self.binary(answering, at: meter.now))
    #expect(message.rate1 == A100CMessage.Rate(imported: imported, exported: exported, reverse: 1000))
    #expect(message.reverseEvents == 1)
    #expect(message.status == 3, "running backwards now, and has been counted")
    #expect(message.powerUpHours == 1)
    meter.hold(100, for: .seconds(1))
    #expect(Self.binary(answering, at: meter.now)?.status == 2)
  }

  @Test("a reverse run counts once above its threshold; after 255 comes 1")
  func events() throws {
    let (meter, answering) = Self.a100c(.importOnly)
    // 3600 W for 5 s are 5 Wh: the threshold itself does not count.
    for seconds in [5, 5, 6] as [Int64] {
      meter.hold(-3600, for: .seconds(seconds))
      meter.hold(0, for: .seconds(1))
    }
    #expect(Self.binary(answering, at: meter.now)?.reverseEvents == 1)
    for _ in 0..<254 {
      meter.hold(-3600, for: .seconds(6))
      meter.hold(100, for: .seconds(1))
    }
    #expect(Self.binary(answering, at: meter.now)?.reverseEvents == 255)
    meter.hold(-3600, for: .seconds(600))
    #expect(Self.binary(answering, at: meter.now)?.reverseEvents == 1)
  }

  @Test("an A1100 of a flow insensitive build names its register 128.8.1")
  func text() throws {
    for (isInsensitive, address) in [(true, "128.8.1(0000011.5kWh)"), (false, "1.8.1(0000010.5kWh)")] {
      let (meter, answering) = Self.a100c(isInsensitive ? .absolute : .importOnly) {
        $0.form = .a1100
      }
      meter.hold(500, for: .hours(1))
      meter.hold(-2000, for: .minutes(30))
      guard case .a1100(let message) = answering.message(at: meter.now) else {
        Issue.record("no A1100 message")
        continue
      }
      let texts = message.sets.map(\.text)
      #expect(texts.contains(address))
      #expect(texts.contains("0.0.0(--------------M1)"))
      #expect(texts.contains("96.53.0(001)"))
    }
  }

  @Test("hours by rate follow the windows")
  func hours() throws {
    // Rate 2 from 00:00 to 07:00 UTC.
    let (meter, answering) = Self.a100c(.importOnly) {
      $0.rates = [OpticalRateWindow(fromMinute: 0, toMinute: 420, rate: 2)]
    }
    meter.hold(100, for: .hours(58))
    let message = try #require(Self.binary(answering, at: meter.now))
    // Two whole days and ten hours: 3 × 7 h in rate 2, 2 × 17 h + 3 h in rate 1.
    #expect(message.rate2Hours == 21)
    #expect(message.rate1Hours == 37)
    #expect(message.powerUpHours == 58)
    // Half an hour in each rate is an hour in all: each rate is cut by itself, the sum once.
    let (other, halves) = Self.a100c(.importOnly) {
      $0.rates = [OpticalRateWindow(fromMinute: 0, toMinute: 30, rate: 2)]
    }
    other.hold(100, for: .hours(1))
    let short = try #require(Self.binary(halves, at: other.now))
    #expect([short.rate1Hours, short.rate2Hours, short.powerUpHours] == [0, 0, 1])
  }
}
