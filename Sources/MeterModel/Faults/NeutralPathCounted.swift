// ME-18. Meters against fraud measure line and neutral and count the larger once they differ by a few per
// cent. A borrowed neutral or an earth fault makes them differ without any fraud, and the meter counts energy
// of another circuit.

internal import Units

/// The larger of two currents is counted.
struct NeutralPathCounted: MeterFault {
  static let declaration = FaultDeclaration(
    id: "ME-18", title: "Neutral current counted", layer: .measurement,
    symptoms: "a step up in both directions that comes and goes with another circuit",
    parameters: [
      .init(
        name: "trip", meaning: "difference of the currents from which the larger is counted",
        kind: .whole(unit: "%", range: 6...12, default: 8)),
      .init(
        name: "difference", meaning: "current that returns another way",
        kind: .whole(unit: "mA", range: 100...20_000, default: 2000)),
    ],
    caughtBy: ["R-VAL-02", "R-VAL-13"], detectors: [.spike],
    leaves: .miscounted)
  static let kinds: [Profile.Kind] = [.electronic, .smets1]

  private let path: Element.NeutralPath

  init(_ values: FaultValues) {
    // mA × mV is µW.
    let difference = scaleRounded(values.whole("difference"), DiscTorque.nominalMillivolts, over: 1000)
    path = Element.NeutralPath(difference: difference, trip: values.whole("trip"))
  }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    profile.phases == 1 ? nil : "a polyphase meter has no second path for one phase"
  }

  func bend(_ measuring: inout Measuring) { measuring.element.neutralPath = path }
}
