// What is told of a switch of licensee (R-SWI-01 … -06).

internal import Units

extension EventName {
  public static let switchRequested = EventName("switch-requested")
  public static let switchRegistered = EventName("switch-registered")
  public static let switchRejected = EventName("switch-rejected")
  public static let switchWithdrawn = EventName("switch-withdrawn")
  public static let switchReversed = EventName("switch-reversed")
  public static let switchReading = EventName("switch-reading")
  public static let switchReadingAgreed = EventName("switch-reading-agreed")
}

extension FactKey {
  public static let switchedFrom = FactKey("switched-from")
}

extension FactDeclaration {
  /// Of the group `supply`: where the export was before.
  static let switchFacts = [
    FactDeclaration(
      .switchedFrom, .text,
      "the licensee that the export is switched from; it goes on paying until this one is registered")
  ]
}

extension EventDeclaration {
  private static let newLicensee = FactDeclaration(
    .to, .text, "the new licensee, by the name in its agreements")

  static let switchEvents: [EventDeclaration] = [
    EventDeclaration(
      .switchRequested, "the customer wants another licensee to pay for the export", [.swi01],
      [
        newLicensee,
        FactDeclaration(
          .by, .word(SwitchRecord.Ask.allCases.map(\.rawValue)),
          "whom the customer told: the new licensee by applying, or the old one; applied if not stated"),
        FactDeclaration(.on, .date, "the day for which it is planned"),
      ]),
    EventDeclaration(
      .switchRegistered, "the new licensee is registered for the export MPAN", [.swi02, .swi06],
      [
        newLicensee,
        FactDeclaration(
          .on, .date, "the first day of the new registration; the day of the event if not stated"),
      ]),
    EventDeclaration(
      .switchRejected, "the registration of the new licensee is rejected", [.swi02],
      [newLicensee, FactDeclaration(.why, .text, "for what reason")]),
    EventDeclaration(
      .switchWithdrawn, "the switch is given up before the new licensee is registered", [.swi01],
      [newLicensee]),
    EventDeclaration(
      .switchReversed,
      "a switch that was registered is taken back, as after a cancellation in the cooling-off time: as if it had not "
        + "been", [.swi02, .swi06, .onb08], [newLicensee]),
    EventDeclaration(
      .switchReading, "somebody brings the reading of the export register for the switch", [.swi03, .swi04],
      [
        FactDeclaration(.value, .energy, needed: true, "what the export register showed at the switch"),
        FactDeclaration(
          .source, .word(SwitchReading.Source.allCases.map(\.rawValue)), needed: true, "who brings it"),
        FactDeclaration(
          .on, .date,
          "the first day of the new registration that it is for; that of the switch if not "
            + "stated"),
        FactDeclaration(.serial, .text, "serial number of the meter, where there are several"),
      ]),
    EventDeclaration(
      .switchReadingAgreed, "old and new licensee agree on the reading of a switch", [.swi03],
      [
        FactDeclaration(.value, .energy, needed: true, "the reading that counts for both"),
        FactDeclaration(.on, .date, "the first day of the new registration that it is for"),
      ]),
  ]
}

extension Boundary {
  static let switchReadingDay = Boundary(
    "switching.reading-days", .swi04,
    "a reading for the switch is in time 14 days after it, and late on the day after that")
  static let switchReadingTolerance = Boundary(
    "switching.reading-tolerance", .swi03,
    "two readings of a switch 1 kWh apart are one, and 1 Wh further apart a conflict")

  static let switchLimits: [Boundary] = [switchReadingDay, switchReadingTolerance]
}
