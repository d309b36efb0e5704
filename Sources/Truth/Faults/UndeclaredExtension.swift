// EF-07: more modules than were declared, with an inverter to match.

internal import Units

/// Solar capacity beyond what the site states.
struct UndeclaredExtension: SiteTrouble {
  static let declaration = FaultDeclaration(
    id: "EF-07", title: "Undeclared extension", layer: .energyFlow,
    symptoms: "more energy than the declared capacity can make",
    parameters: [
      .init(
        name: "capacity", meaning: "of what is declared, modules and inverter",
        kind: .whole(unit: "per cent", range: 110...300, default: 200))
    ],
    caughtBy: ["R-VAL-02", "R-VAL-03"], detectors: [.yield, .maximum],
    leaves: .flowed)

  private let perCent: Int64

  init(_ values: FaultValues, at begin: Instant) { perCent = values.whole("capacity") }

  func check(_ installation: Installation) throws(FaultRefusal) {
    try installation.mustHaveSun(Self.declaration.id)
  }

  func add(to disturbance: inout Disturbance) {
    disturbance.capacityPerCent = disturbance.capacityPerCent * perCent / 100
  }
}
