// Notices of a new rate (R-TAR-04, -08, -09, -10, -13, -16): one row per case. Half-hours of 1 kWh from 1 May
// to 31 August 2026 at 5 p; what is looked at is the rate that a half-hour was settled at. London is an hour
// ahead of UTC, so that a London day begins at 23:00Z of the day before.

import BackspinTesting
import Testing
import Units

@testable import Settlement

/// One case about a tariff: what is known, and what must come of it.
struct TariffCase: CustomTestStringConvertible, Sendable {
  var name: String
  var facts: Facts = [:]
  var events: [CaseEvent] = []
  var policy: @Sendable (inout Policy) -> Void = { _ in }
  var tariff: [TariffTerms] = [flat("5")]
  /// The rate of the half-hour that begins at an instant, in p/kWh; "held" with the reason where none was.
  var rates: [(String, String)] = []
  /// Codes of tariffs, each once, sorted.
  var codes: [String] = []

  init(
    _ name: String, facts: Facts = [:], events: [CaseEvent] = [],
    policy: @escaping @Sendable (inout Policy) -> Void = { _ in }, tariff: [TariffTerms] = [flat("5")],
    rates: [(String, String)] = [], codes: [String] = []
  ) {
    (self.name, self.facts, self.events, self.policy) = (name, facts, events, policy)
    (self.tariff, self.rates, self.codes) = (tariff, rates, codes)
  }

  var testDescription: String { name }

  func outcome(
    from: String = "2026-04-30T23:00Z", to: String = "2026-08-31T23:00Z", settle times: [String]? = nil,
    supplier: String = "Own Energy"
  ) -> Outcome {
    var terms = Policy(name: "test")
    terms.payableBasis = .ours([.halfHours], "these tests look at half-hours")
    terms.tariffs.suppliesAs = .ours(["Own Energy"], "test")
    policy(&terms)
    var home = agreement(tariff, technology: .hydro)
    home.facts = facts
    home.importSupplier = supplier
    let (start, end) = (at(from), at(to))
    let count = HalfHour(containing: start).distance(to: HalfHour(containing: end))
    // Values that differ a little, so that nothing looks stuck.
    let energies = (0..<count).map { 1000 + Int64($0 % 7) }
    let data = log(energies, from: from, received: to)
    return Settlement.EmbeddedCore().settle(
      story(home, from: from, to: to, settle: times, logs: [data], events: events, policy: terms))
  }

  func check(_ result: Outcome, _ here: SourceLocation = #_sourceLocation) {
    for (when, expected) in rates {
      let row = result.halfHours.first { $0.halfHour.start == at(when) }
      var found = "no row"
      if let row {
        if case .held(let why) = row.state {
          found = "held \(why.rawValue)"
        } else {
          found = row.rate.map { "\($0)" } ?? "no rate"
        }
      }
      let wanted = expected.hasPrefix("held") ? expected : expected + " p/kWh"
      #expect(found == wanted, "\(name), \(when)", sourceLocation: here)
    }
    let families = ["TAR", "RATE", "INFO", "EST"]
    let told = result.decisions.filter {
      families.contains($0.code.family) && $0.code != .tarPriceMissing
    }
    #expect(Set(told.map(\.code.rawValue)).sorted() == codes, "\(name)", sourceLocation: here)
  }
}

func date(_ text: String, _ here: SourceLocation = #_sourceLocation) -> CivilDate {
  let parts = text.split(separator: "-").compactMap { Int($0) }
  guard parts.count == 3, let date = CivilDate(year: parts[0], month: parts[1], day: parts[2]) else {
    Issue.record("'\(text)' is no date", sourceLocation: here)
    return CivilDate(dayNumber: 0)
  }
  return date
}

/// A notice of a flat rate, told at an instant, to begin on a day.
func notice(
  _ rate: String, told: String, effective: String, origin: String? = nil, received: String? = nil
) -> CaseEvent {
  var facts: Facts = [.tariff: .tariff([flat(rate)]), .effective: .date(date(effective))]
  facts[.origin] = origin.map { .text($0) }
  return CaseEvent(.tariffChangeNotified, at: at(told), received: received.map { at($0) }, facts)
}

@Suite("Notices of a new rate")
struct TariffChangeTests {
  @Sendable private static func days14(_ policy: inout Policy) {
    policy.tariffs.noticeDays = .clause(14, "EON 5.1.2")
    policy.tariffs.noticeFor = .clause(.anyChange, "EON 5.1.2")
    policy.tariffs.changeLimit = .clause(.quarterly, "EON 5.1.2")
  }

  private static let peak = TariffTerms(
    name: "evening", from: at("2020-01-01T00:00Z"),
    shape: .timeOfUse(
      [.init(fromMinute: 16 * 60, toMinute: 19 * 60, rate: pence("9"))], otherwise: pence("4")))

  static let noticesCases: [TariffCase] = [
    // Told on 1 June, 14 days: 15 June is the first day allowed, and begins at 14 June 23:00Z.
    TariffCase(
      "14 days' notice of a decrease is enough for a licensee that asks for 14",
      events: [notice("3", told: "2026-06-01T09:00Z", effective: "2026-06-15")], policy: days14,
      rates: [("2026-06-14T22:30Z", "5"), ("2026-06-14T23:00Z", "3")], codes: ["TAR_CHANGE_APPLIED"]),
    TariffCase(
      "13 days' notice is short, and the change slides to the day that the notice allows",
      events: [notice("3", told: "2026-06-01T09:00Z", effective: "2026-06-14")], policy: days14,
      rates: [("2026-06-13T23:00Z", "5"), ("2026-06-14T22:30Z", "5"), ("2026-06-14T23:00Z", "3")],
      codes: ["TAR_CHANGE_APPLIED", "TAR_CHANGE_DEFERRED", "TAR_NOTICE_SHORT"]),
    TariffCase(
      "a notice given at 23:30Z in summer is given on the next London day",
      events: [notice("3", told: "2026-05-31T23:30Z", effective: "2026-06-14")], policy: days14,
      rates: [("2026-06-14T22:30Z", "5"), ("2026-06-14T23:00Z", "3")],
      codes: ["TAR_CHANGE_APPLIED", "TAR_CHANGE_DEFERRED", "TAR_NOTICE_SHORT"]),
    TariffCase(
      "an increase needs the notice too where any change does",
      events: [notice("8", told: "2026-06-01T09:00Z", effective: "2026-06-02")], policy: days14,
      rates: [("2026-06-14T22:30Z", "5"), ("2026-06-14T23:00Z", "8")],
      codes: ["TAR_CHANGE_APPLIED", "TAR_CHANGE_DEFERRED", "TAR_NOTICE_SHORT"]),
    TariffCase(
      "an increase needs none where only decreases do",
      events: [notice("8", told: "2026-06-01T09:00Z", effective: "2026-06-02")],
      rates: [("2026-06-01T22:30Z", "5"), ("2026-06-01T23:00Z", "8")], codes: ["TAR_CHANGE_APPLIED"]),
    // Told on 1 June, 30 days: 1 July.
    TariffCase(
      "a decrease told 29 days before slides by a day where 30 are due",
      events: [notice("3", told: "2026-06-01T09:00Z", effective: "2026-06-30")],
      rates: [("2026-06-29T23:00Z", "5"), ("2026-06-30T23:00Z", "3")],
      codes: ["TAR_CHANGE_APPLIED", "TAR_CHANGE_DEFERRED", "TAR_NOTICE_SHORT"]),
    TariffCase(
      "one band up and one band down is a decrease",
      events: [
        CaseEvent(
          .tariffChangeNotified, at: at("2026-06-01T09:00Z"),
          [.tariff: .tariff([peak]), .effective: .date(date("2026-06-02"))])
      ],
      rates: [("2026-06-02T16:00Z", "5"), ("2026-06-30T23:00Z", "4"), ("2026-07-01T15:00Z", "9")],
      codes: ["TAR_CHANGE_APPLIED", "TAR_CHANGE_DEFERRED", "TAR_NOTICE_SHORT"]),
    TariffCase(
      "a policy may refuse a change that is told too late",
      events: [notice("3", told: "2026-06-01T09:00Z", effective: "2026-06-14")],
      policy: {
        days14(&$0)
        $0.tariffs.shortNotice = .ours(.refused, "test")
      }, rates: [("2026-06-20T12:00Z", "5")], codes: ["TAR_NOTICE_SHORT"]),
    TariffCase(
      "law lowers a rate tomorrow, without the 30 days",
      events: [notice("3", told: "2026-06-01T09:00Z", effective: "2026-06-02", origin: "law")],
      rates: [("2026-06-01T22:30Z", "5"), ("2026-06-01T23:00Z", "3")], codes: ["TAR_LAW_CHANGE"]),
    TariffCase(
      "a rate that is not above zero is refused, and the old one holds",
      events: [notice("0", told: "2026-06-01T09:00Z", effective: "2026-07-15")],
      rates: [("2026-07-20T12:00Z", "5")], codes: ["TAR_NOT_ABOVE_ZERO"]),
  ]

  @Test("a change of rate takes effect on the first day that its notice allows", arguments: noticesCases)
  func notices(_ one: TariffCase) { one.check(one.outcome()) }

  static let limitsCases: [TariffCase] = [
    // Both changes are told well in time. The second would be in April to June again: it waits for 1 July.
    TariffCase(
      "a second change in a calendar quarter waits for the next quarter",
      events: [
        notice("4", told: "2026-05-01T09:00Z", effective: "2026-05-20"),
        notice("3", told: "2026-05-02T09:00Z", effective: "2026-06-10"),
      ], policy: days14,
      rates: [
        ("2026-05-19T23:00Z", "4"), ("2026-06-30T22:30Z", "4"), ("2026-06-30T23:00Z", "3"),
      ],
      codes: ["TAR_CHANGE_APPLIED", "TAR_CHANGE_DEFERRED", "TAR_TOO_FREQUENT"]),
    TariffCase(
      "one change in each of two quarters is allowed, even ten days apart",
      events: [
        notice("4", told: "2026-05-01T09:00Z", effective: "2026-06-25"),
        notice("3", told: "2026-05-02T09:00Z", effective: "2026-07-05"),
      ], policy: days14,
      rates: [("2026-06-24T23:00Z", "4"), ("2026-07-04T23:00Z", "3")], codes: ["TAR_CHANGE_APPLIED"]),
    // A quarter from the last change: 20 May to 20 August.
    TariffCase(
      "where a quarter runs from the last change, the second waits three months",
      events: [
        notice("4", told: "2026-05-01T09:00Z", effective: "2026-05-20"),
        notice("3", told: "2026-05-02T09:00Z", effective: "2026-07-05"),
      ],
      policy: {
        days14(&$0)
        $0.tariffs.quarter = .ours(.rolling, "test")
      }, rates: [("2026-08-19T22:30Z", "4"), ("2026-08-19T23:00Z", "3")],
      codes: ["TAR_CHANGE_APPLIED", "TAR_CHANGE_DEFERRED", "TAR_TOO_FREQUENT"]),
    TariffCase(
      "without a limit two changes in a quarter are made",
      events: [
        notice("4", told: "2026-05-01T09:00Z", effective: "2026-06-01"),
        notice("3", told: "2026-05-02T09:00Z", effective: "2026-06-10"),
      ], rates: [("2026-05-31T23:00Z", "4"), ("2026-06-09T23:00Z", "3")], codes: ["TAR_CHANGE_APPLIED"]),
    TariffCase(
      "a change made by law does not count towards the limit",
      events: [
        notice("4", told: "2026-05-01T09:00Z", effective: "2026-05-20", origin: "law"),
        notice("3", told: "2026-05-02T09:00Z", effective: "2026-06-10"),
      ], policy: days14, rates: [("2026-05-19T23:00Z", "4"), ("2026-06-09T23:00Z", "3")],
      codes: ["TAR_CHANGE_APPLIED", "TAR_LAW_CHANGE"]),
  ]

  @Test("a variable rate changes once in a quarter where the policy says so", arguments: limitsCases)
  func limits(_ one: TariffCase) { one.check(one.outcome()) }

  static let lockedCases: [TariffCase] = [
    TariffCase(
      "a fixed rate is not changed inside its term",
      facts: [.kind: .text("fixed"), .termEnd: .date(date("2027-04-30"))],
      events: [notice("3", told: "2026-05-02T09:00Z", effective: "2026-07-01")],
      rates: [("2026-07-02T12:00Z", "5")], codes: ["TAR_FIXED_LOCKED"]),
    TariffCase(
      "nor raised",
      facts: [.kind: .text("fixed"), .termEnd: .date(date("2027-04-30"))],
      events: [notice("8", told: "2026-05-02T09:00Z", effective: "2026-07-01")],
      rates: [("2026-07-02T12:00Z", "5")], codes: ["TAR_FIXED_LOCKED"]),
    TariffCase(
      "law changes a fixed rate too",
      facts: [.kind: .text("fixed"), .termEnd: .date(date("2027-04-30"))],
      events: [notice("3", told: "2026-05-02T09:00Z", effective: "2026-07-01", origin: "law")],
      rates: [("2026-06-30T23:00Z", "3")], codes: ["TAR_LAW_CHANGE"]),
    TariffCase(
      "a change from the day after the term on is no change of the fixed rate",
      facts: [
        .kind: .text("fixed"), .termEnd: .date(date("2026-06-30")),
        .defaultTariff: .tariff([flat("4.1", named: "default")]),
      ],
      events: [notice("3", told: "2026-05-02T09:00Z", effective: "2026-07-02")],
      rates: [("2026-06-30T22:30Z", "5"), ("2026-06-30T23:00Z", "4.1"), ("2026-07-01T23:00Z", "3")],
      codes: ["TAR_AUTO_RENEWED", "TAR_CHANGE_APPLIED"]),
    TariffCase(
      "a variable rate is not locked by its term",
      facts: [.kind: .text("variable"), .termEnd: .date(date("2027-04-30"))],
      events: [notice("3", told: "2026-05-02T09:00Z", effective: "2026-07-01")],
      rates: [("2026-06-30T23:00Z", "3")], codes: ["TAR_CHANGE_APPLIED"]),
  ]

  @Test("a fixed rate holds for its term", arguments: lockedCases)
  func locked(_ one: TariffCase) { one.check(one.outcome()) }

  private static func written(_ text: String) -> CaseEvent {
    CaseEvent(
      .tariffChangeNotified, at: at("2026-05-02T09:00Z"),
      [.rateAsWritten: .text(text), .effective: .date(date("2026-07-01"))])
  }

  static let unitsCases: [TariffCase] = [
    TariffCase(
      "a rate in GBP per MWh is a rate", events: [written("£41/MWh")],
      rates: [("2026-06-30T23:00Z", "4.1")], codes: ["TAR_CHANGE_APPLIED"]),
    TariffCase(
      "a rate in GBP per kWh is a rate", events: [written("£0.041/kWh")],
      rates: [("2026-06-30T23:00Z", "4.1")], codes: ["TAR_CHANGE_APPLIED"]),
    TariffCase(
      "a rate per mWh is refused, and the old rate holds", events: [written("£41/mWh")],
      rates: [("2026-06-30T23:00Z", "5")], codes: ["TAR_UNIT"]),
    TariffCase(
      "a rate without a unit is refused", events: [written("4.1")], rates: [("2026-06-30T23:00Z", "5")],
      codes: ["TAR_UNIT"]),
    TariffCase(
      "a plan whose rate is per mWh prices nothing", facts: [.rateAsWritten: .text("5 p/mWh")],
      rates: [("2026-05-10T12:00Z", "held TAR_UNIT")], codes: ["TAR_UNIT"]),
    TariffCase(
      "a plan at £50 per kWh entered as 5 p/kWh is a slip of a thousand",
      facts: [.rateAsWritten: .text("£50/kWh")], rates: [("2026-05-10T12:00Z", "held TAR_UNIT")],
      codes: ["TAR_UNIT"]),
    TariffCase(
      "a plan that says the rate that is entered raises no question",
      facts: [.rateAsWritten: .text("£50/MWh")], rates: [("2026-05-10T12:00Z", "5")], codes: []),
    TariffCase(
      "the code of an import product prices no export", facts: [.tariffCode: .text("E-1R-VAR-22-11-01-C")],
      policy: { $0.tariffs.exportProducts = .ours(["OUTGOING", "EXPORT"], "test") },
      rates: [("2026-05-10T12:00Z", "held TAR_INELIGIBLE")], codes: ["TAR_INELIGIBLE"]),
    TariffCase(
      "the code of an export product does", facts: [.tariffCode: .text("E-1R-OUTGOING-FIX-12M-19-05-13-C")],
      policy: { $0.tariffs.exportProducts = .ours(["OUTGOING", "EXPORT"], "test") },
      rates: [("2026-05-10T12:00Z", "5")], codes: []),
    TariffCase(
      "a deemed part of generation is never paid", facts: [.basis: .text("deemed")],
      rates: [("2026-05-10T12:00Z", "5")], codes: ["EST_DEEMED_FORBIDDEN"]),
  ]

  @Test("the unit is part of the rate", arguments: unitsCases)
  func units(_ one: TariffCase) { one.check(one.outcome()) }

  @Test("changed terms: told before, on the day, after, and by law")
  func terms() {
    func terms(_ told: String, _ origin: String? = nil) -> Decision? {
      var facts: Facts = [.effective: .date(date("2026-06-10")), .what: .text("photo with each reading")]
      facts[.origin] = origin.map { .text($0) }
      let event = CaseEvent(.termsChanged, at: at(told), facts)
      return TariffCase("terms", events: [event]).outcome().decisions.first { $0.code == .infoTermsChanged }
    }
    let rows: [(String, String?, Severity, String)] = [
      ("2026-06-01T09:00Z", nil, .information, "9 days before; the customer may leave"),
      ("2026-06-10T09:00Z", nil, .query, "on the day itself"),
      ("2026-06-11T09:00Z", nil, .query, "1 day after"),
      ("2026-06-11T09:00Z", "law", .information, "1 day after"),
    ]
    for (told, origin, severity, words) in rows {
      let decision = terms(told, origin)
      #expect(decision?.severity == severity)
      #expect(decision?.text.contains(words) == true, "\(decision?.text ?? "none")")
      #expect(decision?.at == at(told))
    }
  }
}
