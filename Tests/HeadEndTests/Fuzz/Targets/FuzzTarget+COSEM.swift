// DLMS/COSEM above the link (IEC 62056-5-3, 62056-6-2): data, messages, associations, ciphered messages, and
// both engines under scripted PDUs.

import Units
import Wire

extension FuzzTarget {
  static let cosem: [FuzzTarget] = messages + [server, session]

  private static let get = hex("C001C100030100010800FF0200")
  private static let byRange = hex(
    "C001C10007010063010 0FF02010102040204120008090600000100 00FF0F02120000"
      + "090C07EA0501FF0000000000 8000FF090C07EA0502FF00000000008000FF0100")
  private static let rows = hex("01020203 0904000000 00 1102 0600000001 0203 00 1102 0600000002")
  private static let aarq = hex(
    "6033A109060760857405080101 8A0207808B0760857405080201AC07800547757275 78BE10040E01000000065F1F0400401E5DFFFF"
  )
  private static let aare = hex(
    "6129A109060760857405080101A203020100A305A103020100BE10040E0800065F1F0400001E1D04000007")

  private static let messages: [FuzzTarget] = [
    message(
      "cosem-data",
      seeds: [
        rows, hex("130202120906 05 0001FF00 02"), hex("0404F0"), hex("0982000101"), hex("02020F FD161E"),
        [UInt8](repeating: 1, count: 60),
      ],
      decode: { try? COSEMValue(decoding: $0) }, encode: \.encoded),
    message(
      "cosem-request",
      seeds: [
        get, byRange, hex("C002C100000001"), hex("C102C10008 0000010000FF0200 01 00000001 02 0600"),
        hex("C301C1000F0000280000FF01 01 090100"),
      ],
      decode: { try? COSEMRequest(decoding: $0) }, encode: \.encoded),
    message(
      "cosem-response",
      seeds: [
        hex("C401C1000600000001"), hex("C401C10104"), hex("C402C1010000000100 04 06000001"), hex("C501C100"),
        hex("C701C1000006"), hex("D80106 00000007"), hex("D80106"), hex("0E060203"),
        hex("C403C10200060000000101 04"),
        // Rows of next to nothing, and a length in more octets than it needs.
        hex("C4038101001302030203020301002502030203010000000000000000 0002010004028100"),
      ],
      decode: { try? COSEMResponse(decoding: $0) }, encode: \.encoded),
    message(
      "acse-request", seeds: [aarq], decode: { try? AssociationRequest(decoding: $0) }, encode: \.encoded),
    message(
      "acse-response", seeds: [aare], decode: { try? AssociationResponse(decoding: $0) }, encode: \.encoded),
    message(
      "acse-release", seeds: [hex("6203800100"), hex("6303800100"), hex("6200")],
      decode: { try? AssociationRelease(decoding: $0) }, encode: \.encoded),
    message(
      "initiate-request", seeds: [hex("01000000065F1F0400401E5DFFFF")],
      decode: { try? InitiateRequest(decoding: $0) }, encode: \.encoded),
    message(
      "initiate-response", seeds: [hex("0800065F1F0400001E1D04000007")],
      decode: { try? InitiateResponse(decoding: $0) }, encode: \.encoded),
    message(
      "data-notification",
      seeds: [hex("0F000000010C07EA0701030C1E00FF800000020209024142060000 1000")],
      decode: { try? DataNotification(decoding: $0) }, encode: \.encoded),
    message(
      "cosem-ciphered", seeds: [hex("C8063000000001AA"), hex("DB084D4D4D0000BC614E063000000001AA")],
      decode: { try? COSEMCiphered(decoding: $0) }, encode: \.encoded),
    message(
      "cosem-object",
      seeds: [
        byName.value.encoded,
        // Rights below zero.
        hex("0204120007110109060100630100FF0202010202030F02160101020F010F0202030F040FFD0100010102020F010301"),
        hex("0204120007110109060100630100FF0202010202030F000FF7010200010101000F0102010301"),
      ],
      decode: { bytes in (try? COSEMValue(decoding: bytes)).flatMap { COSEMObject($0) } },
      encode: { $0.value.encoded }),
    protection,
  ]

  private static let byName = COSEMObject(
    7, version: 1, LogicalName(1, 0, 99, 1, 0), attributes: [.init(2, .read, selectors: [1, 2]), .init(4)],
    methods: [1])

  private static let keys = COSEMKeys(
    encryption: [UInt8](0...15), authentication: [UInt8](0xD0...0xDF))
  private static let title = hex("4D4D4D0000BC614E")
  private static let meterTitle = hex("4D4D4D0000000001")

  /// What opens was sealed with these keys: sealed again it is the same.
  private static let protection = FuzzTarget(
    name: "cosem-protection",
    seeds: [
      keys.map { COSEMProtection($0).seal(get, .both, title: title, counter: 5) } ?? [],
      keys.map { COSEMProtection($0).seal(get, .authenticated, title: title, counter: 5) } ?? [],
      keys.map { COSEMProtection($0).seal(get, .encrypted, title: title, counter: 5) } ?? [],
    ]
  ) { bytes in
    guard let keys, let opened = try? COSEMProtection(keys).open(bytes, title: title) else { return nil }
    let again = COSEMProtection(keys).seal(
      opened.plain, opened.policy, title: title, counter: opened.counter)
    return again == bytes ? nil : "sealed again: \(again)"
  }

  // MARK: Both engines

  private static let clients: [COSEMClientEntry] = [
    COSEMClientEntry(address: 16), COSEMClientEntry(address: 1, mechanism: .low, password: [1, 2, 3]),
    COSEMClientEntry(address: 2, mechanism: .gmac, keys: keys, policy: .both),
  ]

  private static func settings(of entry: COSEMClientEntry) -> COSEMSession.Settings {
    COSEMSession.Settings(
      mechanism: entry.mechanism, password: entry.password, keys: entry.keys, policy: entry.policy,
      systemTitle: title, challenge: [UInt8](20..<36), maximumPDU: 128)
  }

  /// Script: client; then for each PDU a kind (bare, sealed, or a GET of one of the objects) and its octets.
  private static let scripts: [[UInt8]] = [
    [0, 2, 0, 1, 2, 3, 2, 2, 3, 0, 1, 2], [1, 0, 13] + get + [2, 1, 2, 4, 0, 0, 1], [2, 2, 0, 2, 1, 2, 5, 3],
    [2, 1, 13] + get, [0, 0, 51] + byRange, [0, 0, 52] + aarq,
    [0, 2, 2, 0, 0, 7] + hex("C002C100000001") + [0, 7] + hex("C002C100000002"),
  ]

  /// No PDU stops the server, and no answer is longer than the client takes.
  private static let server = FuzzTarget(name: "cosem-server", seeds: scripts) { bytes in
    var script = FuzzScript(bytes)
    let entry = clients[Int(script.byte()) % clients.count]
    let client = UInt16(entry.address)
    let server = COSEMServer(
      settings: .init(systemTitle: meterTitle, maximumPDU: 512), clients: clients, objects: FuzzObjects())
    var session = COSEMSession(settings(of: entry))
    func say(_ pdu: [UInt8]) -> [UInt8]? { server.answer(pdu, client: client, server: 1, at: .epoch) }
    server.linkOpened(client: client, at: .epoch)
    if let answer = say(session.associationRequest()) { try? session.takeAssociation(answer) }
    if session.state == .challenged {
      let (request, octets) = session.challengeRequest()
      if let answer = say(octets) { try? session.takeChallengeAnswer(answer, to: request) }
    }
    guard session.state == .associated else { return "no association: \(session.state)" }
    var limit = 128
    while !script.isAtEnd {
      var pdu: [UInt8]
      switch script.byte() & 3 {
      case 0: pdu = script.bytes(Int(script.byte()))
      case 1: pdu = sealed(script.bytes(Int(script.byte())), UInt32(script.byte()) + 1000)
      default: pdu = session.request { .get($0, item(&script)) }.octets
      }
      guard let answer = say(pdu) else { continue }
      guard !answer.isEmpty else { return "an empty answer to \(pdu)" }
      // The bytes may hold an association of their own, with another limit.
      if answer[0] == 0x61, let wanted = proposedMaximum(pdu) { limit = wanted }
      if answer.count > limit, answer[0] != 0x61, answer[0] != 0x63 {
        return "an answer of \(answer.count) octets to \(pdu)"
      }
      pdu = answer
    }
    return nil
  }

  /// The longest PDU that an AARQ proposes, 0 for any length; where that is ciphered, any.
  private static func proposedMaximum(_ pdu: [UInt8]) -> Int? {
    guard let request = try? AssociationRequest(decoding: pdu) else { return nil }
    let proposal = try? InitiateRequest(decoding: request.information)
    return proposal.flatMap { $0.maximumPDU == 0 ? nil : Int($0.maximumPDU) } ?? .max
  }

  private static func sealed(_ plain: [UInt8], _ counter: UInt32) -> [UInt8] {
    guard let keys, let tag = plain.first else { return plain }
    let octets = COSEMProtection(keys).seal(plain, .both, title: title, counter: counter)
    return COSEMCiphered(tag: tag | 0x08, octets: octets).encoded
  }

  private static func item(_ script: inout FuzzScript) -> COSEMItem {
    let object = FuzzObjects.all[Int(script.byte()) % FuzzObjects.all.count]
    return COSEMItem(COSEMDescriptor(object.classID, object.name, Int8(truncatingIfNeeded: script.byte())))
  }

  /// A client takes whatever comes for an answer; a fault or what the meter said, never a trap.
  private static let session = FuzzTarget(
    name: "cosem-session",
    seeds: [[0, UInt8(aare.count)] + aare + [11] + hex("C401C1000600000001"), [2, 0, 3, 1, 2, 3]]
  ) { bytes in
    var script = FuzzScript(bytes)
    let entry = clients[Int(script.byte()) % clients.count]
    var session = COSEMSession(settings(of: entry))
    _ = session.associationRequest()
    try? session.takeAssociation(script.bytes(Int(script.byte())))
    if session.state == .challenged {
      let (request, _) = session.challengeRequest()
      try? session.takeChallengeAnswer(script.bytes(Int(script.byte())), to: request)
    }
    while !script.isAtEnd {
      let (request, _) = session.request { .get($0, item(&script)) }
      let answer = script.bytes(Int(script.byte()))
      if entry.keys != nil, (try? session.response(answer, to: request)) != nil {
        if case .exception? = try? COSEMResponse(decoding: answer) { continue }
        return "an answer that nobody sealed: \(answer)"
      }
      _ = try? session.response(answer, to: request)
    }
    return nil
  }
}

/// A register, a profile of many rows, and data that may be written.
final class FuzzObjects: COSEMObjects {
  static let all: [COSEMObject] = [
    COSEMObject(3, LogicalName(1, 0, 1, 8, 0), attributes: (1...3).map { .init($0) }, methods: [1]),
    COSEMObject(
      7, version: 1, LogicalName(1, 0, 99, 1, 0),
      attributes: [.init(1), .init(2, selectors: [1, 2]), .init(3)]),
    COSEMObject(1, LogicalName(0, 0, 96, 1, 0), attributes: [.init(1), .init(2, .readWrite)]),
  ]
  private var written = COSEMValue.octets([1, 2, 3])

  func objects(for client: UInt8) -> [COSEMObject] { Self.all }

  func get(_ item: COSEMItem, client: UInt8, at instant: Instant) throws(DataAccessResult) -> COSEMAnswer {
    switch (item.attribute.classID, item.attribute.index) {
    case (_, 1): return .value(.octets(item.attribute.name.octets))
    case (3, _): return .value(.uint32(123_456))
    case (7, 2):
      return .rows(
        COSEMRows(head: [1, 0x81, 200], count: 200) { row, writer in
          writer.value(.structure([.null, .uint32(UInt32(row))]))
        })
    default: return .value(written)
    }
  }

  func set(_ item: COSEMItem, to value: COSEMValue, client: UInt8, at instant: Instant)
    throws(DataAccessResult)
  { written = value }

  func call(_ method: COSEMDescriptor, with value: COSEMValue?, client: UInt8, at instant: Instant)
    throws(DataAccessResult) -> COSEMValue?
  { value }

  func authenticationFailed(client: UInt8, at instant: Instant) {}
  func challenge(for client: UInt8) -> [UInt8] { [UInt8](40..<56) }
}
