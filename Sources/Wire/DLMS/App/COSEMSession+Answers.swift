// Which answer belongs to a request: by the table of services, the invoke-id and the number of the block.

extension COSEMSession {
  /// The answer to a request, opened and checked. An exception or a service error is thrown as a refusal.
  public mutating func response(_ octets: [UInt8], to request: COSEMRequest) throws(Fault) -> COSEMResponse {
    guard let tag = octets.first else { throw .unreadable(.short) }
    if tag == COSEMMessageTag.exception || tag == COSEMMessageTag.confirmedServiceError {
      throw Self.refusal(octets)
    }
    guard let row = request.encoded.first.flatMap(COSEMService.requested(by:)) else {
      throw .unexpected("a request that the table does not hold")
    }
    var plain = octets
    if isCiphered, let ciphered = row.cipheredResponse {
      let (policy, opened) = try open(
        octets, settings.usesGeneralCiphering ? COSEMMessageTag.generalCiphering : ciphered)
      guard policy.isSuperset(of: settings.policy) else {
        throw .security("the answer is less protected than was asked")
      }
      plain = opened
    }
    if plain.first == COSEMMessageTag.exception { throw Self.refusal(plain) }
    guard plain.first == row.response else {
      throw .unexpected("a message of another kind than \(row.service.rawValue)")
    }
    let response: COSEMResponse
    do throws(COSEMFault) { response = try COSEMResponse(decoding: plain) } catch { throw .unreadable(error) }
    guard let id = response.invokeID, id.number == request.invokeID.number else {
      throw .unexpected(
        "the answer to request \(response.invokeID?.number ?? 0), not to \(request.invokeID.number)")
    }
    if let objection = Self.objection(to: response, after: request) { throw .unexpected(objection) }
    return response
  }

  /// What a message that refuses says.
  static func refusal(_ octets: [UInt8]) -> Fault {
    let response: COSEMResponse
    do throws(COSEMFault) { response = try COSEMResponse(decoding: octets) } catch {
      return .unreadable(error)
    }
    switch response {
    case .exception(let exception):
      if let expected = exception.counter { return .counter(expected: expected) }
      return exception.service == 5 || exception.service == 6
        ? .security(exception.word) : .refused(exception.word)
    case .serviceError(let error): return .refused(error.word)
    default: return .unexpected("an answer to another request")
    }
  }

  /// Why a response does not follow a request; nil if it does.
  private static func objection(to response: COSEMResponse, after request: COSEMRequest) -> String? {
    switch (request, response) {
    case (.get, .get), (.set, .set), (.action, .action): return nil
    case (.getNext, .get(_, .error)), (.getNext, .getBlockError): return nil
    case (.getList(_, let items), .getList(_, let results)):
      return items.count == results.count ? nil : "\(results.count) results for \(items.count) items"
    case (.setList(_, let items, _), .setList(_, let results)):
      return items.count == results.count ? nil : "\(results.count) results for \(items.count) items"
    case (.actionList(_, let methods, _), .actionList(_, let results)):
      return methods.count == results.count ? nil : "\(results.count) results for \(methods.count) methods"
    case (.get, .getBlock(_, let block)), (.getList, .getBlock(_, let block)):
      return block.number == 1 ? nil : "block \(block.number) came first"
    case (.getNext(_, let number), .getBlock(_, let block)):
      return block.number == number &+ 1 ? nil : "block \(block.number) came for block \(number &+ 1)"
    case (.get, .getBlockError), (.getList, .getBlockError): return nil
    case (.setFirstBlock(_, _, let sent), _), (.setListFirstBlock(_, _, let sent), _),
      (.setBlock(_, let sent), _):
      return objection(to: response, afterBlock: sent)
    case (.actionFirstBlock(_, _, let sent), _), (.actionListFirstBlock(_, _, let sent), _),
      (.actionBlock(_, let sent), _):
      return objection(to: response, afterBlock: sent)
    default: return "a response of another form than was asked for"
    }
  }

  private static func objection(to response: COSEMResponse, afterBlock sent: COSEMBlock) -> String? {
    switch response {
    case .setBlock(_, let number), .actionNext(_, let number):
      return number == sent.number && !sent.isLast ? nil : "block \(number) acknowledged, not \(sent.number)"
    case .setLastBlock(_, _, let number), .setLastBlockList(_, _, let number):
      return number == sent.number ? nil : "block \(number) acknowledged, not \(sent.number)"
    case .action(_, _), .actionList(_, _): return nil
    default: return "a response of another form than was asked for"
    }
  }
}
