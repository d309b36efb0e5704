// Policy values: notice, terms and renewal of tariffs (R-TAR, R-RATE-03). K-12, K-23, K-45 and K-46 of the rule
// book are resolved here.

public import Units

extension Policy {
  public struct TariffsTerms: Hashable, Sendable {
    /// Which changes of a rate need notice (R-TAR-08, R-TAR-09).
    public enum NoticeFor: String, Hashable, Sendable, CaseIterable {
      /// A change by which any part of the day is worth less.
      case decreases
      case anyChange = "any-change"
    }

    /// What becomes of a change that was told too late (our assumption where no clause says).
    public enum ShortNotice: String, Hashable, Sendable, CaseIterable {
      /// It takes effect on the first day that the notice allows.
      case slides
      /// It does not take effect.
      case refused
    }

    /// How often a variable rate may change (R-TAR-08).
    public enum ChangeLimit: String, Hashable, Sendable, CaseIterable { case none, quarterly }

    /// What a quarter is, where changes are counted.
    public enum Quarter: String, Hashable, Sendable, CaseIterable {
      /// January to March, and so on.
      case calendar
      /// Three months from the last change.
      case rolling
    }

    /// What a special rate depends on (R-TAR-02, R-TAR-12, R-TAR-15).
    public enum Condition: String, Hashable, Sendable, CaseIterable {
      /// The licensee supplies the import too.
      case importSupply = "import-supply"
      /// The import is on a Time of Use tariff.
      case timeOfUseImport = "time-of-use-import"
      /// The installation was bought from and fitted by the licensee's sister firm.
      case sisterInstaller = "sister-installer"
    }

    /// What the import is charged by.
    public enum ImportTariff: String, Hashable, Sendable, CaseIterable {
      case flat
      case economy7 = "economy-7"
      case economy10 = "economy-10"
      case timeOfUse = "time-of-use"
    }

    /// Calendar days between the day on which the customer is told and the first day of the new rate.
    public var noticeDays: Stated<Int>
    public var noticeFor: Stated<NoticeFor>
    /// How a customer is told of a rate; a notice that is said to have come another way is none.
    public var noticeChannels: Stated<[String]>
    public var shortNotice: Stated<ShortNotice>
    public var changeLimit: Stated<ChangeLimit>
    public var quarter: Stated<Quarter>
    /// A change made by law takes effect on its own date, whatever notice was given (R-TAR-16).
    public var lawAtOnce: Stated<Bool>
    /// A change of terms is told before it takes effect, unless law makes it (R-TAR-10).
    public var termsToldFirst: Stated<Bool>
    /// The customer is told the options before a term ends (R-TAR-17).
    public var optionsNotice: Stated<Bool>
    /// A plan is sent before a term ends and the default tariff begins (R-TAR-11).
    public var renewalPlan: Stated<Bool>
    /// What every tariff of this licensee depends on; a plan may state more.
    public var needs: Stated<[Condition]>
    /// Names under which the licensee supplies import.
    public var suppliesAs: Stated<[String]>
    /// Import tariffs that are Time of Use.
    public var timeOfUseKinds: Stated<[ImportTariff]>
    /// Time of Use counts only with the customer's consent to half-hourly data.
    public var timeOfUseConsent: Stated<Bool>
    /// A special rate for what the sister firm fitted holds below this capacity, and not at it (K-03).
    public var sisterCapacity: Stated<Power>
    /// Words of which the code of an export tariff carries one; none: codes are not looked at (R-RATE-03).
    public var exportProducts: Stated<[String]>

    /// Our values.
    public init() {
      noticeDays = .ours(30, "the longest notice that any licensee names")
      noticeFor = .ours(.decreases, "an increase harms nobody")
      noticeChannels = .ours([Channel.email], "the fastest that leaves something in writing")
      shortNotice = .ours(.slides, "the customer loses nothing, and the change is not lost")
      changeLimit = .ours(.none, "only one licensee limits its changes")
      quarter = .ours(.calendar, "no document says what a quarter is")
      lawAtOnce = .ours(true, "the scheme's own changes bind everybody at their own date")
      termsToldFirst = .ours(true, "as the licensee that says so")
      optionsNotice = .ours(false, "only one licensee promises it")
      renewalPlan = .ours(false, "only one licensee promises it")
      needs = .ours([], "a tariff asks for nothing that it does not state")
      suppliesAs = .ours([], "the licensee's own name is always one")
      timeOfUseKinds = .ours([.timeOfUse], "Economy 7 and 10 are older than half-hourly meters")
      timeOfUseConsent = .ours(true, "windows are charged on half-hourly data")
      sisterCapacity = .ours(Power(watts: 50_000), "as the only licensee that has such a rate")
      exportProducts = .ours([], "only some licensees publish codes")
    }
  }
}

extension PolicyKey {
  static let tariffsKeys: [PolicyKey] = [
    PolicyKey("tariffs.notice-days", \.tariffs.noticeDays, 0...366, [.tar08, .tar09]),
    PolicyKey("tariffs.notice-for", \.tariffs.noticeFor, [.tar08, .tar09]),
    PolicyKey("tariffs.notice-channels", \.tariffs.noticeChannels, [.tar08, .tar09, .tar10]),
    PolicyKey("tariffs.short-notice", \.tariffs.shortNotice, [.tar08, .tar09]),
    PolicyKey("tariffs.change-limit", \.tariffs.changeLimit, [.tar08]),
    PolicyKey("tariffs.quarter", \.tariffs.quarter, [.tar08]),
    PolicyKey("tariffs.law-at-once", \.tariffs.lawAtOnce, [.tar16]),
    PolicyKey("tariffs.terms-told-first", \.tariffs.termsToldFirst, [.tar10]),
    PolicyKey("tariffs.options-notice", \.tariffs.optionsNotice, [.tar17]),
    PolicyKey("tariffs.renewal-plan", \.tariffs.renewalPlan, [.tar11]),
    PolicyKey("tariffs.needs", \.tariffs.needs, [.tar02, .tar12, .tar15]),
    PolicyKey("tariffs.supplies-as", \.tariffs.suppliesAs, [.tar02, .tar12]),
    PolicyKey("tariffs.time-of-use-kinds", \.tariffs.timeOfUseKinds, [.tar15]),
    PolicyKey("tariffs.time-of-use-consent", \.tariffs.timeOfUseConsent, [.tar15]),
    PolicyKey("tariffs.sister-capacity", \.tariffs.sisterCapacity, [.tar12]),
    PolicyKey("tariffs.export-products", \.tariffs.exportProducts, [.rate03]),
  ]
}
