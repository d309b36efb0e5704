// The server's end of the application layer (IEC 62056-5-3): one logical device, one association for each
// client. PDU in, PDU out; the link below (HDLC or wrapper) tells of connections. It keeps the table of
// services, the rights, and the counters; values come from `COSEMObjects`.

public import Units

/// A COSEM server.
public final class COSEMServer {
  public struct Settings: Hashable, Sendable {
    /// 8 octets.
    public var systemTitle: [UInt8]
    /// The logical device's own address.
    public var address: UInt16
    /// The largest APDU it takes, in octets; 0: no limit.
    public var maximumPDU: UInt16
    public var conformance: COSEMConformance
    /// Whether a block asked for a second time is sent again.
    public var repeatsBlocks: Bool
    /// Failures in a row that lock it; 0: never.
    public var lockOutAfter: Int
    public var lockOutTime: TimeSpan

    public init(
      systemTitle: [UInt8], address: UInt16 = 1, maximumPDU: UInt16 = 1024,
      conformance: COSEMConformance = .all, repeatsBlocks: Bool = false, lockOutAfter: Int = 0,
      lockOutTime: TimeSpan = .minutes(5)
    ) {
      (self.systemTitle, self.address, self.maximumPDU) = (systemTitle, address, maximumPDU)
      (self.conformance, self.repeatsBlocks) = (conformance, repeatsBlocks)
      (self.lockOutAfter, self.lockOutTime) = (lockOutAfter, lockOutTime)
    }
  }

  public let settings: Settings
  public let objects: any COSEMObjects
  public let clients: [COSEMClientEntry]
  var associations: [UInt8: COSEMAssociation] = [:]
  /// Last invocation counter received of each client: it outlives associations.
  public internal(set) var received: [UInt8: UInt32] = [:]
  /// Invocation counter of the server's next ciphered message: one for all its keys. To set it back is what
  /// a faulty server does.
  public var nextCounter: UInt32 = 1
  /// A faulty server: the last octet of what it ciphers is wrong.
  public var spoilsTags = false
  /// A faulty server: this block of each long answer is never sent, unless it is the last.
  public var losesBlock: UInt32?
  private var failures: [UInt8: Int] = [:]
  private var lockedUntil: [UInt8: Instant] = [:]

  public init(settings: Settings, clients: [COSEMClientEntry], objects: any COSEMObjects) {
    (self.settings, self.clients, self.objects) = (settings, clients, objects)
  }

  /// How far a client's association has come.
  public func state(of client: UInt8) -> COSEMState { associations[client]?.state ?? .idle }

  /// Sets a client's counter as a key transfer or a replaced meter would: what it accepts next is above.
  public func setReceivedCounter(_ counter: UInt32?, client: UInt8) { received[client] = counter }

  private func answer(_ pdu: [UInt8], _ client: UInt8, _ instant: Instant) -> [UInt8]? {
    guard let tag = pdu.first else { return nil }
    switch tag {
    case AssociationRequest.tag: return associate(pdu, client, instant)
    case AssociationRelease.request: return release(pdu, client)
    case COSEMMessageTag.generalCiphering: return answerCiphered(pdu, client, instant)
    default:
      if COSEMService.requested(byCiphered: tag) != nil { return answerCiphered(pdu, client, instant) }
      guard COSEMService.requested(by: tag) != nil else { return COSEMException.notSupported.octets }
      return answerPlain(pdu, client, instant)
    }
  }

  private func answerPlain(_ pdu: [UInt8], _ client: UInt8, _ instant: Instant) -> [UInt8] {
    guard let association = associations[client], association.entry.policy == .nothing else {
      return COSEMException.notAllowed.octets
    }
    return serve(pdu, association, nil, instant)
  }

  private func answerCiphered(_ pdu: [UInt8], _ client: UInt8, _ instant: Instant) -> [UInt8] {
    guard let association = associations[client], association.isCiphered,
      let keys = association.entry.keys
    else { return COSEMException.notAllowed.octets }
    let message: COSEMCiphered
    do throws(COSEMFault) { message = try COSEMCiphered(decoding: pdu) } catch {
      return COSEMException.unreadable.octets
    }
    if let title = message.title, !title.isEmpty, title != association.clientTitle {
      return COSEMException.deciphering.octets
    }
    let opened: COSEMOpened
    do throws(COSEMSecurityFault) {
      opened = try COSEMProtection(keys).open(message.octets, title: association.clientTitle)
    } catch { return COSEMException.deciphering.octets }
    guard opened.policy.isSuperset(of: association.entry.policy) else {
      return COSEMException.notAllowed.octets
    }
    let before = received[client]
    if let expected = expectedAbove(opened.counter, client) {
      return COSEMException.counter(expected: expected).octets
    }
    guard let service = opened.plain.first.flatMap(COSEMService.requested(by:)),
      message.title != nil || service.cipheredRequest == message.tag
    else { return COSEMException.unreadable.octets }
    let way = ProtectedWay(policy: opened.policy, isGeneral: message.title != nil, counterBefore: before)
    let plain = serve(opened.plain, association, way, instant)
    // A refusal by exception is not ciphered: the client may not be able to read it otherwise.
    guard let tag = plain.first, let row = COSEMService.answered(by: tag),
      let ciphered = row.cipheredResponse
    else { return plain }
    let body = seal(plain, way.policy, COSEMProtection(keys))
    return way.isGeneral
      ? COSEMCiphered(tag: COSEMMessageTag.generalCiphering, title: settings.systemTitle, octets: body)
        .encoded
      : COSEMCiphered(tag: ciphered, octets: body).encoded
  }

  /// Takes a client's counter. Gives what was expected at least, if it does not grow.
  func expectedAbove(_ counter: UInt32, _ client: UInt8) -> UInt32? {
    if let last = received[client], counter <= last { return last &+ 1 }
    received[client] = counter
    return nil
  }

  /// Protects an answer and takes the next counter.
  func seal(_ plain: [UInt8], _ policy: COSEMPolicy, _ protection: COSEMProtection) -> [UInt8] {
    defer { nextCounter &+= 1 }
    var sealed = protection.seal(plain, policy, title: settings.systemTitle, counter: nextCounter)
    if spoilsTags { sealed[sealed.count - 1] ^= 0xFF }
    return sealed
  }

  func isLocked(_ client: UInt8, at instant: Instant) -> Bool {
    guard let until = lockedUntil[client] else { return false }
    if instant < until { return true }
    lockedUntil[client] = nil
    failures[client] = nil
    return false
  }

  func noteFailure(_ client: UInt8, at instant: Instant) {
    objects.authenticationFailed(client: client, at: instant)
    failures[client, default: 0] += 1
    if settings.lockOutAfter > 0, failures[client, default: 0] >= settings.lockOutAfter {
      lockedUntil[client] = instant + settings.lockOutTime
    }
  }

  func noteSuccess(_ client: UInt8) { failures[client] = nil }
}

extension COSEMServer: PDUResponder {
  public func linkOpened(client: UInt16, at: Instant) { forget(client) }

  /// Nil for another logical device than this one, and where nothing was asked.
  public func answer(_ pdu: [UInt8], client: UInt16, server: UInt16, at instant: Instant) -> [UInt8]? {
    guard server == settings.address else { return nil }
    // A wrapper's client may have a number that no client of HDLC has: nobody that is known here.
    return answer(pdu, UInt8(exactly: client) ?? 0, instant)
  }

  public func linkClosed(client: UInt16, at: Instant) { forget(client) }

  /// Nothing of an association outlives its link.
  private func forget(_ client: UInt16) {
    if let client = UInt8(exactly: client) { associations[client] = nil }
  }
}

/// How a ciphered request came, and so how its answer goes.
struct ProtectedWay {
  let policy: COSEMPolicy
  /// In general-glo-ciphering, with the title before it.
  let isGeneral: Bool
  /// The client's counter before this request.
  let counterBefore: UInt32?
}

/// What the server keeps of one association.
final class COSEMAssociation {
  let entry: COSEMClientEntry
  var state: COSEMState
  let isCiphered: Bool
  let conformance: COSEMConformance
  /// The largest APDU the client takes, in octets; 0: no limit.
  let clientMaximum: UInt16
  /// 8 octets, or empty where the client gave none.
  let clientTitle: [UInt8]
  /// The client's challenge, and the server's.
  let challenges: (client: [UInt8], server: [UInt8])
  /// What the client sees, by logical name.
  let objects: [LogicalName: [COSEMObject]]
  let objectList: [COSEMObject]
  var longGet: LongGet?
  var longRequest: LongRequest?

  init(
    entry: COSEMClientEntry, state: COSEMState, isCiphered: Bool, conformance: COSEMConformance,
    clientMaximum: UInt16, clientTitle: [UInt8], challenges: (client: [UInt8], server: [UInt8]),
    objects: [COSEMObject]
  ) {
    (self.entry, self.state, self.isCiphered) = (entry, state, isCiphered)
    (self.conformance, self.clientMaximum, self.clientTitle) = (conformance, clientMaximum, clientTitle)
    (self.challenges, objectList) = (challenges, objects)
    self.objects = Dictionary(grouping: objects, by: \.name)
  }

  /// Octets that a plain response may have.
  func room(_ way: ProtectedWay?) -> Int {
    let most = clientMaximum == 0 ? Int(UInt16.max) : Int(clientMaximum)
    guard let way else { return most }
    // Tag, a length of up to three octets and, before those of general ciphering, the title.
    return most - 4 - (way.isGeneral ? 9 : 0) - COSEMProtection.overhead
  }
}
