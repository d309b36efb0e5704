// AES-128-GCM of DLMS security suite 0, through swift-crypto: the only file that sees it. DLMS cuts the tag
// to 12 octets (NIST SP 800-38D allows it), which the library does not verify by itself: a text is opened by
// sealing it again, for GCM encrypts and decrypts by the same key stream, and the tags are compared.

internal import Crypto

enum COSEMCipher {
  static let tagOctets = 12

  /// Cipher text and the first 12 octets of the tag; nil for a key or nonce of the wrong size.
  static func seal(_ plain: [UInt8], with additional: [UInt8], key: [UInt8], nonce: [UInt8])
    -> (text: [UInt8], tag: [UInt8])?
  {
    guard key.count == 16, nonce.count == 12, let nonce = try? AES.GCM.Nonce(data: nonce),
      let box = try? AES.GCM.seal(
        plain, using: SymmetricKey(data: key), nonce: nonce, authenticating: additional)
    else { return nil }
    return (Array(box.ciphertext), Array(box.tag.prefix(tagOctets)))
  }

  /// The text behind a cipher text, unverified: its tag is the caller's to compare.
  static func uncover(_ text: [UInt8], key: [UInt8], nonce: [UInt8]) -> [UInt8]? {
    seal(text, with: [], key: key, nonce: nonce)?.text
  }

  /// Compares without telling by its time where the first difference is.
  static func areEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    guard one.count == other.count else { return false }
    return zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
