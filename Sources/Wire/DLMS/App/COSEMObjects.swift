// What a COSEM server wants of the meter behind it: a list of objects with rights, and their attributes and
// methods. The objects of the association itself (class 15), of its security (class 64) and of its counters
// the server has by itself. A long buffer is given row by row, so that 93 days of half-hours are never in
// memory twice.

public import Units

/// An object as the association's object list tells of it (IEC 62056-6-2, class 15, attribute 2).
public struct COSEMObject: Hashable, Sendable {
  /// Rights on an attribute.
  public enum Access: UInt8, Hashable, Sendable {
    case none = 0
    case read = 1
    case write = 2
    case readWrite = 3

    public var reads: Bool { rawValue & 1 != 0 }
    public var writes: Bool { rawValue & 2 != 0 }
  }

  /// An attribute with the rights of the client that asks, and the selectors it knows.
  public struct Attribute: Hashable, Sendable {
    public var index: Int8
    public var access: Access
    public var selectors: [Int8]

    public init(_ index: Int8, _ access: Access = .read, selectors: [Int8] = []) {
      (self.index, self.access, self.selectors) = (index, access, selectors)
    }
  }

  public var classID: UInt16
  public var version: UInt8
  public var name: LogicalName
  public var attributes: [Attribute]
  /// Methods that the client may call.
  public var methods: [Int8]

  public init(
    _ classID: UInt16, version: UInt8 = 0, _ name: LogicalName, attributes: [Attribute],
    methods: [Int8] = []
  ) {
    (self.classID, self.version, self.name) = (classID, version, name)
    (self.attributes, self.methods) = (attributes, methods)
  }

  /// Its element of the object list.
  public var value: COSEMValue {
    let rights = attributes.map { one in
      COSEMValue.structure([
        .int8(one.index), .enumerated(one.access.rawValue),
        one.selectors.isEmpty ? .null : .array(one.selectors.map { .int8($0) }),
      ])
    }
    let calls = methods.map { COSEMValue.structure([.int8($0), .boolean(true)]) }
    return .structure([
      .uint16(classID), .uint8(version), .octets(name.octets),
      .structure([.array(rights), .array(calls)]),
    ])
  }

  /// From an element of an object list; nil for data of another shape.
  public init?(_ value: COSEMValue) {
    guard case .structure(let parts) = value, parts.count == 4, case .uint16(let classID) = parts[0],
      case .uint8(let version) = parts[1], case .octets(let octets) = parts[2],
      let name = LogicalName(octets), case .structure(let rights) = parts[3], rights.count == 2,
      let attributes = rights[0].elements, let methods = rights[1].elements
    else { return nil }
    self.init(
      classID, version: version, name, attributes: attributes.compactMap(Self.attribute),
      methods: methods.compactMap { $0.elements?.first?.whole.flatMap { Int8(exactly: $0) } })
  }

  private static func attribute(_ value: COSEMValue) -> Attribute? {
    guard let parts = value.elements, parts.count == 3, let index = parts[0].whole,
      let access = parts[1].whole, let number = Int8(exactly: index)
    else { return nil }
    let selectors = parts[2].elements?.compactMap { $0.whole.flatMap { Int8(exactly: $0) } } ?? []
    // Authenticated access (4, 5, 6) is access all the same; a negative number is none.
    let bits = UInt8(clamping: access <= 3 ? access : access - 3)
    return Attribute(number, Access(rawValue: bits) ?? .none, selectors: selectors)
  }
}

/// A long value that is made row by row.
public struct COSEMRows {
  /// What stands before the first row: the tag and count of an array, or the head of a compact array.
  public let head: [UInt8]
  public let count: Int
  /// Appends the row of a number from 0.
  public let append: (Int, inout AXDRWriter) -> Void

  public init(head: [UInt8], count: Int, append: @escaping (Int, inout AXDRWriter) -> Void) {
    (self.head, self.count, self.append) = (head, count, append)
  }
}

/// An attribute's value.
public enum COSEMAnswer {
  case value(COSEMValue)
  case rows(COSEMRows)
}

/// The objects of one logical device.
public protocol COSEMObjects: AnyObject {
  /// All objects that a client sees, with his rights.
  func objects(for client: UInt8) -> [COSEMObject]
  /// An attribute. The server has looked up object and right.
  func get(_ item: COSEMItem, client: UInt8, at instant: Instant) throws(DataAccessResult) -> COSEMAnswer
  /// Sets an attribute that the client may write.
  func set(_ item: COSEMItem, to value: COSEMValue, client: UInt8, at instant: Instant)
    throws(DataAccessResult)
  /// Calls a method that the client may call; gives what it returns, if it does.
  func call(_ method: COSEMDescriptor, with value: COSEMValue?, client: UInt8, at instant: Instant)
    throws(DataAccessResult) -> COSEMValue?
  /// A password or challenge was wrong.
  func authenticationFailed(client: UInt8, at instant: Instant)
  /// The server's challenge to a client, new for each association: 8 to 64 octets.
  func challenge(for client: UInt8) -> [UInt8]
}

/// A client that the server knows.
public struct COSEMClientEntry: Hashable, Sendable {
  public var address: UInt8
  public var mechanism: COSEMMechanism
  public var password: [UInt8]
  public var keys: COSEMKeys?
  /// The least protection of requests once the association stands.
  public var policy: COSEMPolicy
  /// The only system title accepted; nil takes any.
  public var systemTitle: [UInt8]?

  public init(
    address: UInt8, mechanism: COSEMMechanism = .none, password: [UInt8] = [], keys: COSEMKeys? = nil,
    policy: COSEMPolicy = .nothing, systemTitle: [UInt8]? = nil
  ) {
    (self.address, self.mechanism, self.password) = (address, mechanism, password)
    (self.keys, self.policy, self.systemTitle) = (keys, policy, systemTitle)
  }
}
