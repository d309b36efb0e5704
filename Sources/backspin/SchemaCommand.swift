internal import ArgumentParser
internal import Runner

/// `backspin schema NAME`: JSON Schemas of what goes in and what comes out.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print a JSON Schema (draft 2020-12) of what goes in or comes out.",
    discussion: """
      statement: a statement as `run --json` and `settle --json` have it · target: the lines to and from a settlement \
      core of your own · case: a case in those lines · events: events and facts as scenario files write them · policy: \
      a licensee's file.
      """)

  enum Name: String, CaseIterable, ExpressibleByArgument {
    case statement, target, `case`, events, policy

    var schema: JSONText {
      switch self {
      case .statement: TargetJSON.statementSchema
      case .target: TargetJSON.schema
      case .case: TargetJSON.caseSchema
      case .events: WrittenSchema.events
      case .policy: WrittenSchema.policy
      }
    }
  }

  @Argument(help: "Which schema.") var name: Name

  func run() { Terminal.print(name.schema.pretty) }
}
