// A client's command that reads the meter just served, ready to paste. mbpoll is in Debian and speaks RTU and
// TCP; the other ports are read by `backspin read`.

internal import HeadEnd
internal import HostIO
internal import Line
internal import MeterModel
internal import Runner

/// What to type next.
enum DeskHint {
  static func command(for live: LiveMeter, _ port: MeterProtocol, at place: DeskPlace) -> String? {
    port == .modbus ? modbus(live, at: place) : own(port, at: place)
  }

  private static func own(_ port: MeterProtocol, at place: DeskPlace) -> String? {
    switch place {
    case .input: nil
    case .tcp(let address, _):
      "backspin read --protocol \(port.rawValue) --tcp \(reachable(address.host)):\(address.port)"
    case .rfc2217(let address, _):
      "backspin read --protocol \(port.rawValue) --serial rfc2217://\(reachable(address.host)):\(address.port)"
    case .pty(let path, _), .device(let path, _):
      "backspin read --protocol \(port.rawValue) --serial \(quoted(path))"
    }
  }

  private static func modbus(_ live: LiveMeter, at place: DeskPlace) -> String? {
    guard let answering = live.answering, let quantity = ModbusQuantity(.activeEnergyImport),
      let point = answering.map.point(quantity)
    else { return nil }
    let what = "-a \(answering.unit) -0 -r \(point.address) \(format(of: point)) -1"
    switch place {
    case .input: return nil
    case .rfc2217: return own(.modbus, at: place)
    case .tcp(let address, .rtu):
      return
        "backspin read --profile \(live.meter.profile.name) --unit \(answering.unit) --framing rtu --tcp "
        + "\(reachable(address.host)):\(address.port)"
    case .tcp(let address, .tcp):
      return "mbpoll -m tcp -p \(address.port) \(what) \(reachable(address.host))"
    case .pty(let path, let settings), .device(let path, let settings):
      let line = "-b \(settings.baud) -P \(settings.parity.rawValue) -s \(settings.stopBits)"
      return "mbpoll -m rtu \(line) \(what) \(quoted(path))"
    }
  }

  /// The table (3 input, 4 holding), the type, and -B where the most significant word comes first.
  private static func format(of point: ModbusPoint) -> String {
    let table = point.functions.contains(4) ? 3 : 4
    let order = point.order == .mostSignificantFirst ? " -B" : ""
    switch point.number {
    case .float32: return "-c 1 -t \(table):float\(order)"
    case .int32, .uint32: return "-c 1 -t \(table):int\(order)"
    case .int16: return "-c 1 -t \(table):int16"
    case .uint16, .int64, .uint64: return "-c \(point.number.registers) -t \(table)"
    }
  }

  /// Where a client of this machine reaches somebody who listens on all its addresses.
  private static func reachable(_ host: String) -> String {
    switch host {
    case "", "0.0.0.0": "127.0.0.1"
    case "::": "::1"
    default: host
    }
  }

  private static func quoted(_ path: String) -> String {
    let plain = path.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-+=:@,%".contains($0)) }
    return plain
      ? path
      : "'" + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
