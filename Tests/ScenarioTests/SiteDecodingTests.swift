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

  private static let everyTechnology = """
    place: {latitude: 51.5, longitude: 0}
    weather:
      clear-sky: haurwitz
      turbidity: 2.5
      air: -1.5 °C
      wind: 4 m/s
      snow: [{from: 2026-01-10T04:00Z, to: 2026-01-14T00:00Z, depth: 6 cm}]
    generation:
      - {technology: solar-pv, capacity: 4 kWp, tilt: 30, azimuth: 180, sky-model: perez, reflection: ashrae,
         ground-reflectance: 0.3, inverter-efficiency: 97 %, temperature-coefficient: -0.4 %/K,
         horizon: [{azimuth: 90, elevation: 20}, {azimuth: 180, elevation: 5}],
         soiling: {share: 2 %, per-month: 0.5 %, since: 2026-01-01T00:00Z}}
      - {technology: wind, capacity: 6 kW, mean-wind: 5.5 m/s, hub: 18 m}
      - {technology: hydro, capacity: 15 kW, median-flow: 70 %}
      - {technology: anaerobic-digestion, capacity: 500 kW, service: none}
      - {technology: micro-chp, capacity: 1 kW, engine: fuel-cell}
    storage:
      - {capacity: 13.5 kWh, power: 5 kW, mode: arbitrage, charges: 00:30-05:30, discharges: 16:00-19:00,
         round-trip: 90 %, initial: 10 %, standby: 15 W, dead-band: 30 W, response: 2 s}
    load:
      vehicle: {power: 7 kW, daily: 9 kWh, charges-from: arrival}
      heat-pump: {heat-loss: 200 W/K, flow-temperature: 50 °C}
      diverter: {power: 2.8 kW, bucket: 2 Wh, cycle: 20 ms, daily: 5 kWh}
      vacant: [{from: 2026-08-01T00:00Z, to: 2026-08-15T00:00Z}]
    export-limit: 3.68 kW
    export-ramp: 5 s
    voltage: {mean: 245 V, impedance: 0.4 ohm}
    """

  private func modelled(_ yaml: String) throws -> Installation? {
    guard case .modelled(let made) = try site(yaml).boundary else { return nil }
    return made
  }

  @Test("weather, stores, vehicles and heat pumps")
  func weatherAndLoads() throws {
    let made = try #require(try modelled(Self.everyTechnology))
    var weather = Weather()
    (weather.clearSky, weather.turbidity, weather.airTemperature, weather.wind) = (.haurwitz, 2.5, -1.5, 4)
    weather.snow = [
      Weather.Snow(
        from: try Instant(parsing: "2026-01-10T04:00Z"), to: try Instant(parsing: "2026-01-14T00:00Z"),
        depth: 6)
    ]
    #expect(made.weather == weather)
    var store = StorageUnit(capacity: WattHours(13_500), power: Power(watts: 5000))
    (store.mode, store.roundTrip, store.initial, store.response) = (.arbitrage, 0.9, 0.1, 2)
    (store.charges, store.discharges) = (.init(from: 30, until: 330), .init(from: 960, until: 1140))
    (store.standby, store.deadBand) = (Power(watts: 15), Power(watts: 30))
    #expect(made.storage == [store])
    var vehicle = Vehicle()
    (vehicle.power, vehicle.daily, vehicle.chargesFrom) = (Power(watts: 7000), WattHours(9000), nil)
    #expect(made.load.vehicle == vehicle)
    var pump = HeatPump()
    (pump.heatLoss, pump.flowTemperature) = (200, 50)
    #expect(made.load.heatPump == pump)
    var diverter = Diverter()
    (diverter.power, diverter.bucket, diverter.cycle) = (Power(watts: 2800), WattHours(2), 20)
    diverter.daily = WattHours(5000)
    #expect(made.load.diverter == diverter)
    #expect(try modelled("load: {diverter: true}")?.load.diverter == Diverter())
    #expect(try modelled("load: {base: 1 W, diverter: false}")?.load.diverter == nil)
    #expect(made.load.vacant.count == 1)
    #expect(made.exportLimit == Power(watts: 3680) && made.exportRamp == 5)
    var voltage = SupplyVoltage()
    (voltage.mean, voltage.impedance) = (245, 0.4)
    #expect(made.voltage == voltage)
  }

  @Test("plants of every technology")
  func technologies() throws {
    let made = try #require(try modelled(Self.everyTechnology))
    var solar = SolarPlant(tilt: 30, azimuth: 180)
    (solar.transposition, solar.reflection, solar.groundReflectance) = (.perez, .ashrae, 0.3)
    (solar.inverterEfficiency, solar.temperatureCoefficient) = (0.97, -0.004)
    solar.horizon = [.init(azimuth: 90, elevation: 20), .init(azimuth: 180, elevation: 5)]
    solar.soiling = .init(share: 0.02, perMonth: 0.005, since: try Instant(parsing: "2026-01-01T00:00Z"))
    var wind = WindTurbine()
    (wind.meanWind, wind.hubHeight) = (5.5, 18)
    var hydro = HydroTurbine()
    hydro.medianFlow = 0.7
    var digester = AnaerobicDigester()
    digester.serviceFrom = nil
    var chp = MicroCHP()
    chp.engine = .fuelCell
    #expect(
      made.generators == [
        Generator(.solar(solar), capacity: Power(watts: 4000)),
        Generator(.wind(wind), capacity: Power(watts: 6000)),
        Generator(.hydro(hydro), capacity: Power(watts: 15_000)),
        Generator(.digester(digester), capacity: Power(watts: 500_000)),
        Generator(.chp(chp), capacity: Power(watts: 1000)),
      ])
  }

  @Test(
    "a site by itself is a file with nothing but a site and, if it likes, when; anything more is a scenario")
  func siteFile() throws {
    func file(_ text: String) throws -> SiteFile? {
      try SiteFile("a.yaml", library: Library(reader: Shelf(texts: ["a.yaml": text]), folders: []))
    }
    let whole = try #require(
      try file("from: 2025-06-21T00:00+01:00\nuntil: 2025-06-22T00:00Z\nsite: {flow: -2 kW}\n"))
    #expect(whole.site == .constant(Power(watts: -2000)))
    #expect(try whole.from == Instant(parsing: "2025-06-20T23:00Z"))
    #expect(try whole.until == Instant(parsing: "2025-06-22T00:00Z"))
    let bare = try #require(try file("site: {flow: 1 kW}"))
    #expect(bare.from == nil && bare.until == nil)
    #expect(try file("id: a\nsite: {flow: 1 kW}") == nil)
    #expect(throws: Diagnostics.self) { try file("site: {flow: 1 kilo}") }
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
      ("generation: [{technology: wind}]", "BS-SCN-05", 1, 14),
      ("generation: [{technology: wind, capacity: 6 kW, mean-wind: 5}]", "BS-SITE-25", 1, 60),
      ("generation: [{technology: wind, capacity: 6 kW, tilt: 5}]", "BS-SCN-06", 1, 49),
      (
        "generation: [{technology: wind, capacity: 6 kW, cut-in: 9 m/s, rated-wind: 8 m/s}]", "BS-SITE-29",
        1, 14
      ),
      ("storage: [{capacity: 9 kWh, power: 3 kW, mode: arbitrage}]", "BS-SITE-30", 1, 11),
      ("storage: [{capacity: 9 kWh, power: 3 kW, charges: 00:30Z-05:30}]", "BS-SITE-28", 1, 51),
      ("storage: [{capacity: 9 kWh, power: 3 kW, round-trip: 120 %}]", "BS-SITE-02", 1, 54),
      ("storage: [{capacity: 9 kWh, power: 9 MW}]", "BS-SITE-02", 1, 1),
      ("storage: [{capacity: 9 kWh, power: 3 kW, phase: l2}]", "BS-SITE-03", 1, 1),
      ("load: {base: 1 W}\nweather: {sky: clear}\nsky: clear", "BS-SITE-31", 3, 6),
      ("load: {base: 1 W}\nweather: {turbidity: 0}", "BS-SITE-02", 2, 22),
      ("load: {base: 1 W}\nexport-ramp: 20 s", "BS-SITE-02", 2, 14),
      ("load: {vacant: [{from: 2026-05-02T00:00Z, to: 2026-05-01T00:00Z}]}", "BS-SITE-32", 1, 17),
      ("load: {vehicle: {charges-from: 23:30Z}}", "BS-SITE-28", 1, 32),
      ("load: {diverter: {cycle: 30 ms}}", "BS-SITE-02", 1, 1),
      ("load: {diverter: {bucket: 0 Wh}}", "BS-SITE-02", 1, 1),
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
