// Sun, sky, plane, cell and inverter against pvlib 0.16.1 (see the head of each file in Data).

import Foundation
import Testing
import Units

@testable import Truth

@Suite("The sun and what it gives agree with pvlib")
struct SunReferenceTests {
  /// One row of a reference file.
  struct Reference {
    let at: Instant
    private let values: [String: Double]

    init(_ row: [CSVTable.Cell], header: [CSVTable.Cell]) throws {
      at = try Instant(parsing: row[0].text)
      values = Dictionary(uniqueKeysWithValues: zip(header, row).map { ($0.text, Double($1.text) ?? .nan) })
    }

    /// NaN where the file is empty.
    subscript(_ column: String) -> Double { values[column] ?? .nan }
  }

  /// A site of the reference files.
  struct Point: Sendable, CustomTestStringConvertible {
    let name: String
    let place: SiteDescription.Place
    let file: String
    let count: Int
    var testDescription: String { name }

    func rows() throws -> [Reference] {
      let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      let text = try String(contentsOf: folder.appendingPathComponent("Data/\(file)"), encoding: .utf8)
      let table = try CSVTable(parsing: text)
      return try table.rows.map { try Reference($0, header: table.header) }
    }

    var air: AirColumn { AirColumn(altitude: place.altitude) }

    func sun(_ at: Instant) -> SolarPosition {
      SolarPosition(at: Double(at.seconds), place: place, air: air)
    }
  }

  static let points = [
    Point(
      name: "London at midsummer", place: .init(latitude: 51.5074, longitude: -0.1278, altitude: 25),
      file: "london-2025-06-21.csv", count: 48),
    Point(
      name: "Aberdeen on the day of 46 half-hours",
      place: .init(latitude: 57.1497, longitude: -2.0943, altitude: 25), file: "aberdeen-2025-03-30.csv",
      count: 46),
  ]

  @Test("zenith and azimuth are within 0.02° while the sun is up", arguments: points)
  func position(point: Point) throws {
    let rows = try point.rows()
    #expect(rows.count == point.count)
    for row in rows where row["zenith_true_deg"] < 92 {
      let sun = point.sun(row.at)
      #expect(abs(sun.trueZenith / SolarPosition.degree - row["zenith_true_deg"]) < 0.02, "\(row.at)")
      #expect(abs(sun.apparentZenith / SolarPosition.degree - row["zenith_apparent_deg"]) < 0.02, "\(row.at)")
      let across = abs(sun.azimuth / SolarPosition.degree - row["azimuth_deg"]) * sin(sun.trueZenith)
      #expect(across < 0.02, "\(row.at)")
    }
  }

  @Test("extraterrestrial light and air mass are within 0.05 % and 0.2 %", arguments: points)
  func airMass(point: Point) throws {
    for row in try point.rows() {
      let day = ClearSky.dayOfYear(dayNumber: Int(row.at.seconds / 86_400))
      let extra = ClearSky.extraterrestrial(dayOfYear: day)
      #expect(abs(extra / row["dni_extra"] - 1) < 0.0005)
      let mass = ClearSky.relativeAirMass(of: point.sun(row.at))
      if row["zenith_apparent_deg"] < 85 {
        #expect(abs((mass ?? .nan) / row["airmass_rel"] - 1) < 0.002, "\(row.at)")
      }
      if row["airmass_rel"].isNaN { #expect(mass == nil) }
    }
  }

  @Test("clear-sky light is within 1 W/m² or 0.3 %, on the horizontal and in the plane", arguments: points)
  func irradiance(point: Point) throws {
    let plane = PlaneOfArray(SolarPlant(tilt: 35, azimuth: 180))
    var lit = 0
    for row in try point.rows() {
      let sun = point.sun(row.at)
      let extra = ClearSky.extraterrestrial(
        dayOfYear: ClearSky.dayOfYear(dayNumber: Int(row.at.seconds / 86_400)))
      let sky = ClearSky(altitude: point.place.altitude, air: point.air)
        .irradiance(of: sun, extraterrestrial: extra)
      #expect(agree(sky.global, row["ghi_ineichen"], 1, 0.003), "\(row.at)")
      #expect(agree(sky.beam, row["dni_ineichen"], 1, 0.003), "\(row.at)")
      #expect(agree(sky.diffuse, row["dhi_ineichen"], 1, 0.003), "\(row.at)")
      let onPlane = plane.parts(
        sky, cosineZenith: cos(sun.apparentZenith),
        cosineOfIncidence: plane.cosineOfIncidence(of: sun),
        extraterrestrial: extra
      ).total
      if row["zenith_apparent_deg"] < 87 {
        #expect(agree(onPlane, row["poa_hd_s35"], 1.5, 0), "\(row.at)")
        lit += 1
      }
    }
    #expect(lit > 20)
  }

  /// 5 kWp on 35° south behind 3.68 kW.
  static let array = PVArray(
    SolarPlant(tilt: 35, azimuth: 180, inverterLimit: Power(watts: 3680)),
    of: Generator(capacity: Power(watts: 5000), tilt: 35, azimuth: 180))

  @Test("cell, direct and alternating power are within 0.1 K and 0.3 % or 5 W", arguments: points)
  func power(point: Point) throws {
    let array = Self.array
    var clipped = 0
    for row in try point.rows() {
      let light = row["poa_hd_s35"]
      let cell = PVArray.cellTemperature(light: light, air: 10, wind: 2)
      #expect(agree(cell, row["tcell_hd_s35"], 0.1, 0), "\(row.at)")
      let direct = array.directWatts(light: light, cell: cell)
      #expect(agree(direct, 1000 * row["pdc_kw_hd_s35"], 5, 0.003), "\(row.at)")
      let alternating = array.alternatingWatts(direct: direct)
      #expect(agree(alternating, 1000 * row["pac_kw_hd_s35"], 5, 0.003), "\(row.at)")
      #expect(array.milliwatts(light: light, air: 10, wind: 2) == Int64(alternating * 1000))
      if alternating == 3680 { clipped += 1 }
    }
    #expect(clipped > 0)
  }

  @Test(
    "a clear year at London and Aberdeen has the light and the energy of pvlib's within 0.1 %",
    arguments: [
      // kWh/m² on the horizontal and on 35° south; kWh from 5 kWp behind 3.68 kW.
      (points[0], 1644.3818, 2184.0058, 8789.8728), (points[1], 1453.3459, 1994.0547, 8064.3354),
    ])
  func year(point: Point, global: Double, plane: Double, energy: Double) {
    let array = Self.array
    let clear = ClearSky(altitude: point.place.altitude, air: point.air)
    var sums = (0.0, 0.0, 0.0)
    for slot in 0..<17_520 {
      // 2025-01-01T00:15Z and every half-hour from there.
      let at = Instant(seconds: 1_735_690_500 + Int64(slot) * 1800)
      let sun = point.sun(at)
      let extra = ClearSky.extraterrestrial(dayOfYear: slot / 48 + 1)
      let sky = clear.irradiance(of: sun, extraterrestrial: extra)
      let light = array.plane.parts(
        sky, cosineZenith: cos(sun.apparentZenith),
        cosineOfIncidence: array.plane.cosineOfIncidence(of: sun),
        extraterrestrial: extra
      ).total
      sums.0 += sky.global / 2000
      sums.1 += light / 2000
      sums.2 += Double(array.milliwatts(light: light, air: 10, wind: 2)) / 2e6
    }
    #expect(agree(sums.0, global, 0, 0.001))
    #expect(agree(sums.1, plane, 0, 0.001))
    #expect(agree(sums.2, energy, 0, 0.001))
  }

  private func agree(_ value: Double, _ reference: Double, _ absolute: Double, _ relative: Double) -> Bool {
    abs(value - reference) <= max(absolute, relative * abs(reference))
  }
}
