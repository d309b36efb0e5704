// What may be told of access to the meter.

internal import Units

/// What a visit is for, and what came of it.
enum Visit {
  static let (reading, inspection, test, exchange, check) = (
    "reading", "inspection", "test", "exchange", "check"
  )
  static let (done, refused, nobodyIn) = ("done", "refused", "nobody-in")
  static let purposes = [reading, inspection, test, exchange, check]
  static let outcomes = [done, refused, nobodyIn]
}

extension EventName {
  public static let accessRefused = EventName("access-refused")
  public static let accessGained = EventName("access-gained")
  public static let visit = EventName("visit")
}

extension FactKey {
  public static let readingsOK = FactKey("readings-ok")
  public static let extraCost = FactKey("extra-cost")
}

extension EventDeclaration {
  private static let serial = FactDeclaration(.serial, .text, "serial number; else the export meter")
  private static let readings = FactDeclaration(
    .readingsOK, .flag, "whether the readings were verified; else a believed reading by the visitor says so")

  static let accessEvents: [EventDeclaration] = [
    EventDeclaration(
      .accessRefused, "somebody does not let the licensee to the meter", [.acc01, .acc02],
      [
        serial,
        FactDeclaration(.by, .word(["customer", "landlord", "occupier", "owner"]), "who; else the customer"),
        FactDeclaration(.why, .text, "in their words"),
      ]),
    EventDeclaration(.accessGained, "the licensee gets to the meter", [.acc02], [serial, readings]),
    EventDeclaration(
      .visit, "somebody comes to see the meter", [.acc01, .acc02, .acc03, .acc04],
      [
        serial, readings,
        FactDeclaration(.purpose, .word(Visit.purposes), "what for; else to check it"),
        FactDeclaration(.outcome, .word(Visit.outcomes), "what came of it; else it was done"),
        FactDeclaration(.extraCost, .money, "what it cost more because the meter is hard to reach"),
        FactDeclaration(
          .by, .word(["customer", "landlord", "occupier", "owner"]), "who refused, if somebody did"),
        FactDeclaration(.why, .text, "in their words"),
      ]),
  ]
}

extension Boundary {
  static let accessLimits: [Boundary] = []
}
