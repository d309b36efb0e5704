// A register map made ready for answering: one table of addresses for each function, and its rows without
// names and sources, so that answering copies no text and asks no dictionary. Making it is also how a map is
// checked.

/// Where everything is, and in which form.
struct ModbusAddressIndex: Hashable, Sendable {
  /// A value ready to be shown.
  struct Slot: Hashable, Sendable {
    enum Shows: Hashable, Sendable {
      case quantity(ModbusQuantity)
      case constant(Int64)
      case zero
      /// By its number in the map's settings.
      case setting(Int)
      /// The same bits always.
      case bits(UInt64)
      /// Some characters of the serial number.
      case serial(offset: Int, perRegister: Int)
    }

    var shows: Shows
    var address: UInt16
    var number: ModbusNumber
    var order: WordOrder
    /// The exact value in base units, times `up` and divided by `down`, is the raw number.
    var up: Int64 = 1
    var down: Int64 = 1
    var wraps = false
    /// Its decimals are a setting's.
    var followsFormat = false
  }

  /// A value that only a request for exactly itself sees.
  struct Alone: Hashable, Sendable {
    var functions: Set<UInt8>
    var slot: Int
  }

  private(set) var slots: [Slot] = []
  private(set) var alone: [Alone] = []
  private var tables: [ModbusAddressTable] = []
  /// Index into `tables` by function code; −1 for a function the map has not.
  private var tableOfFunction = [Int8](repeating: -1, count: 256)

  init(
    blocks: [ModbusMap.Block], points: [ModbusPoint], settings: [ModbusSetting], absent: ModbusAbsence
  ) throws(ModbusMapError) {
    for number in blocks.indices { try lay(blocks, number) }
    var names: [String] = []
    for (number, point) in points.enumerated() {
      let row = ModbusMapError.Row.point(number)
      for function in point.functions where !ModbusMap.readFunctions.contains(function) {
        throw ModbusMapError(row: row, name: point.name, reason: .function(function))
      }
      for slot in Slot.slots(of: point, absent: absent) {
        slots.append(slot)
        names.append(point.name)
        if point.alone {
          alone.append(Alone(functions: point.functions, slot: slots.count - 1))
        } else {
          try place(slots.count - 1, on: point.functions, row: row, names: names)
        }
      }
    }
    for (number, setting) in settings.enumerated() {
      slots.append(Slot(setting, number: number))
      names.append(setting.name)
      try place(slots.count - 1, on: setting.functions, row: .setting(number), names: names)
    }
    for table in tables.indices { tables[table].measureReach() }
  }

  /// What each address holds for a function; nil where the map has no block for it.
  func table(for function: UInt8) -> ModbusAddressTable? {
    let table = tableOfFunction[Int(function)]
    return table < 0 ? nil : tables[Int(table)]
  }

  /// Lays a block down, over addresses that no other block of its functions has.
  private mutating func lay(_ blocks: [ModbusMap.Block], _ number: Int) throws(ModbusMapError) {
    let block = blocks[number]
    for function in block.functions.sorted() {
      guard ModbusMap.speakableFunctions.contains(function) else {
        throw ModbusMapError(row: .block(number), reason: .function(function))
      }
      let other = blocks[..<number].firstIndex {
        $0.functions.contains(function) && $0.addresses.overlaps(block.addresses)
      }
      if let other {
        throw ModbusMapError(row: .block(number), reason: .blocksOverlap(with: other, function: function))
      }
      if tableOfFunction[Int(function)] < 0 {
        tableOfFunction[Int(function)] = Int8(tables.count)
        tables.append(ModbusAddressTable())
      }
      let table = Int(tableOfFunction[Int(function)])
      var place = ModbusAddressTable.Entry.gap(block.gap)
      place.evenOnly = block.evenOnly
      for address in block.addresses { tables[table][address] = place }
    }
  }

  /// Puts a value down inside a block, where no other value is.
  private mutating func place(_ slot: Int, on functions: Set<UInt8>, row: ModbusMapError.Row, names: [String])
    throws(ModbusMapError)
  {
    let (start, count) = (slots[slot].address, UInt16(slots[slot].number.registers))
    func refused(_ reason: ModbusMapError.Reason) -> ModbusMapError {
      ModbusMapError(row: row, name: names[slot], reason: reason)
    }
    guard start <= UInt16.max - (count - 1) else { throw refused(.pastLastAddress) }
    for function in functions.sorted() {
      let table = Int(tableOfFunction[Int(function)])
      guard table >= 0 else { throw refused(.outsideBlocks(function: function)) }
      for address in start...(start + count - 1) {
        let there = tables[table][address]
        if let other = there.slot {
          throw refused(.overlap(with: names[other], function: function, address: address))
        }
        guard !there.isOutside else { throw refused(.outsideBlocks(function: function)) }
        tables[table][address] = there.holding(slot)
      }
    }
  }
}

extension ModbusAddressIndex.Slot {
  /// What a point puts down: one value, or a text's registers.
  static func slots(of point: ModbusPoint, absent: ModbusAbsence) -> [Self] {
    guard case .text(let text) = point.shows else { return [Self(point, absent: absent)] }
    return (0..<text.registers).map { offset in
      let shows: Shows =
        switch text.content {
        case .fixed(let fixed):
          .bits(UInt64(ModbusText.register(offset, of: fixed, perRegister: text.perRegister)))
        case .serial: .serial(offset: offset, perRegister: text.perRegister)
        }
      return Self(
        shows: shows, address: point.address &+ UInt16(truncatingIfNeeded: offset), number: .uint16,
        order: .mostSignificantFirst)
    }
  }

  private init(_ point: ModbusPoint, absent: ModbusAbsence) {
    switch point.shows {
    case .quantity(let quantity): shows = .quantity(quantity)
    case .constant(let value): shows = .constant(value)
    case .zero, .text: shows = .zero
    case .absent: shows = .bits(absent.bits(of: point.number, countsUp: point.wraps))
    }
    (address, number, order) = (point.address, point.number, point.order)
    let power = (0..<abs(point.scale)).reduce(Int64(1)) { whole, _ in whole * 10 }
    up = (point.scale < 0 ? power : 1) * (point.sign == .export ? -1 : 1) * point.unit.inBase
    down = (point.scale > 0 ? power : 1) * point.unit.perBase
    (wraps, followsFormat) = (point.wraps, point.followsFormat)
  }

  init(_ setting: ModbusSetting, number: Int) {
    shows = .setting(number)
    (address, self.number, order) = (setting.address, setting.number, setting.order)
  }
}
