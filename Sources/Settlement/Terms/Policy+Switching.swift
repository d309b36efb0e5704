// Policy values: switching licensee (R-SWI-01 … -08). All documents end the agreement at the registration of the
// new licensee, so there is no value for that; the other two endings, the customer's notice and the transfer
// of ownership, are rules of their own (K-15, R-TERM-01, R-CHG-06).

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
    /// The customer must tell when somebody else supplies the import (EON 10.4).
    public var importSwitchMustBeTold: Stated<Bool>
    /// Cancelling in the cooling-off time takes the switch back, as if it had not been (K-14).
    public var coolingOffReverses: Stated<Bool>
    /// Taken off the final payment (R-SWI-07).
    public var exitFee: Stated<Pence>

    /// Our values.
    public init() {
      finalReadingFrom = .ours(.either, "one reading closes and opens, whoever brings it")
      otherReadingCounts = .ours(true, "a reading is a reading; two that differ are a conflict")
      readingMustBeAgreed = .ours(false, "the reading is validated like any other")
      readingTolerance = .ours(WattHours(1000), "a display of whole kWh beside a remote value")
      readingDays = .ours(14, "as for a reading that is asked for")
      importSwitchMustBeTold = .ours(false, "the contracts are independent")
      coolingOffReverses = .ours(true, "nobody is paid twice, and nobody goes without a licensee")
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
    PolicyKey("switching.import-switch-must-be-told", \.switching.importSwitchMustBeTold, [.swi05]),
    PolicyKey("switching.cooling-off-reverses", \.switching.coolingOffReverses, [.swi02, .onb08]),
    PolicyKey("switching.exit-fee", \.switching.exitFee, [.swi07]),
  ]
}
