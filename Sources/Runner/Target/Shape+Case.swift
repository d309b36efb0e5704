// A case to settle, whole.

internal import Settlement
internal import Units

extension Shape where Value == Agreement {
  static let agreement = Shape.object(
    "agreement", "an agreement",
    blank: Agreement(
      licensee: "", exportMPAN: nil, tariff: [], start: .epoch,
      installation: DeclaredInstallation(technology: .solarPV, capacity: .zero), meters: []),
    [
      .needed("licensee", \.licensee, .text, "Name of the policy that binds it."),
      .nullable("exportMPAN", \.exportMPAN, .text, "As written on the form: it may be wrong."),
      .nullable("importMPAN", \.importMPAN, .text),
      .needed("start", \.start, .instant),
      .needed("tariff", \.tariff, .list(.tariff), "Versions, sorted by their start."),
      .needed("installation", \.installation, .installation),
      .needed("meters", \.meters, .list(.meter), "The meters at the start; later ones come by events."),
      .optional("generatorIsOccupier", \.generatorIsOccupier, .flag),
      .optional("importSupplier", \.importSupplier, .text),
      .nullable("importRate", \.importRate, .rate, "p/kWh"),
      .optional(
        "halfHourlyConsent", \.halfHourlyConsent, .flag, "Half-hours of the import register may be read."),
      .optional("facts", \.facts, .grouped, "What else is stated at the start."),
    ])
}

extension Shape where Value == SettlementCase {
  static let settlementCase = Shape.object(
    "case", "a case",
    blank: SettlementCase(
      policy: Policy(name: ""),
      agreement: Agreement(
        licensee: "", exportMPAN: nil, tariff: [], start: .epoch,
        installation: DeclaredInstallation(technology: .solarPV, capacity: .zero), meters: []),
      from: .epoch, settlements: []),
    [
      .needed("policy", \.policy, .policy, "The licensee's terms; a value that is left out has our default."),
      .needed("agreement", \.agreement, .agreement),
      .needed("from", \.from, .instant, "Nothing before this instant is payable."),
      .needed("until", \.until, .instant, "End of the story."),
      .needed(
        "settlements", \.settlements, .list(.instant),
        "When somebody settles; each uses only what was received by then, and pays only what none before it has paid."
      ),
      .needed("reads", \.reads, .list(.registerRead), "Register reads of every meter, in any order."),
      .needed("logs", \.logs, .list(.log), "Half-hourly logs as they came, in any order."),
      .needed("events", \.events, .list(.event)),
      .nullable("calendar", \.calendar, .workingDays),
    ])
}
