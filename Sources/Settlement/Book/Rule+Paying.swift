// How it is paid, and by whom: payment, VAT, switching.

extension Rule {
  static let paying: [Rule: Entry] = [
    .pay01: Entry("payment is due so many days after a valid reading", "BUL 5.4"),
    .pay02: Entry(
      "separate payment: once at the end of a 12-month term, else every 12 months or at a change",
      "EON 6.5-6.6"),
    .pay03: Entry("payment is due so many working days after a valid reading", "EON 6.8"),
    .pay04: Entry(
      "a Working Day is Monday to Friday 09:00-17:00 and no bank holiday of England and Wales", "EON defs"),
    .pay05: Entry("up to four payments may be requested in each 12 months of the tariff", "EON 6.7"),
    .pay06: Entry(
      "a licensee that supplies the home and is able to sets export off against the bill", "EON 6.1-6.2"),
    .pay07: Entry(
      "export worth more than the bill is credit, paid out on request once readings are up to date",
      "EON 6.3-6.4"),
    .pay08: Entry("only the person on the plan is paid", "EON 11.1"),
    .pay09: Entry("each statement line is rounded once", "our assumption"),
    .pay10: Entry("payment is by bank transfer or another agreed way", "BUL 5.6"),
    .pay11: Entry("a payment dispute goes to the licensee at once", "BUL 5.12"),
    .vat01: Entry("a generator who is not registered for VAT is paid without it", "EON 9.1"),
    .vat02: Entry(
      "a VAT-registered generator is paid on a self-billed invoice, once self-billing is agreed",
      "BUL 5.9-5.11, EON 9.2-9.4"),
    .vat03: Entry("other taxes are the generator's own", "BUL 5.7-5.8"),
    .swi01: Entry(
      "a switch opens when the customer applies to the new licensee or tells the old one",
      "BUL 10.2, EON 5.6.2, 12.1"),
    .swi02: Entry("the old licensee's part ends only when the new one is registered", "BUL 10.4, EON 5.5"),
    .swi03: Entry(
      "one reading for the switch date closes the old agreement and opens the new one",
      "BUL 10.3, EON 12.1-12.2"),
    .swi04: Entry("the final payment waits for that reading", "BUL 10.3, EON 12.1"),
    .swi05: Entry("export and import contracts are independent", "BUL 10.5, EON 2.2, OCT"),
    .swi06: Entry("no half-hour is paid twice or by nobody", "EON 4.1.8.4"),
    .swi07: Entry("leaving costs nothing", "EON 5.3, BUL 5.16"),
    .swi08: Entry(
      "from the end of the tariff until a switch completes the default tariff applies", "EON 5.6.2"),
  ]
}
