internal import ArgumentParser
internal import Report
internal import Runner
internal import Scenario
internal import Settlement

/// `backspin rules [list]`, `backspin rules --coverage`, `backspin rules show ID`, `backspin rules codes`.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "List the settlement rules, show one with all that bears on it, or what a suite exercises.",
    subcommands: [List.self, RulesShow.self, Codes.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "All rules with their sources, one a line; or, with --coverage, what stories exercise.")

    @Argument(help: "With --coverage: scenario files or folders; else the shipped stories.")
    var paths: [String] = []
    @Flag(help: "Run the stories in memory, and tell which rules, clauses, codes and limits they exercise.")
    var coverage = false
    @Flag(help: "With --coverage: tell only what is missing.") var missing = false
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var shelves: Shelves

    func validate() throws {
      guard coverage || paths.isEmpty && !missing else {
        throw ValidationError(
          "paths and --missing go with --coverage; `backspin rules show ID` shows one rule")
      }
    }

    func run() throws {
      guard !coverage else {
        let text = CoverageText(try CoverageRun(shelves).coverage(of: paths), onlyMissing: missing)
        return Terminal.print(json ? text.json.pretty : text.text)
      }
      guard !json else { return Terminal.print(Self.json.pretty) }
      for rule in Rule.allCases {
        Terminal.line(columns([rule.rawValue, rule.source, rule.meaning], widths: [12, 40]))
      }
    }

    private static var json: JSONText {
      .list(
        Rule.allCases.map {
          .object([
            ("rule", .text($0.rawValue)), ("source", .text($0.source)), ("meaning", .text($0.meaning)),
          ])
        })
    }
  }

  struct Codes: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "All reason codes with what they mean.")

    func run() {
      for code in ReasonCode.allCases {
        Terminal.line(columns([code.rawValue, code.severity.rawValue, code.meaning], widths: [32, 13]))
      }
    }
  }
}
