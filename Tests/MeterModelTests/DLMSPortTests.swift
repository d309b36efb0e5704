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

  @Test(
    "each thing that cannot be is named",
    arguments: [
      ({ $0.clients[1].password = [] }, "client 32: a password has 1 to 32 octets"),
      ({ $0.clients[2].keys = nil }, "client 48: it needs the two keys"),
      ({ $0.clients.append(DLMSClient(address: 16)) }, "client 16 stands twice"),
      ({ $0.hdlc?.addressBytes = 3 }, "a server address has 1, 2 or 4 bytes, not 3"),
      (
        { $0.hdlc?.physicalAddress = 17 },
        "a physical address goes with an address of 2 or 4 bytes, and with that alone"
      ),
      ({ $0.hdlc?.window = 8 }, "a window is 1 to 7 frames, not 8"),
      ({ $0.flagCode = "B1" }, "a FLAG code has three letters, not 'B1'"),
      ({ $0.maximumPDU = 12 }, "the largest PDU is 0 (no limit) or at least 64 octets, not 12"),
      (
        { $0.registers[0].quantity = .total },
        "1-0:1.8.0*255: the meter has no register for 'total'"
      ),
      (
        { $0.registers[0].name = OBIS(quantity: 1, processing: 8, rate: 0) },
        "1.8.0: a logical name has all six groups"
      ),
      ({ $0.profiles[0].period = 900 }, "1-0:99.1.0*255: the period is 1800 or 86400 s"),
      (
        { $0.profiles[0].columns[1] = .interval(.total) },
        "1-0:99.1.0*255: the meter keeps no half-hours of total"
      ),
      ({ $0.profiles[0].columns.removeFirst() }, "1-0:99.1.0*255: the first column is the clock"),
      (
        { $0.profiles[1].columns[1] = .interval(.import) },
        "1-0:99.2.0*255: interval energy is kept for half-hours alone"
      ),
      (
        {
          $0.profiles[0].encoding = .compactArray; $0.profiles[0].compressesNull = true
        },
        "1-0:99.1.0*255: rows of a compact array cannot be null-compressed"
      ),
    ] as [(@Sendable (inout DLMSPort) -> Void, String)])
  func objections(_ change: @Sendable (inout DLMSPort) -> Void, _ said: String) {
    var port = DLMSFixture.port()
    change(&port)
    #expect(port.objections(on: Fixture.smets2()).contains(said))
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
