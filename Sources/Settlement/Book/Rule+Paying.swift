// How it is paid, and by whom: payment, VAT, switching.

extension Rule {
  static let paying: [Rule: Entry] = [
    .pay01: Entry("payment is due so many days after a valid reading", "BUL 5.4"),
    .pay02: Entry("", "EON 6.5-6.6"),
    .pay03: Entry("payment is due so many working days after a valid reading", "EON 6.8"),
    .pay04: Entry("", "EON defs"),
    .pay05: Entry("", "EON 6.7"),
    .pay06: Entry("", "EON 6.1-6.2"),
    .pay07: Entry("", "EON 6.3-6.4"),
    .pay08: Entry("", "EON 11.1"),
    .pay09: Entry("each statement line is rounded once", "our assumption"),
    .pay10: Entry("", "BUL 5.6"),
    .pay11: Entry("", "BUL 5.12"),
    .vat01: Entry("", "EON 9.1"),
    .vat02: Entry("", "BUL 5.9-5.11, EON 9.2-9.4"),
    .vat03: Entry("", "BUL 5.7-5.8"),
    .swi01: Entry("", "BUL 10.2, EON 5.6.2, 12.1"),
    .swi02: Entry("", "BUL 10.4, EON 5.5"),
    .swi03: Entry("", "BUL 10.3, EON 12.1-12.2"),
    .swi04: Entry("", "BUL 10.3, EON 12.1"),
    .swi05: Entry("", "BUL 10.5, EON 2.2, OCT"),
    .swi06: Entry("", "EON 4.1.8.4"),
    .swi07: Entry("", "EON 5.3, BUL 5.16"),
    .swi08: Entry("", "EON 5.6.2"),
  ]
}
