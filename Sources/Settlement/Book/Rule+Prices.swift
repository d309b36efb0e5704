// What a kWh is worth: tariffs and files of prices.

extension Rule {
  static let prices: [Rule: Entry] = [
    .tar01: Entry("amount = exported kWh × rate", "BUL 5.2, EON defs"),
    .tar02: Entry("", "OCT"),
    .tar03: Entry("", "ART"),
    .tar04: Entry("", "EON 5.1.1"),
    .tar05: Entry("time-of-use windows are of the London clock", "ART, EON defs"),
    .tar06: Entry("each half-hour has its own price", "ART"),
    .tar07: Entry("the rate is the one in force when the energy was exported", "EON 5.1.2"),
    .tar08: Entry("", "EON 5.1.2"),
    .tar09: Entry("", "BUL 5.16"),
    .tar10: Entry("", "EON 3.1-3.2, BUL 14.1"),
    .tar11: Entry("", "EON 5.6-5.7"),
    .tar12: Entry("", "EON 5.8"),
    .tar13: Entry("", "EON defs, BUL defs"),
    .tar14: Entry("", "EON 10.2, 15.1.3"),
    .tar15: Entry("", "EON defs, 5.8"),
    .tar16: Entry("", "BUL 5.1 against 5.16, EON 3.1"),
    .tar17: Entry("", "EON 5.6"),
    .rate01: Entry("prices do not overlap", "our assumption"),
    .rate02: Entry("prices begin and end on half-hours", "our assumption"),
    .rate03: Entry("", "our assumption"),
    .rate04: Entry("", "our assumption"),
    .rate05: Entry("", "our assumption"),
    .rate06: Entry("", "our assumption"),
  ]
}
