// LE-02: a meter is exchanged and nobody says so. The reads that come are of a serial number that belongs to
// no meter of the agreement.

internal import Scenario
internal import Units

/// An exchange of meters that the settlement party never hears of.
struct ExchangeUntold: LifeFault {
  static let declaration = FaultDeclaration(
    id: "LE-02", title: "Meter exchange that nobody reported", layer: .lifeEvent,
    symptoms: "the register falls to the new meter's, digits and serial number are others",
    caughtBy: ["R-READ-10", "R-READ-09"], detectors: [.decrease, .identity], mustNotFire: [.rollover],
    leaves: .told)

  init(_ values: FaultValues) {}

  func tell(_ exchange: MeterExchange) -> MeterExchange? { nil }
}
