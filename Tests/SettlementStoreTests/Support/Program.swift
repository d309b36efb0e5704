// The built program as a process of its own, which can be killed at any moment and held to limits.

import Foundation
import Glibc
import Testing

enum Program {
  /// How a run ended: the exit code, or 128 + the number of the signal that ended it.
  struct Ending: Sendable, CustomStringConvertible {
    var code: Int32
    var output: String
    var errors: String
    /// Seconds from start to end.
    var took: Double

    var description: String { "exit \(code)\n\(output)\(errors)" }
  }

  struct Trouble: Error { var words: String }

  static let killed: Int32 = 128 + SIGKILL

  static var path: String {
    get throws {
      let bundle = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      let path = bundle.deletingLastPathComponent().appendingPathComponent("backspin").path
      guard FileManager.default.isExecutableFile(atPath: path) else {
        throw Trouble(words: "there is no \(path): run `swift build` before `swift test --skip-build`")
      }
      return path
    }
  }

  /// When a run is killed.
  enum Kill {
    /// Seconds after its start.
    case after(Double)
    /// Seconds after a file grew, or after its start if no file grows so long.
    case afterGrowth(of: String, Double)
  }

  /// Runs `backspin` to its end.
  ///
  /// - Parameter wrapper: a command that runs it in its own way, with its arguments.
  static func run(_ arguments: [String], kill: Kill? = nil, wrapper: [String] = []) throws -> Ending {
    let running = try Running(arguments, wrapper: wrapper)
    if let kill { running.kill(kill) }
    return running.end()
  }

  /// A run that has begun.
  final class Running {
    private let pid: pid_t
    private let started: Double
    private let (output, errors): (Pipe, Pipe) = (Pipe(), Pipe())

    init(_ arguments: [String], wrapper: [String] = []) throws {
      let words = wrapper + [try Program.path] + arguments
      var actions = posix_spawn_file_actions_t()
      posix_spawn_file_actions_init(&actions)
      defer { posix_spawn_file_actions_destroy(&actions) }
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
      posix_spawn_file_actions_adddup2(&actions, output.fileHandleForWriting.fileDescriptor, 1)
      posix_spawn_file_actions_adddup2(&actions, errors.fileHandleForWriting.fileDescriptor, 2)
      var strings: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
      defer { strings.forEach { free($0) } }
      var child: pid_t = 0
      started = Program.now
      let failed = posix_spawnp(&child, words[0], &actions, nil, &strings, environ)
      guard failed == 0 else { throw Trouble(words: "\(words[0]): \(String(cString: strerror(failed)))") }
      pid = child
      for pipe in [output, errors] { try pipe.fileHandleForWriting.close() }
    }

    /// Kills it at a moment.
    func kill(_ moment: Kill) {
      switch moment {
      case .after(let delay): wait(until: started + delay)
      case .afterGrowth(let path, let delay):
        let size = Program.size(path)
        while Program.now < started + 2, Program.size(path) <= size, !hasEnded { usleep(200) }
        wait(until: Program.now + delay)
      }
      Glibc.kill(pid, SIGKILL)
    }

    private func wait(until moment: Double) {
      let rest = moment - Program.now
      if rest > 0 { usleep(UInt32(rest * 1_000_000)) }
    }

    /// Whether it is over; its ending is still to be taken.
    private var hasEnded: Bool {
      var information = siginfo_t()
      return waitid(P_PID, id_t(pid), &information, WEXITED | WNOHANG | WNOWAIT) == 0
        && information.si_signo == SIGCHLD
    }

    /// Waits for the end.
    func end() -> Ending {
      let said = output.fileHandleForReading.readDataToEndOfFile()
      let wrong = errors.fileHandleForReading.readDataToEndOfFile()
      var status: Int32 = 0
      waitpid(pid, &status, 0)
      let signal = status & 0x7f
      return Ending(
        code: signal == 0 ? (status >> 8) & 0xff : 128 + signal,
        output: String(decoding: said, as: UTF8.self),
        errors: String(decoding: wrong, as: UTF8.self), took: Program.now - started)
    }
  }

  /// Bytes of a file; 0 if there is none.
  fileprivate static func size(_ path: String) -> Int {
    var information = stat()
    return stat(path, &information) == 0 ? Int(information.st_size) : 0
  }

  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
