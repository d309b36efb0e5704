// Events of onboarding: from application to the first day that pays.

internal import Units

extension EventName {
  static let applicationSubmitted = EventName("application-submitted")
  static let applicationWithdrawn = EventName("application-withdrawn")
  static let documentsChecked = EventName("documents-checked")
  static let documentsRefused = EventName("documents-refused")
  static let mpanRequested = EventName("mpan-requested")
  static let mpanCreated = EventName("mpan-created")
  static let mpanRefused = EventName("mpan-refused")
  static let registered = EventName("registered")
  static let registrationObjected = EventName("registration-objected")
  static let confirmed = EventName("confirmed")
  static let coolingOffCancelled = EventName("cooling-off-cancelled")
  static let dnoLetter = EventName("dno-letter")
  static let mpanSetupCost = EventName("mpan-setup-cost")
}

extension FactKey {
  static let isComplete = FactKey("complete")
  static let missing = FactKey("missing")
  static let document = FactKey("document")
  static let statedMPAN = FactKey("mpan")
  static let setupCost = FactKey("cost")
}

extension EventDeclaration {
  static let onboardingEvents: [EventDeclaration] = formEvents + networkEvents + agreementEvents

  /// Events of which any one says that this is an application in progress.
  static let onboardingSteps: Set<EventName> = [
    .applicationSubmitted, .documentsChecked, .documentsRefused, .mpanRequested, .mpanCreated, .mpanRefused,
    .registered, .registrationObjected, .confirmed, .applicationWithdrawn,
  ]

  private static let formEvents = [
    EventDeclaration(
      .applicationSubmitted, "the customer submits the signed form", [.onb01, .onb04, .onb14],
      [
        FactDeclaration(.isComplete, .flag, "nothing is left out; yes if not stated"),
        FactDeclaration(.missing, .text, "what is left out"),
      ]),
    EventDeclaration(.applicationWithdrawn, "the customer withdraws the application", [.onb01]),
    EventDeclaration(
      .documentsChecked, "the licensee has checked the documents", [.onb01, .onb03, .onb04],
      Policy.OnboardingTerms.Document.allCases.map {
        FactDeclaration($0.fact, .flag, "result for \($0.words); good if not stated")
      }),
    EventDeclaration(
      .documentsRefused, "the licensee refuses a document", [.onb03],
      [
        FactDeclaration(.document, .text, "which"),
        FactDeclaration(.why, .text, "for what reason"),
      ]),
  ]

  private static let networkEvents = [
    EventDeclaration(.mpanRequested, "the DNO is asked for an export MPAN", [.onb01, .onb03]),
    EventDeclaration(
      .mpanCreated, "the DNO has created the export MPAN", [.onb01, .onb13],
      [FactDeclaration(.statedMPAN, .text, "the MPAN; that of the agreement if absent")]),
    EventDeclaration(
      .mpanRefused, "the DNO refuses an export MPAN", [.onb01],
      [FactDeclaration(.why, .text, "for what reason")]),
    EventDeclaration(
      .registered, "the export MPAN is registered to the licensee", [.onb01, .onb04, .onb14, .elig12]),
    EventDeclaration(
      .registrationObjected, "somebody objects to the registration, which falls", [.onb01],
      [FactDeclaration(.by, .text, "who")]),
    EventDeclaration(
      .dnoLetter, "the DNO's letter or e-mail that approves the export MPAN is on file", [.onb13],
      [FactDeclaration(.statedMPAN, .text, "the MPAN that it names")]),
    EventDeclaration(
      .mpanSetupCost, "somebody charges for setting up the export MPAN", [.onb09],
      [
        FactDeclaration(.setupCost, .money, needed: true, "how much"),
        FactDeclaration(.by, .text, "who"),
      ]),
  ]

  private static let agreementEvents = [
    EventDeclaration(
      .confirmed, "the licensee sends the confirmation", [.onb05, .onb06],
      [
        FactDeclaration(.registeredOn, .date, "Registration Date that it states"),
        FactDeclaration(.tariffName, .text, "tariff that it states"),
        FactDeclaration(.statedRate, .rate, "rate at registration that it states"),
        FactDeclaration(.readingFrequency, .text, "how often it says that readings are due"),
        FactDeclaration(.paymentFrequency, .text, "how often it says that is paid"),
      ]),
    EventDeclaration(
      .coolingOffCancelled, "the customer stops the switch", [.onb08]),
  ]
}

extension FactKey {
  static let registeredOn = FactKey("registered-on")
  static let tariffName = FactKey("tariff-name")
  static let statedRate = FactKey("stated-rate")
  static let readingFrequency = FactKey("reading-frequency")
  static let paymentFrequency = FactKey("payment-frequency")
}

extension Policy.OnboardingTerms.Document {
  /// The fact of a check that gives its result.
  var fact: FactKey { FactKey(rawValue) }

  var words: String {
    switch self {
    case .form: "the signed form"
    case .certificateCopy: "the copy of the certificate"
    case .fitCheck: "the check of the FIT state"
    case .dnoNotice: "the notice to the DNO"
    }
  }
}

extension Policy.OnboardingTerms.ConfirmationItem {
  var fact: FactKey { FactKey(rawValue) }
}
