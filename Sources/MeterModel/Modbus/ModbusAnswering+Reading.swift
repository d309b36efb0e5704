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
    guard function == 3 || function == 4, let table = map.index.table(for: function) else {
      return .illegalFunction
    }
    guard count >= 1, Int(count) <= map.maximumRegisters else { return .illegalDataValue }
    if readAlone(function, address, count, at: instant, into: &pdu) { return nil }
    guard address <= UInt16.max - (count - 1) else { return .illegalDataAddress }
    if let refusal = parity(function, address, count) { return refusal }
    for place in address...(address + (count - 1)) where map.index.entry(place, in: table).isRefused {
      return .illegalDataAddress
    }
    pdu.append(function)
    pdu.append(UInt8(2 * count))
    show(address, count, table, at: instant, into: &pdu)
    return nil
  }

  /// Blocks of 32-bit values may be read by whole values only (Eastron).
  private func parity(_ function: UInt8, _ address: UInt16, _ count: UInt16) -> ModbusException? {
    for block in map.blocks
    where block.evenOnly && block.addresses.contains(address) && block.functions.contains(function) {
      // Which code a meter gives for which is nowhere written: our assumption, after the standard's meaning
      // of each.
      if address & 1 == 1 { return .illegalDataAddress }
      if count & 1 == 1 { return .illegalDataValue }
    }
    return nil
  }

  /// Values that only a request for exactly themselves sees: the model code of an EM24.
  private func readAlone(
    _ function: UInt8, _ address: UInt16, _ count: UInt16, at instant: Instant, into pdu: inout [UInt8]
  ) -> Bool {
    for one in map.index.alone where map.index.slots[one.slot].address == address {
      let slot = map.index.slots[one.slot]
      guard Int(count) == slot.number.registers, one.functions.contains(function) else { continue }
      pdu.append(function)
      pdu.append(UInt8(2 * count))
      let bits = bits(of: slot, at: instant)
      for offset in 0..<Int(count) {
        append(slot.number.register(offset, of: bits, order: slot.order), to: &pdu)
      }
      return true
    }
    return false
  }

  /// Appends the registers. Each value is asked for once, though it fills several.
  private func show(
    _ address: UInt16, _ count: UInt16, _ table: Int, at instant: Instant, into pdu: inout [UInt8]
  ) {
    let end = Int(address) + Int(count)
    var place = Int(address)
    var last: UInt16 = 0
    while place < end {
      let entry = map.index.entry(UInt16(place), in: table)
      guard let number = entry.slot else {
        last = entry == .gap(.lastValue) ? last : 0
        append(last, to: &pdu)
        place += 1
        continue
      }
      let slot = map.index.slots[number]
      let bits = bits(of: slot, at: instant)
      let start = Int(slot.address)
      let stop = min(start + slot.number.registers, end)
      while place < stop {
        last = slot.number.register(place - start, of: bits, order: slot.order)
        append(last, to: &pdu)
        place += 1
      }
    }
  }

  @inline(__always)
  private func append(_ register: UInt16, to pdu: inout [UInt8]) {
    pdu.append(UInt8(truncatingIfNeeded: register >> 8))
    pdu.append(UInt8(truncatingIfNeeded: register))
  }

  /// The raw number that a slot shows now.
  private func bits(of slot: ModbusAddressIndex.Slot, at instant: Instant) -> UInt64 {
    switch slot.shows {
    case .zero: return 0
    case .setting(let number):
      return slot.number.bits(of: ExactRatio(shownSetting(number)), overflow: map.overflow)
    case .constant(let value):
      return slot.number.bits(of: ExactRatio(value), overflow: map.overflow)
    case .quantity(let quantity):
      let value = value(of: quantity, at: instant)
      let scaled = ExactRatio(saturated(value.numerator, times: slot.up), over: value.denominator * slot.down)
      return slot.number.bits(of: scaled, overflow: map.overflow)
    }
  }

  private func saturated(_ value: Int64, times factor: Int64) -> Int64 {
    let (product, overflow) = value.multipliedReportingOverflow(by: factor)
    guard overflow else { return product }
    return (value < 0) == (factor < 0) ? .max : .min
  }
}
