// A recorded DLMS dialogue as associations and attributes that were read (IEC 62056-5-3): ciphered messages
// opened with the keys that are given, long answers put together, lists taken apart.

internal import Line
internal import Units
internal import Wire

/// What a client read of a server.
struct COSEMTalk {
  /// An association that the server accepted.
  struct Association: Hashable {
    var client: UInt16
    var mechanism: COSEMMechanism
    var password: [UInt8] = []
    /// The least protection of its messages; nothing where they went in clear.
    var policy = COSEMPolicy.nothing
  }

  /// An attribute with what came for it.
  struct Read {
    var at: TimeSpan
    var item: COSEMItem
    var value: COSEMValue
  }

  private(set) var associations: [Association] = []
  private(set) var reads: [Read] = []
  private(set) var unanswered = 0
  /// The largest PDU that the server takes, as it said.
  private(set) var maximumPDU: UInt16?

  private let keys: COSEMKeys?
  private var titles: (client: [UInt8], server: [UInt8]) = ([], [])
  private var asked: (at: TimeSpan, request: COSEMRequest)?
  private var offer: Association?
  private var blocks: [UInt8] = []

  /// Throws `StoryError` for a ciphered dialogue that the keys do not open, or without keys.
  init(_ messages: [DLMSTalk.Message], keys: COSEMKeys?) throws {
    self.keys = keys
    for message in messages {
      if message.isRequest { try hearRequest(message) } else { try hearResponse(message) }
    }
    if asked != nil { unanswered += 1 }
  }

  // MARK: Protection

  /// A message in clear, and how it was protected.
  private func opened(_ pdu: [UInt8], fromClient: Bool) throws -> (plain: [UInt8], policy: COSEMPolicy) {
    guard let tag = pdu.first else { return (pdu, .nothing) }
    let isService =
      COSEMService.requested(byCiphered: tag) != nil || COSEMService.answered(byCiphered: tag) != nil
    let isInitiate =
      tag == COSEMMessageTag.cipheredInitiateRequest || tag == COSEMMessageTag.cipheredInitiateResponse
    guard isService || isInitiate || tag == COSEMMessageTag.generalCiphering else { return (pdu, .nothing) }
    guard let keys else {
      throw StoryError(
        "the dialogue is ciphered: give its keys with --key-encryption and --key-authentication")
    }
    guard let message = try? COSEMCiphered(decoding: pdu) else { throw StoryError(Self.wrongKeys) }
    let known = fromClient ? titles.client : titles.server
    let title = message.title.flatMap { $0.isEmpty ? nil : $0 } ?? known
    guard let open = try? COSEMProtection(keys).open(message.octets, title: title) else {
      throw StoryError(Self.wrongKeys)
    }
    return (open.plain, open.policy)
  }

  private static let wrongKeys = "a ciphered message is not opened by these keys, or its beginning is missing"

  // MARK: Requests

  private mutating func hearRequest(_ message: DLMSTalk.Message) throws {
    if message.pdu.first == AssociationRequest.tag { return try offers(message) }
    let plain = try opened(message.pdu, fromClient: true).plain
    guard let request = try? COSEMRequest(decoding: plain) else {
      asked = nil
      return
    }
    if asked != nil { unanswered += 1 }
    switch request {
    case .get, .getList:
      blocks = []
      asked = (message.at, request)
    case .getNext: if let long { asked = long }
    default: asked = nil
    }
  }

  /// The request whose blocks are on their way.
  private var long: (at: TimeSpan, request: COSEMRequest)?

  private mutating func offers(_ message: DLMSTalk.Message) throws {
    (offer, asked, long) = (nil, nil, nil)
    guard let request = try? AssociationRequest(decoding: message.pdu) else { return }
    titles.client = request.callingTitle ?? []
    let mechanism = COSEMMechanism(rawValue: request.mechanism ?? 0)
    guard let mechanism else {
      throw StoryError(
        "the client proves itself by mechanism \(request.mechanism ?? 0), which no meter here knows")
    }
    var made = Association(client: message.client, mechanism: mechanism)
    if mechanism == .low { made.password = request.authentication ?? [] }
    made.policy = try opened(request.information, fromClient: true).policy
    offer = made
  }

  // MARK: Responses

  private mutating func hearResponse(_ message: DLMSTalk.Message) throws {
    if message.pdu.first == AssociationResponse.tag { return try accepts(message.pdu) }
    let plain = try opened(message.pdu, fromClient: false).plain
    guard let (at, request) = asked else { return }
    guard let response = try? COSEMResponse(decoding: plain) else {
      unanswered += 1
      asked = nil
      return
    }
    asked = nil
    switch response {
    case .get(_, .data(let value)): take([.data(value)], request, at)
    case .getList(_, let results): take(results, request, at)
    case .getBlock(_, let block):
      blocks += block.octets
      long = block.isLast ? nil : (at, request)
      if block.isLast { takeBlocks(request, at) }
    default: unanswered += 1
    }
  }

  private mutating func accepts(_ pdu: [UInt8]) throws {
    guard let response = try? AssociationResponse(decoding: pdu), response.outcome == 0, let offer else {
      unanswered += 1
      return
    }
    titles.server = response.respondingTitle ?? []
    let information = try opened(response.information, fromClient: false).plain
    if let agreed = try? InitiateResponse(decoding: information) { maximumPDU = agreed.maximumPDU }
    if !associations.contains(offer) { associations.append(offer) }
  }

  private mutating func takeBlocks(_ request: COSEMRequest, _ at: TimeSpan) {
    defer { blocks = [] }
    if case .getList = request {
      // The results of a list that came in blocks stand as if they were one message.
      let head: [UInt8] = [COSEMService.get.row.response, 3, 0]
      if case .getList(_, let results)? = try? COSEMResponse(decoding: head + blocks) {
        return take(results, request, at)
      }
    } else if let value = try? COSEMValue(decoding: blocks) {
      return take([.data(value)], request, at)
    }
    unanswered += 1
  }

  private mutating func take(_ results: [COSEMResult], _ request: COSEMRequest, _ at: TimeSpan) {
    let items: [COSEMItem]
    switch request {
    case .get(_, let item): items = [item]
    case .getList(_, let list): items = list
    default: return
    }
    guard items.count == results.count else {
      unanswered += 1
      return
    }
    for (item, result) in zip(items, results) {
      guard case .data(let value) = result else {
        unanswered += 1
        continue
      }
      reads.append(Read(at: at, item: item, value: value))
    }
  }
}
