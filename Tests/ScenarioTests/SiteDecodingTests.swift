import Scenario
import Testing
import Truth
import Units

@Suite("A site is read from its YAML")
struct SiteDecodingTests {
  /// Files by path.
  private struct Shelf: FileReader {
    struct Absent: Error {}
    var texts: [String: String] = [:]
    func text(of path: String) throws -> String {
      guard let text = texts[path] else { throw Absent() }
      return text
    }
    func names(in folder: String) -> [String] { [] }
  }

  private func site(_ yaml: String, _ texts: [String: String] = [:]) throws -> SiteDescription {
    let node = try Node.parse(yaml, file: "stories/one.yaml")
    return try SiteDescription(node, files: FileLoader(Shelf(texts: texts), besides: "stories/one.yaml"))
  }

  @Test("a place with modules and a household")
  func modelled() throws {
    let read = try site(
      """
      place: {latitude: 51.48, longitude: -0.09}
      generation: [{technology: solar-pv, capacity: 3.95 kWp, tilt: 35, azimuth: 180}]
      load: {household: 2900 kWh/year}
      """)
    #expect(
      read
        == SiteDescription(
          boundary: .modelled(
            Installation(
              place: .init(latitude: 51.48, longitude: -0.09),
              generators: [Generator(capacity: Power(watts: 3950), tilt: 35, azimuth: 180)],
              load: HouseholdLoad(annual: WattHours(2_900_000))))))
  }

  @Test("every key of a modelled site")
  func everything() throws {
    let read = try site(
      """
      supply: three
      place: {latitude: 57.1, longitude: -2.1, altitude: 25 m}
      generation:
        - {technology: solar-pv, capacity: 4 kWp, tilt: 30.5, azimuth: 90, losses: 9.5 %, inverter: 3.68 kW,
           phase: l2}
        - {technology: solar-pv, capacity: 10 kWp, tilt: 10, azimuth: 270, phase: all}
      load: {household: 4100 kWh/year, base: 120 W}
      sky: clear
      export-limit: 5 kW
      """)
    let first = Generator(
      capacity: Power(watts: 4000), tilt: 30.5, azimuth: 90, losses: 0.095, inverterLimit: Power(watts: 3680),
      connection: .l2)
    let second = Generator(capacity: Power(watts: 10_000), tilt: 10, azimuth: 270, connection: .all)
    #expect(
      read
        == SiteDescription(
          supply: .three,
          boundary: .modelled(
            Installation(
              place: .init(latitude: 57.1, longitude: -2.1, altitude: 25), generators: [first, second],
              load: HouseholdLoad(annual: WattHours(4_100_000), base: Power(watts: 120)), sky: .clear,
              exportLimit: Power(watts: 5000)))))
  }

  @Test("a stated flow: a power, powers by phase, steps")
  func stated() throws {
    #expect(try site("flow: -2 kW") == .constant(Power(watts: -2000)))
    #expect(
      try site("supply: three\nflow: {l1: -2 kW, l3: 300 W}")
        == SiteDescription(
          supply: .three,
          boundary: .prescribed(
            .constant(PhasePower(l1: Power(watts: -2000), l3: Power(watts: 300))))))
    let steps = try site(
      """
      flow:
        before: 0 W
        steps:
          - {from: 2026-05-01T09:00Z, power: -2 kW}
          - {from: 2026-05-01T12:00+01:00, power: 350 W}
      """)
    let expected = try [("2026-05-01T09:00Z", Int64(-2000)), ("2026-05-01T11:00Z", 350)].map {
      PrescribedFlow.Step(from: try Instant(parsing: $0), power: PhasePower(l1: Power(watts: $1)))
    }
    #expect(steps == SiteDescription(boundary: .prescribed(.steps(expected, before: .zero))))
  }

  @Test("flows from files beside the scenario")
  func files() throws {
    let power = "start,power_w\n2026-05-01T00:00Z,-5\n"
    let halfHours = "start,import_wh,export_wh\n2026-05-01T00:00Z,1,2\n"
    let texts = ["stories/p.csv": power, "stories/h.csv": halfHours]
    #expect(
      try site("flow: {power: p.csv, before: 3 W}", texts).boundary
        == .prescribed(try PrescribedFlow(powerCSV: power, before: PhasePower(l1: Power(watts: 3)))))
    #expect(
      try site("flow: {half-hours: h.csv, order: import-first, outside: 0 W}", texts).boundary
        == .prescribed(try PrescribedFlow(halfHourCSV: halfHours, order: .importFirst, outside: .zero)))
  }

  @Test(
    "what is wrong is shown where it stands, with its code",
    arguments: [
      ("{}", "BS-SITE-21", 1, 1),
      ("flow: -2 kW\nload: {base: 5 W}", "BS-SITE-20", 2, 7),
      ("flow: -2 kWh", "BS-SCN-13", 1, 10),
      ("flow: {}", "BS-SITE-24", 1, 7),
      ("flow: {steps: []}", "BS-SITE-23", 1, 15),
      ("flow: {half-hour: x.csv}", "BS-SITE-24", 1, 7),
      ("flow: {half-hours: x.csv}", "BS-SCN-15", 1, 20),
      ("flow: {l1: 2 kW, l4: 2 kW}", "BS-SCN-06", 1, 18),
      ("flow: {l2: 2 kW}", "BS-SITE-03", 1, 1),
      (
        "flow: {steps: [{from: 2026-05-01T09:00Z, power: 1 W}, {from: 2026-05-01T08:00Z, power: 0 W}]}",
        "BS-SITE-06", 1, 55
      ),
      ("load: {}", "BS-SITE-22", 1, 7),
      ("load: {household: 2900 kWh}", "BS-SITE-25", 1, 19),
      ("load: {household: 2900 kW/year}", "BS-SCN-13", 1, 24),
      ("load: {household: 1000 kWh/year, base: 200 W}", "BS-SITE-07", 1, 1),
      ("generation: [{technology: wind}]", "BS-SITE-01", 1, 27),
      ("generation: [{technology: solar}]", "BS-SCN-12", 1, 27),
      ("generation: [{technology: solar-pv, tilt: 3}]", "BS-SCN-05", 1, 14),
      (
        "generation: [{technology: solar-pv, capacity: 4 kWp, tilt: 3, azimuth: 180}]", "BS-SITE-09", 1, 1
      ),
      (
        "generation: [{technology: solar-pv, capacity: 4 kWp, tilt: 95, azimuth: 180}]", "BS-SITE-02", 1, 60
      ),
      (
        "generation: [{technology: solar-pv, capacity: 4 kWp, tilt: 5, azimuth: 0x10}]", "BS-SITE-26", 1, 72
      ),
      (
        "generation: [{technology: solar-pv, capacity: 4 kWp, tilt: 5, azimuth: 1, losses: 14}]",
        "BS-SITE-25", 1, 83
      ),
      ("place: {latitude: 51, longitude: 0, altitude: 10 km}\nload: {base: 1 W}", "BS-SITE-26", 1, 47),
      ("load: {base: 1 W}\nsuply: three", "BS-SCN-06", 2, 1),
    ])
  func refused(yaml: String, code: String, line: Int, column: Int) throws {
    let found = try #require(throws: Diagnostic.self) { try site(yaml) }
    #expect(found.code == code, "\(found)")
    #expect([found.at.line, found.at.column] == [line, column], "\(found)")
    #expect(found.at.file == "stories/one.yaml")
  }

  @Test("a torn line of a file is shown in that file")
  func tornLine() throws {
    let text = "start,import_wh,export_wh\r\n2026-05-01T00:00Z,1,2\r\n2026-05-01T00:30Z,1\r\n"
    let found = try #require(throws: Diagnostic.self) {
      try site("flow: {half-hours: h.csv}", ["stories/h.csv": text])
    }
    #expect(
      found.description == """
        stories/h.csv:3:1: this line has 2 cells where the header has 3; \
        a line is torn, or two run together [BS-CSV-06]
          | 2026-05-01T00:30Z,1
          | ^^^^^^^^^^^^^^^^^^^
        """)
  }
}
