// Words for cases about payment: the shipped calendar, a home whose water wheel turns day and night,
// events by name.

import Foundation
import Testing
import Units

@testable import Settlement

extension WorkingDays {
  /// Profiles/calendars/england-and-wales.csv, read here by hand.
  static let englandAndWales: WorkingDays = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().resolvingSymlinksInPath()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appendingPathComponent("Profiles/calendars/england-and-wales.csv")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    var dates: [String: [CivilDate]] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      if cells.count == 3, let date = try? CivilDate(parsing: cells[1]) {
        dates[String(cells[0]), default: []].append(date)
      }
    }
    guard let first = dates["covers-from"]?.first, let last = dates["covers-to"]?.first else {
      Issue.record("no calendar at \(file.path)")
      return WorkingDays(covered: civil("2026-01-01")...civil("2026-01-01"), holidays: [])
    }
    return WorkingDays(covered: first...last, holidays: Set(dates["holiday"] ?? []))
  }()
}

func civil(_ text: String, _ here: SourceLocation = #_sourceLocation) -> CivilDate {
  if let date = try? CivilDate(parsing: text) { return date }
  Issue.record("'\(text)' is no date", sourceLocation: here)
  return CivilDate(dayNumber: 0)
}

/// A home with a water wheel at 10 p/kWh, and what else its agreement states.
func wheel(_ facts: Facts = [:], rate: String = "10", start: String = "2026-01-01T00:00Z") -> Agreement {
  var home = agreement([flat(rate)], technology: .hydro)
  home.facts = facts
  home.start = at(start)
  return home
}

/// A case about payment: `reads` are (instant, kWh) of the export register, received as they are taken.
func paying(
  _ home: Agreement, from: String = "2026-01-01T00:00Z", to: String, settle: [String],
  reads: [(String, String)] = [], events: [CaseEvent] = [], policy change: (inout Policy) -> Void = { _ in }
) -> SettlementCase {
  var policy = Policy(name: "test")
  change(&policy)
  var one = story(
    home, from: from, to: to, settle: settle, reads: reads.map { read($0.1, $0.0) }, events: events,
    policy: policy)
  one.calendar = .englandAndWales
  return one
}

/// The terms of payment of the one licensee that pays by the term of the tariff (EON 6.1-6.8),
/// with no offset.
func byTerm(_ policy: inout Policy) {
  policy.paymentDue = .clause(.workingDays(25), "EON 6.8")
  policy.payment.cadence = .clause(.byTerm, "EON 6.5-6.6")
  policy.payment.clock = .clause(.laterOfRequestAndReading, "EON 6.8")
}

/// The same with offset where the licensee supplies the home.
func offsetting(_ policy: inout Policy) {
  byTerm(&policy)
  policy.payment.offset = .clause(.whenAble, "EON 6.1-6.2")
}

extension Outcome {
  /// Decisions of one code, in order.
  func all(_ code: ReasonCode) -> [Decision] { decisions.filter { $0.code == code } }

  /// "2026-04-01 £9.60 bank-transfer paid due 2026-05-08", payment by payment; days are London's.
  var paymentSummary: [String] {
    payments.map { one in
      let due = one.due.map { " due \($0)" } ?? ""
      return
        "\(LondonClock.date(at: one.at)) \(one.amount) \(one.method.rawValue) \(one.state.rawValue)\(due)"
    }
  }
}
