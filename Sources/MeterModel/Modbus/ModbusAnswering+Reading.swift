// Reads: V1.1b3 sections 6.3 and 6.4. First the quantity (exception 03), then the addresses (02), then the
// values.

internal import Units
internal import Wire

extension ModbusAnswering {
  /// Appends the answer to a read, or says why there is none.
  func read(
    _ function: UInt8, _ address: UInt16, _ count: UInt16, at instant: Instant, into pdu: inout [UInt8]
  )
    -> ModbusException?
  {
    guard ModbusMap.readFunctions.contains(function), let table = map.index.table(for: function) else {
      return .illegalFunction
    }
    guard count >= 1, Int(count) <= map.maximumRegisters else { return .illegalDataValue }
    if !map.index.alone.isEmpty, let slot = alone(function, address, count) {
      pdu.append(function)
      pdu.append(UInt8(2 * count))
      let bits = shownBits(of: slot, Visit(meter, map.supply, at: instant))
      for offset in 0..<Int(count) {
        let register = slot.number.register(offset, of: bits, order: slot.order)
        pdu.append(UInt8(truncatingIfNeeded: register >> 8))
        pdu.append(UInt8(truncatingIfNeeded: register))
      }
      return nil
    }
    guard address <= UInt16.max - (count - 1) else { return .illegalDataAddress }
    let first = table[address]
    if first.evenOnly {
      // Which code a meter gives for which is nowhere written: our assumption, after the standard's meanings.
      if address & 1 == 1 { return .illegalDataAddress }
      if count & 1 == 1 { return .illegalDataValue }
    }
    guard !first.isRefused, first.reach >= address + (count - 1) else { return .illegalDataAddress }
    pdu.append(function)
    pdu.append(UInt8(2 * count))
    show(table, Int(address), Int(count), Visit(meter, map.supply, at: instant), into: &pdu)
    return nil
  }

  /// A value that only a request for exactly itself sees: the model code of an EM24.
  private func alone(_ function: UInt8, _ address: UInt16, _ count: UInt16) -> ModbusAddressIndex.Slot? {
    for one in map.index.alone {
      let slot = map.index.slots[one.slot]
      guard slot.address == address, Int(count) == slot.number.registers else { continue }
      if one.functions.contains(function) { return slot }
    }
    return nil
  }

  /// Appends the registers. Each value is asked for once, though it fills several.
  private func show(
    _ table: ModbusAddressTable, _ address: Int, _ count: Int, _ visit: Visit, into pdu: inout [UInt8]
  ) {
    let slots = map.index.slots
    var place = pdu.count
    pdu.append(contentsOf: repeatElement(0, count: 2 * count))
    var bytes = pdu.mutableSpan
    let end = address + count
    var here = address
    var last: UInt16 = 0
    while here < end {
      let entry = table[UInt16(truncatingIfNeeded: here)]
      guard let number = entry.slot else {
        last = entry.repeatsLast ? last : entry.isOnes ? 0xFFFF : 0
        bytes.put(last, at: &place)
        here += 1
        continue
      }
      let slot = slots[number]
      let bits = shownBits(of: slot, visit)
      let words = slot.number.registers > 1 ? flaws.words : nil
      let start = Int(slot.address)
      let stop = min(start + slot.number.registers, end)
      while here < stop {
        last =
          words?.register(here - start, of: bits, slot.number)
          ?? slot.number.register(here - start, of: bits, order: slot.order)
        bytes.put(last, at: &place)
        here += 1
      }
    }
  }

  /// The raw number that goes out: as the slot shows it, with the faults of answers.
  private func shownBits(of slot: ModbusAddressIndex.Slot, _ visit: Visit) -> UInt64 {
    guard flaws.torn != nil || flaws.words?.isOtherNumber == true, slot.number.registers > 1,
      case .quantity(let quantity) = slot.shows
    else { return bits(of: slot, visit) }
    var slot = slot
    if flaws.words?.isOtherNumber == true {
      slot.number = slot.number == .float32 ? .int32 : slot.number.asFloat
    }
    let bits = bits(of: slot, visit)
    return quantity.kind.isEnergy ? flaws.torn?.tear(bits, at: slot.address) ?? bits : bits
  }

  /// The raw number that a slot shows now.
  func bits(of slot: ModbusAddressIndex.Slot, _ visit: Visit) -> UInt64 {
    let overflow = slot.wraps ? ModbusOverflow.wrap : map.overflow
    switch slot.shows {
    case .zero: return 0
    case .bits(let bits): return bits
    case .serial(let offset, let perRegister):
      return UInt64(ModbusText.register(offset, of: meter.serial, perRegister: perRegister))
    case .setting(let number):
      return slot.number.bits(of: ExactRatio(shownSetting(number)), overflow: overflow)
    case .constant(let value):
      return slot.number.bits(of: ExactRatio(value), overflow: overflow)
    case .quantity(let quantity):
      var value = value(of: quantity, visit)
      // A register without a sign shows a size: no direction is told there.
      if slot.number.isUnsigned, !quantity.kind.isEnergy { value.numerator = abs(value.numerator) }
      let up = slot.followsFormat ? energyFormat.power : slot.up
      let (product, isTooLarge) = value.numerator.multipliedReportingOverflow(by: up)
      let most = (value.numerator < 0) == (up < 0) ? Int64.max : .min
      var scaled = ExactRatio(isTooLarge ? most : product, over: value.denominator * slot.down)
      if slot.followsFormat { scaled = ExactRatio(floorModulo(scaled.whole, Self.formatModulus)) }
      return slot.number.bits(of: scaled, overflow: overflow)
    }
  }
}

extension MutableSpan<UInt8> {
  /// Writes a register, high byte first, and moves on.
  @inline(__always)
  fileprivate mutating func put(_ register: UInt16, at place: inout Int) {
    self[place] = UInt8(truncatingIfNeeded: register >> 8)
    self[place + 1] = UInt8(truncatingIfNeeded: register)
    place += 2
  }
}

extension ModbusNumber {
  fileprivate var isUnsigned: Bool { self == .uint16 || self == .uint32 || self == .uint64 }

  /// What a whole number of two registers is taken for; others stay.
  fileprivate var asFloat: ModbusNumber { registers == 2 ? .float32 : self }
}
