// Standard output and standard error, without buffering surprises: results go to one, progress and errors to
// the other. Colour only on a terminal, and never with NO_COLOR.

internal import ArgumentParser
internal import Foundation

enum Terminal {
  static func print(_ text: String) { write(text, to: .standardOutput) }

  static func line(_ text: String) { write(text + "\n", to: .standardOutput) }

  /// Writes a line to standard output; false when nobody can take it. For those who must clear up first.
  static func tryLine(_ text: String) -> Bool {
    (try? FileHandle.standardOutput.write(contentsOf: Data((text + "\n").utf8))) != nil
  }

  static func error(_ text: String) { write(text + "\n", to: .standardError) }

  /// As it stands, without a line's end.
  static func errorText(_ text: String) { write(text, to: .standardError) }

  /// Whether a person watches standard error.
  static var isErrorWatched: Bool { isatty(STDERR_FILENO) == 1 }

  /// Whether a person watches standard output.
  static var isWatched: Bool { isatty(STDOUT_FILENO) == 1 }

  static var hasColour: Bool {
    isWatched && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
  }

  /// A full disk or a closed pipe must not look like success.
  private static func write(_ text: String, to handle: FileHandle) {
    do {
      try handle.write(contentsOf: Data(text.utf8))
    } catch {
      guard handle.fileDescriptor == STDOUT_FILENO else { return }
      if errno == EPIPE { Backspin.exit(withError: Outcomes.interrupted) }
      Failure("cannot write to standard output: \(RunFolder.words(error))", Outcomes.hardware).report()
    }
  }
}
