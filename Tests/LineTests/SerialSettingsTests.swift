import BackspinTesting
import Line
import Testing
import Units

struct SerialSettingsTests {
  /// Whether a time reads as a number of ms with the decimals given, rounded half up.
  private func reads(_ span: TimeSpan, as text: String) -> Bool {
    let decimals = text.split(separator: ".").dropFirst().first?.count ?? 0
    let unit = (0..<decimals).reduce(Int64(1000)) { step, _ in step / 10 }
    return Int64(text.filter { $0 != "." }) == (span.microseconds + unit / 2) / unit
  }

  @Test("silences and wire times at each speed are those of the table worked from the standard")
  func table() {
    // 8N1, so 10 bits a character on the wire; the silences are of the standard's 11 bits. Two registers: 8 +
    // 9 bytes; eighty: 8 + 165. Polls: 1 s / (wire time of two registers + 2 × t3.5).
    TextTable.each(
      """
      | baud   | t1.5  | t3.5 | two   | eighty | polls |
      | 1200   | 13.75 | 32.1 | 141.7 | 1441.7 | 4.9   |
      | 2400   | 6.88  | 16.0 | 70.8  | 720.8  | 9.7   |
      | 4800   | 3.44  | 8.0  | 35.4  | 360.4  | 19.4  |
      | 9600   | 1.72  | 4.0  | 17.7  | 180.2  | 38.9  |
      | 19200  | 0.86  | 2.0  | 8.9   | 90.1   | 77.7  |
      | 38400  | 0.75  | 1.75 | 4.4   | 45.1   | 126   |
      | 115200 | 0.75  | 1.75 | 1.5   | 15.0   | 201   |
      """
    ) { row in
      let settings = try SerialSettings(baud: Int(row.whole("baud")))
      let (short, long) = (settings.time(ofCharacters: 17), settings.time(ofCharacters: 173))
      #expect(try reads(settings.pauseWithinFrame, as: row.text("t1.5")), sourceLocation: row.sourceLocation)
      #expect(
        try reads(settings.pauseBetweenFrames, as: row.text("t3.5")), sourceLocation: row.sourceLocation)
      #expect(try reads(short, as: row.text("two")), sourceLocation: row.sourceLocation)
      #expect(try reads(long, as: row.text("eighty")), sourceLocation: row.sourceLocation)
      // Polls a second, in thousandths, as a length of time in ms reads.
      let polls = 1_000_000_000 / (short + settings.pauseBetweenFrames * 2).microseconds
      #expect(
        try reads(TimeSpan(microseconds: polls), as: row.text("polls")), sourceLocation: row.sourceLocation)
    }
  }

  @Test("a character has a start bit, its data bits, a parity bit if any, and its stop bits")
  func bits() throws {
    #expect(try SerialSettings(baud: 9600).bitsPerCharacter == 10)
    #expect(try SerialSettings(baud: 9600, parity: .even).bitsPerCharacter == 11)
    #expect(try SerialSettings(baud: 9600, stopBits: 2).bitsPerCharacter == 11)
    #expect(try SerialSettings(baud: 300, dataBits: 7, parity: .even).bitsPerCharacter == 10)
    #expect(
      try SerialSettings(baud: 19_200, dataBits: 7, parity: .odd, stopBits: 2).description == "19200 7O2")
  }

  @Test("rounding does not add up over a long frame")
  func rounding() throws {
    // 3000 characters of 10 bits at 115 200 baud: 260 416.67 µs. Rounded singly they would make 261 000.
    #expect(try SerialSettings(baud: 115_200).time(ofCharacters: 3000).microseconds == 260_417)
    #expect(try SerialSettings(baud: 115_200).time(ofCharacters: 1).microseconds == 87)
  }

  @Test("settings that no UART has are refused, with what is possible")
  func refused() {
    #expect {
      _ = try SerialSettings(baud: 0)
    } throws: {
      "\($0)" == "no serial line has a speed of 0 baud; possible are 50 to 4000000"
    }
    #expect {
      _ = try SerialSettings(baud: 9600, dataBits: 9)
    } throws: {
      "\($0)" == "no serial line has 9 data bits; 7 or 8 are"
    }
    #expect(throws: SerialSettingsError.self) { try SerialSettings(baud: 9600, stopBits: 0) }
  }
}
