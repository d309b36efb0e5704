// Data as COSEM objects hold them, and as A-XDR carries them: IEC 62056-6-2, section 4.1.5 (common data
// types) and 62056-5-3, section 9.5 (the `Data` choice with its tags).

/// One piece of data with its type.
public indirect enum COSEMValue: Hashable, Sendable {
  case null
  case array([COSEMValue])
  case structure([COSEMValue])
  case boolean(Bool)
  /// So many bits, the first of them highest in the first octet; the rest of the last octet is 0.
  case bits(count: Int, [UInt8])
  case int32(Int32)
  case uint32(UInt32)
  case octets([UInt8])
  /// Octets that mean ASCII, kept as they came.
  case visible([UInt8])
  case utf8([UInt8])
  case bcd(UInt8)
  case int8(Int8)
  case int16(Int16)
  case uint8(UInt8)
  case uint16(UInt16)
  /// Rows of one type, which is described once.
  case compactArray(COSEMType, [COSEMValue])
  case int64(Int64)
  case uint64(UInt64)
  case enumerated(UInt8)
  /// IEEE 754 patterns: kept as bits, for no number that is paid for comes so.
  case float32(bits: UInt32)
  case float64(bits: UInt64)
  /// 12 octets: `COSEMDateTime` reads them.
  case dateTime([UInt8])
  /// 5 octets.
  case date([UInt8])
  /// 4 octets.
  case time([UInt8])
  case dontCare

  /// The whole number it is; nil for what is none (a code of an enumeration is a number, a BCD digit pair
  /// is not).
  public var whole: Int128? {
    switch self {
    case .int8(let value): Int128(value)
    case .int16(let value): Int128(value)
    case .int32(let value): Int128(value)
    case .int64(let value): Int128(value)
    case .uint8(let value): Int128(value)
    case .uint16(let value): Int128(value)
    case .uint32(let value): Int128(value)
    case .uint64(let value): Int128(value)
    case .enumerated(let value): Int128(value)
    default: nil
    }
  }

  /// The octets of a string of any kind, or of a date-time.
  public var string: [UInt8]? {
    switch self {
    case .octets(let octets), .visible(let octets), .utf8(let octets), .dateTime(let octets): octets
    default: nil
    }
  }

  /// The elements of an array, structure or compact array.
  public var elements: [COSEMValue]? {
    switch self {
    case .array(let elements), .structure(let elements), .compactArray(_, let elements): elements
    default: nil
    }
  }
}

/// Tags of the `Data` choice: context-specific, as A-XDR writes them.
public enum COSEMTag: UInt8, Hashable, Sendable, CaseIterable {
  case null = 0x00
  case array = 0x01
  case structure = 0x02
  case boolean = 0x03
  case bits = 0x04
  case int32 = 0x05
  case uint32 = 0x06
  case octets = 0x09
  case visible = 0x0A
  case utf8 = 0x0C
  case bcd = 0x0D
  case int8 = 0x0F
  case int16 = 0x10
  case uint8 = 0x11
  case uint16 = 0x12
  case compactArray = 0x13
  case int64 = 0x14
  case uint64 = 0x15
  case enumerated = 0x16
  case float32 = 0x17
  case float64 = 0x18
  case dateTime = 0x19
  case date = 0x1A
  case time = 0x1B
  case dontCare = 0xFF
}

/// The description of the rows of a compact array.
public indirect enum COSEMType: Hashable, Sendable {
  /// Any tag but array, structure and compact array.
  case plain(COSEMTag)
  case array(count: UInt16, COSEMType)
  case structure([COSEMType])
}

/// What is wrong with octets that should be data or a message.
public enum COSEMFault: Error, Hashable, Sendable {
  /// They end too early.
  case short
  /// More follows than belongs there.
  case trailing
  /// A tag or choice that there is not.
  case tag(UInt8)
  /// A length or count that cannot be, or is not the one it must be.
  case length
  /// Nested deeper than `AXDRReader.deepest`.
  case depth
  /// More elements than the octets can hold.
  case count
}
