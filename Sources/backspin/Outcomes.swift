// Exit codes, a contract: tests and users script against them.

internal import ArgumentParser
internal import Runner

/// How a command ended. The most serious wins: 5, 4, 8, 7, 6, 1.
enum Outcomes {
  static let met = ExitCode(0)
  static let unmet = ExitCode(1)
  static let invalid = ExitCode(2)
  static let nothingSelected = ExitCode(3)
  static let nondeterminism = ExitCode(4)
  static let invariant = ExitCode(5)
  static let hardware = ExitCode(7)
  static let watchdog = ExitCode(8)
  static let interrupted = ExitCode(130)

  /// Ends the command if a story could not be run; our own faults weigh more than the machine's.
  static func judge(_ stories: [StoryRecord]) throws {
    let errors = stories.filter { $0.verdict == .error }
    guard !errors.isEmpty else { return }
    throw errors.allSatisfy(\.wasRefusedByMachine) ? hardware : invariant
  }
}

/// Something that ends a command, in one clear line.
struct Failure: Error {
  var message: String
  var code: ExitCode

  init(_ message: String, _ code: ExitCode = Outcomes.invalid) {
    (self.message, self.code) = (message, code)
  }

  func report() -> Never {
    Terminal.error("error: " + message)
    Backspin.exit(withError: code)
  }
}
