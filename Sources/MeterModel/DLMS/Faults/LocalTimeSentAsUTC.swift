// CK-04. A clock that runs in local time writes a deviation of zero: in summer each stamp is an hour late. A
// smart meter of which the head-end takes local stamps for UTC looks the same:
// there the WAN station tells it.

internal import Units

/// The deviation is zero all year. Shows only on a clock of local time that writes a deviation.
struct LocalTimeSentAsUTC: DLMSFault {
  static let declaration = FaultDeclaration(
    id: "CK-04", title: "Local time sent as UTC", layer: .clock,
    symptoms: "stamps are one hour late from March to October", caughtBy: ["R-VAL-09"], detectors: [.shift])

  init(_ values: FaultValues) {}
}
