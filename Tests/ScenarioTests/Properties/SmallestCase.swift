// The least that still fails, and how a person would write it down: what a property test tells of a failure.

import Settlement
import Units

enum SmallestCase {
  /// Takes away events, facts, reads, logs and settlements one by one, as long as the case still fails.
  static func of(_ whole: SettlementCase, fails: (SettlementCase) -> Bool) -> SettlementCase {
    var (least, isSmaller) = (whole, true)
    func keep(_ change: (inout SettlementCase) -> Void) {
      var other = least
      change(&other)
      if other != least, fails(other) { (least, isSmaller) = (other, true) }
    }
    while isSmaller {
      isSmaller = false
      for index in least.events.indices.reversed() { keep { $0.events.remove(at: index) } }
      for index in least.logs.indices.reversed() { keep { $0.logs.remove(at: index) } }
      for index in least.reads.indices.reversed() { keep { $0.reads.remove(at: index) } }
      for key in least.agreement.facts.values.keys.sorted() { keep { $0.agreement.facts[key] = nil } }
      for index in least.events.indices {
        for key in least.events[index].facts.values.keys.sorted() {
          keep { $0.events[index].facts[key] = nil }
        }
      }
      for index in least.settlements.indices.dropLast().reversed() {
        keep { $0.settlements.remove(at: index) }
      }
    }
    return least
  }

  /// One line for each thing that is told.
  static func text(_ one: SettlementCase) -> String {
    var lines = ["\(one.policy.name), estimates \(one.policy.estimates), basis \(one.policy.payableBasis)"]
    lines += one.agreement.tariff.map { "tariff \($0.name) from \($0.from)" }
    lines.append("\(one.agreement.installation.technology.rawValue) \(one.agreement.importSupplier)")
    lines += one.agreement.facts.values.sorted { $0.key < $1.key }.map { "states \($0.key) \($0.value)" }
    lines += one.reads.map { "read \($0.at) \($0.value) \($0.source.rawValue), received \($0.received)" }
    lines += one.logs.map {
      "log of \($0.entries.count) until \($0.entries.last?.stamp ?? .epoch), received \($0.received)"
    }
    for event in one.events {
      let facts = event.facts.values.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      lines.append("\(event.name) \(event.at), received \(event.received): \(facts.joined(separator: ", "))")
    }
    lines.append("settled " + one.settlements.map { "\($0)" }.joined(separator: " "))
    return lines.joined(separator: "\n")
  }
}
