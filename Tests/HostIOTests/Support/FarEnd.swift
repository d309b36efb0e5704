// The other end of a serial line in a test: the master of a pseudo-terminal.

import CHost
import Foundation

/// An open master; `path` is the device that the code under test opens.
final class FarEnd: @unchecked Sendable {
  let path: String
  private(set) var master: Int32

  init() throws {
    var name = [CChar](repeating: 0, count: 64)
    master = chost_pty_open(&name, name.count)
    path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard master >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: -master) ?? .EIO) }
  }

  deinit { hangUp() }

  func hangUp() {
    if master >= 0 { close(master) }
    master = -1
  }

  /// The speed that the other end has set.
  var baud: Int { Int(chost_terminal_speed(master)) }

  func send(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let done = rest.withUnsafeBytes { chost_write(master, $0.baseAddress, $0.count) }
      if done > 0 { rest = rest.dropFirst(done) }
      if done < 0, chost_wait(master, chost_wait_write, deadline()) <= 0 { return }
    }
  }

  /// Waits for `count` bytes, at most 5 s.
  func receive(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    let end = deadline()
    while bytes.count < count, chost_wait(master, chost_wait_read, end) > 0 {
      var space = [UInt8](repeating: 0, count: count - bytes.count)
      let got = chost_read(master, &space, space.count)
      if got < 0 { break }
      bytes += space.prefix(got)
    }
    return bytes
  }
}

/// Five seconds from now, for real waits that must not hang.
func deadline() -> Int64 { chost_monotonic() + 5_000_000_000 }
