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
    .mpan04: "import and export are known by an MPAN each",
    .met01: "what a SMETS2 meter can do: R-ELIG-09 judges it by that",
    .met02: "what a SMETS1 meter can do: R-ELIG-09 judges it by that",
    .met04: "what an analogue meter cannot do: R-ELIG-11 judges it by that",
    .met05: "what a generation meter counts: R-ELIG-11 judges it by that",
    .tar03: "an example of rates",
    .rate04: "when the prices of a day come",
    .rate05: "how export prices follow from wholesale prices",
    .pay09: "how each line is rounded, once",
    .vat03: "what no settlement takes off",
    .swi07: "what nobody charges; R-SWI-04 tells it with the last payment",
    .swi08: "what is paid between the end of a term and a switch: R-TAR-11 names the tariff",
    .whld05: "that no rule remembers what was let through",
    .law01: "which law governs: no date and no pence depend on it",
    .rate06: "how a consumption service stamps half-hours",
  ]
}
