// GET, SET and ACTION of an association: the table of services, the rights, one item after the other (IEC
// 62056-5-3, sections 7.3.3 to 7.3.5).

internal import Units

extension COSEMServer {
  /// The plain response to a plain request.
  func serve(
    _ pdu: [UInt8], _ association: COSEMAssociation, _ way: ProtectedWay?, _ instant: Instant
  ) -> [UInt8] {
    let request: COSEMRequest
    do throws(COSEMFault) { request = try COSEMRequest(decoding: pdu) } catch {
      return COSEMException.unreadable.octets
    }
    guard let row = pdu.first.flatMap(COSEMService.requested(by:)), row.states.contains(association.state),
      association.state == .associated || Self.answersChallenge(request)
    else { return COSEMException.notAllowed.octets }
    guard association.conformance.isSuperset(of: request.needs) || Self.answersChallenge(request) else {
      return COSEMException.notSupported.octets
    }
    let visit = Visit(association: association, way: way, instant: instant)
    switch request {
    case .get, .getNext, .getList: return get(request, visit)
    default: return change(request, visit)
    }
  }

  /// One request on its way through the server.
  struct Visit {
    let association: COSEMAssociation
    let way: ProtectedWay?
    let instant: Instant

    var client: UInt8 { association.entry.address }
    var room: Int { association.room(way) }
  }

  private static func answersChallenge(_ request: COSEMRequest) -> Bool {
    guard case .action(_, let method, _) = request else { return false }
    return method == COSEMDescriptor(AssociationObject.classID, AssociationObject.name, 1)
  }

  // MARK: one attribute, one method

  func fetch(_ item: COSEMItem, _ visit: Visit) throws(DataAccessResult) -> COSEMAnswer {
    let attribute = try attribute(item, visit)
    guard attribute.access.reads else { throw .readWriteDenied }
    if let selection = item.selection, !attribute.selectors.contains(where: { $0 == selection.selector }) {
      throw .scopeViolated
    }
    if let own = try ownAttribute(item.attribute, visit) { return .value(own) }
    return try objects.get(item, client: visit.client, at: visit.instant)
  }

  private func store(_ item: COSEMItem, _ value: COSEMValue, _ visit: Visit) -> DataAccessResult {
    do throws(DataAccessResult) {
      let attribute = try attribute(item, visit)
      guard attribute.access.writes else { return .readWriteDenied }
      try objects.set(item, to: value, client: visit.client, at: visit.instant)
      return .success
    } catch { return error }
  }

  private func call(_ method: COSEMDescriptor, _ value: COSEMValue?, _ visit: Visit) -> COSEMActionResult {
    do throws(DataAccessResult) {
      let object = try object(method, visit)
      guard object.methods.contains(method.index) else { return COSEMActionResult(.readWriteDenied) }
      let returned: COSEMValue?
      if object.classID == AssociationObject.classID, object.name == AssociationObject.name {
        returned = try answerChallenge(value, visit.association, visit.way, visit.instant)
      } else {
        returned = try objects.call(method, with: value, client: visit.client, at: visit.instant)
      }
      return COSEMActionResult(.success, returned.map { .data($0) })
    } catch { return COSEMActionResult(error) }
  }

  private func object(_ named: COSEMDescriptor, _ visit: Visit) throws(DataAccessResult) -> COSEMObject {
    guard let found = visit.association.objects[named.name] else { throw .objectUndefined }
    guard let object = found.first(where: { $0.classID == named.classID }) else {
      throw .classInconsistent
    }
    return object
  }

  private func attribute(_ item: COSEMItem, _ visit: Visit) throws(DataAccessResult)
    -> COSEMObject.Attribute
  {
    let object = try object(item.attribute, visit)
    // An attribute that there is not: nobody may read it.
    guard let found = object.attributes.first(where: { $0.index == item.attribute.index }) else {
      throw .readWriteDenied
    }
    return found
  }

  // MARK: SET and ACTION

  private func change(_ request: COSEMRequest, _ visit: Visit) -> [UInt8] {
    switch request {
    case .set(let id, let item, let value):
      return COSEMResponse.set(id, store(item, value, visit)).encoded
    case .setList(let id, let items, let values):
      guard items.count == values.count else { return COSEMException.unreadable.octets }
      return COSEMResponse.setList(id, zip(items, values).map { store($0, $1, visit) }).encoded
    case .action(let id, let method, let value):
      return fitting(COSEMResponse.action(id, call(method, value, visit)).encoded, visit)
    case .actionList(let id, let methods, let values):
      guard methods.count == values.count else { return COSEMException.unreadable.octets }
      let results = zip(methods, values).map { call($0, $1 == .null ? nil : $1, visit) }
      return fitting(COSEMResponse.actionList(id, results).encoded, visit)
    default:
      return longRequest(request, visit)
    }
  }

  private func fitting(_ response: [UInt8], _ visit: Visit) -> [UInt8] {
    response.count <= visit.room ? response : COSEMException.tooLong.octets
  }

  /// What a long request was, once its last block is there.
  func perform(_ long: LongRequest, last number: UInt32, _ visit: Visit) -> [UInt8] {
    var reader = AXDRReader(long.octets)
    let id = long.id
    do throws(COSEMFault) {
      let values: [COSEMValue]
      if long.isList {
        values = try reader.list { (reader) throws(COSEMFault) in try reader.value() }
      } else {
        values = [try reader.value()]
      }
      try reader.expectEnd()
      guard values.count == long.count else { return COSEMException.unreadable.octets }
      switch long.what {
      case .attributes(let items):
        let results = zip(items, values).map { store($0, $1, visit) }
        return long.isList
          ? COSEMResponse.setLastBlockList(id, results, number).encoded
          : COSEMResponse.setLastBlock(id, results[0], number).encoded
      case .methods(let methods):
        let results = zip(methods, values).map { call($0, $1, visit) }
        return fitting(
          long.isList
            ? COSEMResponse.actionList(id, results).encoded : COSEMResponse.action(id, results[0]).encoded,
          visit)
      }
    } catch {
      return long.isAction
        ? COSEMResponse.action(id, COSEMActionResult(.typeUnmatched)).encoded
        : COSEMResponse.setLastBlock(id, .typeUnmatched, number).encoded
    }
  }
}
