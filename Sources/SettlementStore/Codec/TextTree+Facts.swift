// Facts as kept text: each value under the name of its kind, so that it is read back as what it was, whatever
// the table of declared facts says by then.

internal import Settlement
internal import Units

extension TextTree {
  init(_ facts: Facts) {
    self = .map(
      [String: TextTree](uniqueKeysWithValues: facts.values.map { ($0.name, TextTree($1)) }))
  }

  func facts(_ what: String) throws(StoreError) -> Facts {
    guard case .map(let parts) = self else { throw StoreError(.damaged, "the facts of \(what) are no map") }
    var facts = Facts()
    for (key, part) in parts { facts[FactKey(key)] = try part.fact("'\(key)' of \(what)") }
    return facts
  }

  init(_ value: FactValue) {
    let (kind, kept): (String, TextTree) =
      switch value {
      case .text(let one): ("text", .text(one))
      case .flag(let one): ("flag", TextTree(flag: one))
      case .whole(let one): ("whole", .text("\(one)"))
      case .date(let one): ("date", .text("\(one)"))
      case .instant(let one): ("instant", .text("\(one)"))
      case .span(let one): ("span", .text("\(one)"))
      case .energy(let one): ("energy", .text("\(one)"))
      case .power(let one): ("power", .text("\(one)"))
      case .money(let one): ("money", .text("\(one)"))
      case .rate(let one): ("rate", .text("\(one)"))
      case .perMille(let one): ("per-mille", .text("\(one)"))
      case .tariff(let all): ("tariff", .list(all.map { TextTree($0) }))
      case .meter(let one): ("meter", TextTree(one))
      case .registers(let all): ("registers", TextTree(all))
      }
    self = .map([kind: kept])
  }

  func fact(_ what: String) throws(StoreError) -> FactValue {
    guard case .map(let parts) = self, parts.count == 1, let (kind, kept) = parts.first else {
      throw StoreError(.damaged, "\(what) has no kind")
    }
    switch kind {
    case "text": return .text(try kept.text(what, kind))
    case "flag": return .flag(try kept.flag(what, kind))
    case "whole": return .whole(try kept.whole(what, kind))
    case "date": return .date(try kept.value(what, kind))
    case "instant": return .instant(try kept.value(what, kind))
    case "span": return .span(try kept.value(what, kind))
    case "energy": return .energy(try kept.value(what, kind))
    case "power": return .power(try kept.value(what, kind))
    case "money": return .money(try kept.value(what, kind))
    case "rate": return .rate(try kept.value(what, kind))
    case "per-mille": return .perMille(try kept.whole(what, kind))
    case "meter": return .meter(try kept.meter(what))
    case "registers": return .registers(try kept.registers(what))
    case "tariff":
      var all: [TariffTerms] = []
      for part in try kept.list(what, kind) { all.append(try part.tariff(what)) }
      return .tariff(all)
    default: throw StoreError(.damaged, "\(what) is of a kind '\(kind)' that is none")
    }
  }

  private func whole<Whole: FixedWidthInteger>(_ what: String, _ key: String) throws(StoreError) -> Whole {
    guard let whole = Whole(try text(what, key)) else {
      throw StoreError(.damaged, "'\(key)' of \(what) is no whole number")
    }
    return whole
  }
}
