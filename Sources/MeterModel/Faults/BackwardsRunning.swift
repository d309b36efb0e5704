// ME-02. An old disc turns either way. Without a backstop, or with a worn one, energy that flows back to the
// grid turns the import register back; Ofgem tells consumers that this happens and that bills are then
// estimated.

internal import Units

/// The disc runs backwards while energy flows to the grid: import − export goes to the import register.
struct BackwardsRunning: MeterFault {
  static let declaration = FaultDeclaration(
    id: "ME-02", title: "Backwards running (no backstop)", layer: .measurement,
    symptoms: "the import register falls by day and may pass 00000 downwards",
    parameters: [
      .init(
        name: "compensation",
        meaning: "light-load compensation, which always pushes forwards: the disc is slower backwards; "
          + "0: that of its make",
        kind: .whole(unit: "W", range: 0...12, default: 0)),
      .init(
        name: "friction", meaning: "running friction of bearing and register train; 0: that of its make",
        kind: .whole(unit: "W", range: 0...40, default: 0)),
    ],
    caughtBy: ["R-READ-09", "R-BACK-01", "R-BACK-03", "R-BACK-04"], detectors: [.decrease],
    mustNotFire: [.rollover],
    leaves: .miscounted)
  static let kinds: [Profile.Kind] = [.analogue]

  private let compensation: Int64
  private let friction: Int64

  init(_ values: FaultValues) {
    (compensation, friction) = (values.whole("compensation") * 1000, values.whole("friction") * 1000)
  }

  func bend(_ measuring: inout Measuring) {
    measuring.flow = .backwards
    guard compensation > 0 || friction > 0 else { return }
    var torque = measuring.element.torque ?? .ideal
    if compensation > 0 { torque.compensation = compensation }
    if friction > 0 { torque.friction = friction }
    measuring.element.torque = torque
  }
}
