// EF-05: dirt on the glass, or a tree that grows: a slow fall of all light, and a notch wherever the sun
// stands behind the tree.

internal import Units

/// Light that no longer arrives.
struct DirtAndShade: SiteTrouble {
  static let declaration = FaultDeclaration(
    id: "EF-05", title: "Soiling or shade grows", layer: .energyFlow,
    symptoms: "a slow fall of generation; a notch whenever the sun stands at one azimuth",
    parameters: [
      .init(
        name: "share", meaning: "light lost at the beginning",
        kind: .whole(unit: "per cent", range: 0...15, default: 5)),
      .init(
        name: "growth", meaning: "light lost in addition each 30 days (1000 ppm are 0.1 %)",
        kind: .whole(unit: "ppm", range: 0...10_000, default: 5000)),
      .init(
        name: "shade-from", meaning: "azimuth at which something hides the sun's disc",
        kind: .whole(unit: "degrees", range: 0...359, default: 120)),
      .init(
        name: "shade-width", meaning: "how far on in azimuth; 0: nothing hides it",
        kind: .whole(unit: "degrees", range: 0...120, default: 0)),
      .init(
        name: "shade-height", meaning: "how high it stands",
        kind: .whole(unit: "degrees", range: 0...90, default: 25)),
    ],
    caughtBy: ["R-VAL-13"], detectors: [.drift],
    leaves: .flowed)

  private let soiling: SolarPlant.Soiling
  private let shade: Disturbance.Shade

  init(_ values: FaultValues, at begin: Instant) {
    soiling = SolarPlant.Soiling(
      share: Double(values.whole("share")) / 100, perMonth: Double(values.whole("growth")) / 1e6, since: begin
    )
    shade = Disturbance.Shade(
      from: Double(values.whole("shade-from")), width: Double(values.whole("shade-width")),
      height: Double(values.whole("shade-height")))
  }

  func check(_ installation: Installation) throws(FaultRefusal) {
    try installation.mustHaveSun(Self.declaration.id)
  }

  func add(to disturbance: inout Disturbance) {
    disturbance.dirt.append(soiling)
    if shade.width > 0 { disturbance.shades.append(shade) }
  }
}
