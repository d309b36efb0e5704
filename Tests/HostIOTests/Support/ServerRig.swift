// A live server on a thread of its own, and the clients that talk to it. Every real wait ends after 5 s.

import CHost
import Foundation
import HostIO
import Line
import Testing
import Units

/// Runs a server while `client` talks to it; then its input ends and the server with it.
///
/// - Parameter setUp: called on the server's thread; what it returns is handed to the client.
func serving<Facts: Sendable>(
  _ setUp: @escaping @Sendable (LiveServer) throws -> Facts,
  whileClient client: (Facts, Notices) throws -> Void
) throws -> Result<LiveServer.Ending, any Error> {
  let notices = Notices()
  let facts = Handed<Result<Facts, any Error>>()
  let ending = Handed<Result<LiveServer.Ending, any Error>>()
  let input = Pipe()
  let inputEnd = input.fileHandleForReading.fileDescriptor
  Thread {
    ending.hand(
      Result {
        let server: LiveServer
        do {
          server = try LiveServer { notices.add($0) }
          server.watchLines(inputEnd) { notices.add("line: \($0)") }
          facts.hand(.success(try setUp(server)))
        } catch {
          facts.hand(.failure(error))
          throw error
        }
        return try server.run()
      })
  }.start()
  defer { withExtendedLifetime(input) {} }
  let given = try #require(facts.take()).get()
  notices.input = input.fileHandleForWriting
  let outcome = Result { try client(given, notices) }
  try? input.fileHandleForWriting.close()
  let ended = try #require(ending.take(), "the server did not end")
  try outcome.get()
  return ended
}

/// Runs a server on this thread, for at most 5 s.
func guarded(_ server: LiveServer) throws -> LiveServer.Ending {
  server.every(.seconds(5)) { [unowned server] in
    Issue.record("the server did not end")
    server.stop()
  }
  return try server.run()
}

/// What the server told people.
final class Notices: @unchecked Sendable {
  private let lock = NSLock()
  private var lines: [String] = []

  /// Where the server reads its lines.
  var input: FileHandle?

  /// Returns when the server has seen everything that happened before, at most 5 s later.
  func passOnce() throws {
    let word = "pass \(UUID().uuidString)"
    try input?.write(contentsOf: Data((word + "\n").utf8))
    #expect(wait(for: "line: \(word)"))
  }

  func add(_ line: String) { lock.withLock { lines.append(line) } }
  var all: [String] { lock.withLock { lines } }

  /// Waits, at most 5 s, until a line with this part has been told.
  func wait(for part: String) -> Bool {
    let end = deadline()
    while chost_monotonic() < end {
      if all.contains(where: { $0.contains(part) }) { return true }
      usleep(1000)
    }
    return false
  }
}

/// A value handed from one thread to another, once.
final class Handed<Value>: @unchecked Sendable {
  private let done = DispatchSemaphore(value: 0)
  private var value: Value?

  func hand(_ value: Value) {
    self.value = value
    done.signal()
  }

  /// Nil when nothing came in 5 s.
  func take() -> Value? { done.wait(timeout: .now() + 5) == .success ? value : nil }
}

/// A far side whose answers are a script over each piece that it hears.
final class ScriptedFarSide: FarSide {
  private var answers: [TimedBytes] = []
  private let script: (_ heard: [UInt8], _ at: Instant) -> [TimedBytes]

  init(_ script: @escaping (_ heard: [UInt8], _ at: Instant) -> [TimedBytes]) { self.script = script }

  /// Says at once what it heard.
  static func echo() -> ScriptedFarSide { ScriptedFarSide { [TimedBytes(at: $1, bytes: $0)] } }

  func hear(_ bytes: ArraySlice<UInt8>, at: Instant) { answers += script(Array(bytes), at) }
  var wakes: Instant? { nil }
  func speak(at: Instant, into said: inout [TimedBytes]) {
    said += answers
    answers = []
  }
}

/// The client's end of a connection or a terminal.
struct Client {
  let descriptor: Int32

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// Connects to a server of this machine.
  init(_ address: HostPort) throws {
    descriptor = chost_tcp_connect(address.host, "\(address.port)", deadline())
    try #require(descriptor >= 0, "\(address): \(descriptor)")
  }

  /// Opens a terminal raw at a speed, with the settings of its owner replaced as libmodbus does.
  init(terminal path: String, baud: Int32 = 9600) throws {
    descriptor = chost_terminal_open(path)
    try #require(descriptor >= 0, "\(path): \(descriptor)")
    try setAnew(baud: baud)
  }

  /// Sets everything anew, so that flags somebody else has set are lost.
  func setAnew(baud: Int32) throws {
    var settings = termios()
    cfmakeraw(&settings)
    settings.c_cflag |= tcflag_t(CREAD | CLOCAL | CS8)
    try #require(tcsetattr(descriptor, TCSANOW, &settings) == 0)
    try #require(chost_terminal_set_speed(descriptor, baud) == 0)
  }

  func send(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let done = rest.withUnsafeBytes { chost_write(descriptor, $0.baseAddress, $0.count) }
      if done > 0 { rest = rest.dropFirst(done) }
      if done < 0 { try #require(chost_wait(descriptor, chost_wait_write, deadline()) == 1) }
    }
  }

  /// Waits for `count` bytes; fewer mean that 5 s passed or the other end closed.
  func receive(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    let end = deadline()
    while bytes.count < count, chost_wait(descriptor, chost_wait_read, end) == 1 {
      var space = [UInt8](repeating: 0, count: count - bytes.count)
      let got = chost_read(descriptor, &space, space.count)
      if got == -Int(EAGAIN) || (got == 0 && isatty(descriptor) == 1) { continue }
      if got <= 0 { break }
      bytes += space.prefix(got)
    }
    return bytes
  }

  func close() { Foundation.close(descriptor) }
}
