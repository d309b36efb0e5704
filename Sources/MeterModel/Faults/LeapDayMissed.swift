// CK-06. A calendar without leap years: the day after 28 February is 1 March. From then on every stamp is a
// day ahead, until the clock is set.

internal import Units

/// The clock steps over 29 February.
struct LeapDayMissed: MeterFault {
  static let declaration = FaultDeclaration(
    id: "CK-06", title: "Leap day missed", layer: .clock,
    symptoms: "all stamps a day ahead from 29 February of a leap year until the clock is set",
    caughtBy: ["R-VAL-09", "R-READ-12"], detectors: [.clock],
    leaves: .misset)
  static let kinds: [Profile.Kind] = [.electronic, .smets1]

  init(_ values: FaultValues) {}

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    profile.clock == nil ? "it keeps no time" : nil
  }

  func bend(_ measuring: inout Measuring) { measuring.missesLeapDay = true }
}
