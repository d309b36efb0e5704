// What a kWh is worth: tariffs and files of prices.

extension Rule {
  static let prices: [Rule: Entry] = [
    .tar01: Entry("amount = exported kWh × rate", "BUL 5.2, EON defs"),
    .tar02: Entry(
      "an export tariff may need import supply by the same firm; without it the SEG tariff applies",
      "OCT"),
    .tar03: Entry("flat rates of 12-15 p/kWh were typical in mid-2026: an example, not a rule", "ART"),
    .tar04: Entry("a fixed rate does not change inside its term", "EON 5.1.1"),
    .tar05: Entry("time-of-use windows are of the London clock", "ART, EON defs"),
    .tar06: Entry("each half-hour has its own price", "ART"),
    .tar07: Entry("the rate is the one in force when the energy was exported", "EON 5.1.2"),
    .tar08: Entry(
      "a variable rate changes after its notice and no more often than the terms allow", "EON 5.1.2"),
    .tar09: Entry(
      "a rate is lowered after its notice only; where the terms say so, raising it needs none", "BUL 5.16"),
    .tar10: Entry(
      "a change of terms is told in writing before it holds, or soon after where the law changes",
      "EON 3.1-3.2, BUL 14.1"),
    .tar11: Entry("a term that ends without a choice goes on at the default tariff", "EON 5.6-5.7"),
    .tar12: Entry(
      "a tariff may depend on import supply, on a Time of Use import tariff or on the installer",
      "EON 5.8"),
    .tar13: Entry("a rate is written per kWh or per MWh; a rate per mWh is refused", "EON defs, BUL defs"),
    .tar14: Entry(
      "a new plan replaces the older ones of its unit; a back-dated one re-rates what it touches",
      "EON 10.2, 15.1.3"),
    .tar15: Entry(
      "Time of Use is an import tariff with windows and consent to half-hours; Economy 7 is none",
      "EON defs, 5.8"),
    .tar16: Entry(
      "a change made by law or Ofgem holds from its own date, without the licensee's notice",
      "BUL 5.1 against 5.16, EON 3.1"),
    .tar17: Entry("the customer is told of the options before a term ends", "EON 5.6"),
    .rate01: Entry("prices do not overlap", "our assumption"),
    .rate02: Entry("prices begin and end on half-hours", "our assumption"),
    .rate03: Entry("export is priced without VAT, and never with an import product", "our assumption"),
    .rate04: Entry("the prices of the last hour of a summer day come with the next batch", "our assumption"),
    .rate05: Entry(
      "a half-hourly price with a formula follows it, by wholesale price and London time, from zero up",
      "our assumption"),
    .rate06: Entry("stamps of half-hourly consumption carry their UTC offset", "our assumption"),
  ]
}
