// DP-02. The display is blank and the meter is alive: it counts, its LED flashes, its ports answer; a person
// has nothing to read.

internal import Timeline
internal import Units

/// Nothing is shown.
struct DisplayBlank: MeterFault {
  static let declaration = FaultDeclaration(
    id: "DP-02", title: "Display blank, meter alive", layer: .display,
    symptoms: "nobody can read it; the LED flashes and remote reads are right",
    caughtBy: [], detectors: [.gap])
  static let kinds: [Profile.Kind] = [.electronic, .smets1, .smets2, .modbus]

  init(_ values: FaultValues) {}

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    profile.display == nil ? "it has no display" : nil
  }

  func bend(_ display: inout DisplayFlaws, of profile: Profile, draws: RandomStream) {
    display.isBlank = true
  }
}
