// AARQ: a client asks for an association (IEC 62056-5-3, section 9.4.2).

/// Which way of naming, and whether messages are ciphered: the last number of the context's identifier.
public enum COSEMContext: UInt8, Hashable, Sendable, CaseIterable {
  case logicalName = 1
  case shortName = 2
  case logicalNameCiphered = 3
  case shortNameCiphered = 4
}

/// AARQ.
public struct AssociationRequest: Hashable, Sendable {
  public static let tag: UInt8 = 0x60

  /// Number of the application context; those of `COSEMContext`, or one that nobody knows.
  public var context: UInt8
  /// Number of the mechanism; nil where none is named (no security).
  public var mechanism: UInt8?
  /// The client's system title, 8 octets; needed where anything is ciphered.
  public var callingTitle: [UInt8]?
  /// Password, or the client's challenge.
  public var authentication: [UInt8]?
  /// An `InitiateRequest`, plain or ciphered.
  public var information: [UInt8]

  public init(
    context: COSEMContext, mechanism: COSEMMechanism = .none, callingTitle: [UInt8]? = nil,
    authentication: [UInt8]? = nil, information: [UInt8]
  ) {
    (self.context, self.callingTitle) = (context.rawValue, callingTitle)
    self.mechanism = mechanism == .none ? nil : mechanism.rawValue
    (self.authentication, self.information) = (authentication, information)
  }

  public init(decoding octets: [UInt8]) throws(COSEMFault) {
    let fields = try BERReader.fields(try BERReader.only(Self.tag, in: octets))
    guard let name = fields[0xA1] else { throw .short }
    let identifier = try BERReader.only(0x06, in: name)
    guard let context = DLMSObjectIdentifier.number(DLMSObjectIdentifier.context, of: identifier) else {
      throw .tag(0xA1)
    }
    self.context = context
    callingTitle = try fields[0xA6].map { (field) throws(COSEMFault) in try BERReader.only(0x04, in: field) }
    if let identifier = fields[0x8B] {
      guard let number = DLMSObjectIdentifier.number(DLMSObjectIdentifier.mechanism, of: identifier) else {
        throw .tag(0x8B)
      }
      mechanism = number
    }
    authentication = try fields[0xAC].map { (field) throws(COSEMFault) in
      try BERReader.only(0x80, in: field)
    }
    guard let information = fields[0xBE] else { throw .short }
    self.information = try BERReader.only(0x04, in: information)
  }

  public var encoded: [UInt8] {
    var body = AXDRWriter()
    body.field(0xA1, BER.field(0x06, DLMSObjectIdentifier.octets(DLMSObjectIdentifier.context, context)))
    if let callingTitle { body.field(0xA6, BER.field(0x04, callingTitle)) }
    if let mechanism {
      body.field(0x8A, [0x07, 0x80])
      body.field(0x8B, DLMSObjectIdentifier.octets(DLMSObjectIdentifier.mechanism, mechanism))
    }
    if let authentication { body.field(0xAC, BER.field(0x80, authentication)) }
    body.field(0xBE, BER.field(0x04, information))
    return BER.field(Self.tag, body.octets)
  }
}

enum BER {
  static func field(_ tag: UInt8, _ contents: [UInt8]) -> [UInt8] {
    var writer = AXDRWriter()
    writer.field(tag, contents)
    return writer.octets
  }
}
