// CK-04. A meter whose clock was set to London's wall time calls it UTC: from March to October each stamp it
// gives is an hour late. It shows wherever a time leaves the meter: half-hours and midnights over the WAN,
// the clock and the rows of IEC 62056-21 and DLMS, the page of the clock. A sub-meter that keeps no time has
// it in the logger that makes half-hours of its register.

internal import Units

/// What is London's time is called UTC.
struct LocalTimeSentAsUTC: MeterFault {
  static let declaration = FaultDeclaration(
    id: "CK-04", title: "Local time sent as UTC", layer: .clock,
    symptoms: "stamps are one hour late from March to October; an hour twice in October, none in March",
    caughtBy: ["R-VAL-09"], detectors: [.shift])
  static let kinds: [Profile.Kind] = [.electronic, .smets1, .modbus]

  init(_ values: FaultValues) {}

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    profile.clock == nil && profile.kind != .modbus ? "it keeps no time" : nil
  }

  func bend(_ measuring: inout Measuring) { measuring.callsLocalUTC = true }
}
