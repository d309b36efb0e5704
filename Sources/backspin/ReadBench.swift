// Where a meter is reached, in real time: a serial device, a pty, a serial port over a network, a TCP port.

internal import HostIO
internal import Line
internal import Units

/// An open place.
struct ReadBench {
  let door: any Door
  /// Whether bytes come as a stream, without speed.
  let isStream: Bool
  /// As it was asked for.
  let name: String
  private let loss: () -> HostError?

  /// Opens a TCP address, `rfc2217://HOST:PORT`, or a serial path that stands at `settings` first. Throws
  /// `HostError`.
  ///
  /// `witness` may put another door before it; it is told how the line stands, nil for a stream.
  init(
    serial: String?, tcp: String?, settings: SerialSettings, delay: TimeSpan = .zero,
    witness: (any Door, SerialSettings?) -> any Door = { door, _ in door }
  ) throws {
    let options = SerialDoor.Options(baudChangeDelay: delay)
    if let tcp {
      let door = try TCPDoor(connecting: try HostPort(parsing: tcp))
      (self.door, isStream, name, loss) = (witness(door, nil), true, tcp, { door.lost })
      return
    }
    let path = serial ?? ""
    if path.hasPrefix(Self.network) {
      let address = try HostPort(parsing: path.dropFirst(Self.network.count))
      let door = try RFC2217Door(connecting: address, settings, options: options)
      (self.door, isStream, name, loss) = (witness(door, settings), false, path, { door.lost })
    } else {
      let door = try SerialDoor(opening: path, settings, options: options)
      (self.door, isStream, name, loss) = (witness(door, settings), false, path, { door.lost })
    }
  }

  /// The same place, read through another door.
  init(_ bench: ReadBench, through door: any Door) {
    (self.door, isStream, name, loss) = (door, bench.isStream, bench.name, bench.loss)
  }

  private static let network = "rfc2217://"

  /// Why nothing comes any more.
  var lost: HostError? { loss() }
}
