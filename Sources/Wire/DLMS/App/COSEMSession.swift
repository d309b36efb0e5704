// The client's end of the application layer (IEC 62056-5-3): what it sends, and what it accepts as an answer.
// Pure: a reader carries the PDUs. What does not fit the request (tag, invoke-id, block number, protection,
// counter) is a fault, never a value.

/// An association seen from the client.
public struct COSEMSession {
  public struct Settings: Hashable, Sendable {
    public var mechanism: COSEMMechanism
    public var password: [UInt8]
    /// Nil: nothing is ciphered.
    public var keys: COSEMKeys?
    /// Protection of requests, and the least protection that answers must have.
    public var policy: COSEMPolicy
    /// The client's own, 8 octets; needed with keys.
    public var systemTitle: [UInt8]
    /// The client's challenge for GMAC, 8 to 64 octets, new for each association.
    public var challenge: [UInt8]
    /// Whether messages go in general-glo-ciphering, with the title in each of them.
    public var usesGeneralCiphering: Bool
    public var conformance: COSEMConformance
    /// The largest APDU taken, in octets; 0: no limit.
    public var maximumPDU: UInt16

    public init(
      mechanism: COSEMMechanism = .none, password: [UInt8] = [], keys: COSEMKeys? = nil,
      policy: COSEMPolicy = .nothing, systemTitle: [UInt8] = [], challenge: [UInt8] = [],
      usesGeneralCiphering: Bool = false, conformance: COSEMConformance = .all, maximumPDU: UInt16 = 0xFFFF
    ) {
      (self.mechanism, self.password, self.keys, self.policy) = (mechanism, password, keys, policy)
      (self.systemTitle, self.challenge) = (systemTitle, challenge)
      self.usesGeneralCiphering = usesGeneralCiphering
      (self.conformance, self.maximumPDU) = (conformance, maximumPDU)
    }
  }

  /// Why an answer is none.
  public enum Fault: Error, Hashable, Sendable {
    case unreadable(COSEMFault)
    /// Well-formed, and no answer to what was asked.
    case unexpected(String)
    /// exception-response or confirmed service error.
    case refused(String)
    /// The association was refused for another reason than who asks.
    case rejected(String)
    /// Password, challenge or key not accepted, here or there.
    case authentication(String)
    /// The answer cannot be trusted.
    case security(String)
    /// The server expects at least this invocation counter.
    case counter(expected: UInt32)
  }

  public let settings: Settings
  public private(set) var state = COSEMState.idle
  /// What was agreed on.
  public private(set) var conformance: COSEMConformance = []
  /// The largest APDU the server takes, in octets; 0: no limit.
  public private(set) var serverMaximum: UInt16 = 0
  public internal(set) var serverTitle: [UInt8] = []
  /// Invocation counter of the next ciphered message.
  public private(set) var counter: UInt32
  /// The last one that the server used.
  public private(set) var serverCounter: UInt32?
  var serverChallenge: [UInt8] = []
  private var number: UInt8 = 0

  /// `serverCounter` is the last one that the server used in an earlier session; nil where none is known.
  public init(_ settings: Settings, counter: UInt32 = 1, serverCounter: UInt32? = nil) {
    (self.settings, self.counter, self.serverCounter) = (settings, counter, serverCounter)
  }

  public var isCiphered: Bool { settings.keys != nil && settings.policy != .nothing }

  /// Goes on from a counter that the server asked for; never goes back.
  public mutating func raiseCounter(to expected: UInt32) -> Bool {
    guard expected >= counter else { return false }
    counter = expected
    return true
  }

  // MARK: associating

  public mutating func associationRequest() -> [UInt8] {
    // The server's counter is kept: it grows from one association to the next.
    (state, serverChallenge) = (.idle, [])
    let proposal = InitiateRequest(
      conformance: settings.conformance, maximumPDU: settings.maximumPDU
    ).encoded
    let information =
      isCiphered ? ciphered(proposal, COSEMMessageTag.cipheredInitiateRequest) : proposal
    let authentication: [UInt8]? =
      switch settings.mechanism {
      case .none: nil
      case .low: settings.password
      case .gmac: settings.challenge
      }
    return AssociationRequest(
      context: isCiphered ? .logicalNameCiphered : .logicalName, mechanism: settings.mechanism,
      callingTitle: isCiphered || settings.mechanism == .gmac ? settings.systemTitle : nil,
      authentication: authentication, information: information
    ).encoded
  }

  /// Takes the answer to an AARQ. Afterwards the state is `associated`, or `challenged`: then pass 3 is due.
  public mutating func takeAssociation(_ octets: [UInt8]) throws(Fault) {
    if octets.first != AssociationResponse.tag { throw Self.refusal(octets) }
    let answer: AssociationResponse
    do throws(COSEMFault) { answer = try AssociationResponse(decoding: octets) } catch {
      throw .unreadable(error)
    }
    guard answer.outcome == 0 else {
      let isAuthentication = (11...14).contains(answer.diagnostic)
      throw isAuthentication ? .authentication(answer.word) : .rejected(answer.word)
    }
    if let title = answer.respondingTitle { serverTitle = title }
    let information: [UInt8]
    if isCiphered {
      let (policy, plain) = try open(answer.information, COSEMMessageTag.cipheredInitiateResponse)
      guard policy.isSuperset(of: settings.policy) else {
        throw .security("the association's answer is less protected than was asked")
      }
      information = plain
    } else {
      information = answer.information
    }
    let agreed: InitiateResponse
    do throws(COSEMFault) { agreed = try InitiateResponse(decoding: information) } catch {
      throw .unreadable(error)
    }
    (conformance, serverMaximum) = (agreed.conformance, agreed.maximumPDU)
    guard settings.mechanism == .gmac else {
      state = .associated
      return
    }
    guard answer.diagnostic == AssociationResponse.Diagnostic.authenticationRequired.rawValue,
      let challenge = answer.authentication, (8...64).contains(challenge.count), serverTitle.count == 8
    else { throw .authentication("the meter gave no challenge") }
    // A challenge that is sent back would let the meter borrow the client's own answer.
    guard challenge != settings.challenge else {
      throw .authentication("the meter sent the challenge back")
    }
    serverChallenge = challenge
    state = .challenged
  }

  /// Pass 3.
  public mutating func challengeRequest() -> (request: COSEMRequest, octets: [UInt8]) {
    var answer: [UInt8] = []
    if let keys = settings.keys {
      answer = COSEMProtection(keys).response(
        to: serverChallenge, title: settings.systemTitle, counter: counter)
      counter &+= 1
    }
    let method = COSEMDescriptor(AssociationObject.classID, AssociationObject.name, 1)
    return request { .action($0, method, .octets(answer)) }
  }

  /// Pass 4.
  public mutating func takeChallengeAnswer(_ octets: [UInt8], to request: COSEMRequest) throws(Fault) {
    let before = serverCounter
    guard case .action(_, let result) = try response(octets, to: request) else {
      throw .unexpected("no answer to the challenge")
    }
    guard result.result == .success, case .data(.octets(let answer)) = result.returned else {
      state = .idle
      throw .authentication("the meter refused the answer to its challenge: \(result.result.word)")
    }
    guard let keys = settings.keys,
      let counter = COSEMProtection(keys).counter(of: answer, to: settings.challenge, title: serverTitle)
    else {
      state = .idle
      throw .authentication("the meter's own answer is wrong: it has other keys")
    }
    if let before, counter <= before {
      state = .idle
      throw .security("the meter's invocation counter does not grow")
    }
    serverCounter = max(counter, serverCounter ?? counter)
    state = .associated
  }

  // MARK: requests

  /// Numbers, encodes and protects a request.
  public mutating func request(_ make: (InvokeID) -> COSEMRequest) -> (
    request: COSEMRequest, octets: [UInt8]
  ) {
    number = number % 15 + 1
    let request = make(InvokeID(number: number))
    return (request, sealed(request))
  }

  /// Protects a request anew, with the next counter: for one that is repeated.
  public mutating func sealed(_ request: COSEMRequest) -> [UInt8] {
    let plain = request.encoded
    guard isCiphered, let tag = plain.first.flatMap(COSEMService.requested(by:))?.cipheredRequest else {
      return plain
    }
    return ciphered(plain, settings.usesGeneralCiphering ? COSEMMessageTag.generalCiphering : tag)
  }

  private mutating func ciphered(_ plain: [UInt8], _ tag: UInt8) -> [UInt8] {
    guard let keys = settings.keys else { return plain }
    defer { counter &+= 1 }
    let octets = COSEMProtection(keys).seal(
      plain, settings.policy, title: settings.systemTitle, counter: counter)
    let title = tag == COSEMMessageTag.generalCiphering ? settings.systemTitle : nil
    return COSEMCiphered(tag: tag, title: title, octets: octets).encoded
  }

  // MARK: release

  public mutating func releaseRequest() -> [UInt8] {
    var information: [UInt8] = []
    if isCiphered {
      let proposal = InitiateRequest(conformance: settings.conformance, maximumPDU: settings.maximumPDU)
      information = ciphered(proposal.encoded, COSEMMessageTag.cipheredInitiateRequest)
    }
    state = .idle
    return AssociationRelease(tag: AssociationRelease.request, information: information).encoded
  }

  /// Whether the octets are an RLRE. What it carries is of no use any more.
  public static func isRelease(_ octets: [UInt8]) -> Bool {
    (try? AssociationRelease(decoding: octets))?.tag == AssociationRelease.response
  }

  // MARK: answers

  /// Opens what the server ciphered; its counter must grow.
  mutating func open(_ octets: [UInt8], _ tag: UInt8) throws(Fault) -> (COSEMPolicy, [UInt8]) {
    guard let keys = settings.keys else { throw .security("a ciphered message, and no keys") }
    guard octets.first == tag else {
      throw .security("the answer came unprotected, or with another protection")
    }
    let message: COSEMCiphered
    do throws(COSEMFault) { message = try COSEMCiphered(decoding: octets) } catch { throw .unreadable(error) }
    if let title = message.title, !title.isEmpty, title != serverTitle {
      throw .security("another system title than the meter's")
    }
    let opened: COSEMOpened
    do throws(COSEMSecurityFault) {
      opened = try COSEMProtection(keys).open(message.octets, title: serverTitle)
    } catch { throw .security("the answer's tag is wrong: other keys, or changed on its way") }
    if let serverCounter, opened.counter <= serverCounter {
      throw .security(
        "the meter's invocation counter went from \(serverCounter) to \(opened.counter): it must grow")
    }
    serverCounter = opened.counter
    return (opened.policy, opened.plain)
  }
}
