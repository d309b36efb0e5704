// A client's session wired to a meter's answers, PDU to PDU.

import MeterModel
import Testing
import Units
import Wire

/// One client at one meter.
final class DLMSBench {
  let answering: DLMSAnswering
  let client: UInt16
  var session: COSEMSession
  var at: Instant
  /// PDUs of the last exchange.
  var sent: [UInt8] = []
  var received: [UInt8] = []

  init(_ meter: Meter, _ port: DLMSPort, client: UInt16 = 32, _ settings: COSEMSession.Settings? = nil) {
    answering = DLMSAnswering(meter: meter, port: port, address: 1)
    (self.client, at) = (client, meter.now)
    session = COSEMSession(settings ?? Self.settings(client))
  }

  static func settings(_ client: UInt16) -> COSEMSession.Settings {
    switch client {
    case 32: return COSEMSession.Settings(mechanism: .low, password: Array("12345678".utf8))
    case 48:
      return COSEMSession.Settings(
        mechanism: .gmac,
        keys: COSEMKeys(
          encryptionHex: DLMSFixture.encryption, authenticationHex: DLMSFixture.authentication),
        policy: .both, systemTitle: Array("BSPTEST1".utf8), challenge: Array("ABCDEFGHIJKLMNOP".utf8))
    default: return COSEMSession.Settings()
    }
  }

  func exchange(_ pdu: [UInt8]) -> [UInt8] {
    (sent, received) = (pdu, answering.answer(pdu, client: client, server: 1, at: at) ?? [])
    return received
  }

  func associate() throws {
    try session.takeAssociation(exchange(session.associationRequest()))
    guard session.state == .challenged else { return }
    let pass = session.challengeRequest()
    try session.takeChallengeAnswer(exchange(pass.octets), to: pass.request)
  }

  func ask(_ make: (InvokeID) -> COSEMRequest) throws -> COSEMResponse {
    let asked = session.request(make)
    return try session.response(exchange(asked.octets), to: asked.request)
  }

  /// An attribute, through as many blocks as it takes.
  func get(_ classID: UInt16, _ name: LogicalName, _ attribute: Int8, _ selection: COSEMSelection? = nil)
    throws -> COSEMResult
  {
    var octets: [UInt8] = []
    var response = try ask { .get($0, COSEMItem(COSEMDescriptor(classID, name, attribute), selection)) }
    while true {
      switch response {
      case .get(_, let result): return result
      case .getBlockError(_, _, let error): return .error(error)
      case .getBlock(_, let block):
        octets += block.octets
        if block.isLast { return .data(try COSEMValue(decoding: octets)) }
        response = try ask { _ in .getNext(InvokeID(number: self.lastNumber), block.number) }
      default: return .error(.other)
      }
    }
  }

  /// The invoke-id of the request whose blocks are read: that of the session's last answer.
  private var lastNumber: UInt8 {
    (try? COSEMResponse(decoding: received))?.invokeID?.number ?? openedNumber
  }

  private var openedNumber: UInt8 {
    guard let keys = session.settings.keys, let message = try? COSEMCiphered(decoding: received),
      let opened = try? COSEMProtection(keys).open(message.octets, title: session.serverTitle)
    else { return 0 }
    return (try? COSEMResponse(decoding: opened.plain))?.invokeID?.number ?? 0
  }

  func value(_ classID: UInt16, _ name: LogicalName, _ attribute: Int8 = 2) throws -> COSEMValue? {
    if case .data(let value) = try get(classID, name, attribute) { return value }
    return nil
  }
}
