// Who may be paid, and how one gets there: eligibility, onboarding, the licensee, MPANs, kinds of meter.

extension Rule {
  static let entry: [Rule: Entry] = [
    .elig01: Entry(
      "the technology is one of the five that the scheme lists", "OCT, BUL defs, EON 4.1.1, OFG"),
    .elig02: Entry(
      "total installed capacity is at most 5 MW; of micro-CHP at most 50 kW electrical",
      "OCT, BUL 3.1.4, EON 4.1.2, OFG"),
    .elig03: Entry("the site is in Great Britain", "OCT, BUL 3.1.3"),
    .elig04: Entry(
      "installation and installer are certified by a scheme accepted for that technology and size",
      "GS, OCT, ART, BUL 3.1.5, EON 4.1.3-4.1.5"),
    .elig05: Entry(
      "the claimant owns the installation, or shows the owner's signed declaration where that is enough",
      "BUL 3.1.2, EON 4.1.8.1"),
    .elig06: Entry(
      "no FIT payment for export at the same time; FIT payment for generation alone is no bar",
      "GS, OCT, BUL 3.1.7 and 8.2, EON 4.1.8.2"),
    .elig07: Entry(
      "FIT export is opted out of a year after joining at the earliest, then once in twelve months",
      "BUL 8.1"),
    .elig08: Entry(
      "the same export is paid by one SEG licensee only, and where the terms say so by nobody else",
      "BUL 3.1.6, EON 4.1.8.3-4"),
    .elig09: Entry("the meter can give half-hourly export", "OCT, EON 4.1.6.2, ART, OFG"),
    .elig10: Entry(
      "the export meter is approved, and its approval has not run out", "BUL 6.3-6.4, EON 4.1.6.1"),
    .elig11: Entry("an analogue meter gives no SEG payment", "ART"),
    .elig12: Entry("a dedicated export MPAN is registered", "EON 4.1.6.3-4, BUL defs, GS, OCT"),
    .elig13: Entry(
      "the installation is connected to the network, and the DNO was told of it", "EON 4.1.6.5, BUL 7.1, GS"),
    .elig14: Entry(
      "an AD plant confirms reporting date and sustainability; evidence comes within days of a request",
      "EON 4.1.9"),
    .elig15: Entry("nothing is payable before every condition of eligibility is met", "EON 2.1, BUL 5.3"),
    .elig16: Entry(
      "where the terms say so, the customer agrees in person and not through an agent", "BUL 1.2"),
    .elig17: Entry(
      "nothing is payable before the installation is commissioned", "BUL 3.1.5 and defs, EON defs"),
    .elig18: Entry(
      "the customer declares the FIT state, which must agree with the FIT register",
      "BUL 8.1-8.2, GS, OCT"),
    .elig19: Entry("only the generation units on the plan are paid", "EON 2.3, BUL defs"),
    .elig20: Entry(
      "the list of technologies decides, not the fuel: micro-CHP on gas is in", "OCT, BUL defs, EON defs"),
    .onb01: Entry(
      "application, DNO and enrolment each have a number of days; a later answer is told as late", "OCT"),
    .onb02: Entry("the first reading comes with a photo of meter serial and export register", "OCT"),
    .onb03: Entry(
      "form, certificate copy and FIT check come first, then the export MPAN, then the request to the DNO",
      "GS"),
    .onb04: Entry(
      "an agreement starts at the latest of its conditions: signed form, checked certificate, registration",
      "BUL 1.1"),
    .onb05: Entry(
      "where the terms say so, money starts at the Confirmation Date; energy before it stays unpaid",
      "BUL defs, 5.3 vs 2.1, 6.6"),
    .onb06: Entry(
      "the confirmation states registration date, tariff, rate, and how often is read and paid", "BUL 2.1"),
    .onb07: Entry(
      "where the terms say so, money starts at the Tariff Start Date; a second date is a defect",
      "EON intro, defs"),
    .onb08: Entry("a customer may stop the switch for some days after the agreement starts", "EON 5.4"),
    .onb09: Entry(
      "what others charge, as for setting up the export MPAN, may be passed on as a charge of its own",
      "EON 4.1.7.1"),
    .onb10: Entry("without a connection agreement the National Terms of Connection apply", "BUL 7.2"),
    .onb11: Entry("an e-mail address and a phone number that work are needed", "EON 5.2"),
    .onb12: Entry("an account is active only once export data of the new MPAN have arrived", "OCT"),
    .onb13: Entry(
      "where the terms ask for it, the DNO's letter or e-mail is on file once the new MPAN exists",
      "OCT"),
    .onb14: Entry(
      "an incomplete form has no Application Date; Registration and Confirmation have their own",
      "BUL defs"),
    .lic01: Entry(
      "150,000 domestic customers on 31 December make a mandatory licensee of the next SEG year",
      "OFG, ART says more than"),
    .lic02: Entry("a SEG rate is always above zero", "OFG"),
    .lic03: Entry(
      "an agreement ends with the licensee's exit: at once, or after the notice the terms demand",
      "BUL 10.6.2, EON 14.3"),
    .lic04: Entry("the customer is told of the licensee's insolvency", "EON 15.1.4"),
    .lic05: Entry(
      "a licensee may hand the agreement to another firm, which pays from then on",
      "BUL 16.1"),
    .lic06: Entry("a mandatory licensee offers at least one SEG tariff", "ART, EON defs, OFG"),
    .lic07: Entry(
      "a statement tells period, reads, basis, rate, and what is held", "BUL 11.1-11.4, EON 15.1.2"),
    .mpan01: Entry("an MPAN has 13 digits and a check digit", "BSC"),
    .mpan02: Entry(
      "an MPAN written with its top line has 21 characters; the 13-digit core identifies it", "BSC"),
    .mpan03: Entry("an unknown distributor is a warning", "our assumption"),
    .mpan04: Entry(
      "import and export of one home have different MPANs, perhaps with different suppliers", "BSC"),
    .mpan05: Entry(
      "the region of an export price follows from the distributor id of a regional network", "BSC"),
    .met01: Entry(
      "a SMETS2 meter has an export register, half-hours and remote reading, after a switch too",
      "ART"),
    .met02: Entry(
      "a SMETS1 meter outside the DCC often lacks an export register and may go dumb at a switch",
      "ART"),
    .met03: Entry("a SMETS1 meter is payable only if its export register works", "ART"),
    .met04: Entry("an analogue import meter has no export register and no half-hours", "ART"),
    .met05: Entry("a generation meter counts production and is never an export meter", "ART"),
    .met06: Entry("a sub-meter's half-hours are made by a logger", "our assumption"),
  ]
}
