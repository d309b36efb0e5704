// Where live meters are served, in words that programs may rely on: the end of the ready line.

internal import HeadEnd
internal import HostIO
internal import Line
internal import MeterModel
internal import Runner

/// A place that is open.
enum DeskPlace {
  case input
  case pty(String, SerialSettings)
  case device(String, SerialSettings)
  /// Framed as the standard has it on TCP, or as on a serial line.
  case tcp(HostPort, Framing)
  /// A serial port over a network.
  case rfc2217(HostPort, SerialSettings)

  /// `pty /tmp/meter0 9600 8N1`, `serial /dev/ttyUSB0 9600 8N1`, `tcp 127.0.0.1:1502` (and ` rtu` behind it),
  /// `rfc2217 127.0.0.1:2217 9600 8N1`, `standard input`.
  var words: String {
    switch self {
    case .input: "standard input"
    case .pty(let path, let settings): "pty \(path) \(settings)"
    case .device(let path, let settings): "serial \(path) \(settings)"
    case .tcp(let address, let framing): "tcp \(address)" + (framing == .rtu ? " rtu" : "")
    case .rfc2217(let address, let settings): "rfc2217 \(address) \(settings)"
    }
  }

  /// What the place cannot do that its line is said to do.
  var remark: String? {
    guard case .pty(let path, let settings) = self, settings.parity != .none, settings.dataBits == 8 else {
      return nil
    }
    return
      "\(path) is a pseudo-terminal, which carries no parity bit: a client of any parity is taken for "
      + "\(settings), and one that is refused 8E1 there (Invalid argument) sets 8N1"
  }

  /// A place that somebody asked for.
  enum Wanted {
    case input
    case serial(String, baud: Int?)
    case tcp(HostPort)
    case rfc2217(HostPort, baud: Int?)

    /// How a serial port over a network is written, as `--serial` of a reader has it.
    static let scheme = "rfc2217://"

    /// Throws `badAddress`.
    init(serial: String?, tcp: String?, baud: Int?) throws {
      if let tcp {
        self = .tcp(try HostPort(parsing: tcp))
      } else if let serial, serial.hasPrefix(Self.scheme) {
        self = .rfc2217(try HostPort(parsing: String(serial.dropFirst(Self.scheme.count))), baud: baud)
      } else {
        self = serial.map { .serial($0, baud: baud) } ?? .input
      }
    }

    /// Whether characters have no speed and no format there.
    var isStream: Bool { if case .tcp = self { true } else { false } }
  }
}

extension SerialSettings {
  /// The settings that all meters of a line are shipped with, or the given speed. Throws where they differ:
  /// one line has one speed.
  init(of meters: [ModbusAnswering], baud: Int?) throws {
    let lines = meters.map(\.map.line)
    let formats = Set(lines.map { "\($0.parity.rawValue) parity and \($0.stopBits) stop bits" }).sorted()
    guard let first = lines.first, formats.count == 1 else {
      throw Failure(
        "the meters of one line are shipped with different formats: \(formats.joined(separator: ", "))")
    }
    let speeds = Set(lines.map(\.baud)).sorted()
    guard speeds.count == 1 || baud != nil else {
      let list = speeds.map(String.init).joined(separator: " and ")
      throw Failure("the meters of one line are shipped with \(list) baud: choose one with --baud")
    }
    try self.init(first, baud: baud)
  }
}
