// `backspin site`: the flow of a site as CSV, with the sun and what it gives.

import Foundation
import Testing

@Suite("backspin site prints what flows at a site, and why") struct SiteCommandTests {
  private static let site = """
    from: 2025-06-21T12:00Z
    until: 2025-06-21T13:00Z
    site:
      place: {latitude: 51.5074, longitude: -0.1278, altitude: 25 m}
      weather: {sky: clear, air: 10 °C}
      generation: [{technology: solar-pv, capacity: 5 kWp, tilt: 35, azimuth: 180, inverter: 3.68 kW}]
    """

  private func run(_ text: String, _ options: String...) throws -> CommandLine.Ending {
    let folder = try Scratch()
    defer { folder.remove() }
    return try CommandLine.backspin(["site", try folder.write(text, to: "site.yaml")] + options)
  }

  private func rows(_ ending: CommandLine.Ending) -> [[String: String]] {
    let names = ending.lines.first?.split(separator: ",").map(String.init) ?? []
    return ending.lines.dropFirst().map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return Dictionary(uniqueKeysWithValues: zip(names, cells))
    }
  }

  @Test("sun, light, plane, cell and power in the middle of a half-hour are pvlib's")
  func middle() throws {
    let found = rows(try run(Self.site))
    #expect(found.map { $0["start"] } == ["2025-06-21T12:00Z", "2025-06-21T12:30Z"])
    let row = try #require(found.first)
    // pvlib 0.16.1 (SPA, Ineichen with turbidity 3, Hay-Davies, Faiman, PVWatts) at 12:15 UTC.
    let reference: [(String, Double, Double)] = [
      ("zenith_true_deg", 28.17605, 0.005), ("zenith_apparent_deg", 28.16700, 0.005),
      ("azimuth_deg", 186.14374, 0.01), ("eot_min", -1.85645, 0.02), ("dni_extra", 1321.62359, 0.001),
      ("airmass_rel", 1.13368, 0.0005), ("ghi", 886.99160, 0.1), ("dni", 892.31948, 0.1),
      ("dhi", 100.34461, 0.1), ("cos_aoi", 0.99134, 0.0005), ("poa", 1006.46778, 0.1),
      ("cell_c", 36.02037, 0.01), ("ac_w", 3680, 0.01),
    ]
    for (name, value, tolerance) in reference {
      let cell = try #require(row[name].flatMap(Double.init), "\(name)")
      #expect(abs(cell - value) < tolerance, "\(name) \(cell)")
    }
    // Clipped at 3.68 kW for the whole half-hour, and nobody at home.
    #expect(row["export_wh"] == "1840.000" && row["generated_wh"] == "1840.000")
    #expect(row["import_wh"] == "0.000" && row["power_w"] == "-3680.0")
  }

  @Test("it draws what is made and what leaves, with the energies that its rows add up to")
  func picture() throws {
    let folder = try Scratch()
    defer { folder.remove() }
    let (file, drawing) = (try folder.write(Self.site, to: "home.yaml"), folder.path("day.svg"))
    let ending = try CommandLine.backspin(["site", file, "--picture", drawing])
    #expect(ending.code == 0 && ending.lines.isEmpty)
    let svg = try folder.text(of: "day.svg")
    // Clipped at 3.68 kW for an hour, and nobody at home.
    let wanted = [
      "made 3.68 kWh", "used 0 kWh", "export 3.68 kWh", "import 0 kWh", "home, 2025-06-21T12:00Z",
    ]
    for words in wanted {
      #expect(svg.contains(words), "\(words)")
    }
    // A stated flow is drawn at the boundary alone.
    let stated = try folder.write(
      "site: {flow: -2 kW}\nfrom: 2025-06-21T12:00Z\nuntil: 2025-06-21T13:30Z\n", to: "stated.yaml")
    #expect(try CommandLine.backspin(["site", stated, "--picture", drawing]).code == 0)
    let plain = try folder.text(of: "day.svg")
    #expect(plain.contains("export 3 kWh") && !plain.contains("made 0"))
    let refused = try CommandLine.backspin(["site", file, "--picture", "day.gif"])
    #expect(refused.code == 2 && refused.errors.contains("--picture"))
  }

  @Test("rows may be a second long; energies of short rows add up to those of long ones")
  func intervals() throws {
    func exported(_ interval: String) throws -> (count: Int, wattHours: Double) {
      let found = rows(try run(Self.site, "--interval", interval))
      return (found.count, found.reduce(0) { $0 + (Double($1["export_wh"] ?? "") ?? .nan) })
    }
    let (hour, minutes) = (try exported("1h"), try exported("1m"))
    #expect(hour.count == 1 && minutes.count == 60)
    #expect(abs(hour.wattHours - 3680) < 0.001 && abs(minutes.wattHours - 3680) < 0.06)
    #expect(try exported("1s").count == 3600)
  }

  @Test("sunrise, transit and sunset are the almanac's")
  func events() throws {
    // By the Solar Position Algorithm: 03:43:07, 12:02:22, 20:21:37.
    let ending = try run(Self.site, "--events")
    #expect(ending.lines.first == "date,sunrise_utc,transit_utc,sunset_utc")
    let cells = try #require(ending.lines.last).split(separator: ",")
    #expect(cells.first == "2025-06-21" && cells.count == 4)
    #expect(cells[1].hasPrefix("2025-06-21T03:43:0") && cells[2].hasPrefix("2025-06-21T12:02:2"))
    #expect(cells[3].hasPrefix("2025-06-21T20:21:3"))
  }

  @Test("a site that does not say when is asked for it; what is wrong in it is shown where it stands")
  func wrong() throws {
    let silent = try run("site: {flow: -2 kW}")
    #expect(silent.code == 2 && silent.errors.contains("--from and --until") && silent.output.isEmpty)
    let told = try run(
      "site: {flow: -2 kW}", "--from", "2025-06-21T12:00Z", "--until", "2025-06-21T12:30Z")
    #expect(told.lines == ["start,import_wh,export_wh,power_w", "2025-06-21T12:00Z,0.000,1000.000,-2000.0"])
    let broken = try run("site: {flow: -2 kilowatt}")
    #expect(broken.code == 2 && broken.errors.contains("site.yaml:1:17"))
  }
}
