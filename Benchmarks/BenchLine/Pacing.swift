// How true to the wire's time a paced pseudo-terminal is. A client on another thread asks for long answers
// and notes when each character came; the server notes how late it wrote each one.

internal import CHost
internal import Foundation
internal import HostIO
internal import Line
internal import Units

/// One measurement at one speed.
struct PacingBench {
  let baud: Int
  let seconds: Double

  /// Characters of an answer: the longest RTU frame.
  private static let length = 256

  func run() throws {
    let settings = try SerialSettings(baud: baud)
    let server = try LiveServer()
    let path = try server.servePty(link: nil, settings: settings, farSide: LongAnswers(Self.length))
    let rounds = max(
      2, Int(seconds / Double(settings.time(ofCharacters: Self.length + 1).microseconds) * 1e6))
    let seen = Seen()
    Thread { [baud] in seen.times = listen(to: path, baud: baud, rounds: rounds, length: Self.length) }
      .start()
    let characters = rounds * Self.length
    server.every(.milliseconds(50)) { if server.pacing[0].count >= characters { server.stop() } }
    _ = try server.run()
    report(server.pacing[0], seen.wait(), settings)
  }

  private func report(_ record: PacingRecord, _ rounds: [[Int64]], _ settings: SerialSettings) {
    // The mean rate over each whole answer, from its first character to its last.
    let spans = rounds.map { Double($0[$0.count - 1] - $0[0]) / 1e3 / Double($0.count - 1) }
    let mean = spans.reduce(0, +) / Double(max(spans.count, 1))
    let nominal = Double(settings.bitsPerCharacter) * 1e6 / Double(baud)
    func late(_ percent: Int) -> Int64 { record.percentile(percent)?.microseconds ?? 0 }
    func text(_ number: Double, _ form: String) -> String { String(format: form, number) }
    let error = text((mean / nominal - 1) * 100, "%+.3f")
    print(
      "\(baud) Bd: \(record.count) characters, one each \(text(mean, "%.2f")) us (\(error) %);",
      terminator: " ")
    print("late p50 \(late(50)) us, p99 \(late(99)) us, worst \(record.worst.microseconds) us")
  }
}

/// When the client saw each character, round by round.
private final class Seen: @unchecked Sendable {
  private let done = DispatchSemaphore(value: 0)
  var times: [[Int64]] = [] { didSet { done.signal() } }

  func wait() -> [[Int64]] {
    _ = done.wait(timeout: .now() + 10)
    return times
  }
}

/// Asks with one character, and notes the instants of the answer's.
private func listen(to path: String, baud: Int, rounds: Int, length: Int) -> [[Int64]] {
  let line = chost_terminal_open(path)
  defer { close(line) }
  guard line >= 0, chost_terminal_set_raw(line, Int32(baud)) == 0 else { return [] }
  chost_set_timer_slack(1)
  var all: [[Int64]] = []
  var space = [UInt8](repeating: 0, count: length)
  for _ in 0..<rounds {
    space[0] = 1
    _ = chost_write(line, space, 1)
    var times: [Int64] = []
    while times.count < length {
      guard chost_wait(line, chost_wait_read, chost_monotonic() + 5_000_000_000) == 1 else { return all }
      let got = chost_read(line, &space, length - times.count)
      let now = chost_monotonic()
      for _ in 0..<max(got, 0) { times.append(now) }
    }
    all.append(times)
  }
  return all
}

/// Says a long answer to each character.
private final class LongAnswers: FarSide {
  private let length: Int
  private var due: [Instant] = []

  init(_ length: Int) { self.length = length }

  var wakes: Instant? { nil }
  func hear(_ bytes: ArraySlice<UInt8>, at now: Instant) { due.append(now) }
  func speak(at now: Instant, into said: inout [TimedBytes]) {
    for at in due { said.append(TimedBytes(at: at, bytes: [UInt8](repeating: 0x55, count: length))) }
    due = []
  }
}
