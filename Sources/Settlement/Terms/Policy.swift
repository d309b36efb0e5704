// What differs between licensees, as data. Nobody asks for a licensee's name: rules read these values.
// Every value says whether a clause fixes it or we do; the defaults (all ours) stand in
// Policy+Defaults.swift.

public import Units

/// The terms of one licensee, as far as settlement acts on them.
public struct Policy: Hashable, Sendable {
  public enum Status: String, Hashable, Sendable, CaseIterable { case live, historical, synthetic }

  /// What a meter must be able to do (R-ELIG-09).
  public enum HalfHourlyDemand: String, Hashable, Sendable, CaseIterable {
    case required
    case exportRegisterIsEnough = "export-register-is-enough"
    case notStated = "not-stated"
  }

  /// What an estimate is worth (R-EST-01, R-EST-02).
  public enum Estimates: String, Hashable, Sendable, CaseIterable {
    case never
    /// Half-hours that somebody else estimated are paid provisionally and corrected by the next actual value.
    case provisional
  }

  /// When money is due after a valid reading arrived (R-PAY-01, R-PAY-03).
  public enum PaymentDue: Hashable, Sendable {
    case calendarDays(Int)
    case workingDays(Int)
  }

  /// How a line becomes whole pence (R-PAY-09).
  public enum Rounding: String, Hashable, Sendable, CaseIterable {
    /// Half away from zero.
    case halfUp = "half-up"
    case halfEven = "half-even"
    /// Towards zero.
    case down
  }

  public var name: String
  public var title: String
  public var status: Status

  public var halfHourlyMeter: Stated<HalfHourlyDemand>
  /// What a flat tariff may be paid on, best first. Windows and half-hourly prices always need half-hours
  /// (R-EST-03).
  public var payableBasis: Stated<[StatementLine.Basis]>
  public var estimates: Stated<Estimates>
  public var acceptLoggedHalfHours: Stated<Bool>
  public var paymentDue: Stated<PaymentDue>
  public var rounding: Stated<Rounding>
  public var reading: Reading
  public var validation: Validation
  public var eligibility: EligibilityTerms
  public var onboarding: OnboardingTerms
  public var tariffs: TariffsTerms
  public var estimation: EstimationTerms
  public var withholding: WithholdingTerms
  public var changes: ChangesTerms
  public var endings: EndingsTerms
  public var payment: PaymentTerms
  public var vat: VATTerms
  public var switching: SwitchingTerms
  public var conduct: ConductTerms
  /// The rest of the licensee's terms, by key: kept with their clauses until a rule acts on them.
  public var terms: [String: Stated<String>]

  /// Limits for register reads (R-READ-01 … -13).
  public struct Reading: Hashable, Sendable {
    /// Calendar days a customer has to answer a request.
    public var requestDays: Stated<Int>
    /// Remote failures in a row before the customer is asked.
    public var failuresBeforeRequest: Stated<Int>
    public var customerNeedsPhoto: Stated<Bool>
    /// How far a reading may lie ahead of its arrival.
    public var futureTolerance: Stated<TimeSpan>
    /// How far from :00 or :30 a read may be to bound a logged half-hour.
    public var loggedTolerance: Stated<TimeSpan>
    /// How many wrong reads in a row count as a glitch if the register then goes on where it was.
    public var glitchReads: Stated<Int>
    /// A rollover is believed over a fall only from this part of the range on, if both are possible (per
    /// cent).
    public var rolloverPercent: Stated<Int>
    /// What the service fuse lets through, per phase.
    public var fuse: Stated<Power>
    /// How many reads in a row that follow from one another make a new base of a register.
    public var restartReads: Stated<Int>
    /// How many reads ahead a read is looked for that goes on from before a wrong one.
    public var lookAhead: Stated<Int>
    /// Over a longer time than this a fall from high up is believed to be a rollover (R-BACK-04).
    public var rolloverSpan: Stated<TimeSpan>
    /// Calendar days after the last day of a request in which a reading still stops nothing (R-READ-03).
    public var graceDays: Stated<Int>
    /// Whether payment stops when no valid reading came in time (R-READ-03, R-READ-04).
    public var withholds: Stated<Bool>
    /// A second request for the same reading begins a new count of days.
    public var secondContactRestarts: Stated<Bool>
    public var frequency: Stated<Frequency>
    /// By which channels a customer's reading comes; none: by any (R-READ-14).
    public var procedure: Stated<[String]>
    /// How far two readings from different people may lie apart and still be of one moment (R-READ-11).
    public var sameMoment: Stated<TimeSpan>

    /// How often a reading is due, beside those on request (R-READ-05).
    public enum Frequency: String, Hashable, Sendable, CaseIterable {
      case quarterly
      case atPayment = "at-payment"
      case firstOnly = "first-only"
      case notStated = "not-stated"
    }
  }

  /// Limits of the R-VAL rules.
  public struct Validation: Hashable, Sendable {
    /// R-VAL-02: allowance over capacity, in parts per thousand.
    public var capacityAllowance: Stated<Int>
    /// R-VAL-05: more than this in a dark half-hour is queried.
    public var nightLimit: Stated<WattHours>
    /// R-VAL-06.
    public var zeroDays: Stated<Int>
    public var zeroMinimumCapacity: Stated<Power>
    /// R-VAL-07: parts per thousand of the advance, and the least that counts.
    public var sumTolerance: Stated<Int>
    public var sumFloor: Stated<WattHours>
    /// R-VAL-08: whether a day that is not complete is held as a whole.
    public var incompleteDayHolds: Stated<Bool>
    /// R-VAL-09.
    public var clockQuery: Stated<TimeSpan>
    public var clockFail: Stated<TimeSpan>
    /// R-VAL-11, R-BACK-05: least energy that the comparison of import and export rests on.
    public var evidence: Stated<WattHours>
    /// How far two reads may lie apart and still be of the same moment, when registers are compared.
    public var pairTolerance: Stated<TimeSpan>
    /// R-BACK-05: least number of intervals in which import is compared with export.
    public var leastPairs: Stated<Int>
    /// R-VAL-12: half-hours of one value, and how near the export limit counts as clipping (parts per
    /// thousand).
    public var stuckHalfHours: Stated<Int>
    public var clippingTolerance: Stated<Int>
    /// Queries that hold the energy they are about until they are answered; the others are only recorded.
    public var queriesThatHold: Stated<[ReasonCode]>
    /// R-VAL-01: a half-hour of so much or more is no number from a meter.
    public var numberLimit: Stated<WattHours>
    /// R-VAL-11: the part of the export in darkness up to which import counts as none (parts per thousand),
    /// and the hours of UTC between which the sun is high.
    public var swapDarkPart: Stated<Int>
    public var noonFrom: Stated<TimeSpan>
    public var noonUntil: Stated<TimeSpan>
    /// R-BACK-05: how much import rises with export, and how closely, in parts per thousand.
    public var absoluteSlope: Stated<Int>
    public var absoluteCorrelation: Stated<Int>
    /// R-VAL-12: a source in coarser steps repeats by nature, and so do these.
    public var stuckStep: Stated<WattHours>
    public var evenRunners: Stated<[DeclaredInstallation.Technology]>
    /// R-VAL-03: the most that a kW installed makes in a day, by month.
    public var season: Season
    /// R-VAL-04: so many parts per thousand of what is expected pass,
    /// and less than the least is not looked at.
    public var historyFactor: Stated<Int>
    public var historyLeast: Stated<WattHours>
    /// R-VAL-10: parts per thousand of the generation, and the least that counts.
    public var balanceTolerance: Stated<Int>
    public var balanceFloor: Stated<WattHours>
    public var hints: Hints
  }
}
