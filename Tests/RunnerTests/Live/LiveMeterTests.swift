// A live meter without a machine: time is handed to it. Expected registers are power × time.

import MeterModel
import Runner
import Scenario
import Testing
import Truth
import Units

struct LiveMeterTests {
  private static let start = Instant(seconds: 1_777_626_000)

  /// A meter of a kind that needs no file: import and export, six digits, with a display.
  private static func live(
    _ kind: Profile.Kind = .electronic, phases: Int = 1, kilowatts: Int64 = -2,
    registers: [RegisterRole: WattHours] = [:]
  ) throws -> LiveMeter {
    let faces = [RegisterRole.import, .export].map { RegisterFace(role: $0, rollover: .digits(6)) }
    let profile = Profile(
      name: "a-test", title: "a test", kind: kind, phases: phases, flow: .bidirectional, phaseSum: .vector,
      registers: faces, display: DisplayFace(digits: 5, decimals: 1),
      modbus: kind == .modbus ? try ModbusBusFixture.map("eastron-sdm230") : nil)
    let power = PhasePower(l1: Power(watts: kilowatts * 1000))
    let setup = LiveMeter.Setup(
      profile: profile, serial: "1", site: LiveMeter.constant(power, at: profile), registers: registers)
    return try LiveMeter(setup, start: start, seed: 1)
  }

  private static func shown(_ live: LiveMeter) -> [RegisterRole: Int64] {
    Dictionary(uniqueKeysWithValues: live.readings().map { ($0.role, $0.value.value) })
  }

  @Test("it lives up to an instant, in as many steps as one likes")
  func advances() throws {
    let (once, often) = (try Self.live(), try Self.live())
    once.advance(to: Self.start + .hours(5))
    for second in 1...18_000 as ClosedRange<Int64> { often.advance(to: Self.start + .seconds(second)) }
    #expect(Self.shown(once) == [.import: 0, .export: 10_000])
    #expect(Self.shown(once) == Self.shown(often))
    once.advance(to: Self.start)
    #expect(once.now == Self.start + .hours(5))
  }

  @Test("a power shows at once, before any of it has flowed, and counts from then on")
  func power() throws {
    let live = try Self.live()
    #expect(live.meter.power.l1 == Power(watts: -2000))
    live.advance(to: Self.start + .hours(1))
    try live.setPower(PhasePower(l1: Power(watts: 500)))
    #expect(live.meter.power.l1 == Power(watts: 500))
    #expect(Self.shown(live) == [.import: 0, .export: 2000])
    live.advance(to: Self.start + .hours(3))
    #expect(Self.shown(live) == [.import: 1000, .export: 2000])
  }

  @Test("a phase that the meter has not is refused, and the old power flows on")
  func missingPhase() throws {
    let live = try Self.live()
    let two = PhasePower(l1: .zero, l2: Power(watts: 1))
    #expect(throws: StoryError("the power: a single-phase supply has only L1")) { try live.setPower(two) }
    live.advance(to: Self.start + .hours(1))
    #expect(Self.shown(live)[.export] == 2000)
    try Self.live(phases: 3).setPower(two)
  }

  @Test("DP-05: the display takes its value anew every ten seconds, however time goes on")
  func standsAndIsRenewed() throws {
    // 360 kW are 0.1 kWh a second.
    let live = try Self.live(kilowatts: 360)
    live.advance(to: Self.start + .seconds(5))
    try live.begin(FaultSetting(id: "DP-05"))
    live.advance(to: Self.start + .seconds(12))
    #expect(live.display.map(\.digits) == ["00000.5", "00000.0"])
    live.advance(to: Self.start + .seconds(39))
    // Renewed at 15, 25 and 35 s.
    #expect(live.display.map(\.digits) == ["00003.5", "00000.0"])
    #expect(live.end("DP-05"))
    #expect(live.display.map(\.digits) == ["00003.9", "00000.0"])
  }

  @Test("a display that is blank or has a dead segment is said so")
  func spoiltDisplay() throws {
    let live = try Self.live(registers: [.import: WattHours(888_800)])
    try live.begin(FaultSetting(id: "DP-01", whole: ["digit": 2], choices: ["segment": "g"]))
    #expect(live.display.map(\.digits) == ["00088.8", "00000.0"], "an 8 without its middle is a 0")
    try live.begin(FaultSetting(id: "DP-02"))
    #expect(live.display.map(\.digits) == ["", ""])
  }

  @Test("registers are set together or not at all, within what they hold")
  func set() throws {
    let live = try Self.live(registers: [.import: WattHours(999_999_999)])
    #expect(live.display.map(\.digits) == ["99999.9", "00000.0"])
    let tooMuch = [RegisterRole.import: WattHours(1), .export: WattHours(1_000_000_000)]
    #expect(throws: StoryError.self) { try live.set(tooMuch) }
    #expect(throws: StoryError("a-test has no total register; it has import, export")) {
      try live.set([.total: .zero])
    }
    #expect(Self.shown(live) == [.import: 999_999_999, .export: 0])
    try live.set([.import: WattHours(1), .export: WattHours(2)])
    #expect(Self.shown(live) == [.import: 1, .export: 2])
  }

  @Test("a read is counted by faults of single reads, a look is not")
  func reads() throws {
    let live = try Self.live(registers: [.import: WattHours(5000)])
    try live.begin(FaultSetting(id: "RG-11", whole: ["read": 2], choices: ["register": "import"]))
    for _ in 0..<3 { #expect(live.readings()[0].value == WattHours(5000)) }
    #expect((0..<3).map { _ in live.readings(asRead: true)[0].value.value } == [5000, 0, 5000])
  }

  @Test("faults of answers need answers, are present once, and end")
  func answerFaults() throws {
    let (deaf, live) = (try Self.live(), try Self.live(.modbus))
    let setting = FaultSetting(id: "PR-05")
    #expect(throws: StoryError.self) { try deaf.begin(setting) }
    try live.begin(FaultSetting(id: "ME-14"))
    try live.begin(setting)
    #expect(throws: MeterFaultError.alreadyPresent(id: "PR-05")) { try live.begin(setting) }
    #expect(live.faults == ["ME-14", "PR-05"])
    #expect(live.end("PR-05") && live.end("ME-14"))
    #expect(!live.end("PR-05") && !live.end("ME-14") && live.faults.isEmpty)
  }

  @Test("a stated flow that ends is told")
  func uncovered() throws {
    let step = PrescribedFlow.Step(from: Self.start, power: PhasePower(l1: Power(watts: 1000)))
    var flow = PrescribedFlow.steps([step, .init(from: Self.start + .hours(1), power: .zero)])
    flow.after = nil
    let profile = try Self.live().meter.profile
    let setup = LiveMeter.Setup(
      profile: profile, serial: "1", site: SiteDescription(boundary: .prescribed(flow)))
    let live = try LiveMeter(setup, start: Self.start, seed: 1)
    live.advance(to: Self.start + .hours(1))
    #expect(live.uncoveredAt == nil)
    live.advance(to: Self.start + .hours(2))
    #expect(live.uncoveredAt == Self.start + .hours(1))
    #expect(Self.shown(live) == [.import: 1000, .export: 0])
  }

  /// A SMETS2 meter that limits its load and watches its voltage.
  private static func smart() throws -> LiveMeter {
    let faces = [RegisterRole.import, .export].map { RegisterFace(role: $0, rollover: .digits(6)) }
    var profile = Profile(
      name: "a-test", title: "a test", kind: .smets2, flow: .bidirectional, registers: faces,
      clock: ClockFace(), remote: true)
    profile.voltageQuality = VoltageQuality()
    let setup = LiveMeter.Setup(
      profile: profile, serial: "1",
      site: LiveMeter.constant(PhasePower(l1: Power(watts: 8000)), at: profile))
    return try LiveMeter(setup, start: start, seed: 1)
  }

  @Test("behind a switch that is opened nothing flows, and it flows on where it would be when it closes")
  func supply() throws {
    let live = try Self.smart()
    live.advance(to: Self.start + .hours(1))
    try live.setSupply(.armed)
    live.advance(to: Self.start + .hours(2))
    #expect(live.meter.pressButton())
    live.advance(to: Self.start + .hours(3))
    #expect(Self.shown(live)[.import] == 16_000)
    #expect(throws: StoryError("a-test has no switch")) { try Self.live().setSupply(.disconnected) }
  }

  @Test("a load limit cuts the flow to the millisecond, however coarsely time is moved")
  func loadLimit() throws {
    let live = try Self.smart()
    live.meter.setLoadLimit(LoadLimit(threshold: Power(watts: 6900)))
    live.advance(to: Self.start + .seconds(660))
    // 300 s on, 30 s off, twice: 8 kW × 600 s = 1333.3 Wh.
    #expect(Self.shown(live)[.import] == 1333)
    #expect(live.meter.loadLimitCount == 2)
  }

  @Test("a voltage that is said is what the meter measures from then on")
  func voltage() throws {
    let live = try Self.smart()
    live.advance(to: Self.start + .minutes(20))
    live.setVoltage(millivolts: 250_000)
    live.advance(to: Self.start + .hours(1))
    // The test begins on a half-hour: 20 min of 230 V and 10 of 250 V, then 250 V.
    let averages = live.meter.averageVoltages(from: .epoch, through: .distantFuture)
    #expect(averages.map(\.decivolts) == [2367, 2500])
    try live.setPower(PhasePower(l1: .zero))
    live.advance(to: Self.start + .minutes(90))
    #expect(live.meter.averageVoltages(from: .epoch, through: .distantFuture).last?.decivolts == 2500)
  }
}
