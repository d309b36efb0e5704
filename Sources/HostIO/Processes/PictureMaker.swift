// Pictures of points from drawings: librsvg's `rsvg-convert` does it, as a program beside us.

internal import Foundation
internal import Glibc

/// Turns SVG into PNG.
public enum PictureMaker {
  private static let program = "rsvg-convert"

  /// Writes a drawing as a PNG file so many points wide. Throws `HostError` where the program is missing
  /// (BS-IO-18), or cannot write the file (BS-IO-99).
  public static func writePNG(of svg: String, to path: String, width: Int) throws(HostError) {
    guard let tool = toolPath else {
      throw HostError(
        .noProgram, "\(program) is not on this machine, and PNG needs it",
        help: "scripts/setup installs it (librsvg2-bin); or write an .svg")
    }
    let (child, input, errors) = (Process(), Pipe(), Pipe())
    child.executableURL = URL(fileURLWithPath: tool)
    child.arguments = ["--width", "\(width)", "--output", path]
    (child.standardInput, child.standardError) = (input, errors)
    do {
      try child.run()
      try input.fileHandleForWriting.write(contentsOf: Data(svg.utf8))
      try input.fileHandleForWriting.close()
    } catch {
      throw HostError(
        .system, "\(program) cannot be run: \(error.localizedDescription)", help: "write an .svg")
    }
    let words = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    child.waitUntilExit()
    guard child.terminationStatus == 0 else {
      let first = words.split(separator: "\n").first.map(String.init) ?? "it gave no reason"
      throw HostError(.system, "\(program) cannot write \(path): \(first)", help: "look at the path")
    }
  }

  private static var toolPath: String? {
    let folders = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return folders.split(separator: ":").map { "\($0)/\(program)" }.first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
  }
}
