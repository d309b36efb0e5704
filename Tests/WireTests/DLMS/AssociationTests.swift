// Association messages. AARQs come from gurux_dlms 1.0.203 (`aarqRequest` of a client without security, with
// the password "Gurux", and with GMAC and ciphering at counter 100); others from IEC 62056-5-3, annex D.

import Testing
import Wire

@Suite("Association messages")
struct AssociationTests {
  static let initiate = InitiateRequest(
    conformance: COSEMConformance(rawValue: 0x40_1E5D), maximumPDU: 0xFFFF)
  static let plain = AssociationRequest(context: .logicalName, information: initiate.encoded)
  static let low = AssociationRequest(
    context: .logicalName, mechanism: .low, authentication: Array("Gurux".utf8),
    information: initiate.encoded)
  static let gmacInformation = octets(
    "21 1F 30 00 00 00 64 5E 7B 7E 99 EF 5D CB D1 AE EC B4 5F DE 2D A8 02 1B C0 14 9F 4E C5 CB C3 B5 AF")
  static let gmac = AssociationRequest(
    context: .logicalNameCiphered, mechanism: .gmac, callingTitle: DLMSVectors.clientTitle,
    authentication: octets("000102030405060708090A0B0C0D0E0F"), information: gmacInformation)

  static let requests: [(String, AssociationRequest)] = [
    ("60 1D A1 09 06 07 60 85 74 05 08 01 01 BE 10 04 0E 01 00 00 00 06 5F 1F 04 00 40 1E 5D FF FF", plain),
    (
      """
      60 33 A1 09 06 07 60 85 74 05 08 01 01 8A 02 07 80 8B 07 60 85 74 05 08 02 01 AC 07 80 05 47 75 72 75 78 \
      BE 10 04 0E 01 00 00 00 06 5F 1F 04 00 40 1E 5D FF FF
      """, low
    ),
    (
      """
      60 5D A1 09 06 07 60 85 74 05 08 01 03 A6 0A 04 08 4D 4D 4D 00 00 BC 61 4E 8A 02 07 80 8B 07 60 85 74 05 \
      08 02 05 AC 12 80 10 00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F BE 23 04 21 21 1F 30 00 00 00 64 5E \
      7B 7E 99 EF 5D CB D1 AE EC B4 5F DE 2D A8 02 1B C0 14 9F 4E C5 CB C3 B5 AF
      """, gmac
    ),
  ]

  @Test("requests are written and read as another implementation writes them")
  func requestVectors() throws {
    for (hex, request) in Self.requests {
      #expect(request.encoded == octets(hex))
      #expect(try AssociationRequest(decoding: octets(hex)) == request)
    }
    DLMSVectors.verify(Self.requests) { try AssociationRequest(decoding: $0) }
  }

  @Test("the initiate request inside the ciphered AARQ is opened with the keys")
  func cipheredInitiate() throws {
    let keys = try #require(DLMSVectors.keys)
    let message = try COSEMCiphered(decoding: Self.gmacInformation)
    #expect(message.tag == COSEMMessageTag.cipheredInitiateRequest)
    let opened = try COSEMProtection(keys).open(message.octets, title: DLMSVectors.clientTitle)
    #expect(opened.counter == 100)
    #expect(opened.policy == .both)
    let request = try InitiateRequest(decoding: opened.plain)
    #expect(request.maximumPDU == 0xFFFF)
    #expect(request.conformance.contains([.get, .blockTransferWithGet, .generalProtection]))
  }

  static let responses: [(String, AssociationResponse)] = [
    (
      "61 29 A1 09 06 07 60 85 74 05 08 01 01 A2 03 02 01 00 A3 05 A1 03 02 01 00 BE 10 04 0E 08 00 06 5F 1F 04 00 00 1E 1D 04 C8 00 07",
      AssociationResponse(
        context: 1, outcome: .accepted, diagnostic: .null,
        information: InitiateResponse(
          conformance: COSEMConformance(rawValue: 0x1E1D), maximumPDU: 0x04C8
        ).encoded)
    ),
    (
      "61 17 A1 09 06 07 60 85 74 05 08 01 01 A2 03 02 01 01 A3 05 A1 03 02 01 0D",
      AssociationResponse(context: 1, outcome: .rejectedForGood, diagnostic: .authenticationFailure)
    ),
    (
      """
      61 41 A1 09 06 07 60 85 74 05 08 01 01 A2 03 02 01 00 A3 05 A1 03 02 01 0E A4 0A 04 08 4D 4D 4D 00 00 00 \
      00 01 88 02 07 80 89 07 60 85 74 05 08 02 05 AA 0A 80 08 50 36 77 52 4A 32 31 46 BE 03 04 01 08
      """,
      AssociationResponse(
        context: 1, outcome: .accepted, diagnostic: .authenticationRequired,
        respondingTitle: DLMSVectors.serverTitle, mechanism: .gmac,
        authentication: Array("P6wRJ21F".utf8), information: [8])
    ),
  ]

  @Test("responses are written and read")
  func responseVectors() throws {
    for (hex, response) in Self.responses {
      #expect(response.encoded == octets(hex))
      #expect(try AssociationResponse(decoding: octets(hex)) == response)
    }
    DLMSVectors.verify(Self.responses) { try AssociationResponse(decoding: $0) }
  }

  @Test("release is written and read, with a reason and without")
  func release() throws {
    let examples: [(String, AssociationRelease)] = [
      ("62 03 80 01 00", AssociationRelease(tag: 0x62)),
      ("63 00", AssociationRelease(tag: 0x63, reason: nil)),
    ]
    for (hex, release) in examples { #expect(release.encoded == octets(hex)) }
    DLMSVectors.verify(examples) { try AssociationRelease(decoding: $0) }
  }

  @Test("initiate messages: the Green Book's with a dedicated key, and a response")
  func initiateVectors() throws {
    let hex = "01 01 10 00112233445566778899AABBCCDDEEFF 00 00 06 5F 1F 04 00 00 7E 1F 04 B0"
    let request = InitiateRequest(
      dedicatedKey: octets("00112233445566778899AABBCCDDEEFF"),
      conformance: COSEMConformance(rawValue: 0x7E1F), maximumPDU: 1200)
    #expect(request.encoded == octets(hex))
    DLMSVectors.verify([(hex, request)]) { try InitiateRequest(decoding: $0) }
    let response = InitiateResponse(conformance: [.get], maximumPDU: 500)
    DLMSVectors.verify([("08 00 06 5F 1F 04 00 00 00 10 01 F4 00 07", response)]) {
      try InitiateResponse(decoding: $0)
    }
  }

  @Test("a field that stands twice, a missing context and a foreign identifier are refused")
  func refusals() {
    #expect(throws: COSEMFault.tag(0x80)) {
      try AssociationRelease(decoding: octets("62 06 80 01 00 80 01 00"))
    }
    #expect(throws: COSEMFault.short) { try AssociationRequest(decoding: octets("60 00")) }
    #expect(throws: COSEMFault.tag(0xA1)) {
      try AssociationRequest(
        decoding: octets("60 12 A1 09 06 07 60 85 74 05 09 01 01 BE 05 04 03 01 00 00"))
    }
  }
}
