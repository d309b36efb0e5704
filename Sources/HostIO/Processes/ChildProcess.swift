// Another program that answers lines with lines: a settlement core of the user's own. It may do anything;
// what it does costs at most the patience of who asks it. It lives in a process group of its own, which is
// killed as a whole, and it is always reaped: no zombie is left.

internal import CHost
internal import Glibc
public import Units

/// A child process. One thread at a time may use it.
public final class ChildProcess {
  private let child: Int32
  private var input: Int32
  private let output: Int32
  private let errors: Int32
  /// What is still to be sent, and what came and nobody took.
  private var unsent: ArraySlice<UInt8> = []
  private var arrived: [UInt8] = []
  /// Bytes of `arrived` that hold no line end.
  private var searched = 0
  private var errorTail: [UInt8] = []
  private var outputIsOpen = true
  private var errorsAreOpen = true
  /// How it ended, once it has.
  private var ending: String?

  /// Bytes of standard error that are kept.
  private static let longestTail = 4096
  /// What a program has to end by itself, once its input has ended.
  private static let farewell = TimeSpan.seconds(1)

  /// Starts `/bin/sh -c command`. Throws `noProgram`.
  public init(shell command: String) throws(HostError) {
    var ends: [Int32] = [-1, -1, -1]
    child = chost_spawn_shell(command, &ends)
    guard child > 0 else {
      throw HostError(
        .noProgram, "cannot start '\(command)' (\(systemWord(child)))",
        help: "check the command and the system")
    }
    (input, output, errors) = (ends[0], ends[1], ends[2])
  }

  deinit { _ = end() }

  /// Sends a line (its line end is added) and waits for one.
  ///
  /// - Parameters:
  ///   - patience: how long sending and waiting may take together.
  ///   - longest: bytes that the answer may have.
  /// - Returns: what came, without its line end; and why it is no whole line, if it is none.
  public func ask(
    _ line: [UInt8], within patience: TimeSpan, longest: Int
  ) -> (bytes: [UInt8], trouble: String?) {
    guard ending == nil else { return ([], "it has ended") }
    unsent = unsent + line + [UInt8(ascii: "\n")]
    let deadline = chost_monotonic() + patience.microseconds * 1000
    while true {
      if let line = takeLine() { return (line, nil) }
      if arrived.count > longest { return (arrived, "its answer is longer than \(longest) bytes") }
      guard outputIsOpen else { return (arrived, "its output ended") }
      guard chost_monotonic() < deadline else { return (arrived, "no whole line within \(patience)") }
      exchange(until: deadline)
    }
  }

  /// Ends it for good: its input ends first, so that it can end by itself.
  ///
  /// - Returns: how it ended, and the last that it wrote to standard error.
  public func end() -> (status: String, errors: String) {
    if let ending { return (ending, tail) }
    closeInput()
    let deadline = chost_monotonic() + Self.farewell.microseconds * 1000
    while chost_child_has_ended(child) == 0, chost_monotonic() < deadline {
      // Somebody who has closed both outputs is waited for in short steps.
      arrived = []
      exchange(until: min(deadline, chost_monotonic() + 10_000_000))
    }
    let isKilled = chost_child_has_ended(child) == 0
    // Also what it started and left behind.
    _ = chost_child_kill(child)
    let status = chost_child_reap(child)
    drainErrors()
    close(output)
    close(errors)
    let words = Self.words(status)
    ending = isKilled ? "still running, and killed" : words
    return (ending ?? words, tail)
  }

  // MARK: Bytes

  /// Moves what can be moved, or waits until an instant for something to move.
  private func exchange(until deadline: Int64) {
    let descriptors = [unsent.isEmpty ? -1 : input, outputIsOpen ? output : -1, errorsAreOpen ? errors : -1]
    let events = [chost_wait_write, chost_wait_read, chost_wait_read]
    var happened: [Int16] = [0, 0, 0]
    guard chost_wait_three(descriptors, events, &happened, deadline) > 0 else { return }
    if happened[0] != 0 { send() }
    if happened[1] != 0, !read(output, into: &arrived) { outputIsOpen = false }
    if happened[2] != 0 { readErrors() }
  }

  private func send() {
    let done = unsent.withUnsafeBytes { chost_pipe_write(input, $0.baseAddress, $0.count) }
    if done >= 0 {
      unsent = unsent.dropFirst(done)
    } else if done != -Int(EAGAIN) {
      // It reads no more; it may still answer.
      closeInput()
    }
  }

  private func closeInput() {
    unsent = []
    guard input >= 0 else { return }
    close(input)
    input = -1
  }

  /// False when nothing will come any more.
  private func read(_ descriptor: Int32, into bytes: inout [UInt8]) -> Bool {
    var got = 0
    let fresh = [UInt8](unsafeUninitializedCapacity: 65_536) { space, count in
      got = chost_read(descriptor, space.baseAddress, space.count)
      count = max(got, 0)
    }
    bytes += fresh
    return got > 0 || got == -Int(EAGAIN)
  }

  private func readErrors() {
    if !read(errors, into: &errorTail) { errorsAreOpen = false }
    if errorTail.count > Self.longestTail { errorTail.removeFirst(errorTail.count - Self.longestTail) }
  }

  private func drainErrors() {
    var happened: [Int16] = [0, 0, 0]
    // At most what a pipe holds: somebody who left the group may write for ever.
    for _ in 0..<16 {
      guard errorsAreOpen, chost_wait_three([-1, -1, errors], [0, 0, chost_wait_read], &happened, 0) > 0
      else {
        return
      }
      readErrors()
    }
  }

  private func takeLine() -> [UInt8]? {
    guard let end = arrived[searched...].firstIndex(of: UInt8(ascii: "\n")) else {
      searched = arrived.count
      return nil
    }
    var line = Array(arrived[..<end])
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    arrived.removeSubrange(...end)
    searched = 0
    return line
  }

  // MARK: Words

  private var tail: String { String(decoding: errorTail, as: UTF8.self) }

  private static func words(_ status: Int32) -> String {
    if status < 0 { return "lost (\(systemWord(status)))" }
    guard status >= 256 else { return "exit status \(status)" }
    return "ended by signal \(status - 256) (\(String(cString: strsignal(status - 256))))"
  }
}
