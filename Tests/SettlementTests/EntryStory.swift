// Words for tests of eligibility and onboarding: facts, events and policy values as short texts, by what is
// declared of them. A slip in a test fails that test.

import Settlement
import Testing
import Units

/// "certificate: mcs; commissioned-on: 2026-06-01": facts of the application, each of its declared kind.
func facts(_ text: String, _ here: SourceLocation = #_sourceLocation) -> Facts {
  facts(text, FactGroup.all.flatMap(\.facts), here)
}

/// An event by its name, with facts of the kinds that it declares.
func event(
  _ name: String, _ when: String, _ text: String = "", received: String? = nil,
  _ here: SourceLocation = #_sourceLocation
) -> CaseEvent {
  guard let declared = EventDeclaration.of(EventName(name)) else {
    Issue.record("no event '\(name)' is declared", sourceLocation: here)
    return CaseEvent(EventName(name), at: at(when, here))
  }
  return CaseEvent(
    declared.name, at: at(when, here), received: received.map { at($0, here) },
    facts(text, declared.facts, here))
}

/// "eligibility.agent-allowed: no; eligibility.certificates: mcs flexiorb": our policy with other values.
func policy(_ text: String = "", _ here: SourceLocation = #_sourceLocation) -> Policy {
  var policy = Policy(name: "test")
  for (name, value) in pairs(text) {
    guard let key = PolicyKey.all.first(where: { $0.name == name }), let parsed = key.form.parse(value),
      key.set(&policy, .ours(parsed, "for this test"))
    else {
      Issue.record("'\(name)' cannot be '\(value)'", sourceLocation: here)
      continue
    }
  }
  return policy
}

private func pairs(_ text: String) -> [(String, String)] {
  text.split(separator: ";").map { part in
    let halves = part.split(separator: ":", maxSplits: 1).map { $0.drop { $0 == " " } }
    return (String(halves[0]), halves.count > 1 ? String(halves[1]) : "")
  }
}

private func facts(_ text: String, _ declared: [FactDeclaration], _ here: SourceLocation) -> Facts {
  var facts = Facts()
  for (name, value) in pairs(text) {
    guard let one = declared.first(where: { $0.key.name == name }), let parsed = one.kind.parse(value) else {
      Issue.record("the fact '\(name)' cannot be '\(value)'", sourceLocation: here)
      continue
    }
    facts[one.key] = parsed
  }
  return facts
}

extension FactKind {
  fileprivate func parse(_ text: String) -> FactValue? {
    switch self {
    case .text: .text(text)
    case .word(let known): known.contains(text) ? .text(text) : nil
    case .flag: text == "yes" ? .flag(true) : text == "no" ? .flag(false) : nil
    case .whole(let range): Int64(text).flatMap { range.contains($0) ? .whole($0) : nil }
    case .date: (try? CivilDate(parsing: text)).map(FactValue.date)
    case .instant: (try? Instant(parsing: text)).map(FactValue.instant)
    case .power: (try? Power(parsing: text)).map(FactValue.power)
    case .money: (try? Pence(parsing: text)).map(FactValue.money)
    case .rate: (try? UnitRate(parsing: text)).map(FactValue.rate)
    default: nil
    }
  }
}

extension PolicyKey.Form {
  fileprivate func parse(_ text: String) -> PolicyKey.Value? {
    switch self {
    case .flag: text == "yes" ? .flag(true) : text == "no" ? .flag(false) : nil
    case .whole: Int64(text).map(PolicyKey.Value.whole)
    case .word, .text: .word(text)
    case .words, .names: .words(text.split(separator: " ").map(String.init))
    case .power: (try? Power(parsing: text)).map(PolicyKey.Value.power)
    default: nil
    }
  }
}

/// Flat 10 p/kWh, one sunny day of 5.16 kWh on 1 June 2026, settled when it is over: 51.6 p, £0.52, where all
/// of it is payable.
func applying(
  _ stated: Facts, technology: DeclaredInstallation.Technology = .solarPV, capacity: Power? = nil,
  events: [CaseEvent] = [], policy: Policy = Policy(name: "test")
) -> Outcome {
  var one = agreement([flat("10")], technology: technology)
  one.facts = stated
  one.installation.capacity = capacity ?? one.installation.capacity
  one.start = at("2026-06-01T00:00Z")
  let day = log(sunnyDay, from: "2026-06-01T00:00Z", received: "2026-06-02T00:00Z")
  return settle(
    story(
      one, from: "2026-06-01T00:00Z", to: "2026-06-02T00:00Z", logs: [day], events: events, policy: policy))
}

extension Outcome {
  /// "forfeit ELIG_FIT_EXPORT 2026-06-01T00:00Z 2026-07-01T00:00Z": spans,
  /// in the order in which they were stated.
  var stretches: [String] { treatments.map(\.stretch) }

  /// The decisions with a code, as "R-ELIG-06 2026-06-01T00:00Z".
  func decided(_ code: ReasonCode) -> [String] {
    decisions.filter { $0.code == code }.map { "\($0.rule) \($0.at)" }
  }

  /// The states of a duty, e.g. "met 2026-06-08".
  func dutyStates(_ what: String) -> [String] {
    obligations.filter { $0.what == what }.map { one in
      "\(one.who.rawValue) \(one.state.rawValue) \(one.by.map { "\($0)" } ?? "-")"
    }
  }

  func touched(_ boundary: String) -> Set<String> {
    Set(touches.filter { $0.boundary == boundary }.map(\.side.rawValue))
  }
}

extension Treatment {
  var stretch: String {
    let what =
      switch effect {
      case .forfeit: "forfeit"
      case .hold: "hold"
      case .reduce(let part): "reduce \(part)"
      case .payer(let name): "payer \(name)"
      case .vat(let part): "vat \(part)"
      }
    return "\(what) \(reason.rawValue) \(from) " + (to == .distantFuture ? "-" : "\(to)")
  }
}
