// EF-08: on a weak network the over-voltage protection of Engineering Recommendation G98 (stage 1, 262.2 V
// for 1 s) takes generation off again and again while the sun is high; it comes back after 20 s at least. The
// network stands high all that time, so a meter that watches its voltage has a swell in its log (above 253
// V).

internal import Units

/// A comb of gaps about noon.
struct OverVoltageTrips: SiteTrouble {
  static let declaration = FaultDeclaration(
    id: "EF-08", title: "Over-voltage trips", layer: .energyFlow,
    symptoms: "export like a comb about noon: gaps of 20 to 60 s",
    parameters: [
      .init(
        name: "trips", meaning: "a day, between 10:00 and 14:00 UTC, while energy leaves",
        kind: .whole(unit: "", range: 0...40, default: 20)),
      .init(
        name: "off", meaning: "longest time off; the shortest is 20 s",
        kind: .whole(unit: "s", range: 20...60, default: 60)),
      .init(
        name: "voltage", meaning: "of the network in those hours, at the meter",
        kind: .whole(unit: "V", range: 240...261, default: 258)),
    ],
    caughtBy: ["R-VAL-13"], detectors: [.low],
    leaves: .flowed)

  /// G98 asks for 20 s of healthy voltage before generation comes back.
  private static let shortest: Int64 = 20

  private let habit: TripPlan.Habit
  private let volts: Double

  init(_ values: FaultValues, at begin: Instant) {
    habit = TripPlan.Habit(count: values.whole("trips"), off: Self.shortest...values.whole("off"))
    volts = Double(values.whole("voltage"))
  }

  func add(to disturbance: inout Disturbance) {
    disturbance.trips.append(habit)
    disturbance.networkVolts = max(disturbance.networkVolts, volts)
  }
}
