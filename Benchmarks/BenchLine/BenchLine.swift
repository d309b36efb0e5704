// bench-line tcp PORT | pty LINK | pacing SECONDS BAUD…

internal import Foundation
internal import HostIO
internal import Line

@main
enum BenchLine {
  static func main() throws {
    let words = CommandLine.arguments.dropFirst()
    switch (words.first, words.dropFirst().first) {
    case ("tcp", let port?):
      let server = try LiveServer()
      try server.serveTCP(HostPort(parsing: "127.0.0.1:\(port)")) { _ in FixedMeter(isRTU: false) }
      say("ready")
      _ = try server.run()
    case ("pty", let link?):
      let server = try LiveServer()
      try server.servePty(link: link, settings: .usual, isPaced: false, farSide: FixedMeter(isRTU: true))
      say("ready")
      _ = try server.run()
    case ("pacing", let seconds?):
      for baud in words.dropFirst(2).compactMap({ Int($0) }) {
        try PacingBench(baud: baud, seconds: Double(seconds) ?? 5).run()
      }
    default:
      let usage = "usage: bench-line tcp PORT | pty LINK | pacing SECONDS BAUD…\n"
      FileHandle.standardError.write(Data(usage.utf8))
      exit(2)
    }
  }

  /// A line at once, although standard output is a pipe.
  private static func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
}
