// GET with all that may come of it: one message, a list, or blocks (IEC 62056-5-3, section 7.3.3).

internal import Units
public import Wire

/// A long answer as far as it came.
struct DLMSTransfer {
  var octets: [UInt8] = []
  /// Why it broke off; nil for one that is whole.
  var failure: DialogueFailure?
}

extension DLMSReader {
  /// More octets in one answer than any meter here has: 397 days of half-hours are 0.6 MB.
  static let mostOctets = 16 << 20

  /// An attribute, whole. A link that is lost on the way is opened anew, and the attribute asked for again.
  public func get(_ item: COSEMItem) throws(DialogueFailure) -> COSEMValue {
    try mending { () throws(DialogueFailure) in
      let transfer = try self.transfer(item)
      if let failure = transfer.failure { throw failure }
      return try self.decode(transfer.octets, item.attribute)
    }
  }

  /// Does something again, on a new link, where the link was lost in it.
  private func mending<Value>(_ body: () throws(DialogueFailure) -> Value) throws(DialogueFailure) -> Value {
    var reconnections = settings.reconnections
    while true {
      do throws(DialogueFailure) { return try body() } catch {
        guard reconnections > 0, Self.isOfTheLink(error) else { throw error }
        reconnections -= 1
        try reconnect(after: error)
      }
    }
  }

  /// An attribute by class, name and number.
  public func get(_ classID: UInt16, _ name: LogicalName, _ attribute: Int8) throws(DialogueFailure)
    -> COSEMValue
  {
    try get(COSEMItem(COSEMDescriptor(classID, name, attribute)))
  }

  func decode(_ octets: [UInt8], _ attribute: COSEMDescriptor) throws(DialogueFailure) -> COSEMValue {
    do throws(COSEMFault) { return try COSEMValue(decoding: octets) } catch {
      throw failure(.unreadable, "\(attribute): octets that are no data (\(error))")
    }
  }

  /// The octets of an attribute's value. Throws what the meter says of the attribute; a link that breaks
  /// off in the middle gives what came before.
  func transfer(_ item: COSEMItem) throws(DialogueFailure) -> DLMSTransfer {
    var whole = DLMSTransfer()
    do throws(DialogueFailure) {
      var response = try ask { .get($0, item) }
      while true {
        switch response {
        case .get(_, .data(let value)):
          // Data in one message, or an answer to "next" that is none.
          guard whole.octets.isEmpty else { throw failure(.unexpected, "a whole answer in place of a block") }
          whole.octets = value.encoded
          return whole
        case .get(_, .error(let error)), .getBlockError(_, _, let error):
          throw failure(error, of: item.attribute)
        case .getBlock(let id, let block):
          guard whole.octets.count + block.octets.count <= Self.mostOctets else {
            throw failure(.unexpected, "an answer without an end")
          }
          whole.octets += block.octets
          if block.isLast { return whole }
          // The number of the request stays through all its blocks.
          response = try askNext(id, block.number)
        default: throw failure(.unexpected, "another answer than to a get")
        }
      }
    } catch {
      guard Self.isOfTheLink(error) else { throw error }
      whole.failure = error
      return whole
    }
  }

  private func askNext(_ id: InvokeID, _ number: UInt32) throws(DialogueFailure) -> COSEMResponse {
    try ask { _ in .getNext(id, number) }
  }

  /// Several attributes: in lists where both sides have them, else one by one. An error stands in place of
  /// its value.
  public func get(_ items: [COSEMDescriptor]) throws(DialogueFailure) -> [COSEMResult] {
    let most = itemsPerList
    guard settings.usesLists, session.conformance.contains(.multipleReferences), most > 1, items.count > 1
    else { return try oneByOne(items) }
    var results: [COSEMResult] = []
    var start = 0
    while start < items.count {
      let part = Array(items[start..<min(start + most, items.count)])
      results += try mending { () throws(DialogueFailure) in try self.list(part) }
      start += part.count
    }
    return results
  }

  private func oneByOne(_ items: [COSEMDescriptor]) throws(DialogueFailure) -> [COSEMResult] {
    var results: [COSEMResult] = []
    for item in items { results.append(.data(try get(COSEMItem(item)))) }
    return results
  }

  /// An item takes ten octets of a request; the rest is head and protection.
  private var itemsPerList: Int {
    let room = session.serverMaximum == 0 ? 1024 : Int(session.serverMaximum)
    return min((room - 48) / 10, 20)
  }

  private func list(_ items: [COSEMDescriptor]) throws(DialogueFailure) -> [COSEMResult] {
    var response = try ask { .getList($0, items.map { COSEMItem($0) }) }
    if case .getList(_, let results) = response { return results }
    var octets: [UInt8] = []
    while case .getBlock(let id, let block) = response {
      guard octets.count + block.octets.count <= Self.mostOctets else { break }
      octets += block.octets
      if block.isLast { return try results(octets, count: items.count) }
      response = try askNext(id, block.number)
    }
    if case .getBlockError(_, _, let error) = response, let first = items.first {
      throw failure(error, of: first)
    }
    throw failure(.unexpected, "another answer than to a list")
  }

  /// The results of a list that came in blocks: it stands as if it were one message.
  private func results(_ octets: [UInt8], count: Int) throws(DialogueFailure) -> [COSEMResult] {
    let head: [UInt8] = [COSEMService.get.row.response, 3, 0]
    guard case .getList(_, let results) = try? COSEMResponse(decoding: head + octets),
      results.count == count
    else { throw failure(.unreadable, "blocks that are no list of \(count) results") }
    return results
  }
}
