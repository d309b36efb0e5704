// The words of DLMS security that a table of clients needs: mechanisms, keys and policies. Suite 0, AES-128
// (IEC 62056-5-3, section 5.3; 62056-6-2, class 64).

/// How a client proves himself: the last number of the mechanism's object identifier, 2.16.756.5.8.2.n.
public enum COSEMMechanism: UInt8, Hashable, Sendable, CaseIterable {
  case none = 0
  /// A password in clear.
  case low = 1
  /// Challenges both ways, answered by GMAC.
  case gmac = 5

  /// As profiles write it.
  public var name: String {
    switch self {
    case .none: "none"
    case .low: "low"
    case .gmac: "gmac"
    }
  }

  public init?(named name: String) {
    guard let found = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = found
  }
}

/// The two global keys of a client, 16 octets each.
public struct COSEMKeys: Hashable, Sendable {
  /// EK, the global unicast encryption key.
  public let encryption: [UInt8]
  /// AK, the authentication key.
  public let authentication: [UInt8]

  /// Nil unless both have 16 octets.
  public init?(encryption: [UInt8], authentication: [UInt8]) {
    guard encryption.count == 16, authentication.count == 16 else { return nil }
    (self.encryption, self.authentication) = (encryption, authentication)
  }

  /// From 32 hexadecimal digits each; blanks and colons between octets are allowed.
  public init?(encryptionHex: String, authenticationHex: String) {
    guard let encryption = Self.octets(encryptionHex), let authentication = Self.octets(authenticationHex)
    else { return nil }
    self.init(encryption: encryption, authentication: authentication)
  }

  /// Hexadecimal digits as octets; nil for anything else in the text.
  public static func octets(_ hex: String) -> [UInt8]? {
    var digits: [UInt8] = []
    for character in hex.utf8 where character != UInt8(ascii: " ") && character != UInt8(ascii: ":") {
      guard let digit = Character(UnicodeScalar(character)).hexDigitValue else { return nil }
      digits.append(UInt8(digit))
    }
    guard digits.count.isMultiple(of: 2) else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}

/// The protection of messages: the flags of the security control byte (62056-5-3, table 37).
public struct COSEMPolicy: OptionSet, Hashable, Sendable {
  public var rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let nothing: COSEMPolicy = []
  public static let authenticated = COSEMPolicy(rawValue: 0x10)
  public static let encrypted = COSEMPolicy(rawValue: 0x20)
  public static let both: COSEMPolicy = [.authenticated, .encrypted]

  /// As profiles write it: `none`, `authenticated`, `encrypted`, `authenticated-encrypted`.
  public static let names: [(name: String, policy: COSEMPolicy)] = [
    ("none", .nothing), ("authenticated", .authenticated), ("encrypted", .encrypted),
    ("authenticated-encrypted", .both),
  ]
}
