// One table of services for both ends of the dialogue: which message may be sent in which state of an
// association, what answers it, and what it is called when it is ciphered (IEC 62056-5-3, sections 5.2, 7.3
// and 9.5). The server refuses by it; the client does not send, nor take as an answer, what it does not hold.

/// How far an association of a client and a server has come.
public enum COSEMState: String, Hashable, Sendable, CaseIterable {
  /// None: only an AARQ can be sent.
  case idle
  /// The AARE asked for the second half of high-level security: pass 3 is due.
  case challenged
  case associated
}

/// A service of the application layer.
public enum COSEMService: String, Hashable, Sendable, CaseIterable {
  case associate, release, get, set, action

  /// What the table says of a service.
  public struct Row: Hashable, Sendable {
    public let service: COSEMService
    /// Tags of request and response.
    public let request: UInt8
    public let response: UInt8
    /// Tags when ciphered with the global key; nil for ACSE messages, which carry theirs inside.
    public let cipheredRequest: UInt8?
    public let cipheredResponse: UInt8?
    /// The ability that both sides must have agreed to.
    public let needs: COSEMConformance
    public let states: Set<COSEMState>
  }

  public static let table: [Row] = [
    Row(
      service: .associate, request: 0x60, response: 0x61, cipheredRequest: nil, cipheredResponse: nil,
      needs: [], states: [.idle, .challenged, .associated]),
    Row(
      service: .release, request: 0x62, response: 0x63, cipheredRequest: nil, cipheredResponse: nil,
      needs: [], states: [.challenged, .associated]),
    Row(
      service: .get, request: 0xC0, response: 0xC4, cipheredRequest: 0xC8, cipheredResponse: 0xCC,
      needs: .get, states: [.associated]),
    Row(
      service: .set, request: 0xC1, response: 0xC5, cipheredRequest: 0xC9, cipheredResponse: 0xCD,
      needs: .set, states: [.associated]),
    // In `challenged` only the method that answers the challenge.
    Row(
      service: .action, request: 0xC3, response: 0xC7, cipheredRequest: 0xCB, cipheredResponse: 0xCF,
      needs: .action, states: [.challenged, .associated]),
  ]

  public var row: Row { Self.table.first { $0.service == self } ?? Self.table[0] }

  /// By the first octet of a plain request.
  public static func requested(by tag: UInt8) -> Row? { table.first { $0.request == tag } }
  /// By the first octet of a ciphered request.
  public static func requested(byCiphered tag: UInt8) -> Row? { table.first { $0.cipheredRequest == tag } }
  /// By the first octet of a plain response.
  public static func answered(by tag: UInt8) -> Row? { table.first { $0.response == tag } }
  public static func answered(byCiphered tag: UInt8) -> Row? { table.first { $0.cipheredResponse == tag } }
}

/// First octets of messages that belong to no single service.
public enum COSEMMessageTag {
  public static let initiateRequest: UInt8 = 0x01
  public static let initiateResponse: UInt8 = 0x08
  public static let cipheredInitiateRequest: UInt8 = 0x21
  public static let cipheredInitiateResponse: UInt8 = 0x28
  public static let confirmedServiceError: UInt8 = 0x0E
  public static let dataNotification: UInt8 = 0x0F
  public static let exception: UInt8 = 0xD8
  public static let generalCiphering: UInt8 = 0xDB
}
