// Requests as octets, both ways: IEC 62056-5-3, section 9.5, choices 192, 193 and 195.

extension COSEMRequest {
  /// A whole request; nothing may follow it.
  public init(decoding octets: [UInt8]) throws(COSEMFault) {
    var reader = AXDRReader(octets)
    let tag = try reader.uint8()
    let choice = try reader.uint8()
    let id = InvokeID(rawValue: try reader.uint8())
    switch tag {
    case COSEMService.get.row.request: self = try Self.get(choice, id, &reader)
    case COSEMService.set.row.request: self = try Self.set(choice, id, &reader)
    case COSEMService.action.row.request: self = try Self.action(choice, id, &reader)
    default: throw .tag(tag)
    }
    try reader.expectEnd()
  }

  private static func get(_ choice: UInt8, _ id: InvokeID, _ reader: inout AXDRReader) throws(COSEMFault)
    -> COSEMRequest
  {
    switch choice {
    case 1: return .get(id, try reader.item())
    case 2: return .getNext(id, try reader.uint32())
    case 3: return .getList(id, try reader.list { (reader) throws(COSEMFault) in try reader.item() })
    default: throw .tag(choice)
    }
  }

  private static func set(_ choice: UInt8, _ id: InvokeID, _ reader: inout AXDRReader) throws(COSEMFault)
    -> COSEMRequest
  {
    switch choice {
    case 1:
      let item = try reader.item()
      return .set(id, item, try reader.value())
    case 2:
      let item = try reader.item()
      return .setFirstBlock(id, item, try reader.block())
    case 3: return .setBlock(id, try reader.block())
    case 4:
      let items = try reader.list { (reader) throws(COSEMFault) in try reader.item() }
      return .setList(id, items, try reader.list { (reader) throws(COSEMFault) in try reader.value() })
    case 5:
      let items = try reader.list { (reader) throws(COSEMFault) in try reader.item() }
      return .setListFirstBlock(id, items, try reader.block())
    default: throw .tag(choice)
    }
  }

  private static func action(_ choice: UInt8, _ id: InvokeID, _ reader: inout AXDRReader)
    throws(COSEMFault) -> COSEMRequest
  {
    switch choice {
    case 1:
      let method = try reader.descriptor()
      return .action(id, method, try reader.flag() ? try reader.value() : nil)
    case 2: return .actionNext(id, try reader.uint32())
    case 3:
      let methods = try reader.list { (reader) throws(COSEMFault) in try reader.descriptor() }
      return .actionList(id, methods, try reader.list { (reader) throws(COSEMFault) in try reader.value() })
    case 4:
      let method = try reader.descriptor()
      return .actionFirstBlock(id, method, try reader.block())
    case 5:
      let methods = try reader.list { (reader) throws(COSEMFault) in try reader.descriptor() }
      return .actionListFirstBlock(id, methods, try reader.block())
    case 6: return .actionBlock(id, try reader.block())
    default: throw .tag(choice)
    }
  }

  /// The request as it is sent.
  public var encoded: [UInt8] {
    var writer = AXDRWriter()
    let (tag, choice) = head
    writer.raw([tag, choice, invokeID.rawValue])
    switch self {
    case .get(_, let item): writer.item(item)
    case .getNext(_, let number), .actionNext(_, let number): writer.uint32(number)
    case .getList(_, let items): writer.list(items) { $0.item($1) }
    case .set(_, let item, let value):
      writer.item(item)
      writer.value(value)
    case .setFirstBlock(_, let item, let block):
      writer.item(item)
      writer.block(block)
    case .setBlock(_, let block), .actionBlock(_, let block): writer.block(block)
    case .setList(_, let items, let values):
      writer.list(items) { $0.item($1) }
      writer.list(values) { $0.value($1) }
    case .setListFirstBlock(_, let items, let block):
      writer.list(items) { $0.item($1) }
      writer.block(block)
    case .action(_, let method, let value):
      writer.descriptor(method)
      writer.uint8(value == nil ? 0 : 1)
      if let value { writer.value(value) }
    case .actionList(_, let methods, let values):
      writer.list(methods) { $0.descriptor($1) }
      writer.list(values) { $0.value($1) }
    case .actionFirstBlock(_, let method, let block):
      writer.descriptor(method)
      writer.block(block)
    case .actionListFirstBlock(_, let methods, let block):
      writer.list(methods) { $0.descriptor($1) }
      writer.block(block)
    }
    return writer.octets
  }

  private var head: (tag: UInt8, choice: UInt8) {
    switch self {
    case .get: (0xC0, 1)
    case .getNext: (0xC0, 2)
    case .getList: (0xC0, 3)
    case .set: (0xC1, 1)
    case .setFirstBlock: (0xC1, 2)
    case .setBlock: (0xC1, 3)
    case .setList: (0xC1, 4)
    case .setListFirstBlock: (0xC1, 5)
    case .action: (0xC3, 1)
    case .actionNext: (0xC3, 2)
    case .actionList: (0xC3, 3)
    case .actionFirstBlock: (0xC3, 4)
    case .actionListFirstBlock: (0xC3, 5)
    case .actionBlock: (0xC3, 6)
    }
  }
}

extension AXDRReader {
  mutating func descriptor() throws(COSEMFault) -> COSEMDescriptor {
    let classID = try uint16()
    guard let name = LogicalName(try take(6)) else { throw .short }
    return COSEMDescriptor(classID, name, Int8(bitPattern: try uint8()))
  }

  /// 00 or 01: whether something optional follows.
  mutating func flag() throws(COSEMFault) -> Bool {
    let octet = try uint8()
    guard octet <= 1 else { throw .tag(octet) }
    return octet == 1
  }

  mutating func item() throws(COSEMFault) -> COSEMItem {
    let attribute = try descriptor()
    guard try flag() else { return COSEMItem(attribute) }
    let selector = try uint8()
    return COSEMItem(attribute, COSEMSelection(selector: selector, try value()))
  }

  mutating func block() throws(COSEMFault) -> COSEMBlock {
    let last = try uint8()
    let number = try uint32()
    return COSEMBlock(isLast: last != 0, number: number, octets: try string())
  }

  mutating func list<Element>(
    _ element: (inout AXDRReader) throws(COSEMFault) -> Element
  ) throws(COSEMFault) -> [Element] {
    let count = try length()
    guard count <= COSEMRequest.mostItems, count <= left else { throw .count }
    var elements: [Element] = []
    for _ in 0..<count { elements.append(try element(&self)) }
    return elements
  }
}

extension AXDRWriter {
  mutating func descriptor(_ descriptor: COSEMDescriptor) {
    uint16(descriptor.classID)
    raw(descriptor.name.octets)
    uint8(UInt8(bitPattern: descriptor.index))
  }

  mutating func item(_ item: COSEMItem) {
    descriptor(item.attribute)
    guard let selection = item.selection else { return uint8(0) }
    raw([1, selection.selector])
    value(selection.value)
  }

  mutating func block(_ block: COSEMBlock) {
    uint8(block.isLast ? 1 : 0)
    uint32(block.number)
    string(block.octets)
  }

  mutating func list<Element>(_ elements: [Element], _ one: (inout AXDRWriter, Element) -> Void) {
    length(elements.count)
    for element in elements { one(&self, element) }
  }
}
