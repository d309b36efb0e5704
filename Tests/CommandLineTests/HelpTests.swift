// The help of every command, word for word: it is what people read first. New commands need a golden too.

import BackspinTesting
import Testing

struct HelpTests {
  @Test("the help of each command is as somebody has read and liked it")
  func eachCommand() throws {
    let golden = Golden()
    var seen = 0
    var open: [[String]] = [[]]
    while let command = open.popLast() {
      let help = try CommandLine.backspin(command + ["--help"])
      #expect(help.code == 0 && help.errors.isEmpty, "\(command)")
      golden.expect(help.output, matches: "help/\((["backspin"] + command).joined(separator: "-")).txt")
      open += Self.subcommands(in: help.output).map { command + [$0] }
      seen += 1
    }
    // The commands themselves and the second level of three; a wrong reading of the help would find one.
    #expect(seen > 12)
  }

  /// The names in the list of sub-commands: they stand two blanks in, their descriptions further.
  private static func subcommands(in help: String) -> [String] {
    guard let list = help.split(separator: "SUBCOMMANDS:\n").dropFirst().first else { return [] }
    return list.split(separator: "\n").compactMap { line in
      guard line.hasPrefix("  "), !line.dropFirst(2).hasPrefix(" "), !line.contains("--help") else {
        return nil
      }
      return line.split(separator: " ").first.map(String.init)
    }.filter { $0 != "See" }
  }
}
