// Policy values: how an agreement ends (R-TERM).

internal import Units

extension Policy {
  public struct EndingsTerms: Hashable, Sendable {
    /// When a customer's notice ends the agreement (K-15).
    public enum ByCustomer: String, Hashable, Sendable, CaseIterable {
      /// On the day that the customer names, else when the notice is delivered.
      case anyTime = "any-time"
      /// When a final reading is received and accepted.
      case finalReading = "final-reading"
    }

    /// How bad a breach must be for the licensee to end at once.
    public enum Breach: String, Hashable, Sendable, CaseIterable { case any, significant }

    /// What ends an agreement by itself.
    public enum Automatic: String, Hashable, Sendable, CaseIterable {
      /// The customer owns the installation no longer.
      case ownership
      /// The firm is a SEG licensee no longer and did not choose it; leaving by choice is
      /// `eligibility.licensee-exit`.
      case licenseeStatus = "licensee-status"
    }

    public var byCustomer: Stated<ByCustomer>
    public var breach: Stated<Breach>
    public var automatic: Stated<[Automatic]>
    /// After how many working days a posted notice counts as delivered.
    public var postedNoticeWorkingDays: Stated<Int>

    /// Our values.
    public init() {
      byCustomer = .ours(.anyTime, "nobody is kept in an agreement for want of a reading")
      breach = .ours(.significant, "a slip ends no agreement")
      automatic = .ours([.ownership], "the agreement is the owner's")
      postedNoticeWorkingDays = .ours(2, "as the only licensee that names one")
    }
  }
}

extension PolicyKey {
  static let endingsKeys: [PolicyKey] = [
    PolicyKey("endings.by-customer", \.endings.byCustomer, [.term01]),
    PolicyKey("endings.breach", \.endings.breach, [.term02]),
    PolicyKey("endings.automatic", \.endings.automatic, [.term03, .chg06]),
    PolicyKey("endings.posted-notice-working-days", \.endings.postedNoticeWorkingDays, 0...30, [.term04]),
  ]
}
