// The words of the telnet COM-PORT option (RFC 2217, section 3): how a serial port is set over a network. It
// is the only form of TCP in which the other end sees a change of speed.

/// Options, commands and values.
enum ComPort {
  /// RFC 856, 858 and 2217.
  static let binary: UInt8 = 0
  static let suppressGoAhead: UInt8 = 3
  static let option: UInt8 = 44

  /// From client to server; the server's answer has 100 more.
  enum Command: UInt8, CaseIterable {
    case signature = 0
    case baud = 1
    case dataBits = 2
    case parity = 3
    case stopBits = 4
    case control = 5
    case notifyLine = 6
    case notifyModem = 7
    case suspend = 8
    case resume = 9
    case lineMask = 10
    case modemMask = 11
    case purge = 12
  }

  static let answers: UInt8 = 100

  /// Values of `control` that a reader sets.
  static let (dtrOn, dtrOff, rtsOn, rtsOff): (UInt8, UInt8, UInt8, UInt8) = (8, 9, 11, 12)
  static let noFlowControl: UInt8 = 1

  static func parity(_ parity: SerialSettings.Parity) -> UInt8 {
    switch parity {
    case .none: 1
    case .odd: 2
    case .even: 3
    }
  }

  static func parity(_ code: UInt8) -> SerialSettings.Parity? {
    SerialSettings.Parity.allCases.first { parity($0) == code }
  }

  /// Four bytes, the highest first.
  static func bytes(_ baud: Int) -> [UInt8] {
    let value = UInt32(clamping: baud)
    return (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * UInt32($0))) }
  }

  static func baud(_ bytes: ArraySlice<UInt8>) -> Int? {
    bytes.count == 4 ? bytes.reduce(0) { $0 << 8 | Int($1) } : nil
  }
}
