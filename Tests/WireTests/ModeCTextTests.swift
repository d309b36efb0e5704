import BackspinTesting
import Testing
import Wire

@Suite("IEC 62056-21: checks, parity and idents")
struct ModeCTextTests {
  /// Block checks worked out by hand and by a third-party reader (pip iec62056-21, `utils.calculate_bcc`).
  static let checks: [(bytes: [UInt8], check: UInt8)] = [
    ([0x01] + Array("P0".utf8) + [0x02] + Array("(1234567)".utf8) + [0x03], 0x50),
    ([0x01] + Array("P1".utf8) + [0x02] + Array("(00000000)".utf8) + [0x03], 0x61),
    ([0x01] + Array("B0".utf8) + [0x03], 0x71),
    ([0x01] + Array("R1".utf8) + [0x02] + Array("1.8.0()".utf8) + [0x03], 0x5A),
    ([0x01] + Array("R5".utf8) + [0x02] + Array("P.01(;)".utf8) + [0x03], 0x23),
    ([0x02] + Array("(0012345.678*kWh)".utf8) + [0x03], 0x5A),
  ]

  @Test("the check is the exclusive or of all after the first start character, in 7 bits", arguments: checks)
  func check(row: (bytes: [UInt8], check: UInt8)) {
    #expect(ModeCText.check(row.bytes.dropFirst()) == row.check)
    #expect(ModeCText.framed(row.bytes.dropFirst().dropLast(), from: row.bytes[0]) == row.bytes + [row.check])
  }

  @Test("commands are written with their check")
  func commands() {
    #expect(ModeCCommand("P1", "(00000000)").bytes == Self.checks[1].bytes + [0x61])
    #expect(ModeCCommand("R1", "1.8.0()").bytes == Self.checks[3].bytes + [0x5A])
    #expect(ModeCCommand.signOff.bytes == [0x01, 0x42, 0x30, 0x03, 0x71])
    #expect(ModeCCommand.signOff.bytes == ModeCText.signOff)
  }

  @Test("a request with even parity in bit 7 is AF 3F 21 8D 0A")
  func parity() {
    let plain = ModeCRequest.signOn(address: "").bytes
    #expect(plain == [0x2F, 0x3F, 0x21, 0x0D, 0x0A])
    let even = SoftwareParity.adding(to: plain)
    #expect(even == [0xAF, 0x3F, 0x21, 0x8D, 0x0A])
    #expect(even.map(SoftwareParity.checked) == plain)
    #expect(SoftwareParity.checked(0xAE) == 0, "five ones: as a UART with parity checking hands it on")
    #expect(SoftwareParity.isUsed(in: even) == true)
    #expect(SoftwareParity.isUsed(in: plain) == false)
    #expect(SoftwareParity.isUsed(in: [0x3F, 0x21]) == nil, "both have an even number of ones")
    #expect(SoftwareParity.isUsed(in: [0xAF, 0x2F]) == nil, "neither reading fits")
  }

  @Test("Z says the speed: A to F in mode B, 0 to 6 in mode C")
  func speeds() {
    let expected: [(Character, Int?)] = [
      ("0", 300), ("1", 600), ("2", 1200), ("3", 2400), ("4", 4800), ("5", 9600), ("6", 19_200), ("7", nil),
      ("A", 600), ("B", 1200), ("C", 2400), ("D", 4800), ("E", 9600), ("F", 19_200), ("G", nil), ("a", nil),
    ]
    for (character, baud) in expected {
      #expect(ModeCSpeed.baud(of: character.asciiValue ?? 0) == baud, "\(character)")
    }
    #expect(ModeCSpeed.character(of: 9600) == UInt8(ascii: "5"))
    #expect(ModeCSpeed.modeBCharacter(of: 9600) == UInt8(ascii: "E"))
    #expect(ModeCSpeed.modeBCharacter(of: 300) == nil)
    #expect(ModeCSpeed.character(of: 1000) == nil)
  }

  /// line, maker, Z, escapes, text, mode E, 20 ms
  static let idents:
    [(line: String, maker: String, z: Character, escapes: String, text: String, e: Bool, quick: Bool)] = [
      ("LGZ4ZMF100AC.M23", "LGZ", "4", "", "ZMF100AC.M23", false, false),
      ("LGZ4\\2ZMD120AR", "LGZ", "4", "2", "ZMD120AR", true, false),
      ("ISk5MT174-0001", "ISk", "5", "", "MT174-0001", false, true),
      ("ELS5\\@V10.11", "ELS", "5", "@", "V10.11", false, false),
      ("GRX5\\1\\2GURUX", "GRX", "5", "12", "GURUX", true, false),
      ("KAM0", "KAM", "0", "", "", false, false),
      (
        "SLB5 a very long identification beyond 16", "SLB", "5", "", " a very long identification beyond 16",
        false, false
      ),
      ("LGZ4\\", "LGZ", "4", "", "\\", false, false),
    ]

  @Test("an identification is kept whole beside its parts", arguments: idents)
  func keepsIdents(
    row: (line: String, maker: String, z: Character, escapes: String, text: String, e: Bool, quick: Bool)
  ) throws {
    let ident = try ModeCIdentification(line: Array(row.line.utf8))
    #expect(ident.raw == row.line)
    #expect(ident.maker == row.maker)
    #expect(ident.proposal == row.z.asciiValue)
    #expect(String(decoding: ident.escapes, as: UTF8.self) == row.escapes)
    #expect(ident.text == row.text)
    #expect(ident.offersModeE == row.e)
    #expect(ident.isQuick == row.quick)
    #expect(ident.bytes == Array("/\(row.line)\r\n".utf8))
    let built = ModeCIdentification(
      maker: ident.maker, proposal: ident.proposal, escapes: ident.escapes, text: ident.text)
    #expect(built.raw == row.line, "what is built of the parts is the line")
  }

  @Test(
    "a line without maker and Z is no identification", arguments: ["", "LGZ", "12345", "L1Z4", "LGZ4\u{1}"])
  func noIdent(line: String) {
    #expect(throws: ModeCFault.identification) { try ModeCIdentification(line: Array(line.utf8)) }
  }
}
