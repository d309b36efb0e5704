// Many runs in one golden file, as a terminal would show them: the command, what it said, and its exit code.

import Foundation

/// A text of runs. Folders of this machine are written as `SCRATCH` and `HERE`.
struct Transcript {
  private(set) var text = ""
  private let scratch: Scratch?

  init(_ scratch: Scratch? = nil) { self.scratch = scratch }

  /// Runs a command and writes it down. Words are parted by blanks; `SCRATCH` stands for the scratch folder.
  mutating func run(
    _ line: String, input: String? = nil, environment: [String: String] = [:]
  ) throws {
    try run(line.split(separator: " ").map(String.init), input: input, environment: environment)
  }

  /// The same with words that hold blanks; those are shown in quotes.
  mutating func run(
    _ words: [String], input: String? = nil, environment: [String: String] = [:]
  ) throws {
    let given = words.map { $0.replacingOccurrences(of: "SCRATCH", with: scratch?.folder.path ?? "SCRATCH") }
    let ending = try CommandLine.backspin(given, input: input, environment: environment)
    let shown = words.map { $0.contains(" ") ? "\"\($0)\"" : $0 }.joined(separator: " ")
    text += "$ backspin \(shown)\n"
    for line in (input ?? "").split(separator: "\n") { text += "< \(line)\n" }
    text += tidy(ending.output)
    text += tidy(ending.errors).split(separator: "\n").map { "! \($0)\n" }.joined()
    text += "exit \(ending.code)\n\n"
  }

  /// What differs from machine to machine and from day to day: folders, and the wall's time.
  private func tidy(_ said: String) -> String {
    var said = said.replacingOccurrences(of: CommandLine.root.path, with: "HERE")
    if let scratch { said = said.replacingOccurrences(of: scratch.folder.path, with: "SCRATCH") }
    return said.replacing(/"at":"[0-9T:.Z-]+"/, with: "\"at\":\"NOW\"")
  }
}
