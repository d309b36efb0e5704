// What was measured: readings, validation, estimates, settlement periods, units.

extension Rule {
  static let measuring: [Rule: Entry] = [
    .read01: Entry("remote reading first; the customer is asked when it fails", "BUL 6.7, EON 7.1"),
    .read02: Entry("a request for a reading says how and by when", "BUL 6.7"),
    .read03: Entry(
      "a requested reading has days to come in time and some more in grace; after those payment is withheld",
      "EON 7.1-7.2"),
    .read04: Entry("no valid reading may suspend payment until one arrives", "BUL 5.13, 6.8"),
    .read05: Entry("readings are due at registration, at the end and on reasonable request", "BUL 6.6"),
    .read06: Entry("a photo shows meter serial and export register", "EON defs, OCT"),
    .read07: Entry(
      "an abnormal reading is queried; proof settles it, without proof payment is suspended", "BUL 6.12"),
    .read08: Entry("a generation reading is not an export reading", "ART"),
    .read09: Entry("an advance counts modulo the register's range where that is plausible", "our assumption"),
    .read10: Entry("a meter exchange closes the old and opens the new", "EON 10.4, 13.1"),
    .read11: Entry("same instant, two values: one counts", "our assumption"),
    .read12: Entry("readings in the future are refused, late ones sorted in", "our assumption"),
    .read13: Entry("a SMETS1 meter may lose its remote reading at an import switch", "ART"),
    .read14: Entry(
      "where the terms say so, a reading counts only when it came by the agreed procedure and date",
      "BUL 6.8, 2.1.3"),
    .val01: Entry("a half-hour is a whole number of Wh of at least zero", "our assumption"),
    .val02: Entry("energy is bounded by capacity and export limit", "our assumption"),
    .val03: Entry("a day's solar export stays below the seasonal ceiling of its capacity", "our assumption"),
    .val04: Entry("an advance stays below twice what the same month gave last year", "our assumption"),
    .val05: Entry("solar power without storage exports nothing in darkness", "our assumption"),
    .val06: Entry("no export through sunny weeks is queried", "our assumption"),
    .val07: Entry("half-hours add up to the register advance", "our assumption"),
    .val08: Entry("a settlement day has 46, 48 or 50 half-hours", "our assumption"),
    .val09: Entry("the meter's clock is right", "our assumption"),
    .val10: Entry("export is no more than generation and what declared storage gives", "our assumption"),
    .val11: Entry("import and export registers are not swapped", "our assumption"),
    .val12: Entry("a value does not repeat for hours", "our assumption"),
    .val13: Entry("a detector without a payment rule of its own leaves a hint", "our assumption"),
    .est01: Entry("no estimate is payable", "ART"),
    .est02: Entry("an estimate may be paid provisionally and is corrected", "EON 7.4"),
    .est03: Entry("a flat rate needs registers only, other rates need half-hours", "ART, OCT, BUL 5.2"),
    .est04: Entry("SEG knows no deemed export", "ART"),
    .est05: Entry(
      "where estimates are allowed: check meter, shaped advance, like days, zero, in this order",
      "our assumption"),
    .est06: Entry(
      "after a failed proving test data count as estimated until a test passes", "BSC CP1035 discussion"),
    .sp01: Entry(
      "a settlement day is a London day; period n begins (n - 1) half-hours after its midnight", "BSC"),
    .sp02: Entry("clock-change days have 46 or 50 half-hours", "BSC"),
    .sp03: Entry("in summer the settlement day begins at 23:00Z of the day before", "BSC"),
    .sp04: Entry(
      "each feed says whether its stamps are starts or ends; an end stamp of 00:00 belongs to the day before",
      "BSC"),
    .sp05: Entry("a half-hour is known by its UTC start, never by its local time", "BSC"),
    .unit01: Entry(
      "energy is whole watt-hours; a file's coarser step widens what the sum check allows", "our assumption"),
    .unit02: Entry("1 MWh is 1,000,000 Wh, and p/kWh times Wh is thousandths of a penny", "our assumption"),
    .unit03: Entry("rates have six decimals and sums are exact", "our assumption"),
    .unit04: Entry(
      "each statement line is rounded once, half away from zero, and tells its exact amount", "our assumption"
    ),
  ]
}
