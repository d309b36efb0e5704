// A line's settings as termios and people write them.

internal import CHost
internal import Glibc
internal import Line

extension SerialSettings {
  var parityLetter: Character {
    switch parity {
    case .none: "N"
    case .even: "E"
    case .odd: "O"
    }
  }

  /// `8N1`.
  var format: String { "\(dataBits)\(parityLetter)\(stopBits)" }
}

/// Sets data bits, parity and stop bits of a real terminal.
func setFormat(_ descriptor: Int32, _ settings: SerialSettings) -> Int32 {
  chost_terminal_format(
    descriptor, Int32(settings.dataBits), CChar(bitPattern: settings.parityLetter.asciiValue ?? 0x4E),
    Int32(settings.stopBits))
}

/// Sets DTR and RTS. False where the device has none (a pseudo-terminal: ENOTTY).
func setLines(_ descriptor: Int32, _ path: String, dtr: Bool?, rts: Bool?) throws(HostError) -> Bool {
  func word(_ line: Bool?) -> Int32 { line.map { $0 ? 1 : 0 } ?? -1 }
  let refused = chost_set_modem_lines(descriptor, word(dtr), word(rts))
  guard refused != -EIO else { throw .hungUp(path) }
  return refused == 0
}

extension HostError {
  static func unsupported(_ path: String, _ what: String) -> HostError {
    HostError(
      .unsupportedSetting, "\(path) cannot do \(what)",
      help: "choose a speed and format that the device knows; a pseudo-terminal has 8 data bits only")
  }
}
