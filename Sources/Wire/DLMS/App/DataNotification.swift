// data-notification: what a meter pushes unasked (IEC 62056-5-3, section 9.5, choice 15). Read only: no meter
// here pushes over this port.

/// A pushed message.
public struct DataNotification: Hashable, Sendable {
  /// Long invoke-id and priority: the number stands in the low 24 bits.
  public var invokeID: UInt32
  /// When it was made; nil where the meter leaves it out.
  public var time: COSEMDateTime?
  public var body: COSEMValue

  public init(invokeID: UInt32, time: COSEMDateTime?, body: COSEMValue) {
    (self.invokeID, self.time, self.body) = (invokeID, time, body)
  }

  public init(decoding octets: [UInt8]) throws(COSEMFault) {
    var reader = AXDRReader(octets)
    let tag = try reader.uint8()
    guard tag == COSEMMessageTag.dataNotification else { throw .tag(tag) }
    invokeID = try reader.uint32()
    let stamp = try reader.string()
    guard stamp.isEmpty || stamp.count == 12 else { throw .length }
    time = COSEMDateTime(stamp)
    body = try reader.value()
    try reader.expectEnd()
  }

  public var encoded: [UInt8] {
    var writer = AXDRWriter()
    writer.uint8(COSEMMessageTag.dataNotification)
    writer.uint32(invokeID)
    writer.string(time?.octets ?? [])
    writer.value(body)
    return writer.octets
  }
}
