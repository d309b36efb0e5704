// The objects that the server has by itself: the current association (class 15), each keyed client's security
// setup (class 64) and invocation counter (class 1), as IEC 62056-6-2 has them. The objects of the n-th
// client with keys are 0-0:43.0.n and 0-0:43.1.n, n from 0 (our assumption: makers number them differently).

internal import Units

/// Names of the server's own objects.
public enum AssociationObject {
  public static let classID: UInt16 = 15
  /// The association in which one asks.
  public static let name = LogicalName(0, 0, 40, 0, 0)
  public static let securityClass: UInt16 = 64

  public static func securitySetup(_ number: UInt8) -> LogicalName { LogicalName(0, 0, 43, 0, number) }
  public static func counter(_ number: UInt8) -> LogicalName { LogicalName(0, 0, 43, 1, number) }
}

extension COSEMServer {
  private var keyed: [COSEMClientEntry] { clients.filter { $0.keys != nil } }

  /// Everything that a client sees: the server's own objects and the meter's, in order of their names.
  func listed(for entry: COSEMClientEntry) -> [COSEMObject] {
    var list = objects.objects(for: entry.address)
    let readable = [1, 2, 3, 4, 5, 6, 8].map { COSEMObject.Attribute($0) }
    list.append(
      COSEMObject(
        AssociationObject.classID, version: 1, AssociationObject.name,
        attributes: readable + [.init(7, .none), .init(9)], methods: entry.mechanism == .gmac ? [1] : []))
    for (number, client) in keyed.enumerated() {
      let number = UInt8(clamping: number)
      // Everybody may read a counter: without it nobody could start anew.
      list.append(COSEMObject(1, AssociationObject.counter(number), attributes: [.init(1), .init(2)]))
      if client.address == entry.address {
        list.append(
          COSEMObject(
            AssociationObject.securityClass, AssociationObject.securitySetup(number),
            attributes: (1...5).map { .init($0) }))
      }
    }
    return list.sorted { ($0.name, $0.classID) < ($1.name, $1.classID) }
  }

  /// An attribute of one of the server's own objects; nil for those of the meter.
  func ownAttribute(_ asked: COSEMDescriptor, _ visit: Visit) throws(DataAccessResult) -> COSEMValue? {
    if asked.classID == AssociationObject.classID, asked.name == AssociationObject.name {
      return try association(asked.index, visit)
    }
    for (number, client) in keyed.enumerated() {
      let number = UInt8(clamping: number)
      if asked.name == AssociationObject.counter(number) {
        return asked.index == 1
          ? .octets(asked.name.octets) : .uint32(received[client.address] ?? 0)
      }
      if asked.name == AssociationObject.securitySetup(number) {
        return try security(asked, client, visit)
      }
    }
    return nil
  }

  private func association(_ index: Int8, _ visit: Visit) throws(DataAccessResult) -> COSEMValue {
    let association = visit.association
    let context = association.isCiphered ? COSEMContext.logicalNameCiphered : .logicalName
    switch index {
    case 1: return .octets(AssociationObject.name.octets)
    case 2: return .array(association.objectList.map(\.value))
    case 3:
      return .structure([
        .int8(Int8(clamping: association.entry.address)), .uint16(settings.address),
      ])
    case 4:
      return .octets(DLMSObjectIdentifier.octets(DLMSObjectIdentifier.context, context.rawValue))
    case 5:
      let bits = association.conformance.rawValue
      return .structure([
        .bits(count: 24, [16, 8, 0].map { UInt8(truncatingIfNeeded: bits >> $0) }),
        .uint16(settings.maximumPDU), .uint16(association.clientMaximum), .uint8(6), .int8(0), .octets([]),
      ])
    case 6:
      let mechanism = association.entry.mechanism.rawValue
      return .octets(DLMSObjectIdentifier.octets(DLMSObjectIdentifier.mechanism, mechanism))
    case 8: return .enumerated(association.state == .associated ? 2 : 1)
    case 9:
      guard let number = keyed.firstIndex(where: { $0.address == association.entry.address }) else {
        return .octets([])
      }
      return .octets(AssociationObject.securitySetup(UInt8(clamping: number)).octets)
    default: throw .readWriteDenied
    }
  }

  private func security(_ asked: COSEMDescriptor, _ client: COSEMClientEntry, _ visit: Visit)
    throws(DataAccessResult) -> COSEMValue
  {
    switch asked.index {
    case 1: return .octets(asked.name.octets)
    // Version 0: 0 nothing, 1 authenticated, 2 encrypted, 3 both.
    case 2: return .enumerated(client.policy.rawValue >> 4)
    case 3: return .enumerated(0)
    case 4: return .octets(visit.association.clientTitle)
    case 5: return .octets(settings.systemTitle)
    default: throw .readWriteDenied
    }
  }
}
