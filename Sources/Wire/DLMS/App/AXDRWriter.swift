// Writing A-XDR (IEC 61334-6, as 62056-5-3 uses it): the other way of `AXDRReader`.

/// Collects octets.
public struct AXDRWriter {
  public var octets: [UInt8] = []

  public init() {}

  public mutating func uint8(_ value: UInt8) { octets.append(value) }

  public mutating func uint16(_ value: UInt16) {
    octets.append(UInt8(truncatingIfNeeded: value >> 8))
    octets.append(UInt8(truncatingIfNeeded: value))
  }

  public mutating func uint32(_ value: UInt32) {
    uint16(UInt16(truncatingIfNeeded: value >> 16))
    uint16(UInt16(truncatingIfNeeded: value))
  }

  public mutating func uint64(_ value: UInt64) {
    uint32(UInt32(truncatingIfNeeded: value >> 32))
    uint32(UInt32(truncatingIfNeeded: value))
  }

  public mutating func raw(_ more: some Sequence<UInt8>) { octets.append(contentsOf: more) }

  /// A length or count in the fewest octets.
  public mutating func length(_ count: Int) {
    let count = UInt32(clamping: count)
    switch count {
    case ..<0x80: uint8(UInt8(truncatingIfNeeded: count))
    case ..<0x100:
      uint8(0x81)
      uint8(UInt8(truncatingIfNeeded: count))
    case ..<0x1_0000:
      uint8(0x82)
      uint16(UInt16(truncatingIfNeeded: count))
    default:
      uint8(0x84)
      uint32(count)
    }
  }

  public mutating func string(_ text: [UInt8]) {
    length(text.count)
    raw(text)
  }

  /// One value with its tag.
  public mutating func value(_ value: COSEMValue) {
    uint8(value.tag.rawValue)
    switch value {
    case .array(let elements), .structure(let elements):
      length(elements.count)
      for element in elements { self.value(element) }
    case .compactArray(let type, let rows):
      self.type(type)
      var contents = AXDRWriter()
      for row in rows { contents.row(row) }
      string(contents.octets)
    default: plain(value)
    }
  }

  /// A row of a compact array: values without tags.
  public mutating func row(_ value: COSEMValue) {
    guard let elements = value.elements else { return plain(value) }
    for element in elements { row(element) }
  }

  /// The type of a compact array's rows.
  public mutating func type(_ type: COSEMType) {
    switch type {
    case .plain(let tag): uint8(tag.rawValue)
    case .array(let count, let element):
      uint8(COSEMTag.array.rawValue)
      uint16(count)
      self.type(element)
    case .structure(let types):
      uint8(COSEMTag.structure.rawValue)
      length(types.count)
      for type in types { self.type(type) }
    }
  }

  private mutating func plain(_ value: COSEMValue) {
    switch value {
    case .null, .dontCare, .array, .structure, .compactArray: break
    case .boolean(let value): uint8(value ? 1 : 0)
    case .bits(let count, let bits):
      length(count)
      raw(bits.prefix((count + 7) / 8))
    case .int32(let value): uint32(UInt32(bitPattern: value))
    case .uint32(let value): uint32(value)
    case .octets(let text), .visible(let text), .utf8(let text): string(text)
    case .bcd(let value), .uint8(let value), .enumerated(let value): uint8(value)
    case .int8(let value): uint8(UInt8(bitPattern: value))
    case .int16(let value): uint16(UInt16(bitPattern: value))
    case .uint16(let value): uint16(value)
    case .int64(let value): uint64(UInt64(bitPattern: value))
    case .uint64(let value): uint64(value)
    case .float32(let bits): uint32(bits)
    case .float64(let bits): uint64(bits)
    case .dateTime(let octets): fixed(octets, 12)
    case .date(let octets): fixed(octets, 5)
    case .time(let octets): fixed(octets, 4)
    }
  }

  /// Exactly so many octets; what is missing is FF, "not specified".
  private mutating func fixed(_ text: [UInt8], _ count: Int) {
    raw(text.prefix(count))
    raw(repeatElement(0xFF, count: max(count - text.count, 0)))
  }
}

extension COSEMValue {
  public var tag: COSEMTag {
    switch self {
    case .null: .null
    case .array: .array
    case .structure: .structure
    case .boolean: .boolean
    case .bits: .bits
    case .int32: .int32
    case .uint32: .uint32
    case .octets: .octets
    case .visible: .visible
    case .utf8: .utf8
    case .bcd: .bcd
    case .int8: .int8
    case .int16: .int16
    case .uint8: .uint8
    case .uint16: .uint16
    case .compactArray: .compactArray
    case .int64: .int64
    case .uint64: .uint64
    case .enumerated: .enumerated
    case .float32: .float32
    case .float64: .float64
    case .dateTime: .dateTime
    case .date: .date
    case .time: .time
    case .dontCare: .dontCare
    }
  }

  /// The octets of the value with its tag.
  public var encoded: [UInt8] {
    var writer = AXDRWriter()
    writer.value(self)
    return writer.octets
  }

  /// The one value that octets hold.
  public init(decoding octets: [UInt8]) throws(COSEMFault) {
    var reader = AXDRReader(octets)
    self = try reader.value()
    try reader.expectEnd()
  }
}
