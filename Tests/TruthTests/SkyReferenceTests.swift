// Other sites, dates, planes and models of the sky against pvlib 0.16.1.

import Foundation
import Testing
import Units

@testable import Truth

@Suite("Skies, planes and years agree with pvlib")
struct SkyReferenceTests {
  static let places: [String: SiteDescription.Place] = [
    "london": .init(latitude: 51.5074, longitude: -0.1278, altitude: 25),
    "aberdeen": .init(latitude: 57.1497, longitude: -2.0943, altitude: 25),
    "norwich": .init(latitude: 52.6309, longitude: 1.2974, altitude: 25),
    "cardiff": .init(latitude: 51.4816, longitude: -3.1791, altitude: 15),
  ]
  static let planes: [(name: String, tilt: Double, azimuth: Double)] = [
    ("s35", 35, 180), ("e30", 30, 90), ("w30", 30, 270),
  ]

  /// The rows of a reference file as dictionaries.
  static func rows(_ file: String) throws -> [[String: String]] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let text = try String(contentsOf: folder.appendingPathComponent("Data/\(file)"), encoding: .utf8)
    let table = try CSVTable(parsing: text)
    return table.rows.map {
      Dictionary(uniqueKeysWithValues: zip(table.header, $0).map { ($0.text, $1.text) })
    }
  }

  private static func sky(_ place: SiteDescription.Place, _ model: Weather.ClearSkyModel) -> SkyOverSite {
    var weather = Weather()
    weather.clearSky = model
    return SkyOverSite(place, weather: weather)
  }

  private func agree(_ value: Double, _ reference: Double, _ absolute: Double, _ relative: Double) -> Bool {
    abs(value - reference) <= max(absolute, relative * abs(reference))
  }

  @Test("zenith, azimuth and both clear skies, at four sites on six days")
  func skies() throws {
    let rows = try Self.rows("skies.csv")
    #expect(rows.count > 100)
    for row in rows {
      let place = try #require(Self.places[row["site"] ?? ""])
      let at = Double(try Instant(parsing: row["utc"] ?? "").seconds)
      func reference(_ name: String) -> Double { Double(row[name] ?? "") ?? .nan }
      let now = Self.sky(place, .ineichen).moment(at: at)
      let told = "\(row["site"] ?? "") \(row["utc"] ?? "")"
      #expect(abs(now.sun.trueZenith / SolarPosition.degree - reference("zenith_true_deg")) < 0.02, "\(told)")
      let across =
        abs(now.sun.azimuth / SolarPosition.degree - reference("azimuth_deg")) * sin(now.sun.trueZenith)
      #expect(across < 0.02, "\(told)")
      #expect(agree(now.clear.global, reference("ghi_ineichen"), 1, 0.003), "\(told)")
      #expect(agree(now.clear.beam, reference("dni_ineichen"), 1, 0.003), "\(told)")
      #expect(agree(now.clear.diffuse, reference("dhi_ineichen"), 1, 0.003), "\(told)")
      let haurwitz = Self.sky(place, .haurwitz).moment(at: at).clear
      #expect(agree(haurwitz.global, reference("ghi_haurwitz"), 1, 0.003), "\(told)")
    }
  }

  @Test(
    "light on three planes by each model is within 1.5 W/m²",
    arguments: zip(SolarPlant.Transposition.allCases, ["poa_iso", "poa_hd", "poa_pz"]))
  func transposition(_ model: SolarPlant.Transposition, _ column: String) throws {
    var compared = 0
    for row in try Self.rows("skies.csv") {
      let place = try #require(Self.places[row["site"] ?? ""])
      let now = Self.sky(place, .ineichen).moment(at: Double(try Instant(parsing: row["utc"] ?? "").seconds))
      guard now.sun.apparentZenith < 87 * SolarPosition.degree else { continue }
      for plane in Self.planes {
        var plant = SolarPlant(tilt: plane.tilt, azimuth: plane.azimuth)
        plant.transposition = model
        let array = PlaneOfArray(plant)
        let light = array.parts(
          now.clear, cosineZenith: cos(now.sun.apparentZenith),
          cosineOfIncidence: array.cosineOfIncidence(of: now.sun),
          extraterrestrial: now.extraterrestrial
        ).total
        let reference = Double(row["\(column)_\(plane.name)"] ?? "") ?? .nan
        #expect(abs(light - reference) < 1.5, "\(row["site"] ?? "") \(row["utc"] ?? "") \(plane.name)")
        compared += 1
      }
    }
    #expect(compared > 300)
  }

  @Test("the sun rises, culminates and sets within 30 s of the almanac's")
  func events() throws {
    let rows = try Self.rows("sun-events.csv")
    #expect(rows.count == 24)
    for row in rows {
      let place = try #require(Self.places[row["site"] ?? ""])
      let times = SunTimes(on: try CivilDate(parsing: row["date"] ?? ""), at: place)
      for (mine, name) in [
        (times.sunrise, "sunrise_utc"), (times.transit, "transit_utc"), (times.sunset, "sunset_utc"),
      ] {
        let reference = try Instant(parsing: row[name] ?? "")
        let off = try #require(mine).seconds - reference.seconds
        #expect(abs(off) <= 30, "\(row["site"] ?? "") \(row["date"] ?? "") \(name): \(off) s")
      }
    }
  }

  @Test("north of the polar circle the sun may not rise, or not set")
  func polar() throws {
    let place = SiteDescription.Place(latitude: 78, longitude: 15)
    let summer = SunTimes(on: try CivilDate(parsing: "2026-06-21"), at: place)
    #expect(summer.sunrise == nil && summer.sunset == nil)
    let winter = SunTimes(on: try CivilDate(parsing: "2026-12-21"), at: place)
    #expect(winter.sunrise == nil && winter.sunset == nil)
  }

  @Test("a clear year has pvlib's light within 0.1 % (Perez 0.2 %) and its energy within 0.1 %")
  func years() throws {
    let rows = try Self.rows("clear-years.csv")
    #expect(rows.count == 12)
    for row in rows {
      let place = try #require(Self.places[row["site"] ?? ""])
      let plane = try #require(Self.planes.first { $0.name == row["plane"] })
      var plant = SolarPlant(tilt: plane.tilt, azimuth: plane.azimuth, inverterLimit: Power(watts: 3680))
      let generator = Generator(.solar(plant), capacity: Power(watts: 5000))
      let arrays = SolarPlant.Transposition.allCases.map { model in
        plant.transposition = model
        return PVArray(plant, of: generator)
      }
      let sky = Self.sky(place, .ineichen)
      var light = [Double](repeating: 0, count: arrays.count)
      var energy = 0.0
      for slot in 0..<17_520 {
        // 2025-01-01T00:15Z and every half-hour from there.
        let now = sky.moment(at: Double(1_735_690_500 + slot * 1800))
        guard now.clear.global > 0 else { continue }
        for (index, array) in arrays.enumerated() {
          let onPlane = array.plane.parts(
            now.clear, cosineZenith: cos(now.sun.apparentZenith),
            cosineOfIncidence: array.plane.cosineOfIncidence(of: now.sun),
            extraterrestrial: now.extraterrestrial
          ).total
          light[index] += onPlane / 2000
          if index == 1 { energy += Double(array.milliwatts(light: onPlane, air: 10, wind: 2)) / 2e6 }
        }
      }
      func reference(_ name: String) -> Double { Double(row[name] ?? "") ?? .nan }
      let name = "\(row["site"] ?? "") \(plane.name)"
      #expect(agree(light[0], reference("poa_iso_kwh_m2"), 0, 0.001), "\(name)")
      #expect(agree(light[1], reference("poa_hd_kwh_m2"), 0, 0.001), "\(name)")
      #expect(agree(light[2], reference("poa_pz_kwh_m2"), 0, 0.002), "\(name)")
      #expect(agree(energy, reference("ac_kwh"), 0, 0.001), "\(name)")
    }
  }
}
