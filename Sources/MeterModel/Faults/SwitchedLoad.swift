// ME-07. A phase-cut or switched-mode load draws its current in steep pulses, and some meters misread it:
// between −46 % (Hall sensors) and +582 % (Rogowski coils) were measured (Leferink, Keyer and Melentjev
// 2016). All other load is measured well: the appliance is the part of the load between two powers.

internal import Units

/// One appliance is misread.
struct SwitchedLoad: MeterFault {
  static let declaration = FaultDeclaration(
    id: "ME-07", title: "Switched-load interference", layer: .measurement,
    symptoms: "registers leap with one appliance or inverter, and are right without it",
    parameters: [
      .init(
        name: "error", meaning: "by how much the appliance is misread",
        kind: .whole(unit: "%", range: -46...582, default: 200)),
      .init(
        name: "above", meaning: "the load, either way, from which on the appliance runs",
        kind: .whole(unit: "W", range: 0...100_000, default: 0)),
      .init(
        name: "power", meaning: "what the appliance draws or gives at most",
        kind: .whole(unit: "W", range: 1...100_000, default: 500)),
    ],
    caughtBy: ["R-VAL-02", "R-VAL-13"], detectors: [.spike, .maximum],
    leaves: .miscounted)
  static let kinds: [Profile.Kind] = [.electronic, .smets1, .smets2]

  private let interference: Element.Interference

  init(_ values: FaultValues) {
    interference = Element.Interference(
      from: values.whole("above") * 1000, width: values.whole("power") * 1000,
      error: values.whole("error") * 10_000)
  }

  func bend(_ measuring: inout Measuring) { measuring.element.interference = interference }
}
