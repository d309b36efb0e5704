// Small words for the tests of what stops money: events, policies that differ in one value, stops and duties
// as a person would write them down.

import Settlement
import Testing
import Units

func told(
  _ name: EventName, _ when: String, received: String? = nil, _ facts: Facts = [:], cause: UInt32 = 0
) -> CaseEvent {
  CaseEvent(name, at: at(when), received: received.map { at($0) }, facts, cause: Cause(number: cause))
}

/// Our policy with something changed.
func policy(_ change: (inout Policy) -> Void) -> Policy {
  var one = Policy(name: "test")
  change(&one)
  return one
}

func day(_ text: String) -> FactValue {
  let parts = text.split(separator: "-").compactMap { Int($0) }
  guard parts.count == 3, let date = CivilDate(year: parts[0], month: parts[1], day: parts[2]) else {
    Issue.record("no date: \(text)")
    return .flag(false)
  }
  return .date(date)
}

/// Christmas 2025 and the May holidays of 2026 in England and Wales, as the government lists them.
let holidays: WorkingDays? = {
  func date(_ month: Int, _ day: Int, _ year: Int) -> CivilDate? {
    CivilDate(year: year, month: month, day: day)
  }
  guard let first = date(1, 1, 2025), let last = date(12, 31, 2026) else { return nil }
  let all = [
    date(12, 25, 2025), date(12, 26, 2025), date(1, 1, 2026), date(4, 3, 2026), date(4, 6, 2026),
    date(5, 4, 2026),
    date(5, 25, 2026), date(8, 31, 2026), date(12, 25, 2026), date(12, 28, 2026),
  ]
  return WorkingDays(covered: first...last, holidays: Set(all.compactMap { $0 }))
}()

/// A case of events only, from 1 May 2026 to the end of July.
func events(
  _ events: [CaseEvent], policy: Policy = Policy(name: "test"), reads: [Read] = [],
  agreement one: Agreement = agreement([flat("10")]), until: String = "2026-08-01T00:00Z",
  settle: [String] = [],
  calendar: WorkingDays? = holidays
) -> Outcome {
  var story = story(
    one, from: "2026-05-01T00:00Z", to: until, settle: settle, reads: reads, events: events, policy: policy)
  story.calendar = calendar
  return Settlement.EmbeddedCore().settle(story)
}

extension Outcome {
  /// "hold WHLD_ERROR 2026-05-10T00:00Z to 2026-05-12T00:00Z", one for each span; no end is "on".
  var stops: [String] { treatments.map(\.summary) }

  func duty(_ what: String, _ here: SourceLocation = #_sourceLocation) -> Obligation? {
    let found = obligations.first { $0.what == what }
    if found == nil {
      Issue.record("no duty '\(what)' among \(obligations.map(\.what))", sourceLocation: here)
    }
    return found
  }

  /// "2026-05-10T09:00Z CODE" of all decisions with some codes.
  func said(_ codes: ReasonCode...) -> [String] {
    decisions.filter { codes.contains($0.code) }.map { "\($0.at) \($0.code.rawValue)" }
  }

  /// Who was told under a code.
  func parties(_ code: ReasonCode) -> [Party] { notifications.filter { $0.code == code }.map(\.to) }
}

extension Treatment {
  var summary: String {
    let what =
      switch effect {
      case .forfeit: "forfeit"
      case .hold: "hold"
      case .reduce(let part): "reduce \(part)"
      case .payer(let name): "payer \(name)"
      case .vat(let part): "vat \(part)"
      }
    return "\(what) \(reason.rawValue) \(from) \(to == .distantFuture ? "on" : "to \(to)")"
  }
}
