// The little of BER that association messages need (ITU-T X.690; IEC 62056-5-3, section 9.4): one octet of
// tag, a definite length, contents.

/// A cursor over tagged fields.
struct BERReader {
  struct Field {
    let tag: UInt8
    let contents: [UInt8]
  }

  private var reader: AXDRReader

  init(_ octets: [UInt8]) { reader = AXDRReader(octets) }

  /// The next field; nil at the end.
  mutating func next() throws(COSEMFault) -> Field? {
    if reader.isAtEnd { return nil }
    let tag = try reader.uint8()
    return Field(tag: tag, contents: try reader.string())
  }

  /// The one field that octets are, with its tag.
  static func only(_ tag: UInt8, in octets: [UInt8]) throws(COSEMFault) -> [UInt8] {
    var reader = BERReader(octets)
    guard let field = try reader.next() else { throw .short }
    guard field.tag == tag else { throw .tag(field.tag) }
    if try reader.next() != nil { throw .trailing }
    return field.contents
  }

  /// All fields, each tag at most once.
  static func fields(_ octets: [UInt8]) throws(COSEMFault) -> [UInt8: [UInt8]] {
    var reader = BERReader(octets)
    var fields: [UInt8: [UInt8]] = [:]
    while let field = try reader.next() {
      guard fields.updateValue(field.contents, forKey: field.tag) == nil else { throw .tag(field.tag) }
    }
    return fields
  }
}

extension AXDRWriter {
  /// A field of BER; its length is written as A-XDR writes lengths.
  mutating func field(_ tag: UInt8, _ contents: [UInt8]) {
    uint8(tag)
    string(contents)
  }
}

/// Object identifiers of DLMS, 2.16.756.5.8.branch.n, as octets: only the two last numbers differ.
enum DLMSObjectIdentifier {
  private static let root: [UInt8] = [0x60, 0x85, 0x74, 0x05, 0x08]
  static let context: UInt8 = 1
  static let mechanism: UInt8 = 2

  static func octets(_ branch: UInt8, _ number: UInt8) -> [UInt8] { root + [branch, number] }

  /// The last number; nil for an identifier of something else.
  static func number(_ branch: UInt8, of octets: [UInt8]) -> UInt8? {
    octets.count == root.count + 2 && octets.starts(with: root + [branch]) ? octets.last : nil
  }
}
