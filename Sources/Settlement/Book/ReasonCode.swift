// The one table of reason codes: code, family, severity, meaning. A code is an API: never renamed, never
// reused. Codes are the rule book's own; the few it lacks are marked as ours. A code enters with the first
// rule that emits it.

/// Why something was decided. The raw value is what scenarios, reports and other programs see.
public enum ReasonCode: String, Hashable, Sendable, CaseIterable {
  case eligOK = "ELIG_OK"
  case eligMeterNotHH = "ELIG_METER_NOT_HH"
  case eligNoExportRegister = "ELIG_NO_EXPORT_REGISTER"
  case eligGenerationMeter = "ELIG_GENERATION_METER"
  case eligNoExportMPAN = "ELIG_NO_EXPORT_MPAN"
  case eligMPANIsImport = "ELIG_MPAN_IS_IMPORT"

  case mpanBadLength = "MPAN_BAD_LENGTH"
  case mpanNotDigits = "MPAN_NOT_DIGITS"
  case mpanBadCheck = "MPAN_BAD_CHECK"
  case mpanUnknownDistributor = "MPAN_UNKNOWN_DISTRIBUTOR"

  case tarNotAboveZero = "TAR_NOT_ABOVE_ZERO"
  case tarPriceMissing = "TAR_PRICE_MISSING"
  case tarSplitProvisional = "TAR_SPLIT_PROVISIONAL"
  case rateOverlap = "RATE_OVERLAP"
  case rateMisaligned = "RATE_MISALIGNED"

  case readRemote = "READ_REMOTE"
  case readRequested = "READ_REQUESTED"
  case readPhotoMissing = "READ_PHOTO_MISSING"
  case readPhotoMismatch = "READ_PHOTO_MISMATCH"
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
  case readGapHH = "READ_GAP_HH"
  case readEstimatedHH = "READ_ESTIMATED_HH"
  case readLoggedHH = "READ_LOGGED_HH"
  case readRestart = "READ_RESTART"

  case valNegative = "VAL_NEGATIVE"
  case valOverCapacity = "VAL_OVER_CAPACITY"
  case valNightExport = "VAL_NIGHT_EXPORT"
  case valZeroExport = "VAL_ZERO_EXPORT"
  case valSumCheck = "VAL_SUM_CHECK"
  case valPeriodCount = "VAL_PERIOD_COUNT"
  case valClockDrift = "VAL_CLOCK_DRIFT"
  case valRegistersSwapped = "VAL_REGISTERS_SWAPPED"
  case valStuck = "VAL_STUCK"

  case whldNoReading = "WHLD_NO_READING"
  case whldEstimate = "WHLD_ESTIMATE"

  case impRunsBackwards = "IMP_RUNS_BACKWARDS"
  case impCountsExportAsImport = "IMP_COUNTS_EXPORT_AS_IMPORT"
  case impPaidTwice = "IMP_PAID_TWICE"
  case notifyLicensee = "NOTIFY_LICENSEE"
  case notifyImportSupplier = "NOTIFY_IMPORT_SUPPLIER"
  case notifyOccupier = "NOTIFY_OCCUPIER"

  case payOK = "PAY_OK"
  case payDue = "PAY_DUE"
  case payOverdue = "PAY_OVERDUE"
  case payProvisional = "PAY_PROVISIONAL"
  case payTruedUp = "PAY_TRUED_UP"
  case payReleased = "PAY_RELEASED"
  case calNoCoverage = "CAL_NO_COVERAGE"

  case spDay46 = "SP_DAY_46"
  case spDay50 = "SP_DAY_50"
  case adviceSMETS2 = "ADVICE_SMETS2"
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

  /// Severity by family: ELIG and MPAN error, WHLD hold, VAL query, the rest information; neutral codes are
  /// information in every family.
  public var severity: Severity {
    if self == .eligOK { return .information }
    switch family {
    case "ELIG", "MPAN": return .error
    case "WHLD": return .hold
    case "VAL": return .query
    default: return .information
    }
  }

  /// Not in the rule book: added here because none of its codes says this.
  public var isOurs: Bool { [.readLoggedHH, .readRestart, .impPaidTwice].contains(self) }

  /// One sentence for a person.
  public var meaning: String { Self.meanings[self] ?? "" }

  private static let meanings: [ReasonCode: String] = [
    .eligOK: "every eligibility test passed",
    .eligMeterNotHH: "the meter cannot give half-hourly export",
    .eligNoExportRegister: "the meter has no export register",
    .eligGenerationMeter: "a generation meter is offered as an export meter",
    .eligNoExportMPAN: "there is no export MPAN",
    .eligMPANIsImport: "the MPAN given for export is the import MPAN",
    .mpanBadLength: "an MPAN has 13 digits, or 21 with its top line",
    .mpanNotDigits: "the core of the MPAN holds something that is no digit",
    .mpanBadCheck: "the last digit of the MPAN does not match the other twelve",
    .mpanUnknownDistributor: "the first two digits of the MPAN name no known distributor",
    .tarNotAboveZero: "a rate of a SEG tariff is not above zero",
    .tarPriceMissing: "no price is known for a half-hour",
    .tarSplitProvisional: "an advance across a change of rate was split by elapsed time",
    .rateOverlap: "two prices cover the same time",
    .rateMisaligned: "a price begins or ends inside a half-hour",
    .readRemote: "a remote reading was used",
    .readRequested: "the customer is asked for a reading",
    .readPhotoMissing: "a customer reading came without the photo it needs",
    .readPhotoMismatch: "the photo shows another serial number or value than the reading",
    .readWrongRegister: "the reading is not of the export register",
    .readRollover: "the register passed its highest value and began again",
    .readNegative: "the register is below its last accepted value",
    .readMeterExchange: "the meter was exchanged",
    .readSerialUnknown: "the serial number is not of a meter of this agreement",
    .readDuplicate: "the same value came twice and counts once",
    .readConflict: "two different values for the same instant or half-hour",
    .readFuture: "the reading lies in the future",
    .readOutOfOrder: "the reading came after a later one and was sorted in",
    .readRemoteLost: "the meter can no longer be read remotely",
    .readGapHH: "half-hours are missing",
    .readEstimatedHH: "half-hours are flagged as estimated",
    .readLoggedHH: "half-hours made from reads of a cumulative register are not accepted here",
    .readRestart: "the register began again from zero without an exchange or a rollover",
    .valNegative: "a half-hour is below zero",
    .valOverCapacity: "more energy than the installation or its export limit allows",
    .valNightExport: "solar export without storage in full darkness",
    .valZeroExport: "no export at all through sunny weeks",
    .valSumCheck: "half-hours and register advance do not agree",
    .valPeriodCount: "a settlement day does not have its 46, 48 or 50 half-hours",
    .valClockDrift: "the meter's clock is wrong",
    .valRegistersSwapped: "import and export look swapped",
    .valStuck: "the same value again and again",
    .whldNoReading: "held: no valid reading",
    .whldEstimate: "held: an estimate is not payable here",
    .impRunsBackwards: "the import register ran backwards",
    .impCountsExportAsImport: "the import register counts export as import",
    .impPaidTwice: "the same energy was taken off the import register and counted as export",
    .notifyLicensee: "the SEG licensee must be told",
    .notifyImportSupplier: "the import supplier must be told",
    .notifyOccupier: "the occupier must be told, who tells the import supplier",
    .payOK: "paid as computed",
    .payDue: "the day by which the payment is due",
    .payOverdue: "the payment is late",
    .payProvisional: "paid provisionally on an estimate",
    .payTruedUp: "a provisional payment was corrected",
    .payReleased: "money held before is now payable",
    .calNoCoverage: "no calendar reaches this date",
    .spDay46: "a short settlement day of 46 half-hours",
    .spDay50: "a long settlement day of 50 half-hours",
    .adviceSMETS2: "a free exchange for a SMETS2 meter would help",
  ]
}
