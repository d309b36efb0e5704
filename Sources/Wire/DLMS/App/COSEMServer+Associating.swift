// How an association comes and goes: AARQ, passes 3 and 4 of high-level security, RLRQ (IEC 62056-5-3,
// sections 5.2, 6.2 and 7.2).

internal import Units

extension COSEMServer {
  /// Challenges are 8 to 64 octets (62056-6-2, class 15).
  static let challengeLengths = 8...64
  /// The smallest APDU that a client may ask for: below it no answer fits (our assumption; the standard
  /// says 12, in which no block fits).
  static let leastMaximum: UInt16 = 64

  func associate(_ pdu: [UInt8], _ client: UInt8, _ instant: Instant) -> [UInt8] {
    associations[client] = nil
    let request: AssociationRequest
    do throws(COSEMFault) { request = try AssociationRequest(decoding: pdu) } catch {
      return COSEMException.unreadable.octets
    }
    guard let entry = clients.first(where: { $0.address == client }) else {
      return refuse(request, .rejectedForGood, .noReason)
    }
    if isLocked(client, at: instant) { return refuse(request, .rejectedForNow, .authenticationFailure) }
    if let diagnostic = objection(to: request, entry) {
      if diagnostic == .authenticationFailure { noteFailure(client, at: instant) }
      return refuse(request, .rejectedForGood, diagnostic)
    }
    let isCiphered = request.context == COSEMContext.logicalNameCiphered.rawValue
    var policy = COSEMPolicy.nothing
    var information = request.information
    if isCiphered {
      guard let keys = entry.keys,
        let message = try? COSEMCiphered(decoding: information),
        message.tag == COSEMMessageTag.cipheredInitiateRequest,
        let opened = try? COSEMProtection(keys).open(message.octets, title: request.callingTitle ?? [])
      else {
        noteFailure(client, at: instant)
        return refuse(request, .rejectedForGood, .authenticationFailure)
      }
      if let expected = expectedAbove(opened.counter, client) {
        return COSEMException.counter(expected: expected).octets
      }
      (policy, information) = (opened.policy, opened.plain)
    }
    return initiate(request, entry, information, isCiphered ? policy : nil)
  }

  /// What speaks against a request before anything is deciphered.
  private func objection(to request: AssociationRequest, _ entry: COSEMClientEntry)
    -> AssociationResponse.Diagnostic?
  {
    switch COSEMContext(rawValue: request.context) {
    case .logicalName: if entry.policy != .nothing { return .contextNotSupported }
    case .logicalNameCiphered: if entry.keys == nil { return .contextNotSupported }
    default: return .contextNotSupported
    }
    guard let mechanism = COSEMMechanism(rawValue: request.mechanism ?? 0) else {
      return .mechanismNotRecognised
    }
    guard mechanism == entry.mechanism else {
      return mechanism == .none ? .mechanismRequired : .authenticationFailure
    }
    let needsTitle = mechanism == .gmac || request.context == COSEMContext.logicalNameCiphered.rawValue
    if needsTitle {
      guard let title = request.callingTitle, title.count == 8, title == entry.systemTitle ?? title else {
        return .authenticationFailure
      }
    }
    switch mechanism {
    case .none: return nil
    case .low:
      return COSEMCipher.areEqual(request.authentication ?? [], entry.password) ? nil : .authenticationFailure
    case .gmac:
      let length = request.authentication?.count ?? 0
      return Self.challengeLengths.contains(length) ? nil : .authenticationFailure
    }
  }

  private func refuse(
    _ request: AssociationRequest, _ outcome: AssociationResponse.Outcome,
    _ diagnostic: AssociationResponse.Diagnostic, _ error: UInt8? = nil
  ) -> [UInt8] {
    let information = error.map { COSEMServiceError(service: 1, kind: 6, value: $0).octets } ?? []
    return AssociationResponse(
      context: request.context, outcome: outcome, diagnostic: diagnostic, information: information
    ).encoded
  }

  /// Numbers of initiate errors: 1 version too low, 2 incompatible conformance, 3 PDU size too short,
  /// 4 refused.
  private func initiate(
    _ request: AssociationRequest, _ entry: COSEMClientEntry, _ information: [UInt8],
    _ policy: COSEMPolicy?
  ) -> [UInt8] {
    guard let proposal = try? InitiateRequest(decoding: information) else {
      return refuse(request, .rejectedForGood, .noReason, 4)
    }
    guard proposal.version >= 6 else { return refuse(request, .rejectedForGood, .noReason, 1) }
    let agreed = proposal.conformance.intersection(settings.conformance)
    guard agreed.contains(.get) else { return refuse(request, .rejectedForGood, .noReason, 2) }
    guard proposal.maximumPDU == 0 || proposal.maximumPDU >= Self.leastMaximum else {
      return refuse(request, .rejectedForGood, .noReason, 3)
    }
    // A key for one association alone is not kept here: whoever wants one is told so.
    guard proposal.dedicatedKey == nil else { return refuse(request, .rejectedForGood, .noReason, 4) }
    let isGMAC = entry.mechanism == .gmac
    let challenge = isGMAC ? objects.challenge(for: entry.address) : []
    associations[entry.address] = COSEMAssociation(
      entry: entry, state: isGMAC ? .challenged : .associated, isCiphered: policy != nil,
      conformance: agreed, clientMaximum: proposal.maximumPDU, clientTitle: request.callingTitle ?? [],
      challenges: (request.authentication ?? [], challenge), objects: listed(for: entry))
    if !isGMAC { noteSuccess(entry.address) }
    let response = InitiateResponse(conformance: agreed, maximumPDU: settings.maximumPDU).encoded
    var information = response
    if let policy, let keys = entry.keys {
      information =
        COSEMCiphered(
          tag: COSEMMessageTag.cipheredInitiateResponse,
          octets: seal(response, policy, COSEMProtection(keys))
        ).encoded
    }
    return AssociationResponse(
      context: request.context, outcome: .accepted, diagnostic: isGMAC ? .authenticationRequired : .null,
      respondingTitle: isGMAC || policy != nil ? settings.systemTitle : nil,
      mechanism: isGMAC ? .gmac : nil, authentication: isGMAC ? challenge : nil, information: information
    ).encoded
  }

  /// Pass 3: the client's answer to the server's challenge; pass 4 is what is returned. A wrong answer, or a
  /// counter that does not grow, ends the association.
  func answerChallenge(
    _ value: COSEMValue?, _ association: COSEMAssociation, _ way: ProtectedWay?, _ instant: Instant
  ) throws(DataAccessResult) -> COSEMValue {
    let client = association.entry.address
    let last = way == nil ? received[client] : way?.counterBefore
    guard association.state == .challenged, let keys = association.entry.keys,
      case .octets(let answer) = value,
      let counter = COSEMProtection(keys).counter(
        of: answer, to: association.challenges.server, title: association.clientTitle),
      last.map({ counter > $0 }) ?? true
    else {
      if association.state == .challenged { noteFailure(client, at: instant) }
      associations[client] = nil
      throw .readWriteDenied
    }
    received[client] = max(counter, received[client] ?? counter)
    association.state = .associated
    noteSuccess(client)
    defer { nextCounter &+= 1 }
    return .octets(
      COSEMProtection(keys).response(
        to: association.challenges.client, title: settings.systemTitle, counter: nextCounter))
  }

  func release(_ pdu: [UInt8], _ client: UInt8) -> [UInt8] {
    guard let association = associations[client] else { return COSEMException.notAllowed.octets }
    guard let request = try? AssociationRelease(decoding: pdu) else {
      return COSEMException.unreadable.octets
    }
    var information: [UInt8] = []
    // Clients may release in clear; what they cipher must be right.
    if association.isCiphered, !request.information.isEmpty, let keys = association.entry.keys {
      guard let message = try? COSEMCiphered(decoding: request.information),
        let opened = try? COSEMProtection(keys).open(message.octets, title: association.clientTitle)
      else { return COSEMException.deciphering.octets }
      if let expected = expectedAbove(opened.counter, client) {
        return COSEMException.counter(expected: expected).octets
      }
      let response = InitiateResponse(conformance: association.conformance, maximumPDU: settings.maximumPDU)
      information =
        COSEMCiphered(
          tag: COSEMMessageTag.cipheredInitiateResponse,
          octets: seal(response.encoded, opened.policy, COSEMProtection(keys))
        ).encoded
    }
    associations[client] = nil
    return AssociationRelease(tag: AssociationRelease.response, information: information).encoded
  }
}
