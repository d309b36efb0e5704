// LE-03: the export MPAN goes live on another day than the meter: what flows before its registration belongs
// to no period, and what is registered before the meter is there has no readings.

internal import Settlement
internal import Units

/// The registration of the export MPAN is dated wrongly.
struct RegistrationMisdated: LifeFault {
  static let declaration = FaultDeclaration(
    id: "LE-03", title: "Export MPAN live before or after the meter is ready", layer: .lifeEvent,
    symptoms: "energy outside the period of the agreement, or a period without readings",
    parameters: [
      .init(
        name: "days", meaning: "registered so much later than it should be; negative: earlier",
        kind: .whole(unit: "days", range: -90...90, default: 14))
    ],
    caughtBy: ["R-ONB-04", "R-ELIG-15"], detectors: [.future],
    leaves: .told)

  private let shift: TimeSpan

  init(_ values: FaultValues) { shift = .days(values.whole("days")) }

  func tell(_ event: CaseEvent) -> [CaseEvent] {
    guard event.name == EventName("registered") else { return [event] }
    var told = event
    told.at = event.at + shift
    told.received = max(event.received, told.at)
    return [told]
  }
}
