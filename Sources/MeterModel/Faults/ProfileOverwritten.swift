// MF-02. The log is a ring, and a make with a short one has written over what is read late. A profile of 30
// days read each quarter has lost two months.

internal import Units

/// Only the newest days of half-hours are there.
struct ProfileOverwritten: MeterFault {
  static let declaration = FaultDeclaration(
    id: "MF-02", title: "Profile ring overwritten", layer: .memory,
    symptoms: "half-hours of longer ago than some days are gone",
    parameters: [
      .init(
        name: "depth", meaning: "how many days of half-hours the ring holds in truth",
        kind: .whole(unit: "days", range: 1...400, default: 30))
    ],
    caughtBy: ["R-VAL-08", "R-VAL-07"], detectors: [.gap])
  static let kinds: [Profile.Kind] = [.electronic, .smets1, .smets2]

  private let depth: TimeSpan

  init(_ values: FaultValues) { depth = .days(values.whole("depth")) }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    profile.logs == .none ? "it keeps no log" : nil
  }

  func bend(_ measuring: inout Measuring) { measuring.log.depth = depth }
}
