// A pair of descriptors with the kernel between: libmodbus holds one, we hold the other. What this file adds
// to read and write is certainty: exactly the bytes that were written are taken, and delivered bytes have
// arrived before anybody is told of them (a pseudo-terminal delivers by a kernel worker, some microseconds
// later).

internal import CHost
internal import Glibc
internal import HeadEnd

/// The kernel's part of a carrier. `near` belongs to libmodbus, or to a `KernelDoor`.
struct KernelLink {
  /// What a real wait may last before it is called stuck: the kernel itself needs microseconds.
  static let watchdogNanoseconds: Int64 = 5_000_000_000
  /// What an unread input queue is allowed to hold; a terminal's takes 4095 bytes.
  static let queueLimit = 2048

  let near: Int32
  let far: Int32

  /// Takes exactly `count` bytes out of the far end.
  func take(_ count: Int) throws(Trouble) -> [UInt8] { try read(count, from: far, what: "request") }

  /// Takes exactly `count` bytes out of the near end.
  func receive(_ count: Int) throws(Trouble) -> [UInt8] { try read(count, from: near, what: "answer") }

  /// Puts bytes in at the near end.
  func send(_ bytes: ArraySlice<UInt8>) throws(Trouble) { try write(bytes, to: near, what: "request") }

  private func read(_ count: Int, from end: Int32, what: String) throws(Trouble) -> [UInt8] {
    let deadline = chost_monotonic() + Self.watchdogNanoseconds
    var bytes = [UInt8](repeating: 0, count: count)
    var have = 0
    while have < count {
      let got = bytes.withUnsafeMutableBytes { chost_read(end, $0.baseAddress! + have, count - have) }
      if got > 0 {
        have += got
      } else if got == -Int(EAGAIN) || got == 0 && isatty(end) == 1 {
        guard chost_wait(end, chost_wait_read, deadline) > 0 else {
          throw Trouble("the kernel gave \(have) of \(count) \(what) bytes in 5 s")
        }
      } else {
        throw Trouble("the \(what) was lost: \(got == 0 ? "end of file" : systemWord(Int32(-got)))")
      }
    }
    return bytes
  }

  private func write(_ bytes: ArraySlice<UInt8>, to end: Int32, what: String) throws(Trouble) {
    let deadline = chost_monotonic() + Self.watchdogNanoseconds
    var rest = bytes
    while !rest.isEmpty {
      let done = rest.withUnsafeBytes { chost_write(end, $0.baseAddress, $0.count) }
      if done > 0 {
        rest = rest.dropFirst(done)
      } else if done != -Int(EAGAIN) {
        throw Trouble("the \(what) was lost: \(systemWord(Int32(-done)))")
      } else if chost_wait(end, chost_wait_write, deadline) <= 0 {
        throw Trouble("the kernel took no \(what) byte in 5 s")
      }
    }
  }

  /// Bytes that the near end could read now.
  func pending() throws(Trouble) -> Int {
    let count = chost_pending(near)
    guard count >= 0 else { throw Trouble("the port was lost: \(systemWord(-count))") }
    return Int(count)
  }

  /// Puts bytes in at the far end and returns when the near end can read all of them.
  func deliver(_ bytes: ArraySlice<UInt8>) throws(Trouble) {
    let before = try pending()
    let deadline = chost_monotonic() + Self.watchdogNanoseconds
    try write(bytes, to: far, what: "answer")
    while try pending() - before < bytes.count {
      guard chost_monotonic() < deadline else {
        throw Trouble("the kernel did not deliver \(bytes.count) answer bytes in 5 s")
      }
      if before == 0, try pending() == 0 {
        _ = chost_wait(near, chost_wait_read, deadline)
      } else {
        sched_yield()
      }
    }
  }

  /// Why the link is no longer to be trusted.
  struct Trouble: Error {
    var word: String
    init(_ word: String) { self.word = word }
  }
}
