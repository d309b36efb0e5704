// The built program, run as a user runs it: another process, its two outputs and its exit code. A watchdog
// ends a run that hangs, so that a mistake of ours costs a failed test and not a night.

import Foundation
import Testing

/// Runs of the `backspin` that lies beside the test bundle.
enum CommandLine {
  /// How a run ended.
  struct Ending: Sendable {
    /// The exit code; 128 + the signal's number for a run that a signal ended, as a shell says it.
    var code: Int32
    var output: String
    var errors: String
    var arguments: [String]

    /// Lines of standard output without the last line end.
    var lines: [String] {
      output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }
  }

  /// Why there was no ending.
  struct Trouble: Error, CustomStringConvertible {
    var description: String
  }

  /// The program under test.
  static var program: URL {
    get throws {
      let bundle = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      let program = bundle.deletingLastPathComponent().appendingPathComponent("backspin")
      guard FileManager.default.isExecutableFile(atPath: program.path) else {
        throw Trouble(
          description: "there is no \(program.path): run `swift build` before `swift test --skip-build`")
      }
      return program
    }
  }

  /// The folder of this project.
  static var root: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
  }

  /// Runs `backspin` with these arguments and waits for its end.
  ///
  /// - Parameters:
  ///   - input: what it reads from standard input; nil gives it an input that ends at once (`/dev/null`).
  ///   - folder: the folder it runs in; nil is the project's.
  ///   - environment: variables set for this run. Width, colour and locale are always the same.
  ///   - patience: seconds until the watchdog kills it; then this throws.
  static func backspin(
    _ arguments: [String], input: String? = nil, in folder: URL? = nil, environment: [String: String] = [:],
    patience: Int = 60
  ) throws -> Ending {
    let place = try Scratch()
    defer { place.remove() }
    let run = Process()
    run.executableURL = try program
    run.arguments = arguments
    run.currentDirectoryURL = folder ?? root
    run.environment = surroundings.merging(environment) { $1 }
    run.standardInput = try input.map { try place.reading($0) } ?? FileHandle.nullDevice
    run.standardOutput = try place.writing("output")
    run.standardError = try place.writing("errors")
    let ended = DispatchSemaphore(value: 0)
    run.terminationHandler = { _ in ended.signal() }
    try run.run()
    let isLate = ended.wait(timeout: .now() + .seconds(patience)) == .timedOut
    if isLate {
      kill(run.processIdentifier, SIGKILL)
      ended.wait()
    }
    let ending = Ending(
      code: run.terminationReason == .exit ? run.terminationStatus : 128 + run.terminationStatus,
      output: try place.text(of: "output"), errors: try place.text(of: "errors"), arguments: arguments)
    guard !isLate else {
      throw Trouble(
        description: "backspin \(arguments.joined(separator: " ")) took more than \(patience) s: \(ending)")
    }
    return ending
  }

  /// The environment of this process, without what changes how a program speaks.
  private static var surroundings: [String: String] {
    var variables = ProcessInfo.processInfo.environment
    for name in ["NO_COLOR", "COLUMNS", "LINES", "LC_ALL", "LANG", "TZ"] { variables[name] = nil }
    variables["LC_ALL"] = "C.UTF-8"
    return variables
  }
}

/// A folder for one run, removed again.
struct Scratch: Sendable {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("backspin-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// A file in it.
  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  /// Makes a file with a text in it, and returns its path.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    return path(name)
  }

  func text(of name: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  fileprivate func reading(_ text: String) throws -> FileHandle {
    try FileHandle(forReadingFrom: URL(fileURLWithPath: try write(text, to: "input")))
  }

  fileprivate func writing(_ name: String) throws -> FileHandle {
    try FileHandle(forWritingTo: URL(fileURLWithPath: try write("", to: name)))
  }
}
