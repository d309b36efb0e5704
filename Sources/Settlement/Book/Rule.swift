// The rules this core applies, by the ids of the rule book, with their sources. `backspin rules` lists them.

/// A rule id; the raw value is what decisions and lines carry.
public enum Rule: String, Hashable, Sendable, CaseIterable {
  case elig09 = "R-ELIG-09"
  case elig11 = "R-ELIG-11"
  case elig12 = "R-ELIG-12"
  case mpan01 = "R-MPAN-01"
  case mpan03 = "R-MPAN-03"
  case lic02 = "R-LIC-02"
  case tar01 = "R-TAR-01"
  case tar05 = "R-TAR-05"
  case tar06 = "R-TAR-06"
  case tar07 = "R-TAR-07"
  case rate01 = "R-RATE-01"
  case rate02 = "R-RATE-02"
  case read01 = "R-READ-01"
  case read04 = "R-READ-04"
  case read06 = "R-READ-06"
  case read08 = "R-READ-08"
  case read09 = "R-READ-09"
  case read10 = "R-READ-10"
  case read11 = "R-READ-11"
  case read12 = "R-READ-12"
  case read13 = "R-READ-13"
  case val01 = "R-VAL-01"
  case val02 = "R-VAL-02"
  case val05 = "R-VAL-05"
  case val06 = "R-VAL-06"
  case val07 = "R-VAL-07"
  case val08 = "R-VAL-08"
  case val09 = "R-VAL-09"
  case val11 = "R-VAL-11"
  case val12 = "R-VAL-12"
  case est01 = "R-EST-01"
  case est02 = "R-EST-02"
  case est03 = "R-EST-03"
  case back01 = "R-BACK-01"
  case back02 = "R-BACK-02"
  case back03 = "R-BACK-03"
  case back04 = "R-BACK-04"
  case back05 = "R-BACK-05"
  case pay01 = "R-PAY-01"
  case pay03 = "R-PAY-03"
  case pay09 = "R-PAY-09"
  case sp02 = "R-SP-02"
  case met03 = "R-MET-03"
  case met06 = "R-MET-06"

  /// One sentence.
  public var meaning: String { Self.table[self]?.meaning ?? "" }
  /// Document and clause; "our assumption" where there is none.
  public var source: String { Self.table[self]?.source ?? "" }

  private static let table: [Rule: (meaning: String, source: String)] = [
    .elig09: ("the meter can give half-hourly export", "OCT, EON 4.1.6.2, ART, OFG"),
    .elig11: ("an analogue meter gives no SEG payment", "ART"),
    .elig12: ("a dedicated export MPAN is registered", "EON 4.1.6.3-4, BUL defs, GS, OCT"),
    .mpan01: ("an MPAN has 13 digits and a check digit", "BSC"),
    .mpan03: ("an unknown distributor is a warning", "our assumption"),
    .lic02: ("a SEG rate is always above zero", "OFG"),
    .tar01: ("amount = exported kWh × rate", "BUL 5.2, EON defs"),
    .tar05: ("time-of-use windows are of the London clock", "ART, EON defs"),
    .tar06: ("each half-hour has its own price", "ART"),
    .tar07: ("the rate is the one in force when the energy was exported", "EON 5.1.2"),
    .rate01: ("prices do not overlap", "our assumption"),
    .rate02: ("prices begin and end on half-hours", "our assumption"),
    .read01: ("remote reading first; the customer is asked when it fails", "BUL 6.7, EON 7.1"),
    .read04: ("no valid reading may suspend payment until one arrives", "BUL 5.13, 6.8"),
    .read06: ("a photo shows meter serial and export register", "EON defs, OCT"),
    .read08: ("a generation reading is not an export reading", "ART"),
    .read09: ("an advance counts modulo the register's range where that is plausible", "our assumption"),
    .read10: ("a meter exchange closes the old and opens the new", "EON 10.4, 13.1"),
    .read11: ("same instant, two values: one counts", "our assumption"),
    .read12: ("readings in the future are refused, late ones sorted in", "our assumption"),
    .read13: ("a SMETS1 meter may lose its remote reading at an import switch", "ART"),
    .val01: ("a half-hour is a whole number of Wh of at least zero", "our assumption"),
    .val02: ("energy is bounded by capacity and export limit", "our assumption"),
    .val05: ("solar power without storage exports nothing in darkness", "our assumption"),
    .val06: ("no export through sunny weeks is queried", "our assumption"),
    .val07: ("half-hours add up to the register advance", "our assumption"),
    .val08: ("a settlement day has 46, 48 or 50 half-hours", "our assumption"),
    .val09: ("the meter's clock is right", "our assumption"),
    .val11: ("import and export registers are not swapped", "our assumption"),
    .val12: ("a value does not repeat for hours", "our assumption"),
    .est01: ("no estimate is payable", "ART"),
    .est02: ("an estimate may be paid provisionally and is corrected", "EON 7.4"),
    .est03: ("a flat rate needs registers only, other rates need half-hours", "ART, OCT, BUL 5.2"),
    .back01: ("a backwards import meter is told to licensee and import supplier", "BUL 6.13"),
    .back02: ("an occupier who is not the generator is told too", "BUL 6.13"),
    .back03: ("energy taken off the import dial is not export", "ART, BUL 5.2"),
    .back04: ("a fall of the import dial is weighed against a rollover", "our assumption"),
    .back05: ("some import meters add export to import", "our assumption"),
    .pay01: ("payment is due so many days after a valid reading", "BUL 5.4"),
    .pay03: ("payment is due so many working days after a valid reading", "EON 6.8"),
    .pay09: ("each statement line is rounded once", "our assumption"),
    .sp02: ("clock-change days have 46 or 50 half-hours", "BSC"),
    .met03: ("a SMETS1 meter is payable only if its export register works", "ART"),
    .met06: ("a sub-meter's half-hours are made by a logger", "our assumption"),
  ]
}
