// Policy values: the way from application to first payment (R-ONB). Resolves K-07, K-13, K-14, K-27, K-28,
// K-44 and K-47 of the rule book.

internal import Units

extension Policy {
  public struct OnboardingTerms: Hashable, Sendable {
    /// From when on a started agreement pays (K-13, K-14).
    public enum PaysFrom: String, Hashable, Sendable, CaseIterable {
      /// The day on which the export MPAN is registered.
      case registration
      /// The first valid export reading, once eligibility is confirmed.
      case confirmation
      case tariffStart = "tariff-start"
    }

    /// What an agreement waits for before it starts (R-ONB-04).
    public enum Condition: String, Hashable, Sendable, CaseIterable {
      case form, documents, registration
    }

    /// Which days a limit counts (K-28).
    public enum Days: String, Hashable, Sendable, CaseIterable { case calendar, working }

    /// Which reading opens (K-47).
    public enum OpeningReading: String, Hashable, Sendable, CaseIterable {
      case afterRegistration = "after-registration"
      case onRegistrationDay = "on-registration-day"
    }

    /// What is checked before the export MPAN is asked for (R-ONB-03).
    public enum Document: String, Hashable, Sendable, CaseIterable {
      case form
      case certificateCopy = "certificate-copy"
      case fitCheck = "fit-check"
      case dnoNotice = "dno-notice"
    }

    /// What a confirmation states (R-ONB-06).
    public enum ConfirmationItem: String, Hashable, Sendable, CaseIterable {
      case registeredOn = "registered-on"
      case tariffName = "tariff-name"
      case statedRate = "stated-rate"
      case readingFrequency = "reading-frequency"
      case paymentFrequency = "payment-frequency"
    }

    /// Which document counts where two disagree (K-27).
    public enum Precedence: String, Hashable, Sendable, CaseIterable { case terms, plan }

    /// What stopping the switch in time does (K-14).
    public enum CoolingOff: String, Hashable, Sendable, CaseIterable {
      /// As if it had never begun: nothing is payable here, the old licensee goes on.
      case reverses
      /// The agreement ends on that day.
      case ends
    }

    /// Who gets the export MPAN (K-07).
    public enum MPANBy: String, Hashable, Sendable, CaseIterable { case licensee, customer }

    public var paysFrom: Stated<PaysFrom>
    public var startsWhen: Stated<[Condition]>
    public var days: Stated<Days>
    /// Days for each step; day 0 is the day on which it begins (R-ONB-01, and the ages of states).
    public var applicationDays: Stated<Int>
    public var dnoDays: Stated<Int>
    public var enrolmentDays: Stated<Int>
    public var draftDays: Stated<Int>
    public var mpanRequestDays: Stated<Int>
    public var firstReadingDays: Stated<Int>
    public var correctionDays: Stated<Int>
    public var creditCheckDays: Stated<Int>
    /// A customer's first reading needs a photo (R-ONB-02).
    public var firstReadingPhoto: Stated<Bool>
    public var openingReading: Stated<OpeningReading>
    public var documents: Stated<[Document]>
    public var confirmationStates: Stated<[ConfirmationItem]>
    public var precedence: Stated<Precedence>
    /// Calendar days in which the customer may stop the switch; day 0 is the day of the start.
    public var coolingOffDays: Stated<Int>
    public var coolingOff: Stated<CoolingOff>
    /// What others charge for the export MPAN may be passed on (R-ONB-09).
    public var mpanSetupCharge: Stated<Bool>
    public var exportMPANBy: Stated<MPANBy>
    /// The DNO's letter or e-mail is needed once the export MPAN exists (K-44).
    public var dnoLetter: Stated<Bool>
    /// An e-mail address and a phone number are needed (R-ONB-11).
    public var contactNeeded: Stated<Bool>
  }
}

extension Policy.OnboardingTerms {
  /// Our values.
  public init() {
    paysFrom = .ours(.registration, "the first day on which the export is this licensee's")
    startsWhen = .ours([.form, .documents, .registration], "as the only licensee that lists them")
    days = .ours(.calendar, "where a document does not say, days are calendar days")
    applicationDays = .ours(2, "as the only licensee that names a time")
    dnoDays = .ours(28, "as the only licensee that names a time: one to four weeks")
    enrolmentDays = .ours(5, "as the only licensee that names a time")
    draftDays = .ours(28, "four weeks, as long as the longest step that somebody else has")
    mpanRequestDays = .ours(5, "as long as enrolment takes")
    firstReadingDays = .ours(28, "four weeks, as long as the longest step that somebody else has")
    correctionDays = .ours(28, "four weeks, as long as the longest step that somebody else has")
    creditCheckDays = .ours(7, "a week of data shows whether they arrive")
    firstReadingPhoto = .ours(false, "only one licensee wants a photo of the first reading")
    openingReading = .ours(.afterRegistration, "the customer learns of the registration afterwards")
    documents = .ours([.form], "what else is wanted differs")
    confirmationStates = .ours([], "only one licensee promises a confirmation")
    precedence = .ours(.terms, "as the only licensee that says so")
    coolingOffDays = .ours(14, "as the only licensee that names a time")
    coolingOff = .ours(.reverses, "the switch is stopped, so it did not happen")
    mpanSetupCharge = .ours(false, "only one licensee passes it on")
    exportMPANBy = .ours(.licensee, "most licensees ask for it")
    dnoLetter = .ours(false, "only one licensee wants it")
    contactNeeded = .ours(false, "only one licensee makes it a condition")
  }
}

extension PolicyKey {
  static let onboardingKeys: [PolicyKey] = [
    PolicyKey("onboarding.pays-from", \.onboarding.paysFrom, [.onb05, .onb07, .elig15]),
    PolicyKey("onboarding.starts-when", \.onboarding.startsWhen, [.onb04]),
    PolicyKey("onboarding.days", \.onboarding.days, [.onb01]),
    PolicyKey("onboarding.application-days", \.onboarding.applicationDays, 0...1000, [.onb01]),
    PolicyKey("onboarding.dno-days", \.onboarding.dnoDays, 0...1000, [.onb01]),
    PolicyKey("onboarding.enrolment-days", \.onboarding.enrolmentDays, 0...1000, [.onb01]),
    PolicyKey("onboarding.draft-days", \.onboarding.draftDays, 0...1000, [.onb14]),
    PolicyKey("onboarding.mpan-request-days", \.onboarding.mpanRequestDays, 0...1000, [.onb03]),
    PolicyKey("onboarding.first-reading-days", \.onboarding.firstReadingDays, 0...1000, [.onb02]),
    PolicyKey("onboarding.correction-days", \.onboarding.correctionDays, 0...1000, [.onb03, .onb14]),
    PolicyKey("onboarding.credit-check-days", \.onboarding.creditCheckDays, 0...1000, [.onb12]),
    PolicyKey("onboarding.first-reading-photo", \.onboarding.firstReadingPhoto, [.onb02]),
    PolicyKey("onboarding.opening-reading", \.onboarding.openingReading, [.onb05]),
    PolicyKey("onboarding.documents", \.onboarding.documents, [.onb03]),
    PolicyKey("onboarding.confirmation-states", \.onboarding.confirmationStates, [.onb06]),
    PolicyKey("onboarding.precedence", \.onboarding.precedence, [.onb07]),
    PolicyKey("onboarding.cooling-off-days", \.onboarding.coolingOffDays, 0...366, [.onb08]),
    PolicyKey("onboarding.cooling-off", \.onboarding.coolingOff, [.onb08]),
    PolicyKey("onboarding.mpan-setup-charge", \.onboarding.mpanSetupCharge, [.onb09]),
    PolicyKey("onboarding.export-mpan-by", \.onboarding.exportMPANBy, [.onb03]),
    PolicyKey("onboarding.dno-letter", \.onboarding.dnoLetter, [.onb13]),
    PolicyKey("onboarding.contact-needed", \.onboarding.contactNeeded, [.onb11]),
  ]
}
