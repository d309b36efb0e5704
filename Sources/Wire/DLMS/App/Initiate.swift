// What client and server agree on when they associate: abilities and sizes (IEC 62056-5-3, sections 7.3.1 and
// 9.5: InitiateRequest, InitiateResponse). They travel inside AARQ and AARE, ciphered where the context is.

/// The client's proposal.
public struct InitiateRequest: Hashable, Sendable {
  /// A key for this association alone; nil: the global one is used.
  public var dedicatedKey: [UInt8]?
  public var version: UInt8
  public var conformance: COSEMConformance
  /// The largest APDU the client takes, in octets; 0: no limit.
  public var maximumPDU: UInt16

  public init(
    dedicatedKey: [UInt8]? = nil, version: UInt8 = 6, conformance: COSEMConformance, maximumPDU: UInt16
  ) {
    (self.dedicatedKey, self.version) = (dedicatedKey, version)
    (self.conformance, self.maximumPDU) = (conformance, maximumPDU)
  }

  public init(decoding octets: [UInt8]) throws(COSEMFault) {
    var reader = AXDRReader(octets)
    let tag = try reader.uint8()
    guard tag == COSEMMessageTag.initiateRequest else { throw .tag(tag) }
    dedicatedKey = try reader.flag() ? try reader.string() : nil
    // response-allowed: a default of true, then a value; proposed-quality-of-service.
    if try reader.flag() { _ = try reader.uint8() }
    if try reader.flag() { _ = try reader.uint8() }
    version = try reader.uint8()
    conformance = try reader.conformance()
    maximumPDU = try reader.uint16()
    try reader.expectEnd()
  }

  public var encoded: [UInt8] {
    var writer = AXDRWriter()
    writer.raw([COSEMMessageTag.initiateRequest, dedicatedKey == nil ? 0 : 1])
    if let dedicatedKey { writer.string(dedicatedKey) }
    writer.raw([0, 0, version])
    writer.conformance(conformance)
    writer.uint16(maximumPDU)
    return writer.octets
  }
}

/// What the server makes of it.
public struct InitiateResponse: Hashable, Sendable {
  public var version: UInt8
  public var conformance: COSEMConformance
  /// The largest APDU the server takes, in octets; 0: no limit.
  public var maximumPDU: UInt16
  /// 7 for logical names.
  public var vaaName: UInt16

  public init(
    version: UInt8 = 6, conformance: COSEMConformance, maximumPDU: UInt16, vaaName: UInt16 = 7
  ) {
    (self.version, self.conformance) = (version, conformance)
    (self.maximumPDU, self.vaaName) = (maximumPDU, vaaName)
  }

  public init(decoding octets: [UInt8]) throws(COSEMFault) {
    var reader = AXDRReader(octets)
    let tag = try reader.uint8()
    guard tag == COSEMMessageTag.initiateResponse else { throw .tag(tag) }
    if try reader.flag() { _ = try reader.uint8() }
    version = try reader.uint8()
    conformance = try reader.conformance()
    maximumPDU = try reader.uint16()
    vaaName = try reader.uint16()
    try reader.expectEnd()
  }

  public var encoded: [UInt8] {
    var writer = AXDRWriter()
    writer.raw([COSEMMessageTag.initiateResponse, 0, version])
    writer.conformance(conformance)
    writer.uint16(maximumPDU)
    writer.uint16(vaaName)
    return writer.octets
  }
}

extension AXDRReader {
  /// [APPLICATION 31] BIT STRING of 24 bits; some write the tag in one octet.
  fileprivate mutating func conformance() throws(COSEMFault) -> COSEMConformance {
    let tag = try uint8()
    guard tag == 0x5F else { throw .tag(tag) }
    if next == 0x1F { _ = try uint8() }
    let bits = try string()
    guard bits.count == 4, bits[0] == 0 else { throw .length }
    return COSEMConformance(rawValue: UInt32(bits[1]) << 16 | UInt32(bits[2]) << 8 | UInt32(bits[3]))
  }
}

extension AXDRWriter {
  fileprivate mutating func conformance(_ bits: COSEMConformance) {
    raw([0x5F, 0x1F, 4])
    uint32(bits.rawValue)
  }
}
