// Who parts from the truth first, and when. 1 kW flows out all the time: 500 Wh each half-hour.

import BackspinTesting
import Runner
import Testing
import Units

@Suite("The first divergence")
struct DivergenceTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    /// Nil: nobody parts.
    var layer: Layer?
    var at = ""
    /// In Wh, truth and belief at that moment.
    var truth: Int64 = 0
    var believed: Int64 = 0
    var meter = "eastron-sdm120"
    var more = ""
    var rows: [String]
    var testDescription: String { name }

    /// A register near its end, for the story in which it comes round.
    private var start: String { meter == "smets1-with-export" ? ", reads: {export: 99990 kWh}" : "" }

    var story: String {
      """
      id: parting
      title: \(name)
      depths: [\(rows.contains { $0.contains("CL-01") } ? "memory, pty" : "memory, pty, tcp")]
      from: 2026-05-01T00:00Z
      until: 2026-05-02T00:30Z
      site: {flow: -1 kW}
      meters:
        export: {profile: \(meter), mpan: "9900000000015"\(start)}
      \(more)
      timeline:
      \(rows.map { "  - " + $0 }.joined(separator: "\n"))
      expect:
        - {read-count: export, at-least: 0}
      """
    }
  }

  static let hourly = "{every: hour, polls: export, registers: export}"
  static let daily = "{every: day, at: \"00:10Z\", remote-reads: export, last: 3 days}"

  static let cases: [Case] = [
    Case(name: "an honest meter on an honest line", layer: nil, rows: [hourly]),
    // Frozen from 10:00: at the end of its half-hour 500 Wh are missing.
    Case(
      name: "a frozen register parts at the end of its first half-hour", layer: .meter,
      at: "2026-05-01T10:30Z", truth: 10_500, believed: 10_000,
      rows: [hourly, "{from: 2026-05-01T10:00Z, fault: RG-03, on: export}"]),
    // Somebody looks ten minutes after: 1 kW × 10 min = 166 Wh are missing,
    // and it is the meter that lost them.
    Case(
      name: "a frozen register that is read parts in the meter, not on the line", layer: .meter,
      at: "2026-05-01T10:10Z", truth: 10_166, believed: 10_000,
      rows: [
        "{at: 2026-05-01T10:10Z, polls: export, registers: export}",
        "{from: 2026-05-01T10:00Z, fault: RG-03, on: export}",
      ]),
    Case(
      name: "a zero that left the meter as bytes parts on the line", layer: .line, at: "2026-05-01T11:00Z",
      truth: 11_000, believed: 0,
      rows: [hourly, "{from: 2026-05-01T10:30Z, fault: RG-11, on: export}"]),
    Case(
      name: "a gateway that serves an old answer parts on the line", layer: .line, at: "2026-05-01T10:30Z",
      truth: 10_500, believed: 10_000,
      rows: [
        "{every: half-hour, polls: export, registers: export}",
        "{from: 2026-05-01T09:45Z, fault: PR-05, with: {kind: stale, age: 3000 s}, on: export}",
      ]),
    // The answer of 06:00 comes at 06:00:02, when nobody waits; at 07:00 it is taken for the new one.
    Case(
      name: "a late answer taken for the next request's parts in the reader", layer: .reader,
      at: "2026-05-01T07:00Z", truth: 7000, believed: 6000,
      more: "lines: {bus: {reader: {retries: 0, flushes: false}}}",
      rows: [
        hourly,
        "{from: 2026-05-01T06:00Z, to: 2026-05-01T06:30Z, fault: CL-03, with: {delay: 2000 ms}, on: bus}",
      ]),
    Case(
      name: "the same line with a reader that flushes", layer: nil,
      more: "lines: {bus: {reader: {retries: 0}}}",
      rows: [
        hourly,
        "{from: 2026-05-01T06:00Z, to: 2026-05-01T06:30Z, fault: CL-03, with: {delay: 2000 ms}, on: bus}",
      ]),
    Case(
      name: "noise that costs retries", layer: nil,
      rows: [hourly, "{from: 2026-05-01T00:30Z, fault: CL-01, with: {rate: 5000 ppm}, on: bus}"]),
    // A clock 250 ppm fast shows 08:00 after 28 792.8 s. The meter nets over whole seconds: of 28 792 of them
    // it has logged 7997.8 Wh, cut to 7997, where 8000 are true. At 07:30 (26 993 s) it is 7498 of 7500,
    // which two cuts to whole Wh could hide.
    Case(
      name: "a clock that drifts parts in the half-hours that the meter logs", layer: .meter,
      at: "2026-05-01T08:00Z", truth: 8000, believed: 7997, meter: "smets2-single-element",
      rows: [daily, "{from: 2026-05-01T00:00Z, fault: CK-01, with: {ppm: 250 ppm}, on: export}"]),
    Case(name: "a smart meter read over the WAN", layer: nil, meter: "smets2-single-element", rows: [daily]),
    Case(
      name: "a register that comes round", layer: nil, meter: "smets1-with-export",
      rows: ["{every: hour, remote-reads: export, what: registers}"]),
    Case(
      name: "a display cut to whole kWh, and a letter that takes its time", layer: nil,
      meter: "smets2-single-element",
      rows: ["{at: 2026-05-01T10:50Z, customer-reads: export, register: export, arrives-after: 12h}"]),
    Case(
      name: "a customer who writes down another number parts in the reader", layer: .reader,
      at: "2026-05-01T10:00Z", truth: 10_000, believed: 19_000, meter: "smets2-single-element",
      rows: ["{at: 2026-05-01T10:00Z, customer-reads: export, register: export, value: 19 kWh}"]),
    Case(
      name: "an outage of the WAN only delays", layer: nil, meter: "smets2-single-element",
      rows: [
        "{every: hour, remote-reads: export}",
        "{from: 2026-05-01T05:30Z, to: 2026-05-01T09:10Z, fault: WN-01, on: export}",
      ]),
    Case(
      name: "an exchange of the meter", layer: nil, meter: "smets2-single-element",
      rows: [
        "{every: hour, remote-reads: export}",
        "{at: 2026-05-01T12:15Z, event: meter-exchanged, on: export, profile: smets2-single-element, serial: NEW, "
          + "reads: {export: 77 kWh}}",
      ]),
    Case(
      name: "a meter without export register parts as soon as something is exported", layer: .meter,
      at: "2026-05-01T00:30Z", truth: 500, believed: 0, meter: "smets1-without-export-register",
      rows: ["{at: 2026-05-01T12:00Z, customer-reads: export}"]),
    Case(
      name: "an export register that is off parts in the meter", layer: .meter, at: "2026-05-01T06:30Z",
      truth: 6500, believed: 6000, meter: "smets1-with-export",
      rows: [daily, "{from: 2026-05-01T06:00Z, fault: ME-05, on: export}"]),
  ]

  @Test("is in the right layer, at the right time", arguments: cases)
  func divergence(one: Case) throws {
    let record = try StoryBench.run(one.story)
    #expect(record.divergence?.layer == one.layer)
    guard one.layer != nil, let found = record.divergence else { return }
    #expect("\(found.at)" == one.at)
    #expect(found.truth == WattHours(one.truth))
    #expect(found.believed == WattHours(one.believed))
  }

  /// 48 half-hours of 500 Wh that a logger made, at 10 p/kWh: paid where the terms take them, else held.
  static func logged(_ licensee: String) -> String {
    """
    id: logged
    title: Half-hours made by a logger
    from: 2026-05-01T00:00Z
    until: 2026-05-02T00:30Z
    site: {flow: -1 kW}
    meters:
      export: {profile: eastron-sdm120, mpan: "9900000000015"}
    agreement:
      licensee: \(licensee)
      installation: {technology: hydro, capacity: 4 kW}
      tariff: {flat: 10 p/kWh}
    timeline:
      - {every: half-hour, polls: export, registers: export, gives: half-hours}
      - {at: 2026-05-02T00:15Z, settle: export}
    expect:
      - {paid: £2.40}
    """
  }

  @Test("is the core's where settlement refuses what was truly exported, and nobody's where it pays")
  func refused() throws {
    let paid = try StoryBench.run(Self.logged("synthetic-sub-meter"))
    #expect(paid.verdict == .passed)
    #expect(paid.divergence == nil)
    // All 24 kWh are held: the core believes in none of them when it settles.
    let refused = try StoryBench.run(Self.logged("eon-next"))
    let belief = try #require(refused.divergence)
    #expect(belief.layer == .core)
    #expect("\(belief.at)" == "2026-05-02T00:15Z")
    #expect((belief.truth, belief.believed) == (WattHours(24_000), .zero))
  }
}
