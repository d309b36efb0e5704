// What changes and ends: changes, terminations, disputes, liability, personal data.

extension Rule {
  static let living: [Rule: Entry] = [
    .chg01: Entry("", "BUL 4.1, EON 13.1"),
    .chg02: Entry("", "EON 10.3"),
    .chg03: Entry("", "EON 13.1"),
    .chg04: Entry("", "EON 10.4"),
    .chg05: Entry("", "EON 13.3"),
    .chg06: Entry("", "BUL 9.1, 10.6.1, EON 11.2"),
    .chg07: Entry("", "BUL 9.2"),
    .chg08: Entry("", "EON 13.2"),
    .chg09: Entry("", "BUL 16.8"),
    .term01: Entry("", "BUL 10.1, EON 2.5, 14.1"),
    .term02: Entry("", "BUL 10.7, EON 14.2"),
    .term03: Entry("", "BUL 10.6"),
    .term04: Entry("", "BUL 16.2"),
    .dsp01: Entry("", "EON 16.2.3"),
    .dsp02: Entry("", "BUL 15"),
    .dsp03: Entry("", "our assumption"),
    .dsp04: Entry("", "EON 16.2, BUL 15"),
    .lia01: Entry("", "BUL 12"),
    .lia02: Entry("", "EON 17"),
    .lia03: Entry("", "BUL 12.1-12.3"),
    .law01: Entry("", "BUL 16.6, EON 19.1"),
    .data01: Entry("", "BUL 13.2"),
    .data02: Entry("", "BUL 13.5, EON 4.1.8.1"),
    .data03: Entry("", "EON defs, 4.1.6.2"),
    .data04: Entry("", "EON 18.1, BUL 13.1"),
  ]
}
