// LE-01: a meter is exchanged, and the papers come late or without readings. What the old meter counted since
// its last read, and the new one before its first, is then known to nobody.

internal import Scenario
internal import Units

/// An exchange of meters with late or incomplete papers.
struct ExchangeToldBadly: LifeFault {
  static let declaration = FaultDeclaration(
    id: "LE-01", title: "Meter exchange with late or incomplete papers", layer: .lifeEvent,
    symptoms:
      "reads of an unknown serial number; the energy around the exchange is lost where no readings were taken",
    parameters: [
      .init(
        name: "readings", meaning: "final and first readings: left out, or told all the same",
        kind: .choice(["left-out", "told"], default: "left-out")),
      .init(
        name: "days", meaning: "how much later the exchange is told",
        kind: .whole(unit: "days", range: 0...30, default: 3)),
    ],
    caughtBy: ["R-READ-10"], detectors: [.exchange], mustNotFire: [.decrease],
    leaves: .told)

  private let leavesOut: Bool
  private let delay: TimeSpan

  init(_ values: FaultValues) {
    (leavesOut, delay) = (values.choice("readings") == "left-out", .days(values.whole("days")))
  }

  func tell(_ exchange: MeterExchange) -> MeterExchange? {
    var told = exchange
    told.readsTaken = exchange.readsTaken && !leavesOut
    told.received = exchange.received + delay
    return told
  }
}
