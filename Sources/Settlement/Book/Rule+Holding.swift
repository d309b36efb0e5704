// What stops the money: withholding, faulty meters, backwards import meters, access.

extension Rule {
  static let holding: [Rule: Entry] = [
    .whld01: Entry("", "BUL 5.14, EON 6.10"),
    .whld02: Entry("", "BUL 5.15"),
    .whld03: Entry("", "BUL 4.2, EON 13.1"),
    .whld04: Entry("", "BUL 10.8"),
    .whld05: Entry("", "BUL 16.7"),
    .fault01: Entry("", "EON 8.1"),
    .fault02: Entry("", "EON 8.2"),
    .fault03: Entry("", "EON 8.3"),
    .fault04: Entry("", "BUL 6.4-6.5"),
    .fault05: Entry("", "ART"),
    .back01: Entry("a backwards import meter is told to licensee and import supplier", "BUL 6.13"),
    .back02: Entry("an occupier who is not the generator is told too", "BUL 6.13"),
    .back03: Entry("energy taken off the import dial is not export", "ART, BUL 5.2"),
    .back04: Entry("a fall of the import dial is weighed against a rollover", "our assumption"),
    .back05: Entry("some import meters add export to import", "our assumption"),
    .acc01: Entry("", "BUL 6.9, EON 7.3, 10.1"),
    .acc02: Entry("", "BUL 6.11, EON 10.1, 6.10"),
    .acc03: Entry("", "BUL 6.1-6.2"),
    .acc04: Entry("", "BUL 6.10"),
  ]
}
