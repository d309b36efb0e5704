// Ciphered messages: security control octet, invocation counter, text, tag (IEC 62056-5-3, sections 5.3.6 and
// 5.3.7). Suite 0: IV = system title || invocation counter. A text that is only authenticated is sent in
// clear and stands among the additional data.

/// What is protected, opened.
public struct COSEMOpened: Hashable, Sendable {
  public var policy: COSEMPolicy
  /// Invocation counter.
  public var counter: UInt32
  public var plain: [UInt8]

  public init(policy: COSEMPolicy, counter: UInt32, plain: [UInt8]) {
    (self.policy, self.counter, self.plain) = (policy, counter, plain)
  }
}

/// Why a protected message was not opened.
public enum COSEMSecurityFault: Error, Hashable, Sendable {
  /// No security control octet and counter, or another suite, compression or a broadcast key.
  case form
  /// The tag is wrong: another key, another sender, or changed on its way.
  case tag
}

/// The two keys of a client at work.
public struct COSEMProtection: Hashable, Sendable {
  public let keys: COSEMKeys

  public init(_ keys: COSEMKeys) { self.keys = keys }

  /// Octets that protection adds at most: control, counter and tag.
  public static let overhead = 1 + 4 + COSEMCipher.tagOctets

  private static func counter(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  /// Control || counter || text [|| tag]: what follows the tag and length of a glo- message.
  ///
  /// - Parameter title: the sender's system title, 8 octets.
  public func seal(_ plain: [UInt8], _ policy: COSEMPolicy, title: [UInt8], counter: UInt32) -> [UInt8] {
    let control = policy.rawValue
    let number = Self.counter(counter)
    let head = [control] + keys.authentication
    switch policy {
    case .authenticated:
      let sealed = COSEMCipher.seal([], with: head + plain, key: keys.encryption, nonce: title + number)
      return [control] + number + plain + (sealed?.tag ?? [])
    case .encrypted:
      let sealed = COSEMCipher.seal(plain, with: [], key: keys.encryption, nonce: title + number)
      return [control] + number + (sealed?.text ?? [])
    case .both:
      let sealed = COSEMCipher.seal(plain, with: head, key: keys.encryption, nonce: title + number)
      return [control] + number + (sealed?.text ?? []) + (sealed?.tag ?? [])
    default: return [control] + number + plain
    }
  }

  public func open(_ octets: [UInt8], title: [UInt8]) throws(COSEMSecurityFault) -> COSEMOpened {
    guard octets.count >= 5, title.count == 8 else { throw .form }
    let policy = COSEMPolicy(rawValue: octets[0])
    let number = Array(octets[1..<5])
    let counter = number.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    let nonce = title + number
    if policy == .encrypted {
      guard let plain = COSEMCipher.uncover(Array(octets[5...]), key: keys.encryption, nonce: nonce) else {
        throw .form
      }
      return COSEMOpened(policy: policy, counter: counter, plain: plain)
    }
    guard policy == .authenticated || policy == .both, octets.count >= 5 + COSEMCipher.tagOctets else {
      throw .form
    }
    let text = Array(octets[5..<octets.count - COSEMCipher.tagOctets])
    let plain =
      policy == .both ? COSEMCipher.uncover(text, key: keys.encryption, nonce: nonce) : text
    guard let plain else { throw .form }
    let again = seal(plain, policy, title: title, counter: counter)
    guard COSEMCipher.areEqual(again, octets) else { throw .tag }
    return COSEMOpened(policy: policy, counter: counter, plain: plain)
  }

  /// f(challenge) of GMAC: 10 || counter || tag, 17 octets (62056-5-3, section 5.3.3).
  ///
  /// - Parameter title: of him who answers the challenge.
  public func response(to challenge: [UInt8], title: [UInt8], counter: UInt32) -> [UInt8] {
    let control = COSEMPolicy.authenticated.rawValue
    let number = Self.counter(counter)
    let sealed = COSEMCipher.seal(
      [], with: [control] + keys.authentication + challenge, key: keys.encryption, nonce: title + number)
    return [control] + number + (sealed?.tag ?? [])
  }

  /// The counter of an answer to a challenge that is right; nil for a wrong one.
  public func counter(of answer: [UInt8], to challenge: [UInt8], title: [UInt8]) -> UInt32? {
    guard answer.count == Self.overhead, answer[0] == COSEMPolicy.authenticated.rawValue else { return nil }
    let counter = answer[1..<5].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    let right = response(to: challenge, title: title, counter: counter)
    return COSEMCipher.areEqual(right, answer) ? counter : nil
  }
}

/// A ciphered message as it goes over the line.
public struct COSEMCiphered: Hashable, Sendable {
  /// Of the service (C8, CC …), of the initiate messages (21, 28), or DB.
  public var tag: UInt8
  /// The sender's system title: with DB alone; may be empty there.
  public var title: [UInt8]?
  /// What `COSEMProtection.open` opens.
  public var octets: [UInt8]

  public init(tag: UInt8, title: [UInt8]? = nil, octets: [UInt8]) {
    (self.tag, self.title, self.octets) = (tag, title, octets)
  }

  public init(decoding message: [UInt8]) throws(COSEMFault) {
    var reader = AXDRReader(message)
    tag = try reader.uint8()
    title = tag == COSEMMessageTag.generalCiphering ? try reader.string() : nil
    octets = try reader.string()
    try reader.expectEnd()
  }

  public var encoded: [UInt8] {
    var writer = AXDRWriter()
    writer.uint8(tag)
    if let title { writer.string(title) }
    writer.string(octets)
    return writer.octets
  }
}
