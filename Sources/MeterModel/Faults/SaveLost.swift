// MF-01. Registers live in volatile memory and are saved each so often, and at once when the supply fails.
// Where that last save does not work (an old capacitor), each dip of the supply takes the registers back to
// the regular save: up to two hours of flow are lost.

internal import Units

/// Dips of the supply take the registers back to the last regular save.
struct SaveLost: MeterFault {
  static let declaration = FaultDeclaration(
    id: "MF-01", title: "Save lost at power failure", layer: .memory,
    symptoms: "a register goes back a little after each dip of the supply",
    parameters: [
      .init(
        name: "interval", meaning: "how often registers are saved; 0: at each change, so nothing is lost",
        kind: .whole(unit: "s", range: 0...7200, default: 7200)),
      .init(
        name: "dips", meaning: "how often the supply dips; a dip that falls on a save comes before it",
        kind: .whole(unit: "min", range: 1...43_200, default: 1440)),
    ],
    caughtBy: ["R-READ-09", "R-VAL-07"], detectors: [.decrease],
    leaves: .miscounted)
  static let kinds: [Profile.Kind] = [.electronic, .smets1, .smets2]

  private let saves: Int64
  private let dips: Int64

  init(_ values: FaultValues) {
    (saves, dips) = (values.whole("interval") * 1000, values.whole("dips") * 60_000)
  }

  func bend(_ measuring: inout Measuring) {
    guard saves > 0 else { return }
    (measuring.memory.saves, measuring.memory.dips) = (saves, dips)
  }
}
