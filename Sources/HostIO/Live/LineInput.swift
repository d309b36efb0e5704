// Lines from a pipe, a terminal or a file, among the other descriptors. The descriptor's own settings stay as
// they are: standard input is shared with whoever started us, so it is never made non-blocking.

internal import CHost
internal import Glibc
internal import Units

/// Reads lines and hands them on; `onEnd` is called once at the end of input.
final class LineInput: Watcher {
  private let descriptor: Int32
  private let loop: EventLoop
  private let onLine: (String) -> Void
  private let onEnd: () -> Void
  private let notice: (String) -> Void
  private var held: [UInt8] = []
  private var isTooLong = false
  private var hasEnded = false

  /// The longest line that is taken, in bytes.
  static let limit = 65_536

  init(
    _ descriptor: Int32, loop: EventLoop, notice: @escaping (String) -> Void,
    onLine: @escaping (String) -> Void, onEnd: @escaping () -> Void
  ) {
    (self.descriptor, self.loop, self.notice) = (descriptor, loop, notice)
    (self.onLine, self.onEnd) = (onLine, onEnd)
    // A file cannot be watched; it is read when the loop runs.
    if !loop.watch(descriptor, Interest.read, self) { readOnTheLoop() }
  }

  /// Whether nobody can ever say anything there: /dev/null, as a service or a shell's background job gets it.
  static func isNowhere(_ descriptor: Int32) -> Bool {
    var (own, null) = (stat(), stat())
    guard fstat(descriptor, &own) == 0, stat("/dev/null", &null) == 0 else { return true }
    return own.st_mode & S_IFMT == S_IFCHR && own.st_rdev == null.st_rdev
  }

  func ready(_ events: UInt32) {
    // A background job that reads its terminal would be stopped: wait until it is brought to the front.
    if isatty(descriptor) == 1, tcgetpgrp(descriptor) != getpgrp() {
      loop.unwatch(descriptor)
      loop.schedule(at: loop.clock.now + .milliseconds(500)) { [weak self] in
        guard let self, !hasEnded else { return }
        loop.watch(descriptor, Interest.read, self)
      }
      return
    }
    receive()
  }

  private func readOnTheLoop() {
    loop.schedule(at: loop.clock.now) { [weak self] in
      guard let self, !hasEnded else { return }
      receive()
      if !hasEnded { readOnTheLoop() }
    }
  }

  private func receive() {
    var got = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: 4096) { space, count in
      got = chost_read(descriptor, space.baseAddress, space.count)
      count = max(got, 0)
    }
    if got == -Int(EAGAIN) { return }
    for byte in bytes { take(byte) }
    if got <= 0 { end() }
  }

  private func take(_ byte: UInt8) {
    guard byte == UInt8(ascii: "\n") else {
      if held.count < Self.limit { held.append(byte) } else { isTooLong = true }
      return
    }
    let line = String(decoding: held, as: UTF8.self)
    held.removeAll(keepingCapacity: true)
    if isTooLong { notice("a line of more than \(Self.limit) bytes was dropped") } else { onLine(line) }
    isTooLong = false
  }

  private func end() {
    guard !hasEnded else { return }
    hasEnded = true
    loop.unwatch(descriptor)
    // A last line without its line end is still a line.
    if !held.isEmpty { take(UInt8(ascii: "\n")) }
    onEnd()
  }

  func close() {
    hasEnded = true
    loop.unwatch(descriptor)
  }
}
