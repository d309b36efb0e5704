// PR-07. Null-data in a row's stamp means "one period after the row before". A meter that sends it also after
// a gap (its clock was set, its supply was lost) makes the reader count on: every later row of the answer
// gets the stamp of an earlier half-hour.

internal import Units

/// Stamps are compressed across gaps. Shows only in profiles that compress null-data.
struct GapsHidden: DLMSFault {
  static let declaration = FaultDeclaration(
    id: "PR-07", title: "Profile stamps compressed across a gap", layer: .protocolAnswer,
    symptoms: "rows after a gap carry the stamps of the missing half-hours; the last ones are missing",
    caughtBy: ["R-READ-11", "R-VAL-08"], detectors: [.duplicate, .slot])

  init(_ values: FaultValues) {}
}
