// Security suite 0. The initiate request is the Green Book's own example (its cipher text again from
// dlms-cosem 25.1.0, `security.encrypt`); the GMAC is dlms-cosem's (`security.gmac`, counter 1, challenge
// "P6wRJ21F").

import Testing
import Wire

@Suite("COSEM protection")
struct COSEMProtectionTests {
  static let plain = octets("01011000112233445566778899AABBCCDDEEFF0000065F1F0400007E1F04B0")
  static let sealed = octets(
    """
    30 01 23 45 67 80 13 02 FF 8A 78 74 13 3D 41 4C ED 25 B4 25 34 D2 8D B0 04 77 20 60 6B 17 5B D5 22 11 BE 68 \
    41 DB 20 4D 39 EE 6F DB 8E 35 68 55
    """)

  @Test("the standard's example is sealed and opened")
  func greenBook() throws {
    let protection = COSEMProtection(try #require(DLMSVectors.keys))
    #expect(
      protection.seal(Self.plain, .both, title: DLMSVectors.clientTitle, counter: 0x0123_4567)
        == Self.sealed)
    let opened = try protection.open(Self.sealed, title: DLMSVectors.clientTitle)
    #expect(opened == COSEMOpened(policy: .both, counter: 0x0123_4567, plain: Self.plain))
  }

  @Test("a challenge is answered as another implementation answers it, and no other answer is right")
  func gmac() throws {
    let protection = COSEMProtection(try #require(DLMSVectors.keys))
    let challenge = Array("P6wRJ21F".utf8)
    let answer = octets("10 00 00 00 01 CF 56 36 66 00 68 23 B2 B5 08 EF 4A")
    let title = DLMSVectors.clientTitle
    #expect(protection.response(to: challenge, title: title, counter: 1) == answer)
    #expect(protection.counter(of: answer, to: challenge, title: title) == 1)
    #expect(protection.counter(of: answer, to: challenge, title: DLMSVectors.serverTitle) == nil)
    for place in answer.indices {
      var wrong = answer
      wrong[place] ^= 1
      #expect(protection.counter(of: wrong, to: challenge, title: title) == nil)
    }
  }

  @Test("each way of protection is opened again", arguments: [COSEMPolicy.authenticated, .encrypted, .both])
  func ways(_ policy: COSEMPolicy) throws {
    let protection = COSEMProtection(try #require(DLMSVectors.keys))
    let sealed = protection.seal(Self.plain, policy, title: DLMSVectors.serverTitle, counter: 7)
    let opened = try protection.open(sealed, title: DLMSVectors.serverTitle)
    #expect(opened == COSEMOpened(policy: policy, counter: 7, plain: Self.plain))
    #expect(policy.contains(.encrypted) != (Array(sealed[5..<5 + Self.plain.count]) == Self.plain))
  }

  @Test(
    "a change of any octet of an authenticated message is found",
    arguments: [COSEMPolicy.authenticated, .both])
  func changes(_ policy: COSEMPolicy) throws {
    let protection = COSEMProtection(try #require(DLMSVectors.keys))
    let sealed = protection.seal(Self.plain, policy, title: DLMSVectors.serverTitle, counter: 7)
    for place in sealed.indices {
      var wrong = sealed
      wrong[place] ^= 0x04
      #expect(throws: COSEMSecurityFault.self) { try protection.open(wrong, title: DLMSVectors.serverTitle) }
    }
    #expect(throws: COSEMSecurityFault.tag) { try protection.open(sealed, title: DLMSVectors.clientTitle) }
    for count in 0..<sealed.count {
      #expect(throws: COSEMSecurityFault.self) {
        try protection.open(Array(sealed.prefix(count)), title: DLMSVectors.serverTitle)
      }
    }
  }

  @Test("another suite, a broadcast key or compression is not opened", arguments: [0x31, 0x70, 0xB0, 0x00])
  func foreign(_ control: UInt8) throws {
    let protection = COSEMProtection(try #require(DLMSVectors.keys))
    var message = Self.sealed
    message[0] = control
    #expect(throws: COSEMSecurityFault.form) { try protection.open(message, title: DLMSVectors.clientTitle) }
  }

  @Test("ciphered messages are read with their title and without")
  func ciphered() {
    let examples: [(String, COSEMCiphered)] = [
      ("C8 06 30 00 00 00 01 AA", COSEMCiphered(tag: 0xC8, octets: octets("3000000001AA"))),
      (
        "DB 08 4D4D4D0000BC614E 06 30 00 00 00 01 AA",
        COSEMCiphered(tag: 0xDB, title: DLMSVectors.clientTitle, octets: octets("3000000001AA"))
      ),
    ]
    for (hex, message) in examples { #expect(message.encoded == octets(hex)) }
    DLMSVectors.verify(examples) { try COSEMCiphered(decoding: $0) }
  }
}
