internal import ArgumentParser
internal import Runner
internal import Scenario
internal import Settlement

/// `backspin rules show ID`: one rule with all that bears on it.
struct RulesShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "One rule: what it says, where it comes from, what bears on it, and who exercises it.")

  @Argument(help: "An id from the list, such as R-BACK-01.") var id: String
  @Option(help: ArgumentHelp("Stories to look through; else the shipped ones.", valueName: "path"))
  var stories: [String] = []
  @OptionGroup var shelves: Shelves

  func run() throws {
    guard let rule = Rule(rawValue: id.uppercased()) else {
      let near = Spelling.nearest(to: id, among: Rule.allCases.map(\.rawValue)).map {
        "; did you mean \($0)?"
      }
      throw Failure("no rule is called '\(id)'" + (near ?? "; `backspin rules` lists them"))
    }
    let row = try CoverageRun(shelves).coverage(of: stories).rules.first { $0.rule == rule }
    Terminal.line("\(rule.rawValue): \(rule.meaning)")
    Terminal.line("  source  \(rule.source)")
    if let why = row?.definition { Terminal.line("  no decision names it: \(why)") }
    try tellValues(rule)
    tell("events", EventDeclaration.all.filter { $0.rules.contains(rule) }.map { ($0.name.name, $0.meaning) })
    tell("limits", Boundary.all.filter { $0.rule == rule }.map { ($0.name, $0.meaning) })
    tell("stories in which it acts", (row?.acted ?? []).map { ($0, "") })
    tell("stories that name it", (row?.named ?? []).map { ($0, "") })
  }

  /// The policy values that the rule reads, as each licensee has them.
  private func tellValues(_ rule: Rule) throws {
    let library = shelves.library
    let policies = try library.names(.licensees).map { try library.policy(named: $0) }
    let top = PolicyTop.all.filter { $0.rules.contains(rule) }.map { value in
      (value.name, policies.map { value.get($0) })
    }
    let keys = PolicyKey.all.filter { $0.rules.contains(rule) }.map { key in
      (key.name, policies.map { Stated("\(key.get($0).value)", key.get($0).origin) })
    }
    for (name, values) in top + keys {
      Terminal.line("  value \(name)")
      // Licensees that say the same for the same reason share a line.
      var rows: [(stated: Stated<String>, names: [String])] = []
      for (policy, stated) in zip(policies, values) {
        if let row = rows.firstIndex(where: { $0.stated == stated }) {
          rows[row].names.append(policy.name)
        } else {
          rows.append((stated, [policy.name]))
        }
      }
      for row in rows {
        let names = row.names.joined(separator: ", ")
        Terminal.line(
          "    " + columns([row.stated.value, "\(row.stated.origin.words) (\(names))"], widths: [26]))
      }
    }
  }

  private func tell(_ what: String, _ rows: [(name: String, meaning: String)]) {
    guard !rows.isEmpty else { return }
    Terminal.line("  \(what)")
    for row in rows { Terminal.line("    " + columns([row.name, row.meaning], widths: [34])) }
  }
}

extension PolicyOrigin {
  /// The clause, or that it is ours and why.
  var words: String {
    switch self {
    case .clause(let clause): clause
    case .ours(let why): "ours: \(why)"
    }
  }
}
