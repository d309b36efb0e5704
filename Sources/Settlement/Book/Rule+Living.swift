// What changes and ends: changes, terminations, disputes, liability, personal data.

extension Rule {
  static let living: [Rule: Entry] = [
    .chg01: Entry(
      "whatever stops being true is told as soon as possible, with evidence", "BUL 4.1, EON 13.1"),
    .chg02: Entry("storage added, removed or enlarged is told where the terms ask for it", "EON 10.3"),
    .chg03: Entry("a change of capacity re-tests tariff and eligibility from its date", "EON 13.1"),
    .chg04: Entry(
      "a change of import supplier or of export meter is told where the terms ask for it", "EON 10.4"),
    .chg05: Entry("another technology is a separate unit with its own application", "EON 13.3"),
    .chg06: Entry(
      "entitlement ends when ownership passes; a final reading closes it", "BUL 9.1, 10.6.1, EON 11.2"),
    .chg07: Entry("an owner who moves away may keep the agreement, with evidence", "BUL 9.2"),
    .chg08: Entry("after decommissioning nothing is paid", "EON 13.2"),
    .chg09: Entry("the agreement is the owner's and cannot be transferred", "BUL 16.8"),
    .term01: Entry(
      "the customer may end at any time; where the terms say so, with an agreed final reading",
      "BUL 10.1, EON 2.5, 14.1"),
    .term02: Entry("the licensee may end for breach or on Ofgem's direction", "BUL 10.7, EON 14.2"),
    .term03: Entry("the agreement ends by itself when ownership or licensee status is lost", "BUL 10.6"),
    .term04: Entry(
      "posted notice counts as delivered some working days later, other notice at once", "BUL 16.2"),
    .dsp01: Entry(
      "a complaint unresolved after its period, or deadlocked, may go to the Ombudsman", "EON 16.2.3"),
    .dsp02: Entry(
      "a complaint follows the licensee's procedure, then Citizens Advice and the Ombudsman", "BUL 15"),
    .dsp03: Entry("a payment dispute leaves the undisputed part payable", "our assumption"),
    .dsp04: Entry("a complaint climbs step by step, and each step is recorded", "EON 16.2, BUL 15"),
    .lia01: Entry("liability is capped for each event or connected series", "BUL 12"),
    .lia02: Entry("liability is capped for each calendar year and incident", "EON 17"),
    .lia03: Entry(
      "neither side answers for what it could not control; clocks run on all the same", "BUL 12.1-12.3"),
    .law01: Entry(
      "the law is that of England and Wales there and of Scotland there; holidays do not follow it",
      "BUL 16.6, EON 19.1"),
    .data01: Entry(
      "data go only to receivers that SEG duties name, and each hand-over is recorded", "BUL 13.2"),
    .data02: Entry("data about another person need that person's permission", "BUL 13.5, EON 4.1.8.1"),
    .data03: Entry(
      "half-hours of consumption need consent; export is settled without it", "EON defs, 4.1.6.2"),
    .data04: Entry(
      "the controller is named in the policy; identities are masked in what is shared", "EON 18.1, BUL 13.1"),
  ]
}
