// EF-01: a battery buys at night and sells in the evening. Whether that is paid is the licensee's rule; no
// export meter can tell it from the sun's.

internal import Units

/// A trading battery, empty when it comes.
struct BoughtEnergyExported: SiteTrouble {
  static let declaration = FaultDeclaration(
    id: "EF-01", title: "Battery exports energy bought at night", layer: .energyFlow,
    symptoms: "export in darkness, more export than the generator makes",
    parameters: [
      .init(
        name: "power", meaning: "charging and discharging",
        kind: .whole(unit: "W", range: 2500...11_000, default: 3600)),
      .init(
        name: "capacity", meaning: "usable energy",
        kind: .whole(unit: "Wh", range: 1000...50_000, default: 9500)),
      .init(
        name: "charges-from", meaning: "hour of the London clock",
        kind: .whole(unit: "h", range: 0...23, default: 1)),
      .init(name: "charges-for", meaning: "how long", kind: .whole(unit: "h", range: 1...12, default: 4)),
      .init(
        name: "discharges-from", meaning: "hour of the London clock",
        kind: .whole(unit: "h", range: 0...23, default: 17)),
      .init(name: "discharges-for", meaning: "how long", kind: .whole(unit: "h", range: 1...12, default: 3)),
      .init(
        name: "round-trip", meaning: "share of what goes in that comes out",
        kind: .whole(unit: "per cent", range: 80...95, default: 88)),
    ],
    caughtBy: ["R-VAL-05", "R-VAL-10"], detectors: [.night, .balance],
    leaves: .flowed)

  private let unit: StorageUnit

  init(_ values: FaultValues, at begin: Instant) {
    func window(_ name: String) -> StorageUnit.Window {
      let from = Int(values.whole("\(name)-from"))
      return StorageUnit.Window(from: from * 60, until: (from + Int(values.whole("\(name)-for"))) % 24 * 60)
    }
    var unit = StorageUnit(
      capacity: WattHours(values.whole("capacity")), power: Power(watts: values.whole("power")))
    unit.mode = .arbitrage
    (unit.charges, unit.discharges) = (window("charges"), window("discharges"))
    unit.roundTrip = Double(values.whole("round-trip")) / 100
    unit.initial = 0
    self.unit = unit
  }

  func add(to disturbance: inout Disturbance) { disturbance.stores.append(unit) }
}
