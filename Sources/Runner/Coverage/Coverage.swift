// What a suite exercises: rules, clauses, reason codes, and both sides of each limit. Derived from stories
// that have been run; a story that must fail shows that a checker works, and counts for nothing here.

public import Scenario
public import Settlement

/// Coverage of a run.
public struct Coverage: Sendable {
  /// Stories by their ids; rows of a table are one story.
  public typealias Stories = [String]

  public struct RuleRow: Sendable {
    public var rule: Rule
    /// A decision, line, notice, duty or treatment of these carries the rule.
    public var acted: Stories
    /// These name it in `because:`.
    public var named: Stories
    /// Why no decision can name it; nil for rules that act.
    public var definition: String?

    public var isExercised: Bool { !acted.isEmpty || definition != nil && !named.isEmpty }
  }

  public struct CodeRow: Sendable {
    public var code: ReasonCode
    public var stories: Stories
  }

  public struct LimitRow: Sendable {
    public var limit: Boundary
    public var stories: [BoundaryTouch.Side: Stories]

    /// Both the last good and the first bad value were met.
    public var isMet: Bool { isMet(.limit) && isMet(.past) }
    public func isMet(_ side: BoundaryTouch.Side) -> Bool { !(stories[side] ?? []).isEmpty }
  }

  public struct ClauseRow: Sendable {
    public var clause: Clause
    /// Rules that cite it, or read a policy value that does.
    public var rules: [Rule]
    public var stories: Stories
  }

  public private(set) var rules: [RuleRow] = []
  public private(set) var codes: [CodeRow] = []
  public private(set) var limits: [LimitRow] = []
  public private(set) var clauses: [ClauseRow] = []

  /// - Parameters:
  ///   - stories: with what was expected and agreed, and what came of it.
  ///   - policies: all licensees there are; their clauses count whether a story has them or not.
  public init(_ stories: [(file: ScenarioFile, record: StoryRecord)], policies: [Policy]) {
    let seen = stories.filter { $0.file.mustFail == nil }.map { Sighting($0.file, $0.record) }
    rules = Rule.allCases.map { rule in
      RuleRow(
        rule: rule, acted: Self.ids(seen) { $0.rules.contains(rule) },
        named: Self.ids(seen) { $0.named.contains(rule.rawValue) }, definition: rule.definition)
    }
    codes = ReasonCode.allCases.map { code in
      CodeRow(code: code, stories: Self.ids(seen) { $0.codes.contains(code) })
    }
    limits = Boundary.all.map { limit in
      let sides = BoundaryTouch.Side.allCases.map { side in
        (side, Self.ids(seen) { $0.touches.contains { $0.boundary == limit.name && $0.side == side } })
      }
      return LimitRow(limit: limit, stories: Dictionary(uniqueKeysWithValues: sides))
    }
    clauses = Self.clauses(seen, policies)
  }

  private static func ids(_ seen: [Sighting], where isMeant: (Sighting) -> Bool) -> Stories {
    Set(seen.filter(isMeant).map(\.id)).sorted()
  }

  // MARK: Clauses

  /// A clause of a licensee's own document is exercised where one of its rules acted under that licensee; of
  /// any other document, where one acted at all.
  private static func clauses(_ seen: [Sighting], _ policies: [Policy]) -> [ClauseRow] {
    var cited: [Clause: Set<Rule>] = [:]
    for rule in Rule.allCases {
      for clause in Clause.all(in: rule.source) { cited[clause, default: []].insert(rule) }
    }
    for policy in policies {
      for (source, rules) in policy.citations {
        for clause in Clause.all(in: source) { cited[clause, default: []].formUnion(rules) }
      }
    }
    let owned = Set(policies.compactMap(\.ownDocument))
    return cited.sorted { $0.key < $1.key }.map { clause, rules in
      let stories = ids(seen) { story in
        (!owned.contains(clause.document) || story.document == clause.document)
          && (!rules.isDisjoint(with: story.rules)
            || rules.contains { $0.definition != nil && story.named.contains($0.rawValue) })
      }
      return ClauseRow(
        clause: clause, rules: rules.sorted { $0.rawValue < $1.rawValue }, stories: stories)
    }
  }
}

/// What one story showed.
private struct Sighting {
  var id: String
  var named: Set<String>
  var rules: Set<Rule>
  var codes: Set<ReasonCode>
  var touches: Set<BoundaryTouch>
  /// The licensee's own document.
  var document: String?

  init(_ file: ScenarioFile, _ record: StoryRecord) {
    id = file.id.split(separator: "/").first.map(String.init) ?? file.id
    named = Set(file.because)
    document = file.policy?.ownDocument
    let outcome = record.outcome
    let lines = outcome.statements.flatMap(\.lines)
    let ids =
      outcome.decisions.map(\.rule) + lines.map(\.rule) + outcome.notifications.map(\.rule)
      + outcome.obligations.map(\.rule)
    rules = Set(ids.compactMap(Rule.init(rawValue:))).union(outcome.treatments.map(\.rule))
    codes = Set(outcome.decisions.map(\.code)).union(lines.map(\.reason))
    codes.formUnion(outcome.notifications.map(\.code))
    codes.formUnion(outcome.payments.map(\.reason))
    touches = Set(outcome.touches)
  }
}

extension Policy {
  /// Each clause that the policy cites, with the rules that read the value.
  fileprivate var citations: [(source: String, rules: [Rule])] {
    let values =
      PolicyKey.all.map { ($0.get(self).origin, $0.rules) }
      + PolicyTop.all.map { ($0.get(self).origin, $0.rules) }
    return values.compactMap { origin, rules in
      if case .clause(let source) = origin { (source, rules) } else { nil }
    }
  }

  /// The document that most of the values come from; nil for a policy of ours.
  fileprivate var ownDocument: String? {
    guard status != .synthetic else { return nil }
    let documents = citations.flatMap { Clause.all(in: $0.source) }.map(\.document)
    let counts = Dictionary(grouping: documents) { $0 }.mapValues(\.count)
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }
}
