// A door in real time to a meter or gateway behind TCP.

internal import CHost
internal import Glibc
public import Line
public import Units

/// A reader's end of a TCP connection. As with `SerialDoor`, a lost connection is silence, and `lost` says
/// why.
public final class TCPDoor: Door {
  private let address: HostPort
  private let socket: Int32
  private let clock: WallClock
  /// Why nothing comes any more.
  public private(set) var lost: HostError?

  /// Connects within a time. Throws `noConnection`, `noSuchHost`.
  public init(
    connecting address: HostPort, within patience: TimeSpan = .seconds(5), clock: WallClock = WallClock()
  ) throws(HostError) {
    (self.address, self.clock) = (address, clock)
    socket = chost_tcp_connect(
      address.host, "\(address.port)", clock.monotonic(of: clock.now + patience))
    guard socket >= 0 else { throw .address(address, socket, listening: false) }
  }

  deinit { if socket >= 0 { close(socket) } }

  public var now: Instant { clock.now }

  public var trouble: String? { lost?.description }

  public func write(_ bytes: [UInt8]) {
    let deadline = chost_monotonic() + KernelLink.watchdogNanoseconds
    var rest = bytes[...]
    while !rest.isEmpty, lost == nil {
      let done = rest.withUnsafeBytes { chost_send(socket, $0.baseAddress, $0.count) }
      if done > 0 {
        rest = rest.dropFirst(done)
      } else if done != -Int(EAGAIN) {
        lose(systemWord(Int32(-done)))
      } else if chost_wait(socket, chost_wait_write, deadline) <= 0 {
        lose("it took nothing for 5 s")
      }
    }
  }

  public func wait(until patience: Instant) -> [UInt8] {
    guard lost == nil else { return [] }
    guard chost_wait(socket, chost_wait_read, clock.monotonic(of: patience)) > 0 else { return [] }
    return receive()
  }

  public func flush() { while lost == nil, !receive().isEmpty {} }

  private func receive() -> [UInt8] {
    var got = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: 4096) { space, count in
      got = chost_read(socket, space.baseAddress, space.count)
      count = max(got, 0)
    }
    if got == 0 { lose("closed by the other end") }
    if got < 0, got != -Int(EAGAIN) { lose(systemWord(Int32(-got))) }
    return bytes
  }

  private func lose(_ word: String) {
    lost =
      lost
      ?? HostError(
        .connectionLost, "the connection to \(address) was lost (\(word))",
        help: "check the meter or gateway, and try again")
  }
}
