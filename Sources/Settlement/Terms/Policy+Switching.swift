// Policy values: switching licensee (R-SWI-01 … -08). All documents end the agreement at the registration of
// the new licensee, so there is no value for that; the other two endings, the customer's notice and the
// transfer of ownership, are rules of their own (K-15, R-TERM-01, R-CHG-06). A cancellation in the
// cooling-off time is an onboarding value of the new licensee (K-14);
// the old one hears of it as a switch that is taken back.

public import Units

extension Policy {
  public struct SwitchingTerms: Hashable, Sendable {
    /// Whose reading closes the agreement (K-16).
    public enum ReadingFrom: String, Hashable, Sendable, CaseIterable {
      case newLicensee = "new-licensee"
      case customer
      case either
    }

    public var finalReadingFrom: Stated<ReadingFrom>
    /// A reading from the other side counts too (K-16).
    public var otherReadingCounts: Stated<Bool>
    /// A customer's reading counts only once the new licensee has agreed to it (EON 12.1).
    public var readingMustBeAgreed: Stated<Bool>
    /// Readings of one switch that lie no further apart are the same.
    public var readingTolerance: Stated<WattHours>
    /// Days from the switch in which its reading is in time.
    public var readingDays: Stated<Int>
    /// A read of the export register at the very midnight of the switch is the reading of the switch.
    public var meterReadingCounts: Stated<Bool>
    /// The customer tells the old licensee of the switch too (EON 12.1).
    public var oldLicenseeMustBeTold: Stated<Bool>
    /// Taken off the final payment (R-SWI-07).
    public var exitFee: Stated<Pence>

    /// Our values.
    public init() {
      finalReadingFrom = .ours(.either, "one reading closes and opens, whoever brings it")
      otherReadingCounts = .ours(true, "a reading is a reading; two that differ are a conflict")
      readingMustBeAgreed = .ours(false, "the reading is validated like any other")
      readingTolerance = .ours(WattHours(1000), "a display of whole kWh beside a remote value")
      readingDays = .ours(14, "as for a reading that is asked for")
      meterReadingCounts = .ours(true, "the meter's own value is nobody's word against another's")
      oldLicenseeMustBeTold = .ours(false, "the new licensee's registration tells it")
      exitFee = .ours(Pence(0), "no licensee takes one")
    }
  }
}

extension PolicyKey {
  static let switchingKeys: [PolicyKey] = [
    PolicyKey("switching.final-reading-from", \.switching.finalReadingFrom, [.swi03, .swi04]),
    PolicyKey("switching.other-reading-counts", \.switching.otherReadingCounts, [.swi03]),
    PolicyKey("switching.reading-must-be-agreed", \.switching.readingMustBeAgreed, [.swi03]),
    PolicyKey("switching.reading-tolerance", \.switching.readingTolerance, [.swi03]),
    PolicyKey("switching.reading-days", \.switching.readingDays, 0...1000, [.swi03, .swi04]),
    PolicyKey("switching.meter-reading-counts", \.switching.meterReadingCounts, [.swi03]),
    PolicyKey("switching.old-licensee-must-be-told", \.switching.oldLicenseeMustBeTold, [.swi01]),
    PolicyKey("switching.exit-fee", \.switching.exitFee, [.swi07]),
  ]
}
