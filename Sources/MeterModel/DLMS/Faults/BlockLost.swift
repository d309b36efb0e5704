// PR-10. A long answer that is not whole: one of its blocks never leaves, and the next comes in its place. A
// reader that does not look at the numbers of blocks puts the ends of two rows together.

internal import Units
internal import Wire

/// One block of each long answer is never sent.
struct BlockLost: DLMSFault {
  static let declaration = FaultDeclaration(
    id: "PR-10", title: "Data block with a wrong check, or not whole", layer: .protocolAnswer,
    symptoms: "a long answer breaks off, or comes to its end in several requests",
    parameters: [
      .init(
        name: "block", meaning: "DLMS: which block of a long answer is never sent, from 1",
        kind: .whole(unit: "block", range: 1...1_000_000, default: 2))
    ],
    caughtBy: ["R-READ-01"])

  private let block: UInt32

  init(_ values: FaultValues) { block = UInt32(clamping: values.whole("block")) }

  func strike(_ server: COSEMServer) { server.losesBlock = block }

  func lift(_ server: COSEMServer) { server.losesBlock = nil }
}
