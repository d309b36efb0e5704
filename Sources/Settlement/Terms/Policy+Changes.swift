// Policy values: changes that must be told (R-CHG), and those that nobody told (R-WHLD-03).

internal import Units

extension Policy {
  public struct ChangesTerms: Hashable, Sendable {
    /// Who says what becomes of a change that nobody told (K-48).
    public enum Undeclared: String, Hashable, Sendable, CaseIterable {
      /// Reported to Ofgem; held until it has decided.
      case ofgemDecides = "ofgem-decides"
      /// Held until the licensee has decided.
      case licenseeDecides = "licensee-decides"
      /// Only recorded.
      case recorded
    }

    public var undeclared: Stated<Undeclared>
    /// How many nights with export, or days over capacity, show a change.
    public var undeclaredDays: Stated<Int>
    /// How many readings of a strange serial number show an exchange.
    public var undeclaredReads: Stated<Int>
    /// Calendar days in which a change is told "as soon as possible".
    public var tellDays: Stated<Int>
    public var phoneMustBeConfirmed: Stated<Bool>
    /// Calendar days from a call to its confirmation in writing.
    public var confirmDays: Stated<Int>
    /// Calendar days in which missing evidence is due.
    public var evidenceDays: Stated<Int>
    public var storageMustBeTold: Stated<Bool>
    public var importSwitchMustBeTold: Stated<Bool>

    /// Our values.
    public init() {
      undeclared = .ours(.recorded, "no document of ours names a remedy; validation holds what is in doubt")
      undeclaredDays = .ours(3, "once may be a glitch")
      undeclaredReads = .ours(2, "one may be a slip of the pen")
      tellDays = .ours(14, "as soon as possible: within two weeks")
      phoneMustBeConfirmed = .ours(false, "a call is a call")
      confirmDays = .ours(14, "as long as a change may take to be told")
      evidenceDays = .ours(14, "as long as a reading may take")
      storageMustBeTold = .ours(true, "night export cannot be judged without")
      importSwitchMustBeTold = .ours(false, "the contracts are independent")
    }
  }
}

extension PolicyKey {
  static let changesKeys: [PolicyKey] = [
    PolicyKey("changes.undeclared", \.changes.undeclared, [.whld03]),
    PolicyKey("changes.undeclared-days", \.changes.undeclaredDays, 1...366, [.whld03]),
    PolicyKey("changes.undeclared-reads", \.changes.undeclaredReads, 1...1000, [.whld03]),
    PolicyKey("changes.tell-days", \.changes.tellDays, 0...366, [.chg01]),
    PolicyKey("changes.phone-must-be-confirmed", \.changes.phoneMustBeConfirmed, [.chg01]),
    PolicyKey("changes.confirm-days", \.changes.confirmDays, 0...366, [.chg01]),
    PolicyKey("changes.evidence-days", \.changes.evidenceDays, 0...366, [.chg01, .chg07]),
    PolicyKey("changes.storage-must-be-told", \.changes.storageMustBeTold, [.chg02, .whld03]),
    PolicyKey("changes.import-switch-must-be-told", \.changes.importSwitchMustBeTold, [.chg04]),
  ]
}
