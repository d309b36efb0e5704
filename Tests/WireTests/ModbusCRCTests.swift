import Testing
import Wire

@Suite("Modbus checksum")
struct ModbusCRCTests {
  @Test("the checksum of the nine digits is the check value of CRC-16/MODBUS")
  func checkValue() {
    // 0x4B37: the check value of this CRC in the catalogue of parametrised CRC algorithms.
    #expect(ModbusCRC.of(Array("123456789".utf8)) == 0x4B37)
  }

  @Test("the worked example of the standard gives 0x1241")
  func appendixB() {
    // "MODBUS over Serial Line" V1.02, appendix B: the frame 02 07 has the checksum 0x1241, sent 41 12.
    #expect(ModbusCRC.of([0x02, 0x07]) == 0x1241)
    #expect(ModbusRTU.encode(pdu: [0x07], unit: 2) == [0x02, 0x07, 0x41, 0x12])
  }

  @Test("no bytes leave the preset value")
  func empty() { #expect(ModbusCRC.of([]) == 0xFFFF) }

  @Test("over a whole frame, checksum and all, the state comes to zero")
  func residue() {
    let frame: [UInt8] = [0x11, 0x03, 0x00, 0x6B, 0x00, 0x03, 0x76, 0x87]
    #expect(frame.reduce(ModbusCRC.start) { ModbusCRC.after($1, from: $0) } == 0)
  }

  @Test("every single flipped bit of a frame changes the checksum")
  func bitFlips() {
    let frame: [UInt8] = [0x01, 0x04, 0x04, 0x44, 0x9A, 0x50, 0x00]
    let right = ModbusCRC.of(frame)
    for index in frame.indices {
      for bit in 0..<8 {
        var flipped = frame
        flipped[index] ^= 1 << bit
        #expect(ModbusCRC.of(flipped) != right)
      }
    }
  }
}
