// A meter of IEC 62056-21 mode C in small, for clients on a live line: identification at 300 7E1, then, after
// an acknowledgement, a readout at the speed agreed, 200 ms after the last character heard. After its
// readout, or after a break, it is back at 300.

import Line
import Units

final class ModeCMeter: FarSide {
  static let request = Array("/?!\r\n".utf8)
  static let identification = Array("/ABC5x\r\n".utf8)
  /// STX, block, ETX, and the XOR of everything after STX (IEC 62056-21:2002, 6.2).
  static let readout: [UInt8] = [0x02] + body + [body.reduce(0, ^)]
  private static let body = Array("1.8.0(000042.7*kWh)\r\n2.8.0(000007.1*kWh)\r\n!\r\n".utf8) + [0x03]

  private(set) var settings: SerialSettings? = .sevenEven(300)
  private var bytes: [UInt8] = []
  private var due: (answer: TimedBytes, isLast: Bool)?

  func hear(_ heard: ArraySlice<UInt8>, at instant: Instant) {
    for byte in heard { take(byte, at: instant) }
  }

  private func take(_ byte: UInt8, at instant: Instant) {
    bytes.append(byte)
    if bytes == [0x01, 0x42, 0x30, 0x03, 0x71] { (settings, bytes) = (.sevenEven(300), []) }
    guard byte == 0x0A else { return }
    defer { bytes = [] }
    let at = instant + .milliseconds(200)
    if bytes.suffix(5) == Self.request[...] {
      settings = .sevenEven(300)
      due = (TimedBytes(at: at, bytes: Self.identification), false)
    } else if bytes.count == 6, bytes[0] == 0x06 {
      settings = .sevenEven(300 << (Int(bytes[2]) - 0x30))
      due = (TimedBytes(at: at, bytes: Self.readout), true)
    }
  }

  var wakes: Instant? { due?.answer.at }

  func speak(at instant: Instant, into answers: inout [TimedBytes]) {
    guard let next = due, next.answer.at <= instant else { return }
    answers.append(next.answer)
    due = nil
    if next.isLast { settings = .sevenEven(300) }
  }
}
