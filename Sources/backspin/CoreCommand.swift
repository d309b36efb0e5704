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

  func run() throws {
    let server = TargetServer(EmbeddedCore(), name: "backspin \(Backspin.configuration.version)")
    while let line = readLine() { Terminal.line(server.answer(line)) }
  }
}
