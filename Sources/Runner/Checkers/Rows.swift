// Several things looked at side by side: what was wanted of each part, and what was found.

/// One part of something: its name, what was wanted, what was found.
struct Row: Hashable {
  var what: String
  var wanted: String
  var got: String

  var isMet: Bool { wanted == got }

  /// Nothing where nothing is wanted of this part.
  static func of<Value>(_ what: String, _ wanted: Value?, _ got: Value?, _ none: String = "none") -> [Row] {
    guard let wanted else { return [] }
    return [Row(what: what, wanted: "\(wanted)", got: got.map { "\($0)" } ?? none)]
  }
}

extension [Row] {
  var wanted: String { map { "\($0.what) \($0.wanted)" }.joined(separator: ", ") }
  var got: String { map { "\($0.what) \($0.got)" }.joined(separator: ", ") }
}

extension Judgement {
  /// Met if one of some things has all that is wanted; else the nearest of them is told.
  static func any<One>(
    _ all: [One], named name: String, missing: String, why: [String], _ rows: (One) -> [Row]
  ) -> Judgement {
    let compared = all.map(rows)
    guard let nearest = compared.max(by: { $0.count(where: \.isMet) < $1.count(where: \.isMet) }) else {
      return .met(if: false, expected: name, got: missing, why: why)
    }
    let found = compared.first { $0.allSatisfy(\.isMet) }
    let shown = found ?? nearest
    return .met(
      if: found != nil, expected: shown.isEmpty ? name : "\(name): \(shown.wanted)",
      got: shown.isEmpty ? name : shown.got, why: why)
  }
}
