// Modbus frames made by hand, with a checksum written here once more so that no test trusts the code under
// test.

/// CRC-16/MODBUS, bit by bit ("MODBUS over Serial Line" V1.02, section 6.2.2), low byte first.
func withChecksum(_ frame: [UInt8]) -> [UInt8] {
  var sum: UInt16 = 0xFFFF
  for byte in frame {
    sum ^= UInt16(byte)
    for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xA001 : sum >> 1 }
  }
  return frame + [UInt8(sum & 0xFF), UInt8(sum >> 8)]
}

/// An RTU answer to FC 3 or 4 with these registers.
func rtuAnswer(unit: UInt8 = 1, function: UInt8 = 4, _ registers: [UInt16]) -> [UInt8] {
  withChecksum([unit, function, UInt8(registers.count * 2)] + bigEndian(registers))
}

/// The TCP answer to a request with these registers; `request` gives transaction number and unit.
func tcpAnswer(to request: [UInt8], _ registers: [UInt16]) -> [UInt8] {
  tcpFrame(to: request, [request[7], UInt8(registers.count * 2)] + bigEndian(registers))
}

/// A PDU behind the MBAP header of a request.
func tcpFrame(to request: [UInt8], _ pdu: [UInt8]) -> [UInt8] {
  request.prefix(2) + [0, 0, 0, UInt8(pdu.count + 1), request[6]] + pdu
}

func bigEndian(_ registers: [UInt16]) -> [UInt8] { registers.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] } }
