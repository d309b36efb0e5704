// PR-10 in DLMS answers (`DataNotWhole`): one block of a long answer never leaves, and the next comes in its
// place. A reader that does not look at the numbers of blocks puts the ends of two rows together.

internal import Units
internal import Wire

/// One block of each long answer is never sent.
struct BlockLost: DLMSFault {
  static let declaration = DataNotWhole.declaration

  static func objection(_ values: FaultValues) -> String? {
    values.choice("kind") == DataNotWhole.lost
      ? nil : "a DLMS answer can only lose a block (kind lost): its checks are the link's and the cipher's"
  }

  private let block: UInt32

  init(_ values: FaultValues) { block = UInt32(clamping: values.whole("block")) }

  func strike(_ server: COSEMServer) { server.losesBlock = block }

  func lift(_ server: COSEMServer) { server.losesBlock = nil }
}
