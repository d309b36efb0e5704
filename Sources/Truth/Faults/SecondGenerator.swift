// EF-09: a second generator behind the same meter that nobody declared: a boiler that makes electricity, a
// vehicle that gives back, a diesel set.

internal import Units

/// Power that is not the declared generator's.
struct SecondGenerator: SiteTrouble {
  static let declaration = FaultDeclaration(
    id: "EF-09", title: "Second generator behind the meter", layer: .energyFlow,
    symptoms: "export at night that no battery gives",
    parameters: [
      .init(
        name: "power", meaning: "while it runs",
        kind: .whole(unit: "W", range: 1000...10_000, default: 3000)),
      .init(
        name: "from", meaning: "hour of the London clock", kind: .whole(unit: "h", range: 0...23, default: 22)
      ),
      .init(name: "for", meaning: "how long each day", kind: .whole(unit: "h", range: 1...24, default: 8)),
      .init(name: "run", meaning: "of each cycle", kind: .whole(unit: "min", range: 1...1440, default: 60)),
      .init(name: "pause", meaning: "of each cycle", kind: .whole(unit: "min", range: 0...1440, default: 20)),
    ],
    caughtBy: ["R-VAL-05", "R-VAL-10"], detectors: [.night, .balance],
    leaves: .flowed)

  private let visitor: Disturbance.Visitor

  init(_ values: FaultValues, at begin: Instant) {
    visitor = Disturbance.Visitor(
      milliwatts: values.whole("power") * 1000, from: Int(values.whole("from")) * 60,
      minutes: Int(values.whole("for")) * 60, run: Int(values.whole("run")),
      pause: Int(values.whole("pause")))
  }

  func add(to disturbance: inout Disturbance) { disturbance.visitors.append(visitor) }
}
