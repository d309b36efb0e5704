// ME-02. An old disc turns either way. Without a backstop, or with a worn one, energy that flows back to the
// grid turns the import register back; Ofgem tells consumers that this happens and that bills are then
// estimated.

internal import Units

/// The disc runs backwards while energy flows to the grid: import − export goes to the import register.
struct BackwardsRunning: MeterFault {
  static let declaration = FaultDeclaration(
    id: "ME-02", title: "Backwards running (no backstop)", layer: .measurement,
    symptoms: "the import register falls by day and may pass 00000 downwards",
    caughtBy: ["R-READ-09", "R-BACK-01", "R-BACK-03", "R-BACK-04"], detectors: [.decrease],
    mustNotFire: [.rollover],
    leaves: .miscounted)
  static let kinds: [Profile.Kind] = [.analogue]

  init(_ values: FaultValues) {}

  func bend(_ measuring: inout Measuring) { measuring.flow = .backwards }
}
