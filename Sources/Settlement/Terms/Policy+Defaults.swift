// The default of each policy value, all of them our proposals: what applies where a licensee's document is
// silent.

internal import Units

extension Policy {
  /// A policy of our own values only; a file replaces those that its licensee fixes.
  public init(name: String, title: String = "", status: Status = .synthetic) {
    (self.name, self.title, self.status) = (name, title.isEmpty ? name : title, status)
    halfHourlyMeter = .ours(.required, "the scheme asks for meters that can do half-hours")
    payableBasis = .ours([.registers, .halfHours], "two valid registers suffice for a flat rate")
    estimates = .ours(.never, "metered only")
    acceptLoggedHalfHours = .ours(false, "half-hours come from the meter's own log")
    paymentDue = .ours(.calendarDays(60), "the longest term any licensee names in calendar days")
    rounding = .ours(.halfUp, "no source fixes it")
    reading = Reading()
    validation = Validation()
    eligibility = EligibilityTerms()
    onboarding = OnboardingTerms()
    tariffs = TariffsTerms()
    estimation = EstimationTerms()
    withholding = WithholdingTerms()
    changes = ChangesTerms()
    endings = EndingsTerms()
    payment = PaymentTerms()
    vat = VATTerms()
    switching = SwitchingTerms()
    conduct = ConductTerms()
    terms = [:]
  }
}

extension Policy.Reading {
  /// Our values.
  public init() {
    requestDays = .ours(
      14,
      "the day on which one licensee may stop payment for want of a reading; none fixes more")
    failuresBeforeRequest = .ours(3, "three missed daily readings")
    customerNeedsPhoto = .ours(false, "a photo settles doubts; without doubts a reading is enough")
    futureTolerance = .ours(.minutes(5), "clock skew between parties")
    loggedTolerance = .ours(.seconds(60), "a poll every minute is common")
    glitchReads = .ours(3, "glitches of one to three samples are seen")
    rolloverPercent = .ours(90, "a dial about to roll over stands high")
    fuse = .ours(Power(watts: 23_000), "100 A at 230 V")
    restartReads = .ours(3, "one may be a slip, and two may be the same slip")
    lookAhead = .ours(64, "a day of readings every half-hour, and more")
    rolloverSpan = .ours(.days(1), "within a day a dial that stands high falls rather than passes zero")
    graceDays = .ours(0, "the days of the request are long enough")
    withholds = .ours(true, "nothing is paid on what nobody read")
    secondContactRestarts = .ours(false, "the customer has been told already")
    frequency = .ours(.quarterly, "no document that is silent fixes it")
    procedure = .ours([], "a right value counts, however it comes")
    sameMoment = .ours(.seconds(60), "two people's clocks differ by as much")
  }
}

extension Policy.Validation {
  /// Our values.
  public init() {
    capacityAllowance = .ours(50, "5 % over the installed capacity")
    nightLimit = .ours(WattHours(10), "inverters and meters creep a little")
    zeroDays = .ours(14, "two sunny weeks")
    zeroMinimumCapacity = .ours(Power(watts: 1000), "smaller arrays may be used up at home")
    sumTolerance = .ours(1, "0.1 %")
    sumFloor = .ours(WattHours(1000), "1 kWh: what a display of whole kWh hides")
    incompleteDayHolds = .ours(true, "a day is validated as a whole")
    clockQuery = .ours(.seconds(20), "the wider of the two smart-meter tolerances")
    clockFail = .ours(.minutes(15), "half of a half-hour")
    evidence = .ours(WattHours(1000), "less than 1 kWh proves nothing")
    pairTolerance = .ours(.minutes(5), "one round of polling")
    leastPairs = .ours(7, "a week of daily readings")
    stuckHalfHours = .ours(6, "three hours of one value")
    clippingTolerance = .ours(10, "1 % of the export limit")
    queriesThatHold = .ours(
      [.valNightExport, .valRegistersSwapped], "energy that is probably not export waits for an answer")
    numberLimit = .ours(
      WattHours(16_777_215),
      "every bit of a 24-bit entry: several times what the largest installation can export")
    swapDarkPart = .ours(50, "one part in twenty: a meter that creeps")
    noonFrom = .ours(.hours(10), "two hours on either side of noon")
    noonUntil = .ours(.hours(14), "two hours on either side of noon")
    absoluteSlope = .ours(500, "half of what is exported")
    absoluteCorrelation = .ours(600, "as the detector that compares import with a clear sky")
    stuckStep = .ours(WattHours(10), "coarser values are often equal")
    evenRunners = .ours([.hydro, .anaerobicDigestion, .microCHP], "they run at one power for hours")
    season = Season()
    historyFactor = .ours(2000, "twice what is expected, as data collectors use")
    historyLeast = .ours(WattHours(50_000), "small sums double by chance")
    balanceTolerance = .ours(10, "1 % of what was generated")
    balanceFloor = .ours(WattHours(1000), "1 kWh: what a display of whole kWh hides")
    hints = Hints()
  }
}
