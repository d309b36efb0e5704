import Testing
import Timeline
import Truth
import Units

@Suite("A seeded year is a British one")
struct BritishYearTests {
  /// 2025-01-01T00:00Z
  private static let newYear: Int64 = 1_735_689_600

  /// kWh for each kWp by month with clouds, and of the year with and without them;
  /// looked at every ten minutes.
  private static func year(
    _ latitude: Double, _ longitude: Double, seed: UInt64, azimuth: Double = 180, tilt: Double = 35
  ) throws -> (months: [Double], sum: Double, clear: Double) {
    var home = Installation(
      place: .init(latitude: latitude, longitude: longitude, altitude: 25),
      generators: [Generator(capacity: Power(watts: 1000), tilt: tilt, azimuth: azimuth)])
    home.weather.airTemperature = 10
    let stream = RandomStream(seed: seed)
    var probe = try #require(SolarProbe(SiteDescription(boundary: .modelled(home)), stream: stream))
    home.weather.sky = .clear
    var clear = try #require(SolarProbe(SiteDescription(boundary: .modelled(home)), stream: stream))
    var sample = SolarSample()
    var sums = (months: [Double](repeating: 0, count: 12), sum: 0.0, clear: 0.0)
    for slot in 0..<Int64(365 * 144) {
      let at = Instant(seconds: newYear + slot * 600 + 300)
      probe.sample(at: at, into: &sample)
      guard sample.global > 0 else { continue }
      let month = CivilDate(dayNumber: Int((newYear + slot * 600) / 86_400)).month
      sums.months[month - 1] += sample.arrays[0].alternating / 6000
      clear.sample(at: at, into: &sample)
      sums.clear += sample.arrays[0].alternating / 6000
    }
    sums.sum = sums.months.reduce(0, +)
    return sums
  }

  @Test(
    "modules on 35° south make what they make in the long run, within 5 %, from Plymouth to Lerwick",
    arguments: [
      ("Plymouth", 50.3755, -4.1427, 1030.0), ("London", 51.5074, -0.1278, 985),
      ("Cardiff", 51.4816, -3.1791, 970),
      ("Norwich", 52.6309, 1.2974, 990), ("Manchester", 53.4808, -2.2426, 880),
      ("Glasgow", 55.8642, -4.2518, 820),
      ("Aberdeen", 57.1497, -2.0943, 850), ("Lerwick", 60.1550, -1.1449, 690),
    ])
  func yields(name: String, latitude: Double, longitude: Double, expected: Double) throws {
    let made = try Self.year(latitude, longitude, seed: 3).sum
    #expect(abs(made / expected - 1) < 0.05, "\(name) \(made)")
  }

  @Test("a year is 0.52 to 0.58 of a clear one, and each month of each year has its share of it")
  func shares() throws {
    // A home in England, 3.95 kWp on 30° at 35° east of south, by PVGIS.
    let shares = [0.028, 0.049, 0.087, 0.117, 0.134, 0.129, 0.128, 0.113, 0.091, 0.059, 0.038, 0.027]
    for seed: UInt64 in 11...13 {
      let year = try Self.year(51.5074, -0.1278, seed: seed, azimuth: 145, tilt: 30)
      #expect((0.52...0.58).contains(year.sum / year.clear))
      for (month, share) in shares.enumerated() {
        #expect(abs(year.months[month] / year.sum - share) < 0.015, "seed \(seed), month \(month + 1)")
      }
    }
  }
}
