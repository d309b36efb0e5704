// Requests that are longer than one APDU: block transfer with SET and ACTION (IEC 62056-5-3, sections 7.3.4
// and 7.3.5).

internal import Units

/// A request whose parameters come in blocks.
struct LongRequest {
  enum What {
    case attributes([COSEMItem])
    case methods([COSEMDescriptor])
  }

  let id: InvokeID
  let what: What
  let isList: Bool
  var octets: [UInt8]
  /// Number of the last block taken.
  var number: UInt32

  /// More than this is refused: nothing here can be set to so much.
  static let mostOctets = 65_536

  var isAction: Bool {
    if case .methods = what { return true }
    return false
  }

  var count: Int {
    switch what {
    case .attributes(let items): items.count
    case .methods(let methods): methods.count
    }
  }
}

extension COSEMServer {
  func longRequest(_ request: COSEMRequest, _ visit: Visit) -> [UInt8] {
    switch request {
    case .setFirstBlock(let id, let item, let block):
      return begin(id, .attributes([item]), isList: false, block, visit)
    case .setListFirstBlock(let id, let items, let block):
      return begin(id, .attributes(items), isList: true, block, visit)
    case .actionFirstBlock(let id, let method, let block):
      return begin(id, .methods([method]), isList: false, block, visit)
    case .actionListFirstBlock(let id, let methods, let block):
      return begin(id, .methods(methods), isList: true, block, visit)
    case .setBlock(let id, let block): return go(on: id, block, isAction: false, visit)
    case .actionBlock(let id, let block): return go(on: id, block, isAction: true, visit)
    // No method here returns more than fits: there is no next block of an answer.
    case .actionNext(let id, _): return COSEMResponse.action(id, COSEMActionResult(.noLongGet)).encoded
    default: return COSEMException.notSupported.octets
    }
  }

  private func begin(
    _ id: InvokeID, _ what: LongRequest.What, isList: Bool, _ block: COSEMBlock, _ visit: Visit
  ) -> [UInt8] {
    let long = LongRequest(id: id, what: what, isList: isList, octets: [], number: 0)
    return take(block, long, visit)
  }

  private func go(on id: InvokeID, _ block: COSEMBlock, isAction: Bool, _ visit: Visit) -> [UInt8] {
    guard let long = visit.association.longRequest, long.id.number == id.number, long.isAction == isAction
    else { return refuse(id, .noLongSet, block.number, isAction) }
    if settings.repeatsBlocks, block.number == long.number { return acknowledge(long) }
    return take(block, long, visit)
  }

  private func take(_ block: COSEMBlock, _ before: LongRequest, _ visit: Visit) -> [UInt8] {
    var long = before
    visit.association.longRequest = nil
    guard block.number == long.number &+ 1 else {
      return refuse(long.id, .blockNumberInvalid, block.number, long.isAction)
    }
    guard long.octets.count + block.octets.count <= LongRequest.mostOctets else {
      return refuse(long.id, .longSetAborted, block.number, long.isAction)
    }
    long.octets += block.octets
    long.number = block.number
    if block.isLast { return perform(long, last: block.number, visit) }
    visit.association.longRequest = long
    return acknowledge(long)
  }

  private func acknowledge(_ long: LongRequest) -> [UInt8] {
    long.isAction
      ? COSEMResponse.actionNext(long.id, long.number).encoded
      : COSEMResponse.setBlock(long.id, long.number).encoded
  }

  private func refuse(_ id: InvokeID, _ result: DataAccessResult, _ number: UInt32, _ isAction: Bool)
    -> [UInt8]
  {
    isAction
      ? COSEMResponse.action(id, COSEMActionResult(result)).encoded
      : COSEMResponse.setLastBlock(id, result, number).encoded
  }
}
