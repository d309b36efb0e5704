// What a DLMS port of a profile may be.

import MeterModel
import Testing
import Units
import Wire

@Suite("The DLMS port of a profile")
struct DLMSPortTests {
  @Test("a port with clients, registers and half-hours of a SMETS2 meter has no objections")
  func sound() {
    #expect(DLMSFixture.port().objections(on: Fixture.smets2()) == [])
  }

  struct Case: Sendable {
    let change: @Sendable (inout DLMSPort) -> Void
    let said: String

    init(_ change: @escaping @Sendable (inout DLMSPort) -> Void, _ said: String) {
      (self.change, self.said) = (change, said)
    }
  }

  static let cases: [Case] = [
    Case({ $0.clients[1].password = [] }, "client 32: a password has 1 to 32 octets"),
    Case({ $0.clients[2].keys = nil }, "client 48: it needs the two keys"),
    Case({ $0.clients.append(DLMSClient(address: 16)) }, "client 16 stands twice"),
    Case({ $0.hdlc?.addressBytes = 3 }, "a server address has 1, 2 or 4 bytes, not 3"),
    Case(
      { $0.hdlc?.physicalAddress = 17 },
      "a physical address goes with an address of 2 or 4 bytes, and with that alone"),
    Case({ $0.hdlc?.window = 8 }, "a window is 1 to 7 frames, not 8"),
    Case({ $0.flagCode = "B1" }, "a FLAG code has three letters, not 'B1'"),
    Case({ $0.maximumPDU = 12 }, "the largest PDU is 0 (no limit) or at least 64 octets, not 12"),
    Case(
      { $0.registers[0].quantity = .total }, "1-0:1.8.0*255: the meter has no register for 'total'"),
    Case(
      { $0.registers[0].name = OBIS(quantity: 1, processing: 8, rate: 0) },
      "1.8.0: a logical name has all six groups"),
    Case({ $0.profiles[0].period = 900 }, "1-0:99.1.0*255: the period is 1800 or 86400 s"),
    Case(
      { $0.profiles[0].columns[2] = .interval(.total) },
      "1-0:99.1.0*255: the meter keeps no half-hours of total"),
    Case({ $0.profiles[0].columns.removeFirst() }, "1-0:99.1.0*255: the first column is the clock"),
    Case(
      { $0.profiles[1].columns[1] = .interval(.import) },
      "1-0:99.2.0*255: interval energy is kept for half-hours alone"),
    Case(
      { ($0.profiles[0].encoding, $0.profiles[0].compressesNull) = (.compactArray, true) },
      "1-0:99.1.0*255: rows of a compact array cannot be null-compressed"),
  ]

  @Test("each thing that cannot be is named", arguments: cases)
  func objections(_ one: Case) {
    var port = DLMSFixture.port()
    one.change(&port)
    #expect(port.objections(on: Fixture.smets2()).contains(one.said))
  }

  @Test("keys are 32 hexadecimal digits, with or without blanks")
  func keys() {
    let zeros = String(repeating: "00", count: 16)
    #expect(COSEMKeys(encryptionHex: zeros, authenticationHex: zeros)?.encryption.count == 16)
    #expect(COSEMKeys(encryptionHex: zeros + "00", authenticationHex: zeros) == nil)
    #expect(COSEMKeys(encryptionHex: "zz" + zeros.dropFirst(2), authenticationHex: zeros) == nil)
    #expect(COSEMKeys.octets("00 0F:ff") == [0x00, 0x0F, 0xFF])
  }
}
