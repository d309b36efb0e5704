// What an application may state, as declared facts. None is needed: what nobody states raises no question.

internal import Units

extension FactKey {
  static let fuel = FactKey("fuel")
  static let electricalCapacity = FactKey("electrical-capacity")
  static let declaredNetCapacity = FactKey("declared-net-capacity")
  static let nation = FactKey("nation")
  static let postcode = FactKey("postcode")
  static let priceRegion = FactKey("price-region")
  static let certificate = FactKey("certificate")
  static let certificateNumber = FactKey("certificate-number")
  static let certificateIssued = FactKey("certificate-issued")
  static let installerCertified = FactKey("installer-certified")
  static let acceptedByHand = FactKey("accepted-by-hand")
  static let schemeDeclaration = FactKey("scheme-declaration")
  static let owner = FactKey("owner")
  static let claimant = FactKey("claimant")
  static let ownerDeclaration = FactKey("owner-declaration")
  static let ownerContact = FactKey("owner-contact")
  static let ownerGivesAccess = FactKey("owner-gives-access")
  static let fitDeclared = FactKey("fit-declared")
  static let fitRegister = FactKey("fit-register")
  static let fitJoined = FactKey("fit-joined")
  static let fitOptedOut = FactKey("fit-opted-out")
  static let appliedBy = FactKey("applied-by")
  static let appliedOn = FactKey("applied-on")
  static let gridConnected = FactKey("grid-connected")
  static let connectionAgreement = FactKey("connection-agreement")
  static let dnoWasNotified = FactKey("dno-notified")
  static let isCommissioned = FactKey("commissioned")
  static let commissionedOn = FactKey("commissioned-on")
  static let meterApproved = FactKey("meter-approved")
  static let approvalExpires = FactKey("approval-expires")
  static let smartMeter = FactKey("smart-meter")
  static let email = FactKey("e-mail")
  static let phone = FactKey("phone")
  static let unitsOnPlan = FactKey("units-on-plan")
  static let unitsBehindMeter = FactKey("units-behind-meter")
  static let adCriteriaConfirmed = FactKey("ad-criteria-confirmed")
  static let adReportingStart = FactKey("ad-reporting-start")
  static let agreementStartDate = FactKey("agreement-start-date")
  static let tariffStartDate = FactKey("tariff-start-date")
  static let importCustomer = FactKey("import-customer")
}

/// Closed sets of words that an application may use.
enum ApplicationWords {
  /// The five of the scheme, and what is offered besides. `wind` without a place is taken as onshore: two
  /// licensees leave the word out (R-ELIG-01).
  static let technologies = [
    "solar-pv", "wind", "onshore-wind", "hydro", "micro-chp", "anaerobic-digestion", "offshore-wind",
    "battery",
    "geothermal", "diesel", "tidal", "biomass", "other",
  ]
  static let nations = ["england", "wales", "scotland", "northern-ireland", "isle-of-man", "channel-islands"]
  static let certificates =
    Policy.EligibilityTerms.Certificate.allCases.map(\.rawValue) + ["other", "none", "no-scheme-exists"]
  static let fitStates = ["none", "generation-only", "generation-and-export", "generation-and-deemed-export"]
  /// Group letters of the fourteen regions, without I and O (R-MPAN-05).
  static let regions = ["A", "B", "C", "D", "E", "F", "G", "H", "J", "K", "L", "M", "N", "P"]
}

extension FactGroup {
  static let application = FactGroup(
    "application", "what the customer states when applying, and what was found out about it",
    siteFacts + proofFacts + fitFacts + stateFacts + personFacts)

  private static let siteFacts: [FactDeclaration] = [
    FactDeclaration(
      .technology, .word(ApplicationWords.technologies),
      "what generates, where that is not what `installation` says (R-ELIG-01)"),
    FactDeclaration(.fuel, .text, "what it burns; decides nothing (R-ELIG-20)"),
    FactDeclaration(
      .electricalCapacity, .power,
      "electrical capacity of micro-CHP; total installed capacity if absent (K-22)"),
    FactDeclaration(
      .declaredNetCapacity, .power, "capacity less the plant's own use; counts where the policy says so"),
    FactDeclaration(.nation, .word(ApplicationWords.nations), "where the site is (R-ELIG-03)"),
    FactDeclaration(.postcode, .text, "postcode of the site (R-ELIG-03)"),
    FactDeclaration(
      .priceRegion, .word(ApplicationWords.regions), "region of a regional price, by group letter (R-MPAN-05)"
    ),
    FactDeclaration(.unitsOnPlan, .whole(1...1000), "generation units on the plan (R-ELIG-19)"),
    FactDeclaration(
      .unitsBehindMeter, .whole(1...1000), "generation units behind the export meter (R-ELIG-19)"),
  ]

  private static let proofFacts: [FactDeclaration] = [
    FactDeclaration(
      .certificate, .word(ApplicationWords.certificates), "scheme of the certificate; `none` if there is none"
    ),
    FactDeclaration(.certificateNumber, .text, "number of the certificate; `none` if it was not given"),
    FactDeclaration(.certificateIssued, .date, "day on which the certificate was issued"),
    FactDeclaration(.installerCertified, .flag, "the installer is certified too"),
    FactDeclaration(.acceptedByHand, .flag, "the licensee accepted another scheme by hand (K-02)"),
    FactDeclaration(.schemeDeclaration, .flag, "a declaration stands in for a scheme that does not exist"),
    FactDeclaration(.owner, .text, "who owns the installation"),
    FactDeclaration(.claimant, .text, "who applies, and would be paid"),
    FactDeclaration(.ownerDeclaration, .flag, "the owner signed a declaration (R-ELIG-05)"),
    FactDeclaration(.ownerContact, .flag, "the declaration says how to reach the owner"),
    FactDeclaration(.ownerGivesAccess, .flag, "the declaration lets the licensee reach the meter"),
  ]

  private static let fitFacts: [FactDeclaration] = [
    FactDeclaration(.fitDeclared, .word(ApplicationWords.fitStates), "FIT state that the customer declares"),
    FactDeclaration(.fitRegister, .word(ApplicationWords.fitStates), "FIT state in the FIT register"),
    FactDeclaration(.fitJoined, .date, "day on which FIT was joined (R-ELIG-07)"),
    FactDeclaration(.fitOptedOut, .date, "day from which FIT export is opted out of"),
  ]

  private static let stateFacts: [FactDeclaration] = [
    FactDeclaration(.gridConnected, .flag, "the installation is connected to the network"),
    FactDeclaration(.connectionAgreement, .flag, "there is a connection agreement (R-ONB-10)"),
    FactDeclaration(.dnoWasNotified, .flag, "the DNO was told of the installation (R-ELIG-13)"),
    FactDeclaration(.isCommissioned, .flag, "the installation is commissioned (R-ELIG-17)"),
    FactDeclaration(.commissionedOn, .date, "day on which it was or will be commissioned"),
    FactDeclaration(.meterApproved, .flag, "the export meter is approved (R-ELIG-10)"),
    FactDeclaration(.approvalExpires, .date, "last day of the export meter's approval"),
    FactDeclaration(.smartMeter, .flag, "the export meter is a working smart meter"),
    FactDeclaration(
      .adCriteriaConfirmed, .flag,
      "reporting start date and sustainability are confirmed (R-ELIG-14)"),
    FactDeclaration(.adReportingStart, .date, "reporting start date of an AD plant"),
  ]

  private static let personFacts: [FactDeclaration] = [
    FactDeclaration(.appliedBy, .word(["customer", "agent"]), "who applied (R-ELIG-16)"),
    FactDeclaration(.appliedOn, .date, "day on which a complete form was submitted (R-ONB-14)"),
    FactDeclaration(.email, .text, "e-mail address; `none` if there is none (R-ONB-11)"),
    FactDeclaration(.phone, .text, "phone number; `none` if there is none (R-ONB-11)"),
    FactDeclaration(.agreementStartDate, .date, "start of the agreement, as the plan shows it (R-ONB-07)"),
    FactDeclaration(.tariffStartDate, .date, "start of the tariff, as the plan shows it (R-ONB-07)"),
    FactDeclaration(.importCustomer, .flag, "the licensee supplies the import too (K-32)"),
  ]
}
