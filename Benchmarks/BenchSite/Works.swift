// What is measured: clear years by half-hours, as pvlib computes them, and lives by the second with clouds,
// household, battery and meter.

internal import MeterModel
internal import Timeline
internal import Truth
internal import Units

enum Works {
  /// 2025-01-01T00:00Z
  private static let start = Instant(seconds: 1_735_689_600)
  private static let halfHours = 17_520

  static var all: [(String, () -> Double)] {
    [
      ("year-half-hours", { clearYears(1) }),
      ("years-half-hours-100", { clearYears(100) }),
      ("day-seconds-meter", { life(days: 1, from: 171, battery: false, meter: true) }),
      ("day-seconds-meter-battery", { life(days: 1, from: 171, battery: true, meter: true) }),
      ("year-seconds", { life(days: 365, from: 0, battery: false, meter: false) }),
      ("year-seconds-meter", { life(days: 365, from: 0, battery: false, meter: true) }),
      ("year-seconds-battery", { life(days: 365, from: 0, battery: true, meter: false) }),
    ]
  }

  /// kWh of clear years in the middle of each half-hour, at places from Scilly to Unst.
  private static func clearYears(_ count: Int) -> Double {
    var watts = 0.0
    for number in 0..<count {
      let latitude = count == 1 ? 51.5074 : 49.9 + Double(number) * 0.11
      let plant = SolarPlant(tilt: 35, azimuth: 180, inverterLimit: Power(watts: 3680))
      var perez = plant
      perez.transposition = .perez
      var site = Installation(
        place: .init(latitude: latitude, longitude: -0.1278, altitude: 25),
        generators: [Generator(.solar(perez), capacity: Power(watts: 5000))], sky: .clear)
      site.weather.airTemperature = 10
      let description = SiteDescription(boundary: .modelled(site))
      guard var probe = SolarProbe(description, stream: RandomStream(seed: 1)) else { continue }
      var sample = SolarSample()
      for halfHour in 0..<halfHours {
        probe.sample(at: Instant(seconds: start.seconds + Int64(halfHour) * 1800 + 900), into: &sample)
        watts += sample.arrays[0].alternating
      }
    }
    return watts / 2000
  }

  /// kWh exported over days by the second.
  private static func life(days: Int64, from day: Int64, battery: Bool, meter: Bool) -> Double {
    var home = Installation(
      place: .init(latitude: 51.5074, longitude: -0.1278, altitude: 25),
      generators: [
        Generator(capacity: Power(watts: 4000), tilt: 35, azimuth: 180, inverterLimit: Power(watts: 3680))
      ],
      load: HouseholdLoad(annual: WattHours(2_900_000)))
    if battery { home.storage = [StorageUnit(capacity: WattHours(9500), power: Power(watts: 3600))] }
    let begin = Instant(seconds: start.seconds + day * 86_400)
    let stream = RandomStream(seed: 7)
    guard let site = try? Site(SiteDescription(boundary: .modelled(home)), from: begin, stream: stream) else {
      return 0
    }
    let profile = Profile(
      name: "smets2", title: "SMETS2", kind: .smets2, flow: .bidirectional, netting: .second,
      registers: [
        RegisterFace(role: .import, rollover: .u32), RegisterFace(role: .export, rollover: .u32),
      ],
      display: DisplayFace(digits: 5),
      logs: LogCapacity(exportHalfHours: 4464, importHalfHours: 19_056), clock: ClockFace(), remote: true)
    let counter = Meter(profile: profile, serial: "M1", at: begin, stream: stream)
    var segments: [FlowSegment] = []
    var exported: Int64 = 0
    for halfHour in 1...days * 48 {
      segments.removeAll(keepingCapacity: true)
      var at = site.now.milliseconds
      site.flow(until: Instant(seconds: begin.seconds + halfHour * 1800), into: &segments)
      if meter {
        counter.advance(through: segments)
      } else {
        for segment in segments {
          let net = segment.l1 + segment.l2 + segment.l3
          exported += max(-net, 0) * (segment.endMilliseconds - at)
          at = segment.endMilliseconds
        }
      }
    }
    if meter { return Double(counter.countedWhole(.export)?.value ?? 0) / 1000 }
    return Double(exported) / 3.6e12
  }
}
