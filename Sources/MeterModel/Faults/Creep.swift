// ME-06. A meter that counts though nothing flows: an anti-creep hole that does not hold, an offset in a
// static meter's multiplier below which nothing is cut off. MID Annex V:
// no registration at no load from 0.8 to 1.1 Un.

internal import Units

/// A small forward count while less than that flows.
struct Creep: MeterFault {
  static let declaration = FaultDeclaration(
    id: "ME-06", title: "Creep (anti-creep failure)", layer: .measurement,
    symptoms: "import advances with the main switch off; export at that hour is not counted",
    parameters: [
      .init(
        name: "power", meaning: "what is counted forwards while less flows",
        kind: .whole(unit: "W", range: 0...25, default: 8))
    ],
    caughtBy: [], detectors: [],
    leaves: .miscounted)
  static let kinds: [Profile.Kind] = [.analogue, .electronic]

  private let milliwatts: Int64

  init(_ values: FaultValues) { milliwatts = values.whole("power") * 1000 }

  func bend(_ measuring: inout Measuring) {
    measuring.element.creep = max(measuring.element.creep, milliwatts)
  }
}
