// A door in real time to a serial port somewhere else (RFC 2217): a device server in a meter cupboard,
// ser2net, or a live meter of ours. The reader's changes of speed are made at the far port.

internal import CHost
internal import Glibc
public import Line
public import Units

/// A reader's end of a serial port over a network. As with `SerialDoor`, a lost connection is silence, and
/// `lost` says why.
public final class RFC2217Door: Door {
  /// What a server may take to agree to anything.
  private static let patience = TimeSpan.seconds(3)

  private let door: TCPDoor
  private let address: HostPort
  private let options: SerialDoor.Options
  private let clock: WallClock
  private var client = ComPortClient()
  /// Arrived while something else was waited for.
  private var early: [UInt8] = []
  private var stands: SerialSettings
  private var busyUntil: Instant
  private var refused: HostError?

  /// Why nothing comes any more.
  public var lost: HostError? { refused ?? door.lost }

  /// Connects, agrees and sets the port. Throws `noConnection`, `noSuchHost`; `notSerial` for a port that is
  /// no RFC 2217; `unsupportedSetting` for one that cannot stand so.
  public init(
    connecting address: HostPort, _ settings: SerialSettings, options: SerialDoor.Options = .init(),
    clock: WallClock = WallClock()
  ) throws(HostError) {
    door = try TCPDoor(connecting: address, clock: clock)
    (self.address, self.options, self.clock, stands) = (address, options, clock, settings)
    busyUntil = clock.now
    door.write(client.opening())
    guard until({ $0.isAgreed != nil }), client.isAgreed == true else {
      throw lost
        ?? HostError(
          .notSerial, "\(address) does not offer a serial port (RFC 2217)",
          help: "for plain TCP give the address without rfc2217://")
    }
    guard set(settings) else { throw lost ?? .unsupported("rfc2217://\(address)", "\(settings)") }
    door.write(client.setLines(dtr: options.dtr, rts: options.rts))
    early = []
  }

  public var now: Instant { clock.now }

  public var trouble: String? { lost?.description }

  public var settings: SerialSettings? { stands }

  public func write(_ bytes: [UInt8]) {
    busyUntil = max(busyUntil, now) + stands.time(ofCharacters: bytes.count)
    door.write(TelnetEncoder.data(bytes))
  }

  public func wait(until patience: Instant) -> [UInt8] {
    while early.isEmpty, lost == nil {
      let bytes = door.wait(until: patience)
      if bytes.isEmpty { break }
      take(bytes)
    }
    defer { early = [] }
    return early
  }

  public func flush() {
    while true {
      let bytes = door.wait(until: now)
      if bytes.isEmpty { break }
      take(bytes)
    }
    early = []
  }

  /// Waits for the wire time of what was written and `baudChangeDelay`, then asks the far port; false where
  /// it says no. What arrives meanwhile is kept.
  public func tune(to settings: SerialSettings) -> Bool {
    guard lost == nil else { return false }
    guard settings != stands else { return true }
    let free = busyUntil + options.baudChangeDelay
    while now < free, lost == nil { take(door.wait(until: free)) }
    if set(settings) {
      stands = settings
      return true
    }
    if lost == nil { _ = set(stands) }
    return false
  }

  private func set(_ settings: SerialSettings) -> Bool {
    door.write(client.set(settings))
    return until { $0.stands(as: settings) != nil } && client.stands(as: settings) == true
  }

  private func until(_ isDone: (ComPortClient) -> Bool) -> Bool {
    let end = now + Self.patience
    while !isDone(client) {
      let bytes = door.wait(until: end)
      if bytes.isEmpty { return isDone(client) }
      take(bytes)
    }
    return true
  }

  private func take(_ bytes: [UInt8]) {
    let (data, replies) = client.receive(bytes)
    early += data
    if !replies.isEmpty { door.write(replies) }
  }
}
