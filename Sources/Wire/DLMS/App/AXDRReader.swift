// Reading A-XDR (IEC 61334-6, as 62056-5-3 uses it). It never traps and never takes more memory than its
// input deserves: nesting is limited, and the number of elements by the octets that are there.

/// A cursor over octets.
public struct AXDRReader {
  /// Levels of arrays and structures within each other. An object list has five.
  public static let deepest = 16
  /// Elements for each octet: a compact array may hold null-data, which takes none.
  static let elementsPerOctet = 8

  private let octets: [UInt8]
  private let end: Int
  public private(set) var at: Int
  /// Elements that may still be made.
  private var budget: Int

  public init(_ octets: [UInt8]) {
    (self.octets, at, end) = (octets, 0, octets.count)
    budget = octets.count * Self.elementsPerOctet + Self.elementsPerOctet
  }

  public init(_ octets: ArraySlice<UInt8>) { self.init(Array(octets)) }

  public var left: Int { end - at }
  public var isAtEnd: Bool { at == end }
  /// The next octet, without taking it.
  public var next: UInt8? { at < end ? octets[at] : nil }

  public func expectEnd() throws(COSEMFault) { if !isAtEnd { throw .trailing } }

  public mutating func uint8() throws(COSEMFault) -> UInt8 {
    guard at < end else { throw .short }
    defer { at += 1 }
    return octets[at]
  }

  public mutating func uint16() throws(COSEMFault) -> UInt16 {
    guard left >= 2 else { throw .short }
    defer { at += 2 }
    return UInt16(octets[at]) << 8 | UInt16(octets[at + 1])
  }

  public mutating func uint32() throws(COSEMFault) -> UInt32 {
    let high = try uint16()
    return UInt32(high) << 16 | UInt32(try uint16())
  }

  public mutating func uint64() throws(COSEMFault) -> UInt64 {
    let high = try uint32()
    return UInt64(high) << 32 | UInt64(try uint32())
  }

  public mutating func take(_ count: Int) throws(COSEMFault) -> [UInt8] {
    guard count >= 0, count <= left else { throw .short }
    defer { at += count }
    return Array(octets[at..<at + count])
  }

  /// All that is left.
  public mutating func rest() -> [UInt8] {
    defer { at = end }
    return Array(octets[at..<end])
  }

  /// A length or count: below 80 itself, otherwise 81 … 84 and so many octets of it. One in more octets than
  /// it needs is taken, and earns no elements: written again it is shorter, and must still be taken.
  public mutating func length() throws(COSEMFault) -> Int {
    let first = try uint8()
    guard first >= 0x80 else { return Int(first) }
    guard (0x81...0x84).contains(first) else { throw .length }
    let octets = Int(first - 0x80)
    var value = 0
    for _ in 0..<octets { value = value << 8 | Int(try uint8()) }
    let needed = value < 0x80 ? 0 : value < 0x100 ? 1 : value < 0x1_0000 ? 2 : 4
    if octets > needed { try spend((octets - needed) * Self.elementsPerOctet) }
    return value
  }

  /// A string with its length before it.
  public mutating func string() throws(COSEMFault) -> [UInt8] { try take(try length()) }

  /// One value with its tag.
  public mutating func value(depth: Int = 0) throws(COSEMFault) -> COSEMValue {
    let raw = try uint8()
    guard let tag = COSEMTag(rawValue: raw) else { throw .tag(raw) }
    switch tag {
    case .array: return .array(try values(depth: depth + 1))
    case .structure: return .structure(try values(depth: depth + 1))
    case .compactArray: return try compactArray(depth: depth + 1)
    default: return try plain(tag)
    }
  }

  private mutating func values(depth: Int) throws(COSEMFault) -> [COSEMValue] {
    guard depth <= Self.deepest else { throw .depth }
    let count = try length()
    // Each element has a tag at least.
    guard count <= left else { throw .count }
    try spend(count)
    var values: [COSEMValue] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(try value(depth: depth)) }
    return values
  }

  private mutating func spend(_ elements: Int) throws(COSEMFault) {
    guard elements <= budget else { throw .count }
    budget -= elements
  }

  /// A value without its tag, as in a compact array.
  private mutating func plain(_ tag: COSEMTag) throws(COSEMFault) -> COSEMValue {
    switch tag {
    case .null: return .null
    case .dontCare: return .dontCare
    case .boolean: return .boolean(try uint8() != 0)
    case .bits:
      let count = try length()
      guard count <= left * 8 else { throw .short }
      return .bits(count: count, try take((count + 7) / 8))
    case .int32: return .int32(Int32(bitPattern: try uint32()))
    case .uint32: return .uint32(try uint32())
    case .octets: return .octets(try string())
    case .visible: return .visible(try string())
    case .utf8: return .utf8(try string())
    case .bcd: return .bcd(try uint8())
    case .int8: return .int8(Int8(bitPattern: try uint8()))
    case .int16: return .int16(Int16(bitPattern: try uint16()))
    case .uint8: return .uint8(try uint8())
    case .uint16: return .uint16(try uint16())
    case .int64: return .int64(Int64(bitPattern: try uint64()))
    case .uint64: return .uint64(try uint64())
    case .enumerated: return .enumerated(try uint8())
    case .float32: return .float32(bits: try uint32())
    case .float64: return .float64(bits: try uint64())
    case .dateTime: return .dateTime(try take(12))
    case .date: return .date(try take(5))
    case .time: return .time(try take(4))
    case .array, .structure, .compactArray: throw .tag(tag.rawValue)
    }
  }

  /// The type, then the octets of all rows with their length before them.
  private mutating func compactArray(depth: Int) throws(COSEMFault) -> COSEMValue {
    guard depth <= Self.deepest else { throw .depth }
    let type = try type(depth: depth)
    let length = try length()
    guard length <= left else { throw .short }
    let stop = at + length
    var rows: [COSEMValue] = []
    while at < stop {
      let start = at
      try spend(1)
      rows.append(try row(type))
      // A row of nothing would go on for ever; one that runs over its array is no row.
      guard at > start, at <= stop else { throw .length }
    }
    return .compactArray(type, rows)
  }

  mutating func type(depth: Int) throws(COSEMFault) -> COSEMType {
    guard depth <= Self.deepest else { throw .depth }
    let raw = try uint8()
    guard let tag = COSEMTag(rawValue: raw) else { throw .tag(raw) }
    switch tag {
    case .array:
      let count = try uint16()
      return .array(count: count, try type(depth: depth + 1))
    case .structure:
      let count = try length()
      guard count <= left else { throw .count }
      try spend(count)
      var types: [COSEMType] = []
      for _ in 0..<count { types.append(try type(depth: depth + 1)) }
      return .structure(types)
    case .compactArray: throw .tag(raw)
    default: return .plain(tag)
    }
  }

  mutating func row(_ type: COSEMType) throws(COSEMFault) -> COSEMValue {
    switch type {
    case .plain(let tag): return try plain(tag)
    case .array(let count, let element):
      try spend(Int(count))
      var values: [COSEMValue] = []
      for _ in 0..<count { values.append(try row(element)) }
      return .array(values)
    case .structure(let types):
      try spend(types.count)
      var values: [COSEMValue] = []
      values.reserveCapacity(types.count)
      for type in types { values.append(try row(type)) }
      return .structure(values)
    }
  }
}
