// Requests with logical names: GET, SET and ACTION in all their forms (IEC 62056-5-3, sections 7.3.3 to 7.3.5
// and 9.5).

/// Invoke-id and priority: by the number an answer is matched to its request.
public struct InvokeID: Hashable, Sendable {
  /// Low four bits: the number. 40: confirmed. 80: high priority.
  public var rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// A confirmed request of high priority, as most clients send it.
  public init(number: UInt8) { rawValue = 0xC0 | number & 0x0F }

  public var number: UInt8 { rawValue & 0x0F }
}

/// A part of a long message.
public struct COSEMBlock: Hashable, Sendable {
  public var isLast: Bool
  /// Counts from 1.
  public var number: UInt32
  public var octets: [UInt8]

  public init(isLast: Bool, number: UInt32, octets: [UInt8]) {
    (self.isLast, self.number, self.octets) = (isLast, number, octets)
  }
}

/// A request of a client.
public enum COSEMRequest: Hashable, Sendable {
  case get(InvokeID, COSEMItem)
  /// Asks for the block after this number.
  case getNext(InvokeID, UInt32)
  case getList(InvokeID, [COSEMItem])
  case set(InvokeID, COSEMItem, COSEMValue)
  case setFirstBlock(InvokeID, COSEMItem, COSEMBlock)
  case setBlock(InvokeID, COSEMBlock)
  case setList(InvokeID, [COSEMItem], [COSEMValue])
  case setListFirstBlock(InvokeID, [COSEMItem], COSEMBlock)
  case action(InvokeID, COSEMDescriptor, COSEMValue?)
  case actionNext(InvokeID, UInt32)
  case actionList(InvokeID, [COSEMDescriptor], [COSEMValue])
  case actionFirstBlock(InvokeID, COSEMDescriptor, COSEMBlock)
  case actionListFirstBlock(InvokeID, [COSEMDescriptor], COSEMBlock)
  case actionBlock(InvokeID, COSEMBlock)

  /// Most items in one list: more is refused.
  public static let mostItems = 255

  public var invokeID: InvokeID {
    switch self {
    case .get(let id, _), .getNext(let id, _), .getList(let id, _), .set(let id, _, _),
      .setFirstBlock(let id, _, _), .setBlock(let id, _), .setList(let id, _, _),
      .setListFirstBlock(let id, _, _), .action(let id, _, _), .actionNext(let id, _),
      .actionList(let id, _, _), .actionFirstBlock(let id, _, _), .actionListFirstBlock(let id, _, _),
      .actionBlock(let id, _):
      id
    }
  }

  /// The abilities that both sides must have agreed to.
  public var needs: COSEMConformance {
    switch self {
    case .get(_, let item): item.selection == nil ? .get : [.get, .selectiveAccess]
    case .getNext: [.get, .blockTransferWithGet]
    case .getList: [.get, .multipleReferences]
    case .set: .set
    case .setFirstBlock, .setBlock: [.set, .blockTransferWithSet]
    case .setList: [.set, .multipleReferences]
    case .setListFirstBlock: [.set, .multipleReferences, .blockTransferWithSet]
    case .action: .action
    case .actionList: [.action, .multipleReferences]
    case .actionNext, .actionFirstBlock, .actionBlock: [.action, .blockTransferWithAction]
    case .actionListFirstBlock: [.action, .multipleReferences, .blockTransferWithAction]
    }
  }
}
