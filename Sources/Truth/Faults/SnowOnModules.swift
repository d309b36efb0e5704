// EF-04: snow on the modules. Nothing is generated on clear cold days until it melts or slides off; a
// settlement core should allow that.

internal import Units

/// A fall of snow at the beginning.
struct SnowOnModules: SiteTrouble {
  static let declaration = FaultDeclaration(
    id: "EF-04", title: "Snow on the modules", layer: .energyFlow,
    symptoms: "no generation on clear cold days; it is back when the snow slides off",
    parameters: [
      .init(
        name: "depth", meaning: "when it has fallen; modules are covered from 1 cm on",
        kind: .whole(unit: "cm", range: 1...20, default: 6)),
      .init(
        name: "melt", meaning: "what goes each day, whatever the sun does",
        kind: .whole(unit: "mm", range: 0...100, default: 10)),
      .init(
        name: "leaves", meaning: "when it slides off before it has melted: in strong sun, or in a thaw only",
        kind: .choice(["sun", "thaw"], default: "sun")),
    ],
    caughtBy: [], mustNotFire: [.low],
    leaves: .flowed)

  private let snow: Weather.Snow

  init(_ values: FaultValues, at begin: Instant) {
    snow = Weather.Snow(
      from: begin, to: begin + .days(Weather.Snow.longestCover), depth: Double(values.whole("depth")),
      meltPerDay: Double(values.whole("melt")) / 10, isFrozenOn: values.choice("leaves") == "thaw")
  }

  func check(_ installation: Installation) throws(FaultRefusal) {
    try installation.mustHaveSun(Self.declaration.id)
  }

  func add(to disturbance: inout Disturbance) { disturbance.snow.append(snow) }
}

extension Installation {
  /// Refuses a site without modules.
  func mustHaveSun(_ id: String) throws(FaultRefusal) {
    guard !generators.contains(where: { $0.technology == .solarPV }) else { return }
    throw FaultRefusal(id: id, message: "the site has no modules")
  }
}
