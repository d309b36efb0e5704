// EF-11: the supply is interrupted, or the network tells generation to stop. Without supply nothing flows
// either way: generators must not keep an island alive (G98, loss of mains). When it is back,
// everything starts at once.

internal import Units

/// No supply, or no generation.
struct SupplyInterrupted: SiteTrouble {
  static let declaration = FaultDeclaration(
    id: "EF-11", title: "Supply outage or curtailment", layer: .energyFlow,
    symptoms: "nothing flows, then an inrush; generation is back a minute later",
    parameters: [
      .init(
        name: "kind", meaning: "no supply at all, or generation told to stop",
        kind: .choice(["outage", "curtailment"], default: "outage")),
      .init(
        name: "inrush", meaning: "extra load when the supply is back (outage)",
        kind: .whole(unit: "W", range: 0...20_000, default: 2000)),
      .init(
        name: "inrush-time", meaning: "in which it falls to nothing",
        kind: .whole(unit: "s", range: 1...600, default: 60)),
    ],
    caughtBy: ["R-VAL-08", "R-VAL-13"], detectors: [.gap, .status],
    leaves: .flowed)

  private let isOutage: Bool
  private let inrush: (milliwatts: Int64, milliseconds: Int64)

  init(_ values: FaultValues, at begin: Instant) {
    isOutage = values.choice("kind") == "outage"
    inrush = (values.whole("inrush") * 1000, values.whole("inrush-time") * 1000)
  }

  func add(to disturbance: inout Disturbance) {
    disturbance.isCurtailed = true
    guard isOutage else { return }
    disturbance.isCutOff = true
    disturbance.inrush = inrush
  }
}
