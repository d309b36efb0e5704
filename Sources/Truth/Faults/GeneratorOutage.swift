// EF-06: a string or an inverter is out, all the time or on wet mornings: dew in a connector trips the
// earth-fault protection until the sun has dried it.

internal import Units

/// A share of generation that is lost.
struct GeneratorOutage: SiteTrouble {
  static let declaration = FaultDeclaration(
    id: "EF-06", title: "String or inverter out", layer: .energyFlow,
    symptoms: "generation falls to a share of what it was, for hours to months, or only after dawn",
    parameters: [
      .init(
        name: "lost", meaning: "share of the output that is lost",
        kind: .whole(unit: "per cent", range: 20...100, default: 100)),
      .init(
        name: "generator", meaning: "which one, in the order of the site; 0: all",
        kind: .whole(unit: "", range: 0...99, default: 0)),
      .init(
        name: "when", meaning: "all the time, or from sunrise until it is dry",
        kind: .choice(["always", "dawn"], default: "always")),
      .init(
        name: "dry-after", meaning: "how long after sunrise (dawn)",
        kind: .whole(unit: "min", range: 10...480, default: 150)),
    ],
    caughtBy: ["R-VAL-06", "R-VAL-13"], detectors: [.low, .zero],
    leaves: .flowed)

  private let outage: Disturbance.Outage

  init(_ values: FaultValues, at begin: Instant) {
    outage = Disturbance.Outage(
      generator: Int(values.whole("generator")), perCent: values.whole("lost"),
      untilAfterSunrise: values.choice("when") == "dawn" ? values.whole("dry-after") * 60_000 : nil)
  }

  func check(_ installation: Installation) throws(FaultRefusal) {
    guard outage.generator > installation.generators.count || installation.generators.isEmpty else { return }
    throw FaultRefusal(
      id: Self.declaration.id, parameter: "generator",
      message: "the site has \(installation.generators.count) generators")
  }

  func add(to disturbance: inout Disturbance) { disturbance.outages.append(outage) }
}
