// Selective access to the buffer of a profile generic object: by range of the sort column, or by entry (IEC
// 62056-6-2, class 7, attribute 2).

/// What a column of a profile captures.
public struct CaptureObject: Hashable, Sendable {
  public var classID: UInt16
  public var name: LogicalName
  public var attribute: Int8
  /// Position within an attribute that is a list; 0 takes all of it.
  public var dataIndex: UInt16

  public init(_ classID: UInt16, _ name: LogicalName, _ attribute: Int8 = 2, dataIndex: UInt16 = 0) {
    (self.classID, self.name, self.attribute, self.dataIndex) = (classID, name, attribute, dataIndex)
  }

  /// Nil for data of another shape.
  public init?(_ value: COSEMValue) {
    guard case .structure(let parts) = value, parts.count == 4, case .uint16(let classID) = parts[0],
      case .octets(let octets) = parts[1], let name = LogicalName(octets),
      case .int8(let attribute) = parts[2],
      case .uint16(let index) = parts[3]
    else { return nil }
    self.init(classID, name, attribute, dataIndex: index)
  }

  public var value: COSEMValue {
    .structure([.uint16(classID), .octets(name.octets), .int8(attribute), .uint16(dataIndex)])
  }

  /// The clock: 0-0:1.0.0*255, the sort column of every profile here.
  public static let clock = CaptureObject(8, LogicalName(0, 0, 1, 0, 0))
}

/// A selector with its parameters.
public enum COSEMSelection: Hashable, Sendable {
  /// Rows whose sort column lies within `from ... to`, both ends in. No columns: all of them.
  case range(by: CaptureObject, from: COSEMValue, to: COSEMValue, columns: [CaptureObject])
  /// Rows by number from 1, the oldest; `to` 0: up to the last. Columns likewise from 1, 0: to the last.
  case entries(from: UInt32, to: UInt32, firstColumn: UInt16, lastColumn: UInt16)
  /// A selector that there is not, or parameters of another shape.
  case other(UInt8, COSEMValue)

  public init(selector: UInt8, _ value: COSEMValue) {
    self = Self.range(selector, value) ?? Self.entries(selector, value) ?? .other(selector, value)
  }

  private static func range(_ selector: UInt8, _ value: COSEMValue) -> COSEMSelection? {
    guard selector == 1, case .structure(let parts) = value, parts.count == 4,
      let column = CaptureObject(parts[0]), let list = parts[3].elements
    else { return nil }
    let columns = list.compactMap { CaptureObject($0) }
    guard columns.count == list.count else { return nil }
    return .range(by: column, from: parts[1], to: parts[2], columns: columns)
  }

  private static func entries(_ selector: UInt8, _ value: COSEMValue) -> COSEMSelection? {
    guard selector == 2, case .structure(let parts) = value, parts.count == 4,
      case .uint32(let from) = parts[0], case .uint32(let to) = parts[1],
      case .uint16(let first) = parts[2], case .uint16(let last) = parts[3]
    else { return nil }
    return .entries(from: from, to: to, firstColumn: first, lastColumn: last)
  }

  public var selector: UInt8 {
    switch self {
    case .range: 1
    case .entries: 2
    case .other(let selector, _): selector
    }
  }

  public var value: COSEMValue {
    switch self {
    case .range(let column, let from, let to, let columns):
      .structure([column.value, from, to, .array(columns.map(\.value))])
    case .entries(let from, let to, let first, let last):
      .structure([.uint32(from), .uint32(to), .uint16(first), .uint16(last)])
    case .other(_, let value): value
    }
  }
}

/// An attribute that is asked for, perhaps a part of it.
public struct COSEMItem: Hashable, Sendable {
  public var attribute: COSEMDescriptor
  public var selection: COSEMSelection?

  public init(_ attribute: COSEMDescriptor, _ selection: COSEMSelection? = nil) {
    (self.attribute, self.selection) = (attribute, selection)
  }
}
