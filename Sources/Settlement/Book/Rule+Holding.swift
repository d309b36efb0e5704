// What stops the money: withholding, faulty meters, dials that run backwards, access.

extension Rule {
  static let holding: [Rule: Entry] = [
    .whld01: Entry(
      "payment may be reduced, withheld or recovered for error, abuse or wrong information",
      "BUL 5.14, EON 6.10"),
    .whld02: Entry(
      "a suspended MCS registration stops payment until Ofgem lets it resume, perhaps reduced", "BUL 5.15"),
    .whld03: Entry(
      "an undeclared change is held for Ofgem's decision or the licensee's own, as the terms say",
      "BUL 4.2, EON 13.1"),
    .whld04: Entry("what was earned before a suspension or an end stays due", "BUL 10.8"),
    .whld05: Entry("a right that was once not used is not lost", "BUL 16.7"),
    .fault01: Entry("while a meter is suspected to be faulty payment is withheld", "EON 8.1"),
    .fault02: Entry("nothing is paid for the time in which the meter was faulty", "EON 8.2"),
    .fault03: Entry("a meter found good is paid for, the time under investigation too", "EON 8.3"),
    .fault04: Entry("the customer tells of every relevant meter that is broken or wrong", "BUL 6.4-6.5"),
    .fault05: Entry(
      "doubtful export data of a SMETS1 meter are for the supplier to confirm; a SMETS2 exchange is free",
      "ART"),
    .back01: Entry("a backwards import meter is told to licensee and import supplier", "BUL 6.13"),
    .back02: Entry("an occupier who is not the generator is told too", "BUL 6.13"),
    .back03: Entry("energy taken off the import dial is not export", "ART, BUL 5.2"),
    .back04: Entry("a fall of the import dial is weighed against a rollover", "our assumption"),
    .back05: Entry("some import meters add export to import", "our assumption"),
    .acc01: Entry(
      "access is given on request for reading, inspection, test and exchange", "BUL 6.9, EON 7.3, 10.1"),
    .acc02: Entry(
      "without access payment stops until access was had and readings verified", "BUL 6.11, EON 10.1, 6.10"),
    .acc03: Entry("a meter that is hard to read may cost a reasonable charge, after a visit", "BUL 6.1-6.2"),
    .acc04: Entry("the meter may be checked often", "BUL 6.10"),
  ]
}
