internal import ArgumentParser
internal import Scenario
internal import Settlement

/// `backspin rules [list]`, `backspin rules show ID`, `backspin rules codes`.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "List the settlement rules there are, show one, or list the reason codes.",
    subcommands: [List.self, Show.self, Codes.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "All rules, one a line.")

    func run() {
      for rule in Rule.allCases { Terminal.line(columns([rule.rawValue, rule.meaning], widths: [12])) }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "One rule: what it says and where it comes from.")
    @Argument(help: "An id from the list, such as R-BACK-01.") var id: String

    func run() throws {
      guard let rule = Rule(rawValue: id.uppercased()) else {
        let near = Spelling.nearest(to: id, among: Rule.allCases.map(\.rawValue)).map {
          "; did you mean \($0)?"
        }
        throw Failure("no rule is called '\(id)'" + (near ?? "; `backspin rules` lists them"))
      }
      Terminal.line("\(rule.rawValue): \(rule.meaning)")
      Terminal.line("  source  \(rule.source)")
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
