// A door in real time to a real meter: what `backspin read` stands at. The reader is the same as in a suite;
// only the waiting is real.

internal import CHost
internal import Glibc
public import Line
public import Units

/// A reader's end of a real serial line.
///
/// A door cannot say that its line was lost: it falls silent. Whoever gets `silence` from a reader looks at
/// `lost`.
public final class SerialDoor: Door {
  private let port: any SerialPort
  private let clock: WallClock
  /// Why nothing comes any more.
  public private(set) var lost: HostError?

  public init(_ port: any SerialPort, clock: WallClock = WallClock()) {
    (self.port, self.clock) = (port, clock)
  }

  public var now: Instant { clock.now }

  public func write(_ bytes: [UInt8]) {
    let deadline = chost_monotonic() + KernelLink.watchdogNanoseconds
    var rest = bytes[...]
    while !rest.isEmpty, lost == nil {
      note { () throws(HostError) in
        let done = try port.write(rest)
        rest = rest.dropFirst(done)
        guard done == 0 else { return }
        guard chost_wait(port.descriptor, chost_wait_write, deadline) > 0 else { throw .hungUp(port.path) }
      }
    }
  }

  public func wait(until patience: Instant) -> [UInt8] {
    var bytes: [UInt8] = []
    while lost == nil {
      note { () throws(HostError) in _ = try port.read(into: &bytes) }
      if !bytes.isEmpty { break }
      let ready = chost_wait(port.descriptor, chost_wait_read, clock.monotonic(of: patience))
      if ready == 0 { break }
    }
    return bytes
  }

  public func flush() { note { () throws(HostError) in try port.discardInput() } }

  private func note(_ work: () throws(HostError) -> Void) {
    do throws(HostError) {
      try work()
    } catch {
      lost = lost ?? error
    }
  }
}
