// What a long read says of itself to a person who waits: one line on a terminal, over itself. It goes to
// standard error, so that what was read can go to a file meanwhile; it has neither colour nor escapes.

internal import Line
internal import Units

/// Progress of one read; silent where nobody watches standard error.
final class ReadProgress {
  /// How often the line changes.
  private static let pause = TimeSpan.milliseconds(200)
  /// A read that is over sooner says nothing.
  private static let patience = TimeSpan.seconds(1)

  private let title: String
  private let isShown: Bool
  private var shown = 0
  private var (exchanges, octets) = (0, 0)
  private var start: Instant?
  private var last: Instant?
  private var hasWritten = true

  init(_ title: String, isShown: Bool = Terminal.isErrorWatched) {
    (self.title, self.isShown) = (title, isShown)
  }

  /// A door that counts what comes.
  func watch(_ door: any Door) -> any Door { isShown ? WatchedDoor(door, self) : door }

  fileprivate func wrote() { hasWritten = true }

  fileprivate func heard(_ count: Int, at now: Instant) {
    if start == nil { start = now }
    guard count > 0 else { return show(at: now) }
    if hasWritten { exchanges += 1 }
    hasWritten = false
    octets += count
    show(at: now)
  }

  private func show(at now: Instant) {
    guard let start, now - start >= Self.patience, last.map({ now - $0 >= Self.pause }) ?? true else {
      return
    }
    last = now
    write(
      Self.words(title, exchanges: exchanges, octets: octets, seconds: (now - start).microseconds / 1_000_000)
    )
  }

  /// `reading /dev/ttyUSB0 by dlms: answer 12, 1480 bytes, 9 s`.
  static func words(_ title: String, exchanges: Int, octets: Int, seconds: Int64) -> String {
    "\(title): answer \(exchanges), \(octets) bytes, \(seconds) s"
  }

  private func write(_ text: String) {
    Terminal.errorText("\r" + text + String(repeating: " ", count: max(shown - text.count, 0)))
    shown = text.count
  }

  /// Takes the line away.
  func end() {
    guard shown > 0 else { return }
    Terminal.errorText("\r" + String(repeating: " ", count: shown) + "\r")
    shown = 0
  }
}

private final class WatchedDoor: Door {
  private let inner: any Door
  private let progress: ReadProgress

  init(_ inner: any Door, _ progress: ReadProgress) { (self.inner, self.progress) = (inner, progress) }

  var now: Instant { inner.now }
  var settings: SerialSettings? { inner.settings }
  var trouble: String? { inner.trouble }

  func write(_ bytes: [UInt8]) {
    progress.wrote()
    inner.write(bytes)
  }

  func wait(until patience: Instant) -> [UInt8] {
    let bytes = inner.wait(until: patience)
    progress.heard(bytes.count, at: inner.now)
    return bytes
  }

  func flush() { inner.flush() }
  func tune(to settings: SerialSettings) -> Bool { inner.tune(to: settings) }
}
