internal import ArgumentParser
internal import Runner
internal import Settlement

/// `backspin core`: our own settlement core as a target, JSON lines on standard input and output.
struct CoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "core",
    abstract: "Our settlement core as a target: JSON lines in, JSON lines out (docs/target.md).",
    discussion:
      "What `--target exec:CMD` expects of a program, served by our own core: an example to compare with.")

  @Flag(help: "Print the JSON Schema of the lines, and serve nothing.") var schema = false

  func run() throws {
    if schema { return Terminal.print(TargetJSON.schema.pretty) }
    let server = TargetServer(EmbeddedCore(), name: "backspin \(Backspin.configuration.version)")
    while let line = readLine() { Terminal.line(server.answer(line)) }
  }
}
