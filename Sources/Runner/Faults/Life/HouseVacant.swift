// LE-06: nobody lives there and the system is off. Both registers hardly move, and rightly so.

internal import Settlement
internal import Units

/// An empty house: what flows is its standby and nothing else.
struct HouseVacant: LifeFault {
  static let declaration = FaultDeclaration(
    id: "LE-06", title: "House vacant, system off", layer: .lifeEvent,
    symptoms: "no export and hardly any import, for months",
    parameters: [
      .init(
        name: "standby", meaning: "what the empty house takes: an alarm, a router",
        kind: .whole(unit: "W", range: 0...200, default: 20))
    ],
    caughtBy: [], detectors: [.low], mustNotFire: [.stuck],
    leaves: .flowed)

  let flow: Power?

  init(_ values: FaultValues) { flow = Power(milliwatts: values.whole("standby") * 1000) }
}
