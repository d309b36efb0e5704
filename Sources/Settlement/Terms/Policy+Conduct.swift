// Policy values: complaints, liability, law, personal data (R-DSP, R-LIA, R-LAW, R-DATA).

public import Units

extension Policy {
  public struct ConductTerms: Hashable, Sendable {
    /// What a disputed payment stops (R-DSP-03).
    public enum DisputeHolds: String, Hashable, Sendable, CaseIterable {
      case disputedPart = "disputed-part"
      case everything
    }

    /// Over what the cap of liability is counted (K-26).
    public enum CapPer: String, Hashable, Sendable, CaseIterable {
      case none
      /// Each event, or all events of one connected series.
      case series
      /// Each calendar year, of all that one incident or series costs.
      case calendarYear = "calendar-year-and-series"
    }

    public enum Law: String, Hashable, Sendable, CaseIterable {
      /// Of England and Wales there, of Scotland there.
      case byPlace = "by-place"
      case englandAndWales = "england-and-wales"
    }

    /// Who may be given personal data where a SEG duty needs it (R-DATA-01).
    public enum Receiver: String, Hashable, Sendable, CaseIterable {
      case ofgem
      case segLicensee = "seg-licensee"
      case meterReader = "meter-reader"
    }

    /// What is masked in reports that leave the house (R-DATA-04).
    public enum Masked: String, Hashable, Sendable, CaseIterable { case photos, serials, mpans }

    /// Calendar days until a complaint may go to the Ombudsman; a week is seven of them (K-29, K-33).
    public var ombudsmanDays: Stated<Int>
    public var deadlockLetterOpens: Stated<Bool>
    /// Citizens Advice may be asked at any time (BUL 15).
    public var adviceAtAnyTime: Stated<Bool>
    public var disputeHolds: Stated<DisputeHolds>
    public var liabilityCap: Stated<Pence>
    public var liabilityCapPer: Stated<CapPer>
    public var indirectLossExcluded: Stated<Bool>
    public var law: Stated<Law>
    public var dataReceivers: Stated<[Receiver]>
    public var thirdPersonMustPermit: Stated<Bool>
    /// Consent to half-hours is needed for import; export half-hours are a condition of payment (R-DATA-03).
    public var importHalfHoursNeedConsent: Stated<Bool>
    /// Months after the end of an agreement after which its personal data are erased.
    public var retentionMonths: Stated<Int>
    public var masked: Stated<[Masked]>
    public var controller: Stated<String>

    /// Our values.
    public init() {
      ombudsmanDays = .ours(56, "eight weeks, as the only licensee that names a time")
      deadlockLetterOpens = .ours(true, "as the only licensee that names one")
      adviceAtAnyTime = .ours(true, "nothing forbids it")
      disputeHolds = .ours(.disputedPart, "what nobody disputes is due")
      liabilityCap = .ours(Pence(0), "read only where a cap is set")
      liabilityCapPer = .ours(.none, "no cap without a clause")
      indirectLossExcluded = .ours(false, "nothing is excluded without a clause")
      law = .ours(.byPlace, "as both licensees that name it")
      dataReceivers = .ours([.ofgem, .segLicensee, .meterReader], "as the only licensee that lists them")
      thirdPersonMustPermit = .ours(true, "as both licensees that speak of other people")
      importHalfHoursNeedConsent = .ours(true, "consumption tells of a life")
      retentionMonths = .ours(72, "six years, the time in which a payment can be claimed")
      masked = .ours([.photos, .serials, .mpans], "a report is passed on")
      controller = .ours("the licensee", "no name is stated")
    }
  }
}

extension PolicyKey {
  static let conductKeys: [PolicyKey] = [
    PolicyKey("conduct.ombudsman-days", \.conduct.ombudsmanDays, 0...1000, [.dsp01, .dsp02]),
    PolicyKey("conduct.deadlock-letter-opens", \.conduct.deadlockLetterOpens, [.dsp01]),
    PolicyKey("conduct.advice-at-any-time", \.conduct.adviceAtAnyTime, [.dsp02, .dsp04]),
    PolicyKey("conduct.dispute-holds", \.conduct.disputeHolds, [.dsp03, .pay11]),
    PolicyKey("conduct.liability-cap", \.conduct.liabilityCap, [.lia01, .lia02]),
    PolicyKey("conduct.liability-cap-per", \.conduct.liabilityCapPer, [.lia01, .lia02]),
    PolicyKey("conduct.indirect-loss-excluded", \.conduct.indirectLossExcluded, [.lia02]),
    PolicyKey("conduct.law", \.conduct.law, [.law01]),
    PolicyKey("conduct.data-receivers", \.conduct.dataReceivers, [.data01]),
    PolicyKey("conduct.third-person-must-permit", \.conduct.thirdPersonMustPermit, [.data02]),
    PolicyKey("conduct.import-half-hours-need-consent", \.conduct.importHalfHoursNeedConsent, [.data03]),
    PolicyKey("conduct.retention-months", \.conduct.retentionMonths, 0...1200, [.data04]),
    PolicyKey("conduct.masked", \.conduct.masked, [.data04]),
    PolicyKey("conduct.controller", \.conduct.controller, [.data04]),
  ]
}
