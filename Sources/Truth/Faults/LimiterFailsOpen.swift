// EF-03: the export limiter fails open: more leaves the site than its network operator allows (G100 asks for
// a limiter that fails safe).

internal import Units

/// Export beyond the limit.
struct LimiterFailsOpen: SiteTrouble {
  static let declaration = FaultDeclaration(
    id: "EF-03", title: "Export limiter fails open", layer: .energyFlow,
    symptoms: "more export than the network operator allows",
    parameters: [
      .init(
        name: "excess", meaning: "what gets out beyond the limit, at most",
        kind: .whole(unit: "W", range: 100...10_000, default: 10_000))
    ],
    caughtBy: ["R-VAL-02"], detectors: [.maximum],
    leaves: .flowed)

  private let excess: Int64

  init(_ values: FaultValues, at begin: Instant) { excess = values.whole("excess") * 1000 }

  func check(_ installation: Installation) throws(FaultRefusal) {
    guard installation.exportLimit == nil else { return }
    throw FaultRefusal(
      id: Self.declaration.id, message: "the site has no export limit that could fail; add `export-limit:`")
  }

  func add(to disturbance: inout Disturbance) { disturbance.excess += excess }
}
