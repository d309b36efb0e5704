// Rules without a consequence of their own in money or codes: they say how something is counted, kept or
// written, so no decision and no line names them. A story can be about one of them all the same.

internal import Settlement

extension Rule {
  /// Why no decision names the rule; nil for rules that act.
  var definition: String? { Self.definitions[self] }

  private static let definitions: [Rule: String] = [
    .sp01: "how settlement days and periods are numbered",
    .sp03: "where a summer day begins in UTC",
    .sp04: "which end of a half-hour a stamp marks: an importer states it",
    .sp05: "half-hours are keyed by UTC",
    .unit01: "energy is kept in whole Wh",
    .unit02: "how units convert",
    .unit03: "rates and sums are exact whole numbers",
    .unit04: "each line is rounded once: R-PAY-09 carries it",
    .mpan02: "how an MPAN of 21 digits is read",
    .rate04: "when the prices of a day come",
    .rate06: "how a consumption service stamps half-hours",
  ]
}
