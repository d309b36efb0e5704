import Line
import Testing
import Units

struct MismatchedSettingsTests {
  private func heard(_ bytes: [UInt8], _ sender: SerialSettings, _ receiver: SerialSettings) -> [[UInt8]] {
    MismatchedSettings.heard(bytes, sentAs: sender, by: receiver).map { [$0.byte, $0.isFlawed ? 1 : 0] }
  }

  private func baud(_ speed: Int) throws -> SerialSettings { try SerialSettings(baud: speed) }

  @Test("equal settings change no byte, and each is complete in the middle of its stop bit")
  func equal() throws {
    let all = (0...255).map { UInt8($0) }
    for settings in [SerialSettings.usual, try SerialSettings(baud: 300, parity: .odd, stopBits: 2)] {
      let heard = MismatchedSettings.heard(all, sentAs: settings, by: settings)
      #expect(heard.map(\.byte) == all)
      #expect(heard.allSatisfy { !$0.isFlawed })
    }
    // 9600 baud, second character: 10 bits, then 9.5 bits to the middle of the stop bit: 19.5 / 9600 s =
    // 2031.25 µs.
    #expect(MismatchedSettings.heard([1, 2], sentAs: .usual, by: .usual)[1].after.microseconds == 2032)
  }

  @Test("at twice the sender's speed each bit is heard twice")
  func twiceAsFast() throws {
    // 0x00: start and eight zeros are 18 half bits low: a start, eight zeros, and no stop bit.
    #expect(heard([0x00], try baud(9600), try baud(19_200)) == [[0x00, 1]])
    // 0xFF: the start bit alone is low, for two half bits: a start and one zero.
    #expect(heard([0xFF], try baud(9600), try baud(19_200)) == [[0xFE, 0]])
    // 0x55, low bit first 10101010: half bits 00 11 00 11 00 11 00 11 00 11, then idle. Start 0, data 0110
    // 0110 (0x66), stop 0: flawed. The next fall is at half bit 12: data 0110 0111 (0xE6), stop 1.
    #expect(heard([0x55], try baud(4800), try baud(9600)) == [[0x66, 1], [0xE6, 0]])
  }

  @Test("at half the sender's speed two characters are heard as one")
  func halfAsFast() throws {
    // 0x0F 0xFF at 9600, heard at 4800. Bits: 0 1111 0000 1, 0 11111111 1. The receiver samples the middle of
    // its bits, which is the border before the odd bits of the sender: bits 1, 3, 5 … of the row. Start: bit
    // 1 is a one, so the fall at 0 is a glitch. The next fall, at bit 5, is a start bit (bit 6 is 0); samples
    // at 8 (0), 10 (0), 12, 14, 16, 18 (1), then idle: data 0011 1111 = 0xFC, stop 1.
    #expect(heard([0x0F, 0xFF], try baud(9600), try baud(4800)) == [[0xFC, 0]])
  }

  @Test("7E1 heard by 8N1 has its parity in the highest bit")
  func sevenBits() throws {
    let seven = try SerialSettings(baud: 300, dataBits: 7, parity: .even)
    let eight = try SerialSettings(baud: 300)
    // 'A' 0x41 has two ones: parity 0. 'C' 0x43 has three: parity 1.
    #expect(heard([0x41, 0x43], seven, eight) == [[0x41, 0], [0xC3, 0]])
    // The other way, the eighth bit is checked as parity: 0xC3 is right, 0x43 is not and is handed on as 0.
    #expect(heard([0xC3, 0x43], eight, seven) == [[0x43, 0], [0x00, 1]])
  }

  @Test("wrong parity alone flaws every character")
  func parity() throws {
    let even = try SerialSettings(baud: 9600, parity: .even)
    let odd = try SerialSettings(baud: 9600, parity: .odd)
    #expect(heard([0x12, 0x34], even, odd) == [[0, 1], [0, 1]])
  }

  @Test("extremes of speed do not overflow and end")
  func extremes() throws {
    let bytes = [UInt8](repeating: 0x55, count: 260)
    #expect(heard(bytes, try baud(4_000_000), try baud(50)).count <= 1)
    let slow = MismatchedSettings.heard(bytes, sentAs: try baud(50), by: try baud(4_000_000))
    // Each fall of the line makes one character; 0x55 falls five times: at its start and after each one but
    // the last.
    #expect(slow.count == 260 * 5)
    #expect(slow.allSatisfy { $0.byte == 0 && $0.isFlawed })
  }
}
