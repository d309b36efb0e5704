// The metrology of a profile: torques of a disc, accuracy of a static meter, what a log has for a gap; and
// what is wrong with a wrong one, by its code.

import MeterModel
import Scenario
import Testing
import Units

@Suite struct MetrologyDecodingTests {
  private static func profile(_ kind: String, _ rest: String) throws -> Profile {
    let text = """
      title: A meter
      kind: \(kind)
      flow: import-only
      registers: [{role: import, digits: 5}]
      \(rest)
      """
    return try Profile(try Node.parse(text, file: "x.yaml"), name: "x")
  }

  private static let plain = "compensation: 4 W, friction: 3.5 W, stiction: 14 W"
  private static let currents = "minimum: 250 mA, transition: 500 mA, maximum: 100000 mA"

  @Test("torques of a disc are read with their units; what is left out is zero")
  func torque() throws {
    let error = "error: {gain: 500 ppm, temperature: 300 ppm/K, drift: -500 ppm/year}"
    let profile = try Self.profile(
      "analogue",
      "disc: 187.5 rev/kWh\ntorque: {\(Self.plain), overload: 10000 ppm, maximum: 18.4 kW, travel: 50 mrev, "
        + "slip: 20 %, \(error)}")
    #expect(
      profile.torque
        == DiscTorque(
          overload: 10_000, error: ErrorCurve(gain: 500, temperature: 300, drift: -500), backstopTravel: 50,
          backstopSlip: 20))
    let bare = try Self.profile("analogue", "disc: 400 rev/kWh\ntorque: {\(Self.plain)}")
    #expect(bare.torque == DiscTorque())
  }

  @Test("a class has its currents, and errors where somebody states them")
  func accuracy() throws {
    let profile = try Self.profile(
      "electronic", "accuracy: {class: C, \(Self.currents), starting: 20 mA, error: {load: -1000 ppm}}")
    #expect(
      profile.accuracy
        == Accuracy(
          accuracyClass: .c, minimum: 250, transition: 500, maximum: 100_000, starting: 20,
          error: ErrorCurve(load: -1000)))
  }

  @Test("a log says what it has for a gap, a clock how long it goes on")
  func gaps() throws {
    let profile = try Self.profile(
      "electronic",
      "logs: {half-hours: {import: 100}, gaps: omit, cleared-after: 3 days}\nclock: {backup: 48 h}")
    #expect(profile.logs.gaps == .omit)
    #expect(profile.logs.clearedAfter == .days(3))
    #expect(profile.clock == ClockFace(backup: .hours(48)))
  }

  @Test("event logs have their capacities, and the voltage the limits that are not the usual ones")
  func smart() throws {
    let profile = try Self.profile(
      "electronic",
      "logs: {events: {events: 100, power: 50}}\nclock: {drift: 0 ppm}\n"
        + "voltage-quality: {entries: 9, average: 10m, over: 253 V, sag: {volts: 207.5 V, for: 5 s}}")
    #expect(profile.logs.eventLogs == [.events: 100, .power: 50])
    var limits = VoltageLimits()
    (limits.averagePeriod, limits.averageOver) = (.minutes(10), 253_000)
    limits.sag = .init(207_500, for: .seconds(5))
    #expect(profile.voltageQuality == VoltageQuality(limits: limits, entries: 9))
    let bare = try Self.profile("electronic", "clock: {drift: 0 ppm}\nvoltage-quality: {}")
    #expect(bare.voltageQuality == VoltageQuality() && bare.voltageQuality?.entries == 4320)
    #expect(bare.logs.eventLogs == [.events: 100])
  }

  @Test("what cannot be is refused by its code")
  func refusals() {
    let cases: [(kind: String, rest: String, code: String)] = [
      ("electronic", "torque: {\(Self.plain)}", "BS-PRF-30"),
      ("analogue", "disc: 400 rev/kWh\naccuracy: {class: B, \(Self.currents)}", "BS-PRF-31"),
      (
        "analogue", "disc: 400 rev/kWh\ntorque: {compensation: 4 W, friction: 3 W, stiction: 101 W}",
        "BS-PRF-32"
      ),
      (
        "electronic", "accuracy: {class: B, minimum: 600 mA, transition: 500 mA, maximum: 100000 mA}",
        "BS-PRF-33"
      ),
      (
        "electronic", "accuracy: {class: B, minimum: 0.25 A, transition: 500 mA, maximum: 100000 mA}",
        "BS-PRF-34"
      ),
      (
        "electronic", "logs: {half-hours: {import: 9}, cleared-after: 20 m}\nclock: {drift: 0 ppm}",
        "BS-PRF-35"
      ),
      ("electronic", "clock: {backup: -1 h}", "BS-PRF-36"),
      ("electronic", "voltage-quality: {entries: 10}", "BS-PRF-29"),
      ("electronic", "clock: {drift: 0 ppm}\nvoltage-quality: {average: 7m}", "BS-PRF-28"),
      ("electronic", "clock: {drift: 0 ppm}\nvoltage-quality: {swell: {volts: 253}}", "BS-SITE-25"),
      ("electronic", "clock: {drift: 0 ppm}\nlogs: {events: {power: 100}}", "BS-SCN-05"),
    ]
    for one in cases {
      let error = #expect(throws: Diagnostic.self, "\(one.rest)") { try Self.profile(one.kind, one.rest) }
      #expect(error?.code == one.code, "\(one.rest): \(String(describing: error))")
    }
  }
}
