// Where the parts of a Modbus frame stand, on a serial line and on TCP: for those who only look at frames
// that others made. V1.1b3 sections 6.3 and 6.4; "Messaging on TCP/IP" V1.0b section 3.1.3.

internal import HeadEnd
internal import Wire

/// The places of a read of registers, by framing.
struct ModbusForm {
  /// What a request asks for.
  struct Question {
    var unit: UInt8
    var function: UInt8
    var address: UInt16
    var count: UInt16
  }

  let framing: Framing

  /// Of the function code; the unit stands before it.
  private var function: Int { framing == .tcp ? ModbusTCP.headerBytes : 1 }
  private var checksum: Int { framing == .tcp ? 0 : 2 }

  /// What a whole request for registers asks for; nil for anything else.
  func question(in frame: [UInt8]) -> Question? {
    guard frame.count == function + 5 + checksum, frame[function] == 3 || frame[function] == 4 else {
      return nil
    }
    func word(_ at: Int) -> UInt16 { UInt16(frame[at]) << 8 | UInt16(frame[at + 1]) }
    return Question(
      unit: frame[function - 1], function: frame[function], address: word(function + 1),
      count: word(function + 3))
  }

  /// The registers of a whole answer of so many; nil for anything else.
  func registers(_ count: Int, in frame: [UInt8]) -> [UInt16]? {
    let data = function + 2
    guard frame.count == data + 2 * count + checksum, frame[function] & 0x80 == 0 else { return nil }
    return (0..<count).map { UInt16(frame[data + 2 * $0]) << 8 | UInt16(frame[data + 2 * $0 + 1]) }
  }

  /// Whether a frame carries these registers, at the place where an answer has them.
  func holds(_ registers: [UInt16], _ frame: [UInt8]) -> Bool {
    self.registers(registers.count, in: frame) == registers
  }
}
