// Functions 1, 2, 5, 15 (single bits), 22, 23 (registers), 8, 17 and 43/14, for the makes that have them.
// Exceptions in the standard's order: 01 the function, 03 the quantity or value, 02 the address (V1.1b3,
// section 6).

internal import Units
internal import Wire

extension ModbusAnswering {
  /// Appends the answer to one of the rarer functions, or says why there is none.
  func answerRarer(_ request: ModbusRequest, at instant: Instant, into pdu: inout [UInt8]) -> ModbusException?
  {
    switch request {
    case .readBits(let function, let address, let count):
      return readBits(function, address, count, into: &pdu)
    case .writeBit(let address, let value):
      guard value == 0xFF00 || value == 0 else { return refusal(of: 5, .illegalDataValue) }
      if let refused = writeBits(5, address, [value != 0]) { return refused }
      return put(.wroteBit(address: address, value: value), into: &pdu)
    case .writeBits(let address, let count, let packed):
      guard (1...ModbusLimits.bitsPerWrite).contains(Int(count)) else {
        return refusal(of: 15, .illegalDataValue)
      }
      let bits = (0..<Int(count)).map { packed[$0 / 8] >> UInt8($0 % 8) & 1 == 1 }
      if let refused = writeBits(15, address, bits) { return refused }
      return put(.wroteBits(address: address, count: count), into: &pdu)
    case .maskWrite(let address, let and, let or): return maskWrite(address, and, or, into: &pdu)
    case .readWrite(let address, let count, let writeAddress, let values):
      return readWrite(address, count, writeAddress, values, at: instant, into: &pdu)
    case .diagnose(let subFunction, let data):
      guard map.services.loopback, subFunction == 0 else { return .illegalFunction }
      return put(.diagnosed(subFunction: subFunction, data: data), into: &pdu)
    case .reportServerID:
      guard let name = map.services.serverID else { return .illegalFunction }
      // The identity, then 0xFF for "running".
      return put(.serverID(Array(name.utf8.prefix(ModbusLimits.pduBytes - 3)) + [0xFF]), into: &pdu)
    case .readIdentification(let code, let object): return identify(code, object, into: &pdu)
    default: return .illegalFunction
    }
  }

  /// An exception of a function that the map has; 01 where it has it not.
  private func refusal(of function: UInt8, _ exception: ModbusException) -> ModbusException {
    map.coils.contains { $0.functions.contains(function) } ? exception : .illegalFunction
  }

  private func put(_ response: ModbusResponse, into pdu: inout [UInt8]) -> ModbusException? {
    do throws(ModbusFault) {
      pdu.append(contentsOf: try ModbusPDU.encode(response))
      return nil
    } catch {
      return .deviceFailure
    }
  }

  // MARK: Single bits

  private func coil(_ function: UInt8, _ address: Int) -> Int? {
    map.coils.firstIndex { Int($0.address) == address && $0.functions.contains(function) }
  }

  private func readBits(_ function: UInt8, _ address: UInt16, _ count: UInt16, into pdu: inout [UInt8])
    -> ModbusException?
  {
    guard map.coils.contains(where: { $0.functions.contains(function) }) else { return .illegalFunction }
    guard (1...ModbusLimits.bitsPerRead).contains(Int(count)) else { return .illegalDataValue }
    var packed = [UInt8](repeating: 0, count: (Int(count) + 7) / 8)
    for place in 0..<Int(count) {
      guard let number = coil(function, Int(address) + place) else { return .illegalDataAddress }
      if isOn(number) { packed[place / 8] |= 1 << UInt8(place % 8) }
    }
    return put(.bits(function: function, packed: packed), into: &pdu)
  }

  private func writeBits(_ function: UInt8, _ address: UInt16, _ bits: [Bool]) -> ModbusException? {
    var places: [Int] = []
    for place in bits.indices {
      guard let number = coil(function, Int(address) + place) else {
        return refusal(of: function, .illegalDataAddress)
      }
      places.append(number)
    }
    for (place, bit) in zip(places, bits) { coils[place] = bit }
    return nil
  }

  private func isOn(_ number: Int) -> Bool {
    switch map.coils[number].shows {
    case .kept: coils[number]
    case .exporting: meter.measuredPower.sum < .zero
    }
  }

  // MARK: Registers

  /// Section 6.16: one register, its bits kept where `and` has a 1 and set from `or` where it has a 0.
  private func maskWrite(_ address: UInt16, _ and: UInt16, _ or: UInt16, into pdu: inout [UInt8])
    -> ModbusException?
  {
    guard let table = map.index.table(for: 22) else { return .illegalFunction }
    guard let slot = table[address].slot.map({ map.index.slots[$0] }), slot.number.registers == 1,
      case .setting(let number) = slot.shows
    else { return .illegalDataAddress }
    let old = UInt16(truncatingIfNeeded: shownSetting(number))
    var ignored: [UInt8] = []
    if let refused = write(22, address, [old & and | or & ~and], into: &ignored) { return refused }
    return put(.maskWrote(address: address, and: and, or: or), into: &pdu)
  }

  /// Section 6.17: the write is carried out before the read.
  private func readWrite(
    _ address: UInt16, _ count: UInt16, _ writeAddress: UInt16, _ values: [UInt16], at instant: Instant,
    into pdu: inout [UInt8]
  ) -> ModbusException? {
    guard map.index.table(for: 23) != nil else { return .illegalFunction }
    guard (1...ModbusLimits.registersPerReadWrite).contains(values.count) else { return .illegalDataValue }
    // What cannot be read is refused before anything is written.
    var probe: [UInt8] = []
    if let refused = read(3, address, count, at: instant, into: &probe) { return refused }
    probe.removeAll(keepingCapacity: true)
    if let refused = write(23, writeAddress, values, into: &probe) { return refused }
    let start = pdu.count
    if let refused = read(3, address, count, at: instant, into: &pdu) { return refused }
    pdu[start] = 23
    return nil
  }

  // MARK: Who it is

  /// Section 6.21: by stream from an object on, or one object alone; what does not fit into one answer
  /// follows in the next.
  private func identify(_ code: UInt8, _ object: UInt8, into pdu: inout [UInt8]) -> ModbusException? {
    let texts = map.services.identification
    guard !texts.isEmpty else { return .illegalFunction }
    guard (1...4).contains(code) else { return .illegalDataValue }
    let conformity: UInt8 = texts.count > 3 ? 0x82 : 0x81
    func one(_ id: Int) -> ModbusIdentification.Object { .init(id: UInt8(id), bytes: Array(texts[id].utf8)) }
    if code == 4 {
      guard texts.indices.contains(Int(object)) else { return .illegalDataAddress }
      let alone = ModbusIdentification(
        code: code, conformity: conformity, moreFollows: false, next: 0, objects: [one(Int(object))])
      return put(.identification(alone), into: &pdu)
    }
    let last = code == 1 ? min(texts.count, 3) : texts.count
    // An object that is not there begins again with the first.
    var id = Int(object) < last ? Int(object) : 0
    var objects: [ModbusIdentification.Object] = []
    var room = ModbusLimits.pduBytes - 7
    while id < last {
      let next = one(id)
      guard room >= 2 + next.bytes.count else { break }
      room -= 2 + next.bytes.count
      objects.append(next)
      id += 1
    }
    return put(
      .identification(
        .init(
          code: code, conformity: conformity, moreFollows: id < last, next: id < last ? UInt8(id) : 0,
          objects: objects)), into: &pdu)
  }
}

extension PhasePowers {
  /// Of all phases.
  var sum: Power { Power(milliwatts: l1.milliwatts + l2.milliwatts + l3.milliwatts) }
}
