// What can be told of tariffs: the plan at the start, and what befalls it.

internal import Units

extension FactKey {
  public static let kind = FactKey("kind")
  public static let tariff = FactKey("tariff")
  public static let effective = FactKey("effective")
  public static let origin = FactKey("origin")
  public static let rateAsWritten = FactKey("rate-as-written")
  public static let tariffCode = FactKey("tariff-code")
  public static let tariffStart = FactKey("tariff-start")
  public static let termEnd = FactKey("term-end")
  public static let defaultTariff = FactKey("default-tariff")
  public static let fallbackTariff = FactKey("fallback-tariff")
  public static let needsImportSupply = FactKey("needs-import-supply")
  public static let needsTimeOfUseImport = FactKey("needs-time-of-use-import")
  public static let needsSisterInstaller = FactKey("needs-sister-installer")
  public static let importTariff = FactKey("import-tariff")
  public static let importMeterSmart = FactKey("import-meter-smart")
  public static let sisterInstalled = FactKey("sister-installed")
  public static let installerOnCertificate = FactKey("installer-on-certificate")
  public static let basis = FactKey("basis")
  public static let rate = FactKey("rate")
}

extension EventName {
  public static let tariffChangeNotified = EventName("tariff-change-notified")
  public static let planIssued = EventName("plan-issued")
  public static let termsChanged = EventName("terms-changed")
  public static let endOptionsSent = EventName("end-options-sent")
  public static let renewalPlanSent = EventName("renewal-plan-sent")
  public static let importTariffChanged = EventName("import-tariff-changed")
  public static let pricePublished = EventName("price-published")
}

extension FactGroup {
  /// The SEG plan: what a tariff is besides its rates.
  static let plan = FactGroup("plan", "the plan that the tariff stands in", planFacts)
}

private let planFacts: [FactDeclaration] = [
  FactDeclaration(
    .kind, .word(TariffPlan.Kind.allCases.map(\.rawValue)),
    "fixed holds one rate for its term, variable changes with notice, half-hourly has a price for each half-hour"
  ),
  FactDeclaration(
    .tariffStart, .date, "the first day of the tariff; where it is not stated, the agreement's"),
  FactDeclaration(.termEnd, .date, "the last day of the term, to its end at midnight London time"),
  FactDeclaration(.defaultTariff, .tariff, "what holds after the term if nothing else is chosen"),
  FactDeclaration(.fallbackTariff, .tariff, "what holds while a condition of the special rate is not met"),
  FactDeclaration(.needsImportSupply, .flag, "the rate is for those whose import the licensee supplies"),
  FactDeclaration(.needsTimeOfUseImport, .flag, "the rate is for those on a Time of Use import tariff"),
  FactDeclaration(.needsSisterInstaller, .flag, "the rate is for what the licensee's sister firm fitted"),
  FactDeclaration(
    .importTariff, .word(Policy.TariffsTerms.ImportTariff.allCases.map(\.rawValue)),
    "what the import is charged by"),
  FactDeclaration(.importMeterSmart, .flag, "the import meter is a smart meter"),
  FactDeclaration(.sisterInstalled, .flag, "the installation was bought from and fitted by the sister firm"),
  FactDeclaration(.installerOnCertificate, .flag, "the certificate names that firm as the installer"),
  FactDeclaration(.tariffCode, .text, "the code of the tariff, as E-1R-PRODUCT-19-05-13-C"),
  FactDeclaration(.rateAsWritten, .text, "the rate as the document has it, with its unit: 4.1 p/kWh"),
  FactDeclaration(
    .basis, .word(["metered", "deemed"]), "what the payment is to rest on; deemed export is never payable"),
]

extension EventDeclaration {
  static let tariffEvents: [EventDeclaration] = [
    EventDeclaration(
      .tariffChangeNotified, "the customer is told of a new rate", [.tar04, .tar08, .tar09, .tar13, .tar16],
      [
        FactDeclaration(.tariff, .tariff, "the new rate; or the rate as written"),
        FactDeclaration(.rateAsWritten, .text, "the new rate as the notice has it, with its unit"),
        FactDeclaration(
          .effective, .date, "the first day of the new rate; where it is not stated, the tariff's own start"),
        FactDeclaration(
          .origin, .word(["licensee", "law"]), "who makes the change; the licensee if not stated"),
        FactDeclaration(
          .channel, .word(Channel.all), "how the customer is told; posted, it counts when it is delivered"),
      ]),
    EventDeclaration(
      .planIssued, "a new plan takes the place of older ones", [.tar14, .tar11],
      [
        FactDeclaration(.tariff, .tariff, needed: true, "its rates"),
        FactDeclaration(.effective, .date, needed: true, "its first day, which may lie in the past"),
        FactDeclaration(.why, .text, "what was wrong, or has changed"),
      ] + planFacts.filter { $0.key != .tariffStart && $0.key != .basis }),
    EventDeclaration(
      .termsChanged, "the customer is told of changed terms", [.tar10],
      [
        FactDeclaration(.effective, .date, needed: true, "the first day of the new terms"),
        FactDeclaration(
          .origin, .word(["licensee", "law"]), "who makes the change; the licensee if not stated"),
        FactDeclaration(.what, .text, "what changes"),
      ]),
    EventDeclaration(.endOptionsSent, "the customer is told what can be chosen when the term ends", [.tar17]),
    EventDeclaration(.renewalPlanSent, "the plan of the default tariff is sent", [.tar11]),
    EventDeclaration(
      .importTariffChanged, "the import is charged by another tariff", [.tar12, .tar15],
      [
        FactDeclaration(
          .importTariff, .word(Policy.TariffsTerms.ImportTariff.allCases.map(\.rawValue)), needed: true,
          "what the import is charged by"),
        FactDeclaration(.importMeterSmart, .flag, "the import meter is a smart meter"),
      ]),
    EventDeclaration(
      .pricePublished, "more prices of a half-hourly tariff come", [.rate01, .rate02, .rate04, .tar06],
      [
        FactDeclaration(.tariff, .tariff, "many prices"),
        FactDeclaration(.from, .instant, "one price: from when"),
        FactDeclaration(.until, .instant, "one price: until when; half an hour if not stated"),
        FactDeclaration(.rate, .rate, "one price"),
      ]),
  ]
}
