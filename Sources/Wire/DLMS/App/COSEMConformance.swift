// What an association may use: the conformance block of IEC 62056-5-3, section 7.3.1, 24 bits, bit 0 first.
// The client proposes, the server answers with what both have.

/// Services and abilities of xDLMS with logical names.
public struct COSEMConformance: OptionSet, Hashable, Sendable {
  /// The 24 bits as they go over the wire, bit 0 of the standard highest.
  public var rawValue: UInt32

  public init(rawValue: UInt32) { self.rawValue = rawValue & 0xFF_FFFF }

  private init(bit: UInt32) { rawValue = 1 << (23 - bit) }

  public static let generalProtection = COSEMConformance(bit: 1)
  public static let generalBlockTransfer = COSEMConformance(bit: 2)
  public static let priorityManagement = COSEMConformance(bit: 9)
  public static let attributeZeroWithGet = COSEMConformance(bit: 10)
  public static let blockTransferWithGet = COSEMConformance(bit: 11)
  public static let blockTransferWithSet = COSEMConformance(bit: 12)
  public static let blockTransferWithAction = COSEMConformance(bit: 13)
  /// Lists: several attributes or methods in one request.
  public static let multipleReferences = COSEMConformance(bit: 14)
  public static let access = COSEMConformance(bit: 17)
  public static let get = COSEMConformance(bit: 19)
  public static let set = COSEMConformance(bit: 20)
  public static let selectiveAccess = COSEMConformance(bit: 21)
  public static let eventNotification = COSEMConformance(bit: 22)
  public static let action = COSEMConformance(bit: 23)

  /// Everything that the engines here speak.
  public static let all: COSEMConformance = [
    .generalProtection, .priorityManagement, .blockTransferWithGet, .blockTransferWithSet,
    .blockTransferWithAction, .multipleReferences, .get, .set, .selectiveAccess, .action,
  ]

  /// The words by which profiles name them, in the order of their bits.
  public static let names: [(name: String, bit: COSEMConformance)] = [
    ("general-protection", .generalProtection), ("general-block-transfer", .generalBlockTransfer),
    ("priority", .priorityManagement), ("attribute-0-get", .attributeZeroWithGet),
    ("block-get", .blockTransferWithGet), ("block-set", .blockTransferWithSet),
    ("block-action", .blockTransferWithAction), ("list", .multipleReferences), ("access", .access),
    ("get", .get), ("set", .set), ("selective-access", .selectiveAccess),
    ("event-notification", .eventNotification), ("action", .action),
  ]
}
