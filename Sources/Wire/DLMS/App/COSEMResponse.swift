// Responses with logical names, and the messages by which a server refuses (IEC 62056-5-3, section 9.5,
// choices 196, 197, 199, 216 and 14).

/// A response of a server.
public enum COSEMResponse: Hashable, Sendable {
  case get(InvokeID, COSEMResult)
  case getBlock(InvokeID, COSEMBlock)
  /// A block that there is not: always the last.
  case getBlockError(InvokeID, number: UInt32, DataAccessResult)
  case getList(InvokeID, [COSEMResult])
  case set(InvokeID, DataAccessResult)
  /// Block received, more wanted.
  case setBlock(InvokeID, UInt32)
  case setLastBlock(InvokeID, DataAccessResult, UInt32)
  case setLastBlockList(InvokeID, [DataAccessResult], UInt32)
  case setList(InvokeID, [DataAccessResult])
  case action(InvokeID, COSEMActionResult)
  case actionBlock(InvokeID, COSEMBlock)
  case actionList(InvokeID, [COSEMActionResult])
  /// Block received, more wanted.
  case actionNext(InvokeID, UInt32)
  case exception(COSEMException)
  case serviceError(COSEMServiceError)

  /// Nil for those that answer no request by its number.
  public var invokeID: InvokeID? {
    switch self {
    case .get(let id, _), .getBlock(let id, _), .getBlockError(let id, _, _), .getList(let id, _),
      .set(let id, _), .setBlock(let id, _), .setLastBlock(let id, _, _), .setLastBlockList(let id, _, _),
      .setList(let id, _), .action(let id, _), .actionBlock(let id, _), .actionList(let id, _),
      .actionNext(let id, _):
      id
    case .exception, .serviceError: nil
    }
  }
}

extension COSEMResponse {
  /// A whole response; nothing may follow it.
  public init(decoding octets: [UInt8]) throws(COSEMFault) {
    var reader = AXDRReader(octets)
    let tag = try reader.uint8()
    switch tag {
    case COSEMService.get.row.response: self = try Self.get(&reader)
    case COSEMService.set.row.response: self = try Self.set(&reader)
    case COSEMService.action.row.response: self = try Self.action(&reader)
    case COSEMMessageTag.exception: self = .exception(try Self.exception(&reader))
    case COSEMMessageTag.confirmedServiceError:
      let service = try reader.uint8()
      let kind = try reader.uint8()
      self = .serviceError(COSEMServiceError(service: service, kind: kind, value: try reader.uint8()))
    default: throw .tag(tag)
    }
    try reader.expectEnd()
  }

  private static func exception(_ reader: inout AXDRReader) throws(COSEMFault) -> COSEMException {
    let state = try reader.uint8()
    let service = try reader.uint8()
    // Some servers say "invocation counter error" and leave the counter out.
    let counter = service == 6 && !reader.isAtEnd ? try reader.uint32() : nil
    return COSEMException(state: state, service: service, counter: counter)
  }

  private static func get(_ reader: inout AXDRReader) throws(COSEMFault) -> COSEMResponse {
    let choice = try reader.uint8()
    let id = InvokeID(rawValue: try reader.uint8())
    switch choice {
    case 1: return .get(id, try reader.result())
    case 2:
      let last = try reader.uint8()
      let number = try reader.uint32()
      let kind = try reader.uint8()
      switch kind {
      case 0: return .getBlock(id, COSEMBlock(isLast: last != 0, number: number, octets: try reader.string()))
      case 1: return .getBlockError(id, number: number, DataAccessResult(rawValue: try reader.uint8()))
      default: throw .tag(kind)
      }
    case 3: return .getList(id, try reader.list { (reader) throws(COSEMFault) in try reader.result() })
    default: throw .tag(choice)
    }
  }

  private static func set(_ reader: inout AXDRReader) throws(COSEMFault) -> COSEMResponse {
    let choice = try reader.uint8()
    let id = InvokeID(rawValue: try reader.uint8())
    switch choice {
    case 1: return .set(id, try reader.accessResult())
    case 2: return .setBlock(id, try reader.uint32())
    case 3:
      let result = try reader.accessResult()
      return .setLastBlock(id, result, try reader.uint32())
    case 4:
      let results = try reader.list { (reader) throws(COSEMFault) in try reader.accessResult() }
      return .setLastBlockList(id, results, try reader.uint32())
    case 5:
      return .setList(id, try reader.list { (reader) throws(COSEMFault) in try reader.accessResult() })
    default: throw .tag(choice)
    }
  }

  private static func action(_ reader: inout AXDRReader) throws(COSEMFault) -> COSEMResponse {
    let choice = try reader.uint8()
    let id = InvokeID(rawValue: try reader.uint8())
    switch choice {
    case 1: return .action(id, try reader.actionResult())
    case 2: return .actionBlock(id, try reader.block())
    case 3:
      return .actionList(id, try reader.list { (reader) throws(COSEMFault) in try reader.actionResult() })
    case 4: return .actionNext(id, try reader.uint32())
    default: throw .tag(choice)
    }
  }

  /// The response as it is sent.
  public var encoded: [UInt8] {
    var writer = AXDRWriter()
    if case .exception(let exception) = self { return exception.octets }
    if case .serviceError(let error) = self { return error.octets }
    let (tag, choice) = head
    writer.raw([tag, choice, invokeID?.rawValue ?? 0])
    switch self {
    case .get(_, let result): writer.result(result)
    case .getBlock(_, let block):
      writer.uint8(block.isLast ? 1 : 0)
      writer.uint32(block.number)
      writer.uint8(0)
      writer.string(block.octets)
    case .getBlockError(_, let number, let error):
      writer.uint8(1)
      writer.uint32(number)
      writer.raw([1, error.rawValue])
    case .getList(_, let results): writer.list(results) { $0.result($1) }
    case .set(_, let result): writer.uint8(result.rawValue)
    case .setBlock(_, let number), .actionNext(_, let number): writer.uint32(number)
    case .setLastBlock(_, let result, let number):
      writer.uint8(result.rawValue)
      writer.uint32(number)
    case .setLastBlockList(_, let results, let number):
      writer.list(results) { $0.uint8($1.rawValue) }
      writer.uint32(number)
    case .setList(_, let results): writer.list(results) { $0.uint8($1.rawValue) }
    case .action(_, let result): writer.actionResult(result)
    case .actionBlock(_, let block): writer.block(block)
    case .actionList(_, let results): writer.list(results) { $0.actionResult($1) }
    case .exception, .serviceError: break
    }
    return writer.octets
  }

  private var head: (tag: UInt8, choice: UInt8) {
    switch self {
    case .get: (0xC4, 1)
    case .getBlock, .getBlockError: (0xC4, 2)
    case .getList: (0xC4, 3)
    case .set: (0xC5, 1)
    case .setBlock: (0xC5, 2)
    case .setLastBlock: (0xC5, 3)
    case .setLastBlockList: (0xC5, 4)
    case .setList: (0xC5, 5)
    case .action: (0xC7, 1)
    case .actionBlock: (0xC7, 2)
    case .actionList: (0xC7, 3)
    case .actionNext: (0xC7, 4)
    case .exception: (COSEMMessageTag.exception, 0)
    case .serviceError: (COSEMMessageTag.confirmedServiceError, 0)
    }
  }
}

extension AXDRReader {
  mutating func result() throws(COSEMFault) -> COSEMResult {
    try flag() ? .error(try accessResult()) : .data(try value())
  }

  mutating func accessResult() throws(COSEMFault) -> DataAccessResult {
    DataAccessResult(rawValue: try uint8())
  }

  mutating func actionResult() throws(COSEMFault) -> COSEMActionResult {
    let result = try accessResult()
    return COSEMActionResult(result, try flag() ? try self.result() : nil)
  }
}

extension AXDRWriter {
  mutating func result(_ result: COSEMResult) {
    switch result {
    case .data(let value):
      uint8(0)
      self.value(value)
    case .error(let error): raw([1, error.rawValue])
    }
  }

  mutating func actionResult(_ result: COSEMActionResult) {
    raw([result.result.rawValue, result.returned == nil ? 0 : 1])
    if let returned = result.returned { self.result(returned) }
  }
}
