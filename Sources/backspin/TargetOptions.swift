// Who settles: our core, or a program of the user's own. The one place that hands HostIO's processes to the
// Runner.

internal import ArgumentParser
internal import Foundation
public import HostIO
public import Runner
internal import Settlement
internal import Units

struct TargetOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Who settles: embedded, or exec:CMD, a settlement core of your own that answers JSON lines (docs/target.md).",
      valueName: "target"))
  var target = "embedded"
  @Option(
    help: ArgumentHelp("How long a target may take for each answer, such as 10s.", valueName: "time"))
  var targetTimeout = "10s"

  func validate() throws { _ = try bench() }

  /// A supply of targets as asked for.
  func bench() throws -> TargetBench {
    if target == "embedded" { return TargetBench { EmbeddedCore() } }
    let (kind, rest) = (target.prefix { $0 != ":" }, target.drop { $0 != ":" }.dropFirst())
    switch kind {
    case "exec" where !rest.allSatisfy(\.isWhitespace):
      let (command, patience) = (String(rest), try patience())
      return TargetBench { ExternalTarget(patience: patience) { try ChildProcess(shell: command) } }
    case "http", "https":
      throw ValidationError(
        "--target \(target): targets behind a URL are not built; write exec:CMD with a program that calls it")
    default:
      throw ValidationError("--target is embedded or exec:CMD, not '\(target)'")
    }
  }

  /// The outcome of one case; a target that gives none ends the command with 1.
  func outcome(of one: SettlementCase) throws -> Outcome {
    do {
      return try bench().use { try $0.settle(one) }
    } catch let failure as TargetFailure {
      let lines = ["the target gave no outcome: \(failure.message)"] + failure.evidence.map { "  " + $0 }
      throw Failure(lines.joined(separator: "\n"), Outcomes.unmet)
    }
  }

  private func patience() throws -> TimeSpan {
    do {
      let span = try TimeSpan(parsing: targetTimeout)
      guard span >= .milliseconds(1), span <= .days(1) else {
        throw ValidationError("--target-timeout is between 1ms and a day, not \(targetTimeout)")
      }
      return span
    } catch let error as UnitsError {
      throw ValidationError("--target-timeout: \(error)")
    }
  }
}

extension ChildProcess: TargetPeer {}

/// Targets for several threads: each is used by one at a time, and kept for the next.
final class TargetBench: @unchecked Sendable {
  private let lock = NSLock()
  private let make: () -> any Target
  private var idle: [any Target] = []

  init(_ make: @escaping () -> any Target) { self.make = make }

  func use<Result>(_ body: (any Target) throws -> Result) rethrows -> Result {
    let target = lock.withLock { idle.popLast() } ?? make()
    defer { lock.withLock { idle.append(target) } }
    return try body(target)
  }
}
