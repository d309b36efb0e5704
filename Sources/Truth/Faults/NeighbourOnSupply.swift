// EF-10: a neighbour, or a lamp in the stairs, is wired to this supply.

internal import Units

/// A load that is not the home's.
struct NeighbourOnSupply: SiteTrouble {
  static let declaration = FaultDeclaration(
    id: "EF-10", title: "Neighbour wired to the same supply", layer: .energyFlow,
    symptoms: "a base load that nobody can explain, and less export",
    parameters: [
      .init(name: "power", meaning: "all the time", kind: .whole(unit: "W", range: 100...7000, default: 400)),
      .init(
        name: "phase", meaning: "where it is wired", kind: .choice(["l1", "l2", "l3"], default: "l1")),
    ],
    caughtBy: [],
    leaves: .flowed)

  private let milliwatts: Int64
  private let phase: String

  init(_ values: FaultValues, at begin: Instant) {
    (milliwatts, phase) = (values.whole("power") * 1000, values.choice("phase"))
  }

  func add(to disturbance: inout Disturbance) {
    switch phase {
    case "l1": disturbance.load.l1 += milliwatts
    case "l2": disturbance.load.l2 += milliwatts
    default: disturbance.load.l3 += milliwatts
    }
  }
}
