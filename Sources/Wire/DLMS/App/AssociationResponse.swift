// AARE: the server's answer to an AARQ; and RLRQ and RLRE, by which an association ends (IEC 62056-5-3,
// section 9.4.2).

/// AARE.
public struct AssociationResponse: Hashable, Sendable {
  public static let tag: UInt8 = 0x61

  public enum Outcome: UInt8, Hashable, Sendable {
    case accepted = 0
    case rejectedForGood = 1
    case rejectedForNow = 2
  }

  /// Why; the words of the ACSE service user.
  public enum Diagnostic: UInt8, Hashable, Sendable {
    case null = 0
    case noReason = 1
    case contextNotSupported = 2
    case mechanismNotRecognised = 11
    case mechanismRequired = 12
    case authenticationFailure = 13
    /// Not a refusal: the second half of high-level security is due.
    case authenticationRequired = 14

    public var word: String {
      switch self {
      case .null: "no diagnostic"
      case .noReason: "no reason given"
      case .contextNotSupported: "application context not supported"
      case .mechanismNotRecognised: "authentication mechanism not recognised"
      case .mechanismRequired: "authentication mechanism required"
      case .authenticationFailure: "authentication failure"
      case .authenticationRequired: "authentication required"
      }
    }
  }

  public var context: UInt8
  public var outcome: UInt8
  public var diagnostic: UInt8
  /// The server's system title, 8 octets.
  public var respondingTitle: [UInt8]?
  public var mechanism: UInt8?
  /// The server's challenge.
  public var authentication: [UInt8]?
  /// An `InitiateResponse`, or a confirmed service error; plain or ciphered. Empty where there is none.
  public var information: [UInt8]

  public init(
    context: UInt8, outcome: Outcome, diagnostic: Diagnostic, respondingTitle: [UInt8]? = nil,
    mechanism: COSEMMechanism? = nil, authentication: [UInt8]? = nil, information: [UInt8] = []
  ) {
    (self.context, self.outcome, self.diagnostic) = (context, outcome.rawValue, diagnostic.rawValue)
    (self.respondingTitle, self.mechanism) = (respondingTitle, mechanism?.rawValue)
    (self.authentication, self.information) = (authentication, information)
  }

  public init(decoding octets: [UInt8]) throws(COSEMFault) {
    let fields = try BERReader.fields(try BERReader.only(Self.tag, in: octets))
    guard let name = fields[0xA1], let result = fields[0xA2], let source = fields[0xA3] else { throw .short }
    let identifier = try BERReader.only(0x06, in: name)
    guard let context = DLMSObjectIdentifier.number(DLMSObjectIdentifier.context, of: identifier) else {
      throw .tag(0xA1)
    }
    self.context = context
    outcome = try Self.number(result)
    var reader = BERReader(source)
    // A1: the service user's word, A2: the provider's.
    guard let field = try reader.next(), field.tag == 0xA1 || field.tag == 0xA2 else { throw .tag(0xA3) }
    diagnostic = try Self.number(field.contents)
    respondingTitle = try fields[0xA4].map { (field) throws(COSEMFault) in
      try BERReader.only(0x04, in: field)
    }
    mechanism = fields[0x89].flatMap {
      DLMSObjectIdentifier.number(DLMSObjectIdentifier.mechanism, of: $0)
    }
    authentication = try fields[0xAA].map { (field) throws(COSEMFault) in
      try BERReader.only(0x80, in: field)
    }
    information =
      try fields[0xBE].map { (field) throws(COSEMFault) in try BERReader.only(0x04, in: field) } ?? []
  }

  private static func number(_ octets: [UInt8]) throws(COSEMFault) -> UInt8 {
    let number = try BERReader.only(0x02, in: octets)
    guard number.count == 1 else { throw .length }
    return number[0]
  }

  public var encoded: [UInt8] {
    var body = AXDRWriter()
    body.field(0xA1, BER.field(0x06, DLMSObjectIdentifier.octets(DLMSObjectIdentifier.context, context)))
    body.field(0xA2, BER.field(0x02, [outcome]))
    body.field(0xA3, BER.field(0xA1, BER.field(0x02, [diagnostic])))
    if let respondingTitle { body.field(0xA4, BER.field(0x04, respondingTitle)) }
    if let mechanism {
      body.field(0x88, [0x07, 0x80])
      body.field(0x89, DLMSObjectIdentifier.octets(DLMSObjectIdentifier.mechanism, mechanism))
    }
    if let authentication { body.field(0xAA, BER.field(0x80, authentication)) }
    if !information.isEmpty { body.field(0xBE, BER.field(0x04, information)) }
    return BER.field(Self.tag, body.octets)
  }

  /// The server's word for its answer.
  public var word: String {
    Diagnostic(rawValue: diagnostic)?.word ?? "diagnostic \(diagnostic)"
  }
}

/// RLRQ and RLRE: the same fields under two tags.
public struct AssociationRelease: Hashable, Sendable {
  public static let request: UInt8 = 0x62
  public static let response: UInt8 = 0x63

  public var tag: UInt8
  /// 0 normal, 1 urgent, 30 by the user's own definition; nil: not said.
  public var reason: UInt8?
  /// An `InitiateRequest` or `InitiateResponse`, ciphered where the context is; empty where there is none.
  public var information: [UInt8]

  public init(tag: UInt8, reason: UInt8? = 0, information: [UInt8] = []) {
    (self.tag, self.reason, self.information) = (tag, reason, information)
  }

  public init(decoding octets: [UInt8]) throws(COSEMFault) {
    guard let tag = octets.first else { throw .short }
    guard tag == Self.request || tag == Self.response else { throw .tag(tag) }
    self.tag = tag
    let fields = try BERReader.fields(try BERReader.only(tag, in: octets))
    if let reason = fields[0x80] {
      guard reason.count == 1 else { throw .length }
      self.reason = reason[0]
    }
    information =
      try fields[0xBE].map { (field) throws(COSEMFault) in try BERReader.only(0x04, in: field) } ?? []
  }

  public var encoded: [UInt8] {
    var body = AXDRWriter()
    if let reason { body.field(0x80, [reason]) }
    if !information.isEmpty { body.field(0xBE, BER.field(0x04, information)) }
    return BER.field(tag, body.octets)
  }
}
