// A door in real time to a real meter: what `backspin read` stands at. The reader is the same as in a suite;
// only the waiting is real.

internal import CHost
internal import Glibc
public import Line
public import Units

/// A reader's end of a real serial line.
///
/// A door cannot say in its bytes that its line was lost: it falls silent. Whoever gets `silence` from a
/// reader looks at `lost`, or at `trouble`.
public final class SerialDoor: Door {
  /// What differs from head to head.
  public struct Options: Hashable, Sendable {
    /// After what was written has left, before the speed changes: USB bridges keep the last bytes back for a
    /// while. Heads in the field need 0 to 400 ms.
    public var baudChangeDelay: TimeSpan
    /// DTR and RTS power many heads: on, off, or as the system left it.
    public var dtr: Bool?
    public var rts: Bool?

    public init(baudChangeDelay: TimeSpan = .zero, dtr: Bool? = true, rts: Bool? = nil) {
      (self.baudChangeDelay, self.dtr, self.rts) = (baudChangeDelay, dtr, rts)
    }
  }

  private let port: any SerialPort
  private let clock: WallClock
  private let options: Options
  /// When what was written has left the wire.
  private var busyUntil: Instant
  /// Why nothing comes any more.
  public private(set) var lost: HostError?

  public init(_ port: any SerialPort, options: Options = Options(), clock: WallClock = WallClock()) {
    (self.port, self.options, self.clock) = (port, options, clock)
    busyUntil = clock.now
    // A port without modem lines needs none.
    note { () throws(HostError) in _ = try port.setModemLines(dtr: options.dtr, rts: options.rts) }
  }

  /// Opens a port by its path. Where it has no seven data bits it stands with eight, and `settings` says so.
  /// Throws as `SerialPorts.open` does.
  public convenience init(
    opening path: String, _ settings: SerialSettings, options: Options = Options(),
    clock: WallClock = WallClock()
  ) throws(HostError) {
    self.init(try Self.port(path, settings), options: options, clock: clock)
  }

  private static func port(_ path: String, _ settings: SerialSettings) throws(HostError) -> any SerialPort {
    do throws(HostError) {
      return try SerialPorts.open(path, settings)
    } catch {
      guard error.code == .unsupportedSetting, settings.onWire != settings else { throw error }
      return try SerialPorts.open(path, settings.onWire)
    }
  }

  public var now: Instant { clock.now }

  public var trouble: String? { lost?.description }

  public var settings: SerialSettings? { port.settings }

  public func write(_ bytes: [UInt8]) {
    let deadline = chost_monotonic() + KernelLink.watchdogNanoseconds
    var rest = bytes[...]
    busyUntil = max(busyUntil, now) + port.settings.time(ofCharacters: bytes.count)
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

  /// Drains the port, waits for the wire time of what was written and for `baudChangeDelay`, then changes.
  public func tune(to settings: SerialSettings) -> Bool {
    var isDone = false
    note { () throws(HostError) in
      guard settings != port.settings else { return isDone = true }
      try port.drain()
      clock.sleep(until: busyUntil + options.baudChangeDelay)
      isDone = try port.change(to: settings)
    }
    return isDone
  }

  /// Gives the port back.
  public func close() { port.close() }

  private func note(_ work: () throws(HostError) -> Void) {
    guard lost == nil else { return }
    do throws(HostError) {
      try work()
    } catch {
      lost = error
    }
  }
}
