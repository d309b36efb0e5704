// What ends a rate without a notice: the term (R-TAR-11, -17), a new plan (R-TAR-14), a condition that is not
// met any more (R-TAR-02, -12, -15), and prices that come late (R-RATE-01, -02, -04).

import BackspinTesting
import Testing
import Units

@testable import Settlement

@Suite("Terms, plans, conditions and late prices")
struct TariffTermTests {
  private static let term: Facts = [
    .kind: .text("fixed"), .termEnd: .date(date("2026-06-30")),
    .defaultTariff: .tariff([flat("4.1", named: "default")]),
  ]

  @Sendable private static func tells(_ policy: inout Policy) {
    policy.tariffs.optionsNotice = .clause(true, "EON 5.6")
    policy.tariffs.renewalPlan = .clause(true, "EON 5.6")
  }

  private static func sent(_ name: EventName, _ when: String) -> CaseEvent { CaseEvent(name, at: at(when)) }

  private static func plan(
    _ rate: String, effective: String, issued: String, _ more: Facts = [:]
  ) -> CaseEvent {
    CaseEvent(
      .planIssued, at: at(issued),
      more.updated(by: [.tariff: .tariff([flat(rate, named: "new")]), .effective: .date(date(effective))]))
  }

  static let endCases: [TariffCase] = [
    // The last day is 30 June; it ends at 24:00 London time, 23:00Z.
    TariffCase(
      "the last day of a term in summer ends at 23:00Z, and the default rate begins",
      facts: term, rates: [("2026-06-30T22:30Z", "5"), ("2026-06-30T23:00Z", "4.1")],
      codes: ["TAR_AUTO_RENEWED"]),
    TariffCase(
      "told of the options and sent the plan on the last day: in time",
      facts: term,
      events: [
        sent(.endOptionsSent, "2026-06-30T22:59Z"), sent(.renewalPlanSent, "2026-06-30T22:59Z"),
      ], policy: tells, rates: [("2026-06-30T23:00Z", "4.1")], codes: ["TAR_AUTO_RENEWED"]),
    TariffCase(
      "told a minute after midnight London time: missing, and the money is the same",
      facts: term, events: [sent(.endOptionsSent, "2026-06-30T23:01Z")], policy: tells,
      rates: [("2026-06-30T22:30Z", "5"), ("2026-06-30T23:00Z", "4.1")],
      codes: ["TAR_AUTO_RENEWED", "TAR_END_NOTICE_MISSING"]),
    TariffCase(
      "a plan chosen for the day after the term takes the place of the default",
      facts: term, events: [plan("6", effective: "2026-07-01", issued: "2026-06-20T09:00Z")],
      rates: [("2026-06-30T22:30Z", "5"), ("2026-06-30T23:00Z", "6")], codes: []),
    TariffCase(
      "a plan chosen for later leaves the default in between",
      facts: term, events: [plan("6", effective: "2026-07-11", issued: "2026-06-20T09:00Z")],
      rates: [("2026-06-30T23:00Z", "4.1"), ("2026-07-10T22:30Z", "4.1"), ("2026-07-10T23:00Z", "6")],
      codes: ["TAR_AUTO_RENEWED"]),
    TariffCase(
      "a next version agreed from the start is a choice too",
      facts: term, tariff: [flat("5"), flat("7", from: "2026-06-30T23:00Z")],
      rates: [("2026-06-30T22:30Z", "5"), ("2026-06-30T23:00Z", "7")], codes: []),
    TariffCase(
      "where no default rate is known, energy after the term waits",
      facts: [.kind: .text("fixed"), .termEnd: .date(date("2026-06-30"))],
      rates: [("2026-06-30T22:30Z", "5"), ("2026-06-30T23:00Z", "held TAR_PRICE_MISSING")],
      codes: ["TAR_AUTO_RENEWED"]),
  ]

  @Test("a term ends with its last day, and the default rate begins", arguments: endCases)
  func ends(_ one: TariffCase) { one.check(one.outcome()) }

  @Test("a renewal is decided at the end of the term; a plan that was not sent is a defect of the licensee")
  func renewal() throws {
    let result = TariffCase("renewal", facts: Self.term, policy: Self.tells).outcome()
    let renewed = result.decisions.filter { $0.code == .tarAutoRenewed }
    #expect(renewed.map(\.at) == [at("2026-06-30T23:00Z"), at("2026-06-30T23:00Z")])
    #expect(renewed.map(\.severity) == [.information, .error])
    #expect(result.touches.allSatisfy { $0.boundary != "plan.term-end" })
    let sent = TariffCase("sent", facts: Self.term, events: [Self.sent(.endOptionsSent, "2026-06-30T09:00Z")])
    #expect(sent.outcome().touches.contains { $0.boundary == "plan.term-end" && $0.side == .limit })
  }

  // MARK: New plans

  @Test("a plan dated back re-rates what was settled, and only that")
  func rerated() throws {
    let back = Self.plan("6", effective: "2026-05-11", issued: "2026-06-05T09:00Z")
    let late = TariffCase("late", events: [back])
    let settled = late.outcome(settle: ["2026-06-01T00:00Z", "2026-08-31T23:00Z"])
    let decision = try #require(settled.decisions.first { $0.code == .tarRerated })
    #expect(decision.at == at("2026-06-05T09:00Z"))
    #expect(decision.text.contains("2026-05-10T23:00Z"))
    // Nothing was settled before the plan came: nothing to rate again.
    let early = late.outcome(settle: ["2026-08-31T23:00Z"])
    #expect(!early.codes.contains("TAR_RERATED"))
    late.check(early)
    let rates = TariffCase(
      "rates", events: [back],
      rates: [("2026-05-10T22:30Z", "5"), ("2026-05-10T23:00Z", "6"), ("2026-07-10T23:00Z", "6")])
    rates.check(early)
  }

  static let planCases: [TariffCase] = [
    TariffCase(
      "a new plan supersedes a change that was told before it",
      events: [
        notice("3", told: "2026-05-02T09:00Z", effective: "2026-07-01"),
        plan("6", effective: "2026-06-01", issued: "2026-05-20T09:00Z"),
      ], rates: [("2026-05-31T23:00Z", "6"), ("2026-07-10T23:00Z", "6")], codes: ["TAR_CHANGE_APPLIED"]),
    TariffCase(
      "a change told after a new plan changes that plan",
      events: [
        plan("6", effective: "2026-06-01", issued: "2026-05-20T09:00Z"),
        notice("3", told: "2026-05-21T09:00Z", effective: "2026-07-01"),
      ], rates: [("2026-05-31T23:00Z", "6"), ("2026-06-30T23:00Z", "3")], codes: ["TAR_CHANGE_APPLIED"]),
  ]

  @Test("new plans and notices hold in the order in which they were told", arguments: planCases)
  func plans(_ one: TariffCase) {
    one.check(one.outcome())
    var other = one
    other.events.reverse()
    other.check(other.outcome())
  }

  // MARK: Conditions

  private static func supplier(_ name: String, on when: String, told: String? = nil) -> CaseEvent {
    CaseEvent(
      .importSupplierChanged, at: at(when), received: told.map { at($0) }, [.supplier: .text(name)])
  }

  private static let special: Facts = [
    .needsImportSupply: .flag(true), .fallbackTariff: .tariff([flat("4.1", named: "fall-back")]),
  ]

  private static func importTariff(_ word: String) -> Facts {
    [
      .needsTimeOfUseImport: .flag(true), .importTariff: .text(word),
      .fallbackTariff: .tariff([flat("4.1", named: "fall-back")]),
    ]
  }

  static let conditionCases: [TariffCase] = [
    TariffCase(
      "who leaves for another import supplier falls back from the London midnight of that day",
      facts: special, events: [supplier("Other Energy", on: "2026-06-10T09:00Z")],
      tariff: [flat("15")], rates: [("2026-06-09T22:30Z", "15"), ("2026-06-09T23:00Z", "4.1")],
      codes: ["TAR_INELIGIBLE"]),
    TariffCase(
      "who comes back has the special rate again",
      facts: special,
      events: [
        supplier("Other Energy", on: "2026-06-10T09:00Z"), supplier("Own Energy", on: "2026-07-10T09:00Z"),
      ], tariff: [flat("15")],
      rates: [("2026-07-09T22:30Z", "4.1"), ("2026-07-09T23:00Z", "15")],
      codes: ["TAR_CHANGE_APPLIED", "TAR_INELIGIBLE"]),
    TariffCase(
      "where no fall-back rate is known, energy waits",
      facts: [.needsImportSupply: .flag(true)],
      events: [supplier("Other Energy", on: "2026-06-10T09:00Z")], codes: ["TAR_INELIGIBLE"]),
    TariffCase(
      "every tariff of a licensee may ask for import supply",
      facts: [.fallbackTariff: .tariff([flat("4.1", named: "fall-back")])],
      events: [supplier("Other Energy", on: "2026-06-10T09:00Z")],
      policy: { $0.tariffs.needs = .clause([.importSupply], "OCT") }, tariff: [flat("15")],
      rates: [("2026-06-09T23:00Z", "4.1")], codes: ["TAR_INELIGIBLE"]),
    TariffCase(
      "a Time of Use import tariff meets the condition", facts: importTariff("time-of-use"),
      rates: [("2026-05-10T12:00Z", "5")], codes: []),
    TariffCase(
      "Economy 7 is no Time of Use tariff", facts: importTariff("economy-7"),
      rates: [("2026-04-30T23:00Z", "4.1")], codes: ["TAR_INELIGIBLE"]),
    TariffCase(
      "Economy 10 is none either", facts: importTariff("economy-10"),
      rates: [("2026-04-30T23:00Z", "4.1")], codes: ["TAR_INELIGIBLE"]),
    TariffCase(
      "a change of the import tariff is looked at again", facts: importTariff("time-of-use"),
      events: [
        CaseEvent(.importTariffChanged, at: at("2026-06-10T09:00Z"), [.importTariff: .text("flat")])
      ], rates: [("2026-06-09T22:30Z", "5"), ("2026-06-09T23:00Z", "4.1")], codes: ["TAR_INELIGIBLE"]),
    TariffCase(
      "windows of a meter that is not smart are none",
      facts: importTariff("time-of-use").updated(by: [.importMeterSmart: .flag(false)]),
      rates: [("2026-05-10T12:00Z", "4.1")], codes: ["TAR_INELIGIBLE"]),
    TariffCase(
      "consent withdrawn ends it from that day", facts: importTariff("time-of-use"),
      events: [CaseEvent(.halfHourConsentWithdrawn, at: at("2026-06-10T09:00Z"))],
      rates: [("2026-06-09T22:30Z", "5"), ("2026-06-09T23:00Z", "4.1")], codes: ["TAR_INELIGIBLE"]),
    TariffCase(
      "49 kW become 51 kW: the sister firm's rate ends from that day",
      facts: [.needsSisterInstaller: .flag(true), .fallbackTariff: .tariff([flat("4.1")])],
      events: [
        CaseEvent(.capacityChanged, at: at("2026-06-10T09:00Z"), [.capacity: .power(Power(watts: 51_000))])
      ], rates: [("2026-06-09T22:30Z", "5"), ("2026-06-09T23:00Z", "4.1")], codes: ["TAR_INELIGIBLE"]),
    TariffCase(
      "the sister firm's special rate holds for what it fitted",
      facts: [.needsSisterInstaller: .flag(true), .sisterInstalled: .flag(true)],
      rates: [("2026-05-10T12:00Z", "5")], codes: []),
    TariffCase(
      "and not where the certificate names another installer",
      facts: [
        .needsSisterInstaller: .flag(true), .installerOnCertificate: .flag(false),
        .fallbackTariff: .tariff([flat("4.1")]),
      ], rates: [("2026-05-10T12:00Z", "4.1")], codes: ["TAR_INELIGIBLE"]),
  ]

  @Test("a special rate holds while its conditions are met", arguments: conditionCases)
  func conditions(_ one: TariffCase) { one.check(one.outcome()) }

  @Test("the special rate of the sister firm is for less than 50 kW, and not for 50 kW")
  func capacity() {
    // (kW, special rate, side of the limit)
    let rows: [(Int64, Bool, BoundaryTouch.Side)] = [
      (49_998, true, .inside), (49_999, true, .limit), (50_000, false, .past), (50_001, false, .beyond),
    ]
    for (watts, isSpecial, side) in rows {
      var home = agreement([flat("5")], technology: .hydro)
      home.installation.capacity = Power(watts: watts)
      home.facts = [.needsSisterInstaller: .flag(true), .fallbackTariff: .tariff([flat("4.1")])]
      let life = TariffLife(home, Policy(name: "test"), from: at("2026-05-01T00:00Z"), events: [])
      let rate = life.timeline.version(at: at("2026-05-10T00:00Z"))?.terms.shape
      #expect(rate == .flat(pence(isSpecial ? "5" : "4.1")), "\(watts) W")
      let touch = life.touches.first.map { BoundaryTouch($0.0, excess: $0.1) }
      #expect(touch?.side == side, "\(watts) W")
    }
  }

  @Test("a switch of import told three weeks late re-rates from the day of the switch")
  func toldLate() throws {
    let event = Self.supplier("Other Energy", on: "2026-05-20T09:00Z", told: "2026-06-10T09:00Z")
    let one = TariffCase(
      "told late", facts: Self.special, events: [event], tariff: [flat("15")],
      rates: [("2026-06-10T23:00Z", "4.1")], codes: ["TAR_INELIGIBLE", "TAR_RERATED"])
    let result = one.outcome(settle: ["2026-06-01T00:00Z", "2026-08-31T23:00Z"])
    #expect(try #require(result.decision(.tarIneligible)).at == at("2026-06-10T09:00Z"))
    #expect(try #require(result.decision(.tarRerated)).text.contains("2026-05-19T23:00Z"))
  }

  @Test("settling day by day takes the same decisions as settling in one go")
  func dayByDay() {
    let one = TariffCase(
      "all", facts: Self.term,
      events: [
        notice("3", told: "2026-06-10T09:00Z", effective: "2026-08-01"),
        Self.sent(.endOptionsSent, "2026-07-02T09:00Z"),
        Self.plan("6", effective: "2026-08-11", issued: "2026-07-20T09:00Z"),
      ], policy: Self.tells)
    func tariffs(_ outcome: Outcome) -> [Decision] {
      outcome.decisions.filter { $0.code.family == "TAR" }
    }
    let days = (1...122).map { "\(at("2026-04-30T23:00Z") + .days(Int64($0)))" }
    let whole = tariffs(one.outcome())
    #expect(whole.count == 4)
    #expect(tariffs(one.outcome(settle: days)) == whole)
  }

  // MARK: Prices that come late

  private static func prices(_ all: [(String, String?, String)], told: String) -> CaseEvent {
    CaseEvent(.pricePublished, at: at(told), [.tariff: .tariff([halfHourly(all, isSEG: false)])])
  }

  static let priceCases: [TariffCase] = [
    TariffCase(
      "the last hour of a summer day comes with the next batch",
      events: [
        prices([("2026-04-30T23:00Z", "2026-05-01T22:00Z", "8")], told: "2026-04-30T16:00Z"),
        prices([("2026-05-01T22:00Z", "2026-05-02T22:00Z", "9")], told: "2026-05-01T16:00Z"),
      ], tariff: [halfHourly([], isSEG: false)],
      rates: [
        ("2026-05-01T21:30Z", "8"), ("2026-05-01T22:00Z", "9"),
        ("2026-05-02T22:00Z", "held TAR_PRICE_MISSING"),
      ], codes: []),
    TariffCase(
      "the same prices twice count once",
      events: [
        prices([("2026-05-01T00:00Z", "2026-05-02T00:00Z", "8")], told: "2026-04-30T16:00Z"),
        prices([("2026-05-01T00:00Z", "2026-05-02T00:00Z", "8")], told: "2026-04-30T17:00Z"),
      ], tariff: [halfHourly([], isSEG: false)], rates: [("2026-05-01T12:00Z", "8")], codes: []),
    TariffCase(
      "prices that overlap earlier ones are refused, and the earlier ones stand",
      events: [
        prices([("2026-05-01T00:00Z", "2026-05-02T00:00Z", "8")], told: "2026-04-30T16:00Z"),
        prices([("2026-05-01T23:30Z", "2026-05-02T23:00Z", "9")], told: "2026-05-01T16:00Z"),
      ], tariff: [halfHourly([], isSEG: false)],
      rates: [("2026-05-01T23:30Z", "8"), ("2026-05-02T00:00Z", "held TAR_PRICE_MISSING")],
      codes: ["RATE_OVERLAP"]),
    TariffCase(
      "a price that begins inside a half-hour is refused",
      events: [
        CaseEvent(
          .pricePublished, at: at("2026-04-30T16:00Z"),
          [.from: .instant(at("2026-05-01T00:15Z")), .rate: .rate(pence("8"))])
      ], tariff: [halfHourly([], isSEG: false)], rates: [("2026-05-01T00:00Z", "held TAR_PRICE_MISSING")],
      codes: ["RATE_MISALIGNED"]),
    TariffCase(
      "under the SEG a price of zero is refused, and its half-hour waits; the others are paid",
      events: [
        one("0", "2026-05-01T12:00Z"), one("0.000001", "2026-05-01T12:30Z"), one("8", "2026-05-01T13:00Z"),
      ], tariff: [halfHourly([], isSEG: true)],
      rates: [
        ("2026-05-01T12:00Z", "held TAR_PRICE_MISSING"), ("2026-05-01T12:30Z", "0.000001"),
        ("2026-05-01T13:00Z", "8"),
      ], codes: ["TAR_NOT_ABOVE_ZERO"]),
    TariffCase(
      "outside the SEG a price of zero is a price",
      events: [one("0", "2026-05-01T12:00Z")], tariff: [halfHourly([], isSEG: false)],
      rates: [("2026-05-01T12:00Z", "0")], codes: []),
  ]

  /// One price of a half-hour, told in advance.
  private static func one(_ rate: String, _ from: String) -> CaseEvent {
    CaseEvent(
      .pricePublished, at: at("2026-04-30T23:00Z"),
      [.from: .instant(at(from)), .rate: .rate(pence(rate))])
  }

  @Test("prices join a half-hourly tariff when they come", arguments: priceCases)
  func prices(_ one: TariffCase) { one.check(one.outcome()) }
}
