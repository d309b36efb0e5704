// The one table of reason codes: code, family, severity, meaning. A code is an API: never renamed, never
// reused. Codes are the rule book's own; the few it lacks are marked as ours. Each is emitted by at
// least one shipped story.

/// Why something was decided. The raw value is what scenarios, reports and other programs see.
public enum ReasonCode: String, Hashable, Sendable, CaseIterable {
  case eligTechnology = "ELIG_TECHNOLOGY"
  case eligTICExceeded = "ELIG_TIC_EXCEEDED"
  case eligNotGB = "ELIG_NOT_GB"
  case eligCertMissing = "ELIG_CERT_MISSING"
  case eligCertScheme = "ELIG_CERT_SCHEME"
  case eligDeclarationRequired = "ELIG_DECLARATION_REQUIRED"
  case eligNotOwner = "ELIG_NOT_OWNER"
  case eligFITExport = "ELIG_FIT_EXPORT"
  case eligFITOptTooSoon = "ELIG_FIT_OPT_TOO_SOON"
  case eligOtherLicensee = "ELIG_OTHER_LICENSEE"
  case eligOtherPayer = "ELIG_OTHER_PAYER"
  case eligMeterNotHH = "ELIG_METER_NOT_HH"
  case eligNoExportRegister = "ELIG_NO_EXPORT_REGISTER"
  case eligMeterNotApproved = "ELIG_METER_NOT_APPROVED"
  case eligGenerationMeter = "ELIG_GENERATION_METER"
  case eligNoExportMPAN = "ELIG_NO_EXPORT_MPAN"
  case eligMPANIsImport = "ELIG_MPAN_IS_IMPORT"
  case eligOffGrid = "ELIG_OFF_GRID"
  case eligAgent = "ELIG_AGENT"
  case eligNotCommissioned = "ELIG_NOT_COMMISSIONED"
  case eligFITUndeclared = "ELIG_FIT_UNDECLARED"
  case eligUnitNotOnPlan = "ELIG_UNIT_NOT_ON_PLAN"
  case eligOK = "ELIG_OK"

  case mpanBadLength = "MPAN_BAD_LENGTH"
  case mpanNotDigits = "MPAN_NOT_DIGITS"
  case mpanBadCheck = "MPAN_BAD_CHECK"
  case mpanUnknownDistributor = "MPAN_UNKNOWN_DISTRIBUTOR"

  case flowCount = "FLOW_COUNT"
  case flowDuplicate = "FLOW_DUPLICATE"

  case onbDNONotNotified = "ONB_DNO_NOT_NOTIFIED"
  case onbStalled = "ONB_STALLED"
  case onbApplicationLate = "ONB_APPLICATION_LATE"
  case onbDNOLate = "ONB_DNO_LATE"
  case onbEnrolLate = "ONB_ENROL_LATE"
  case onbDocsMissing = "ONB_DOCS_MISSING"
  case onbNotStarted = "ONB_NOT_STARTED"
  case onbConfirmationIncomplete = "ONB_CONFIRMATION_INCOMPLETE"
  case onbStartDateConflict = "ONB_START_DATE_CONFLICT"
  case onbContactMissing = "ONB_CONTACT_MISSING"
  case onbCreditCheckFailed = "ONB_CREDIT_CHECK_FAILED"
  case onbDNOLetterMissing = "ONB_DNO_LETTER_MISSING"
  case onbFormIncomplete = "ONB_FORM_INCOMPLETE"

  case coolingOffCancelled = "COOLING_OFF_CANCELLED"
  case coolingOffExpired = "COOLING_OFF_EXPIRED"

  case licMandatory = "LIC_MANDATORY"
  case licVoluntary = "LIC_VOLUNTARY"
  case licAssigned = "LIC_ASSIGNED"
  case licNoTariff = "LIC_NO_TARIFF"

  case tarNotAboveZero = "TAR_NOT_ABOVE_ZERO"
  case tarIneligible = "TAR_INELIGIBLE"
  case tarFixedLocked = "TAR_FIXED_LOCKED"
  case tarPriceMissing = "TAR_PRICE_MISSING"
  case tarSplitProvisional = "TAR_SPLIT_PROVISIONAL"
  case tarChangeApplied = "TAR_CHANGE_APPLIED"
  case tarNoticeShort = "TAR_NOTICE_SHORT"
  case tarChangeDeferred = "TAR_CHANGE_DEFERRED"
  case tarTooFrequent = "TAR_TOO_FREQUENT"
  case tarAutoRenewed = "TAR_AUTO_RENEWED"
  case tarUnit = "TAR_UNIT"
  case tarRerated = "TAR_RERATED"
  case tarLawChange = "TAR_LAW_CHANGE"
  case tarEndNoticeMissing = "TAR_END_NOTICE_MISSING"

  case rateOverlap = "RATE_OVERLAP"
  case rateMisaligned = "RATE_MISALIGNED"

  case readPhotoMissing = "READ_PHOTO_MISSING"
  case readPhotoMismatch = "READ_PHOTO_MISMATCH"
  case readRemote = "READ_REMOTE"
  case readRequested = "READ_REQUESTED"
  case readLateGrace = "READ_LATE_GRACE"
  case readWrongRegister = "READ_WRONG_REGISTER"
  case readRollover = "READ_ROLLOVER"
  case readNegative = "READ_NEGATIVE"
  case readMeterExchange = "READ_METER_EXCHANGE"
  case readSerialUnknown = "READ_SERIAL_UNKNOWN"
  case readDuplicate = "READ_DUPLICATE"
  case readConflict = "READ_CONFLICT"
  case readFuture = "READ_FUTURE"
  case readOutOfOrder = "READ_OUT_OF_ORDER"
  case readRemoteLost = "READ_REMOTE_LOST"
  case readWrongProcedure = "READ_WRONG_PROCEDURE"
  case readEstimatedHH = "READ_ESTIMATED_HH"
  case readGapHH = "READ_GAP_HH"
  case readUnproven = "READ_UNPROVEN"
  case readLoggedHH = "READ_LOGGED_HH"
  case readRestart = "READ_RESTART"

  case valQueried = "VAL_QUERIED"
  case valProven = "VAL_PROVEN"
  case valNegative = "VAL_NEGATIVE"
  case valNotANumber = "VAL_NOT_A_NUMBER"
  case valOverCapacity = "VAL_OVER_CAPACITY"
  case valSeason = "VAL_SEASON"
  case valHistoryHigh = "VAL_HISTORY_HIGH"
  case valNightExport = "VAL_NIGHT_EXPORT"
  case valZeroExport = "VAL_ZERO_EXPORT"
  case valSumCheck = "VAL_SUM_CHECK"
  case valPeriodCount = "VAL_PERIOD_COUNT"
  case valClockDrift = "VAL_CLOCK_DRIFT"
  case valExportOverGeneration = "VAL_EXPORT_OVER_GENERATION"
  case valRegistersSwapped = "VAL_REGISTERS_SWAPPED"
  case valStuck = "VAL_STUCK"
  case valHint = "VAL_HINT"
  case valExportAfterEnd = "VAL_EXPORT_AFTER_END"

  case estDeemedForbidden = "EST_DEEMED_FORBIDDEN"
  case estCheckMeter = "EST_CHECK_METER"
  case estAdvanceShaped = "EST_ADVANCE_SHAPED"
  case estLikeDay = "EST_LIKE_DAY"
  case estZero = "EST_ZERO"

  case whldNoReading = "WHLD_NO_READING"
  case whldUnproven = "WHLD_UNPROVEN"
  case whldEstimate = "WHLD_ESTIMATE"
  case whldError = "WHLD_ERROR"
  case whldAbuse = "WHLD_ABUSE"
  case whldMCSSuspended = "WHLD_MCS_SUSPENDED"
  case whldMeterSuspect = "WHLD_METER_SUSPECT"
  case whldEvidenceRefused = "WHLD_EVIDENCE_REFUSED"
  case whldNoAccess = "WHLD_NO_ACCESS"

  case faultConfirmedNotPayable = "FAULT_CONFIRMED_NOT_PAYABLE"

  case meterFaultReported = "METER_FAULT_REPORTED"

  case impRunsBackwards = "IMP_RUNS_BACKWARDS"
  case impCountsExportAsImport = "IMP_COUNTS_EXPORT_AS_IMPORT"
  case impPaidTwice = "IMP_PAID_TWICE"

  case notifyOfgem = "NOTIFY_OFGEM"
  case notifyLicensee = "NOTIFY_LICENSEE"
  case notifyImportSupplier = "NOTIFY_IMPORT_SUPPLIER"
  case notifyOccupier = "NOTIFY_OCCUPIER"

  case adEvidenceLate = "AD_EVIDENCE_LATE"
  case adRecoup = "AD_RECOUP"

  case payBeforeEligible = "PAY_BEFORE_ELIGIBLE"
  case payBeforeConfirmation = "PAY_BEFORE_CONFIRMATION"
  case payOK = "PAY_OK"
  case payReleased = "PAY_RELEASED"
  case payProvisional = "PAY_PROVISIONAL"
  case payTruedUp = "PAY_TRUED_UP"
  case payResumed = "PAY_RESUMED"
  case payReleasedNotFaulty = "PAY_RELEASED_NOT_FAULTY"
  case payDue = "PAY_DUE"
  case payOverdue = "PAY_OVERDUE"
  case payScheduled = "PAY_SCHEDULED"
  case payRequestLimit = "PAY_REQUEST_LIMIT"
  case payOffset = "PAY_OFFSET"
  case payCreditHeld = "PAY_CREDIT_HELD"
  case payCreditReleased = "PAY_CREDIT_RELEASED"
  case payWrongPayee = "PAY_WRONG_PAYEE"
  case payReturned = "PAY_RETURNED"
  case payPartial = "PAY_PARTIAL"

  case recoupOverpaid = "RECOUP_OVERPAID"

  case vatNone = "VAT_NONE"
  case vatSelfBilled = "VAT_SELF_BILLED"
  case vatAgreementMissing = "VAT_AGREEMENT_MISSING"
  case vatStatusChanged = "VAT_STATUS_CHANGED"

  case chargeMPANSetup = "CHARGE_MPAN_SETUP"
  case chargeAccess = "CHARGE_ACCESS"

  case swiFinalPendingRead = "SWI_FINAL_PENDING_READ"
  case swiRequested = "SWI_REQUESTED"
  case swiEffective = "SWI_EFFECTIVE"
  case swiReadConflict = "SWI_READ_CONFLICT"
  case swiFinalPaid = "SWI_FINAL_PAID"
  case swiImportOnly = "SWI_IMPORT_ONLY"
  case swiOverlap = "SWI_OVERLAP"
  case swiGap = "SWI_GAP"

  case chgUndeclared = "CHG_UNDECLARED"
  case chgDeclared = "CHG_DECLARED"
  case chgLate = "CHG_LATE"
  case chgBattery = "CHG_BATTERY"
  case chgCapacity = "CHG_CAPACITY"
  case chgImportSupplier = "CHG_IMPORT_SUPPLIER"
  case chgSeparateUnit = "CHG_SEPARATE_UNIT"
  case chgOwner = "CHG_OWNER"
  case chgMovedStillOwner = "CHG_MOVED_STILL_OWNER"
  case chgDecommissioned = "CHG_DECOMMISSIONED"

  case termLicenseeExit = "TERM_LICENSEE_EXIT"
  case termByCustomer = "TERM_BY_CUSTOMER"
  case termBreach = "TERM_BREACH"
  case termOfgem = "TERM_OFGEM"
  case termAuto = "TERM_AUTO"

  case noticeDeemed = "NOTICE_DEEMED"

  case dspPayment = "DSP_PAYMENT"
  case dspOmbudsmanOpen = "DSP_OMBUDSMAN_OPEN"
  case dspOpen = "DSP_OPEN"

  case liaCapped = "LIA_CAPPED"
  case liaBeyondControl = "LIA_BEYOND_CONTROL"

  case dataNoHHConsent = "DATA_NO_HH_CONSENT"
  case dataShared = "DATA_SHARED"
  case dataRefused = "DATA_REFUSED"
  case dataNoPermission = "DATA_NO_PERMISSION"

  case calNoCoverage = "CAL_NO_COVERAGE"

  case spDay46 = "SP_DAY_46"
  case spDay50 = "SP_DAY_50"

  case adviceSMETS2 = "ADVICE_SMETS2"
  case adviceBetterRate = "ADVICE_BETTER_RATE"

  case infoNTC = "INFO_NTC"
  case infoInsolvency = "INFO_INSOLVENCY"
  case infoStatement = "INFO_STATEMENT"
  case infoTermsChanged = "INFO_TERMS_CHANGED"
  case infoVerification = "INFO_VERIFICATION"
}

/// How much a decision weighs.
public enum Severity: String, Hashable, Sendable, CaseIterable, Comparable {
  case information, query, hold, error

  public static func < (left: Severity, right: Severity) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int {
    switch self {
    case .information: 0
    case .query: 1
    case .hold: 2
    case .error: 3
    }
  }
}

extension ReasonCode {
  /// The letters before the first underscore, e.g. `READ`.
  public var family: String { String(rawValue.prefix { $0 != "_" }) }

  /// Severity by family (rule book, section 18): ELIG, MPAN and FLOW error; WHLD, FAULT and a switch that
  /// waits hold; VAL query; the rest information. Neutral codes are information in every family: all tests
  /// passed, proof given (R-READ-07), and a hint, which by itself changes no money (R-VAL-13).
  public var severity: Severity {
    switch self {
    case .eligOK, .valProven, .valHint: return .information
    case .swiFinalPendingRead: return .hold
    default: break
    }
    switch family {
    case "ELIG", "MPAN", "FLOW": return .error
    case "WHLD", "FAULT": return .hold
    case "VAL": return .query
    default: return .information
    }
  }

  /// Not in the rule book: added here because none of its codes says this.
  public var isOurs: Bool { [.readLoggedHH, .readRestart, .impPaidTwice].contains(self) }

  /// One sentence for a person.
  public var meaning: String { Self.meanings[self] ?? "" }

  private static let meanings = [entryMeanings, measuringMeanings, moneyMeanings].reduce(into: [:]) {
    $0.merge($1) { first, _ in first }
  }
}
