// Who may associate with a DLMS server, how he proves himself, and what he may then do: the association
// table of a logical device (IEC 62056-5-3, section 5; 62056-6-2, class 15 and 64).

public import Wire

/// One client of the association table.
public struct DLMSClient: Hashable, Sendable {
  /// What the client may touch.
  public enum Rights: String, Hashable, Sendable, CaseIterable {
    /// Clock, names and the invocation counter: what a client needs before it can associate with security.
    case open
    /// Reads everything.
    case reading
    /// Reads everything, sets the clock, calls methods.
    case management
  }

  /// Client address (SAP): 16 public, others by the maker, such as 32 or 48.
  public var address: UInt8
  public var mechanism: COSEMMechanism
  /// Password of low-level security, as octets; up to 32.
  public var password: [UInt8]
  /// Keys of security suite 0; nil for a client that never ciphers. Needed for GMAC.
  public var keys: COSEMKeys?
  /// The least protection that a request must have, and what answers have.
  public var policy: COSEMPolicy
  /// The only system title accepted, 8 octets; nil takes any.
  public var systemTitle: [UInt8]?
  public var rights: Rights

  public init(
    address: UInt8, mechanism: COSEMMechanism = .none, password: [UInt8] = [], keys: COSEMKeys? = nil,
    policy: COSEMPolicy = .nothing, systemTitle: [UInt8]? = nil, rights: Rights = .reading
  ) {
    (self.address, self.mechanism, self.password) = (address, mechanism, password)
    (self.keys, self.policy, self.systemTitle, self.rights) = (keys, policy, systemTitle, rights)
  }
}
