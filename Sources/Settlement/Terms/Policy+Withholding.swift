// Policy values: what stops the money and brings it back (R-WHLD, R-FAULT, R-BACK, R-ACC).

internal import Units

extension Policy {
  public struct WithholdingTerms: Hashable, Sendable {
    /// Why money may be withheld or recovered (R-WHLD-01).
    public enum Ground: String, Hashable, Sendable, CaseIterable {
      /// By Ofgem, the generator or the licensee.
      case error
      case abuse
      /// Belief without proof.
      case suspectedAbuse = "suspected-abuse"
      /// Somebody who may instruct the licensee does so.
      case instruction
      /// Missing or wrong.
      case information
      /// The meter could not be inspected.
      case notInspected = "not-inspected"
    }

    /// What becomes of energy that flowed while the scheme's certificate body had suspended the installation,
    /// once Ofgem says that payment resumes (R-WHLD-02).
    public enum Suspension: String, Hashable, Sendable, CaseIterable {
      /// Paid, at the part of the rate that Ofgem names.
      case pays
      case forfeits
    }

    /// What a faulty meter does to the money (K-17).
    public enum FaultyMeter: String, Hashable, Sendable, CaseIterable {
      /// Withheld until tested; nothing for the time in which it was faulty.
      case forfeits
      /// Suspended until a valid reading; then the whole advance is paid.
      case awaitsValidReading = "awaits-valid-reading"
    }

    /// What lifts the withholding of a suspected meter (K-34).
    public enum Release: String, Hashable, Sendable, CaseIterable { case arranged, result }

    /// Where the time begins that a faulty meter costs (R-FAULT-01).
    public enum FaultStart: String, Hashable, Sendable, CaseIterable {
      case firstBad = "first-bad"
      case suspicion
    }

    /// What lifts a stop for want of access (K-18).
    public enum Access: String, Hashable, Sendable, CaseIterable {
      /// Access, and a reading that was verified.
      case verified
      /// Nothing but the licensee's own word.
      case lifted
    }

    public var grounds: Stated<[Ground]>
    public var suspension: Stated<Suspension>
    public var faultyMeter: Stated<FaultyMeter>
    public var releaseOn: Stated<Release>
    public var faultyFrom: Stated<FaultStart>
    /// Whether a fault of a meter that measures import only stops the export payment too.
    public var importMeterHolds: Stated<Bool>
    /// Calendar days in which a backwards import meter is told "at once".
    public var backwardsReportDays: Stated<Int>
    public var accessRefused: Stated<Access>
    /// Whether the extra cost of a meter that is hard to reach is charged.
    public var accessCharge: Stated<Bool>

    /// Our values.
    public init() {
      grounds = .ours(Ground.allCases, "every ground that a licensee names")
      suspension = .ours(.pays, "what was exported was earned; the regulator's part then holds for all of it")
      faultyMeter = .ours(.forfeits, "a meter that is wrong proves nothing; as the most detailed licensee")
      releaseOn = .ours(.result, "an appointment proves nothing")
      faultyFrom = .ours(.firstBad, "the time in which the meter was wrong, whenever somebody noticed")
      importMeterHolds = .ours(false, "only the export register pays")
      backwardsReportDays = .ours(1, "at once: the same day or the next")
      accessRefused = .ours(.verified, "the milder of two")
      accessCharge = .ours(false, "no cost is passed on that a document does not name")
    }
  }
}

extension PolicyKey {
  static let withholdingKeys: [PolicyKey] = [
    PolicyKey("withholding.grounds", \.withholding.grounds, [.whld01]),
    PolicyKey("withholding.suspension", \.withholding.suspension, [.whld02]),
    PolicyKey("withholding.faulty-meter", \.withholding.faultyMeter, [.fault01, .fault02, .fault03]),
    PolicyKey("withholding.release-on", \.withholding.releaseOn, [.fault01]),
    PolicyKey("withholding.faulty-from", \.withholding.faultyFrom, [.fault01, .fault02]),
    PolicyKey("withholding.import-meter-holds", \.withholding.importMeterHolds, [.fault04]),
    PolicyKey(
      "withholding.backwards-report-days", \.withholding.backwardsReportDays, 0...366, [.back01, .back02]),
    PolicyKey("withholding.access-refused", \.withholding.accessRefused, [.acc01, .acc02]),
    PolicyKey("withholding.access-charge", \.withholding.accessCharge, [.acc03]),
  ]
}
