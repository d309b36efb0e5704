// EF-08: on a weak network the over-voltage protection of Engineering Recommendation G98 (stage 1, 262.2 V
// for 1 s) takes generation off again and again while the sun is high; it comes back after 20 s at least.

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
    ],
    caughtBy: ["R-VAL-13"], detectors: [.low],
    leaves: .flowed)

  /// G98 asks for 20 s of healthy voltage before generation comes back.
  private static let shortest: Int64 = 20

  private let habit: TripPlan.Habit

  init(_ values: FaultValues, at begin: Instant) {
    habit = TripPlan.Habit(count: values.whole("trips"), off: Self.shortest...values.whole("off"))
  }

  func add(to disturbance: inout Disturbance) { disturbance.trips.append(habit) }
}
