// Parts of pages that are made from the tables of the settlement core: events and stated facts in
// docs/cases.md, policy values in docs/licensees.md. BACKSPIN_UPDATE_GOLDENS=1 rewrites them.

import Foundation
import Scenario
import Settlement
import Testing
import Units

@Suite("Pages that are made from the tables")
struct GeneratedPagesTests {
  static let docs = ErrorsTests.root.appendingPathComponent("docs")

  static func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: docs.appendingPathComponent(name)), as: UTF8.self)
  }

  /// Holds the part of a page between its two marks against what it should be.
  static func check(_ part: String, of page: String, is expected: String) throws {
    let whole = try text(page)
    let open = try #require(whole.range(of: "<!-- \(part):"), "\(page) has no part '\(part)'")
    let start = try #require(whole.range(of: "-->\n", range: open.upperBound..<whole.endIndex)).upperBound
    let end = try #require(whole.range(of: "<!-- end of \(part) -->", range: start..<whole.endIndex))
      .lowerBound
    if ErrorsTests.updating {
      let changed = whole[..<start] + expected + whole[end...]
      try Data(changed.utf8).write(to: docs.appendingPathComponent(page))
      return
    }
    #expect(
      String(whole[start..<end]) == expected,
      "docs/\(page) is out of date: BACKSPIN_UPDATE_GOLDENS=1 swift test, then review")
  }

  // MARK: Events

  /// The row of the example file for each event.
  static func examples() throws -> [String: String] {
    let path = docs.appendingPathComponent("examples/events.yaml")
    let source = String(decoding: try Data(contentsOf: path), as: UTF8.self)
    var rows: [String: String] = [:]
    for line in source.split(separator: "\n") {
      guard let match = line.firstMatch(of: /^  - (\{at: .*event: ([a-z-]+).*\})$/) else { continue }
      let name = String(match.output.2)
      #expect(rows.updateValue(String(match.output.1), forKey: name) == nil, "\(name) stands twice")
    }
    return rows
  }

  @Test("the file of examples is a case in which every event stands once, as it is declared")
  func file() throws {
    let path = "docs/examples/events.yaml"
    let stories = try Shelf.reader().read(try Self.text("examples/events.yaml"), path: path)
    let told = try #require(stories.first).timeline.compactMap { command -> EventName? in
      if case .event(let event) = command.action { event.name } else { nil }
    }
    let missing = Set(EventDeclaration.all.map(\.name)).subtracting(told)
    #expect(missing.map(\.name).sorted() == [], "these events have no example in \(path)")
    #expect(told.count == Set(told).count)
  }

  @Test("the page of cases shows every event with an example")
  func events() throws {
    let examples = try Self.examples()
    var text = ""
    for event in EventDeclaration.all {
      let rules = event.rules.map(\.rawValue).joined(separator: ", ")
      text += "\n### `\(event.name)`\n\n\(Self.sentence(event.meaning)) (\(rules))\n\n"
      for fact in event.facts { text += Self.row(fact) }
      if !event.facts.isEmpty { text += "\n" }
      let example = examples[event.name.name]
      #expect(example != nil, "docs/examples/events.yaml has no row for \(event.name)")
      text += "```\n- \(example ?? "")\n```\n"
    }
    try Self.check("events", of: "cases.md", is: text + "\n")
  }

  @Test("the page of cases shows every fact that an agreement may state")
  func facts() throws {
    var text = ""
    for group in FactGroup.all {
      #expect(!group.meaning.isEmpty, "\(group.name)")
      text += "\n### `\(group.name):`\n\n\(Self.sentence(group.meaning))\n\n"
      for fact in group.facts { text += Self.row(fact) }
    }
    try Self.check("facts", of: "cases.md", is: text + "\n")
  }

  private static func row(_ fact: FactDeclaration) -> String {
    let name = fact.isNeeded ? "*`\(fact.key)`*" : "`\(fact.key)`"
    return "- \(name): \(fact.meaning) (\(words(fact.kind)))\n"
  }

  private static func sentence(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst() + (text.hasSuffix(".") ? "" : ".")
  }

  private static func words(_ kind: FactKind) -> String {
    switch kind {
    case .text: "text"
    case .word(let known):
      known.count > 12
        ? "one of \(known.count) words" : known.map { "`\($0)`" }.joined(separator: ", ")
    case .flag: "`true` or `false`"
    case .whole(let range): "\(range.lowerBound) to \(range.upperBound)"
    case .date: "a date"
    case .instant: "an instant"
    case .span: "a length of time"
    case .energy: "an energy"
    case .power: "a power"
    case .money: "money"
    case .rate: "a price"
    case .perMille: "a part, as `5 %`"
    case .tariff: "a tariff, as in the agreement"
    case .meter: "a meter"
    case .registers: "`{export: 1010 kWh}`"
    }
  }

  // MARK: Licensees

  @Test("the page of licensees shows every key with its default and the rules that read it")
  func keys() throws {
    let ours = Policy(name: "ours")
    var text = "\n### At the top\n\n" + Self.head
    for value in PolicyTop.all {
      text += Self.row(value.name, value.form, value.get(ours).value, value.rules)
    }
    for section in PolicyKey.sections where !section.keys.isEmpty {
      text += "\n### `\(section.name):`\n\n" + Self.head
      for key in section.keys {
        let name = String(key.name.dropFirst(section.name.count + 1))
        text += Self.row(name, Self.words(key.form), "\(key.get(ours).value)", key.rules)
      }
    }
    try Self.check("keys", of: "licensees.md", is: text + "\n")
  }

  private static let head = "| key | may be | default | read by |\n|---|---|---|---|\n"

  private static func row(_ name: String, _ form: String, _ value: String, _ rules: [Rule]) -> String {
    let shown = value.isEmpty ? "none" : value
    return "| `\(name)` | \(form) | \(shown) | \(rules.map(\.rawValue).joined(separator: ", ")) |\n"
  }

  private static func words(_ form: PolicyKey.Form) -> String {
    switch form {
    case .flag: "`true`, `false`"
    case .whole(let range): "\(range.lowerBound) to \(range.upperBound)"
    case .word(let known): known.map { "`\($0)`" }.joined(separator: ", ")
    case .words(let known):
      known.count > 12
        ? "a list of \(known.count) known words"
        : "a list of " + known.map { "`\($0)`" }.joined(separator: ", ")
    case .text: "text"
    case .names: "a list of words"
    case .span: "a length of time"
    case .energy: "an energy"
    case .power: "a power"
    case .money: "money"
    case .perMille: "a part, as `5 %`"
    }
  }

  // MARK: The worked examples

  @Test("the examples on both pages are read as they stand")
  func examplesAreRead() throws {
    let cases = Self.blocks(try Self.text("cases.md"))
    #expect(cases == [try Self.text("examples/case.yaml")])
    #expect(try Shelf.reader().read(cases[0], path: "docs/examples/case.yaml").count == 1)
    #expect(try Node.parse(cases[0], file: "case.yaml").printed == cases[0])
    let licensees = Self.blocks(try Self.text("licensees.md"))
    #expect(licensees.count == 1)
    let policy = try Policy(try Node.parse(licensees[0], file: "mine.yaml"))
    #expect(policy.name == "mine" && policy.reading.requestDays == .clause(10, "MY 4.3"))
  }

  private static func blocks(_ page: String) -> [String] {
    page.components(separatedBy: "```yaml\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
  }
}
