// Policy values: who may be paid (R-ELIG), and what a licensee's own standing does to an agreement (R-LIC).
// Resolves K-01, K-02, K-03, K-06, K-19, K-22, K-25, K-32, K-38 and K-42 of the rule book.

public import Units

extension Policy {
  public struct EligibilityTerms: Hashable, Sendable {
    /// Schemes that certify an installation or its installer (R-ELIG-04).
    public enum Certificate: String, Hashable, Sendable, CaseIterable {
      case mcs
      case mcsEquivalent = "mcs-equivalent"
      case flexiOrb = "flexiorb"
      case ofgemAccredited = "ofgem-accredited"
      case en45011 = "en-45011"
      case isoIEC17065 = "iso-iec-17065"
    }

    /// Which list of schemes applies (K-02).
    public enum CertificateChoice: String, Hashable, Sendable, CaseIterable {
      case oneList = "one-list"
      /// `certificates` for solar PV, wind and micro-CHP up to `certificate-limit`, inclusive;
      /// `certificates-beyond` for all else.
      case bySize = "by-size"
    }

    /// What the want of a certificate does: "not obliged to pay" is no ban.
    public enum Uncertified: String, Hashable, Sendable, CaseIterable { case refuse, hold }

    /// Who may claim (K-01).
    public enum Claimant: String, Hashable, Sendable, CaseIterable {
      case owner
      case ownerOrDeclared = "owner-or-declared"
    }

    /// Which FIT payment bars SEG (K-25).
    public enum FITBar: String, Hashable, Sendable, CaseIterable {
      case export
      case any
    }

    /// What a declared FIT state that is not the register's does (R-ELIG-18).
    public enum FITMismatch: String, Hashable, Sendable, CaseIterable { case hold, tell }

    public enum Demand: String, Hashable, Sendable, CaseIterable {
      case required
      case notRequired = "not-required"
    }

    /// Which capacity the limit of the scheme is about (K-22). Micro-CHP is always measured in electrical
    /// power.
    public enum CapacityBasis: String, Hashable, Sendable, CaseIterable {
      case totalInstalled = "total-installed"
      case declaredNet = "declared-net"
    }

    /// What late evidence on an AD plant does (R-ELIG-14).
    public enum LateEvidence: String, Hashable, Sendable, CaseIterable {
      /// Payment waits for it.
      case suspend
      /// The time without it is not payable.
      case stop
    }

    /// How an agreement ends when the licensee chooses to leave the scheme (K-42). Status that is lost
    /// without a choice is `endings.automatic`.
    public enum LicenseeExit: String, Hashable, Sendable, CaseIterable {
      case byItself = "by-itself"
      case byNotice = "by-notice"
    }

    /// Whether the licensee may hand the agreement to another firm (R-LIC-05).
    public enum Assignment: String, Hashable, Sendable, CaseIterable {
      case withoutNotice = "without-notice"
      case withNotice = "with-notice"
      case no
    }

    public var certificates: Stated<[Certificate]>
    public var certificateChoice: Stated<CertificateChoice>
    public var certificatesBeyond: Stated<[Certificate]>
    /// The largest capacity that `certificates` are for; inclusive (K-03).
    public var certificateLimit: Stated<Power>
    /// A scheme outside the list may be accepted by hand (K-02).
    public var certificateByHand: Stated<Bool>
    /// Where no scheme exists, a declaration will do.
    public var certificateDeclaration: Stated<Bool>
    public var uncertified: Stated<Uncertified>
    public var claimant: Stated<Claimant>
    public var fitBars: Stated<FITBar>
    public var fitMismatch: Stated<FITMismatch>
    /// Months between joining FIT and the first opt-out of export, and between opt-outs (R-ELIG-07).
    public var fitOptOutMonths: Stated<Int>
    /// Another SEG licensee that pays for the same export bars this one (R-ELIG-08).
    public var otherLicenseeBars: Stated<Bool>
    /// Any other organisation that pays for the export bars this licensee (K-38).
    public var otherPayerBars: Stated<Bool>
    public var agentAllowed: Stated<Bool>
    public var commissioned: Stated<Demand>
    public var smartMeter: Stated<Demand>
    public var capacityBasis: Stated<CapacityBasis>
    /// Calendar days for evidence on an AD plant; day 0 is the day of the request.
    public var adEvidenceDays: Stated<Int>
    public var adLate: Stated<LateEvidence>
    /// Domestic customers on 31 December that make a licensee mandatory; "at least" (K-06).
    public var mandatoryCustomers: Stated<Int>
    public var licenseeExit: Stated<LicenseeExit>
    /// Calendar days between telling and leaving, where notice is needed.
    public var exitNoticeDays: Stated<Int>
    public var mayAssign: Stated<Assignment>
    /// A tariff of the licensee that pays its own import customers more; `none` where there is none (K-32).
    public var betterTariff: Stated<String>
  }
}

extension Policy.EligibilityTerms {
  /// Our values.
  public init() {
    certificates = .ours([.mcs, .mcsEquivalent], "as the licensee with the most detailed terms")
    certificateChoice = .ours(.bySize, "as the licensee with the most detailed terms")
    certificatesBeyond = .ours([.en45011, .isoIEC17065], "as the licensee with the most detailed terms")
    certificateLimit = .ours(Power(watts: 50_000), "as the licensee with the most detailed terms")
    certificateByHand = .ours(false, "a list that anybody may add to is none")
    certificateDeclaration = .ours(true, "nobody can show what does not exist")
    uncertified = .ours(.refuse, "certification is a condition")
    claimant = .ours(.owner, "the cautious choice")
    fitBars = .ours(.export, "every licensee bars FIT export, none bars FIT generation")
    fitMismatch = .ours(.hold, "declaration and register must agree")
    fitOptOutMonths = .ours(12, "as the only licensee that names a time")
    otherLicenseeBars = .ours(true, "nobody is paid twice for the same export")
    otherPayerBars = .ours(false, "only one licensee bars other organisations")
    agentAllowed = .ours(true, "only one licensee wants the customer in person")
    commissioned = .ours(.required, "what flows before is a test")
    smartMeter = .ours(.required, "half-hours are wanted")
    capacityBasis = .ours(.totalInstalled, "it is what a certificate states")
    adEvidenceDays = .ours(7, "as the only licensee that names a time")
    adLate = .ours(.suspend, "the milder of the two")
    mandatoryCustomers = .ours(150_000, "Ofgem says at least 150,000")
    licenseeExit = .ours(.byNotice, "nobody should learn of it afterwards")
    exitNoticeDays = .ours(42, "six weeks, as the only licensee that gives notice")
    mayAssign = .ours(.withNotice, "the customer should know who pays")
    betterTariff = .ours("none", "only some licensees have a second export tariff")
  }
}

extension PolicyKey {
  static let eligibilityKeys: [PolicyKey] = [
    PolicyKey("eligibility.certificates", \.eligibility.certificates, [.elig04]),
    PolicyKey("eligibility.certificate-choice", \.eligibility.certificateChoice, [.elig04]),
    PolicyKey("eligibility.certificates-beyond", \.eligibility.certificatesBeyond, [.elig04]),
    PolicyKey("eligibility.certificate-limit", \.eligibility.certificateLimit, [.elig04]),
    PolicyKey("eligibility.certificate-by-hand", \.eligibility.certificateByHand, [.elig04]),
    PolicyKey("eligibility.certificate-declaration", \.eligibility.certificateDeclaration, [.elig04]),
    PolicyKey("eligibility.uncertified", \.eligibility.uncertified, [.elig04]),
    PolicyKey("eligibility.claimant", \.eligibility.claimant, [.elig05]),
    PolicyKey("eligibility.fit-bars", \.eligibility.fitBars, [.elig06]),
    PolicyKey("eligibility.fit-mismatch", \.eligibility.fitMismatch, [.elig18]),
    PolicyKey("eligibility.fit-opt-out-months", \.eligibility.fitOptOutMonths, 0...120, [.elig07]),
    PolicyKey("eligibility.other-licensee-bars", \.eligibility.otherLicenseeBars, [.elig08]),
    PolicyKey("eligibility.other-payer-bars", \.eligibility.otherPayerBars, [.elig08]),
    PolicyKey("eligibility.agent-allowed", \.eligibility.agentAllowed, [.elig16]),
    PolicyKey("eligibility.commissioned", \.eligibility.commissioned, [.elig17]),
    PolicyKey("eligibility.smart-meter", \.eligibility.smartMeter, [.elig09]),
    PolicyKey("eligibility.capacity-basis", \.eligibility.capacityBasis, [.elig02]),
    PolicyKey("eligibility.ad-evidence-days", \.eligibility.adEvidenceDays, 0...366, [.elig14]),
    PolicyKey("eligibility.ad-late", \.eligibility.adLate, [.elig14]),
    PolicyKey("eligibility.mandatory-customers", \.eligibility.mandatoryCustomers, 0...100_000_000, [.lic01]),
    PolicyKey("eligibility.licensee-exit", \.eligibility.licenseeExit, [.lic03]),
    PolicyKey("eligibility.exit-notice-days", \.eligibility.exitNoticeDays, 0...366, [.lic03]),
    PolicyKey("eligibility.may-assign", \.eligibility.mayAssign, [.lic05]),
    PolicyKey("eligibility.better-tariff", \.eligibility.betterTariff, [.tar02]),
  ]
}
