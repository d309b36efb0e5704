// EF-02: the inverter clips, or the export limit acts (Engineering Recommendations G98 and G100). Nothing is
// wrong: a flat top at noon must not be taken for a stuck register.

internal import Units

/// A limit on what leaves, or on what generation makes.
struct ExportClipped: SiteTrouble {
  static let declaration = FaultDeclaration(
    id: "EF-02", title: "Inverter clips or export limit acts", layer: .energyFlow,
    symptoms: "export with a flat top at noon",
    parameters: [
      .init(
        name: "limit", meaning: "most that is let through",
        kind: .whole(unit: "W", range: 0...3680, default: 1800)),
      .init(
        name: "acts-on", meaning: "export at the meter, or all generation together",
        kind: .choice(["export", "generation"], default: "export")),
      .init(
        name: "ramp", meaning: "time in which all generation could be held back (export); G100 allows 15 s",
        kind: .whole(unit: "s", range: 1...15, default: 1)),
      .init(
        name: "overshoot", meaning: "time for which more gets out before holding back begins (export)",
        kind: .whole(unit: "s", range: 0...5, default: 0)),
    ],
    caughtBy: [], mustNotFire: [.stuck],
    leaves: .flowed)

  private let limit: Int64
  private let actsOnExport: Bool
  private let ramp: Int64
  private let overshoot: Int64

  init(_ values: FaultValues, at begin: Instant) {
    limit = values.whole("limit") * 1000
    actsOnExport = values.choice("acts-on") == "export"
    (ramp, overshoot) = (values.whole("ramp"), values.whole("overshoot"))
  }

  func add(to disturbance: inout Disturbance) {
    guard actsOnExport else {
      disturbance.inverterLimit = min(disturbance.inverterLimit, limit)
      return
    }
    disturbance.exportLimit = min(disturbance.exportLimit, limit)
    disturbance.ramp = max(disturbance.ramp, ramp)
    disturbance.overshoot = max(disturbance.overshoot, overshoot)
  }
}
