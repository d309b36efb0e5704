// Writes: V1.1b3 sections 6.6 and 6.12. Only settings can be written, each as a whole; the energy registers
// of a meter under the MID cannot be reset over Modbus.

internal import Wire

extension ModbusAnswering {
  /// Writes settings and appends the answer, or says why not; then nothing is written.
  func write(_ function: UInt8, _ address: UInt16, _ values: [UInt16], into pdu: inout [UInt8])
    -> ModbusException?
  {
    guard let table = map.index.table(for: function) else { return .illegalFunction }
    guard (1...ModbusLimits.registersPerWrite).contains(values.count) else { return .illegalDataValue }
    guard Int(address) + values.count - 1 <= Int(UInt16.max) else { return .illegalDataAddress }
    var changes: [(setting: Int, value: Int64)] = []
    var place = 0
    while place < values.count {
      let entry = table[address + UInt16(place)]
      guard let number = entry.slot, case .setting(let setting) = map.index.slots[number].shows else {
        return .illegalDataAddress
      }
      let slot = map.index.slots[number]
      let end = place + slot.number.registers
      guard Int(slot.address) == Int(address) + place, end <= values.count else { return .illegalDataAddress }
      guard let value = slot.number.wholeNumber(from: values[place..<end], order: slot.order),
        isAllowed(value, for: map.settings[setting])
      else { return .illegalDataValue }
      changes.append((setting, value))
      place = end
    }
    for change in changes { set(change.setting, to: change.value) }
    acknowledge(function, address, values, into: &pdu)
    return nil
  }

  /// What a setting shows: the unit and the total's meaning live elsewhere and may be changed from elsewhere.
  func shownSetting(_ number: Int) -> Int64 {
    if let value = pending[number] { return value }
    return switch map.settings[number].meaning {
    case .unit: Int64(unit)
    case .unitAndBaud: Int64(unit) << 8 | settingValues[number] & 0xFF
    case .measurementMode: Int64(meter.accumulation?.rawValue ?? Int(settingValues[number]))
    case .directionMode: meter.flowMode == .absolute ? 0 : 1
    case .baud, .frame, .demandPeriod, .energyFormat, .resetEnergies, .other: settingValues[number]
    }
  }

  private func isAllowed(_ value: Int64, for setting: ModbusSetting) -> Bool {
    switch setting.meaning {
    case .measurementMode: setting.allowed.contains(value) && Accumulation(rawValue: Int(value)) != nil
    case .directionMode: value == 0 || value == 1
    case .unit: setting.allowed.contains(value) && (1...247).contains(value)
    case .unitAndBaud: (1...247).contains(value >> 8) && setting.codes[value & 0xFF] != nil
    case .baud, .frame, .energyFormat: setting.codes[value] != nil
    case .demandPeriod, .resetEnergies, .other: setting.allowed.contains(value)
    }
  }

  private func set(_ number: Int, to value: Int64) {
    guard map.settings[number].acts == .atOnce else {
      pending[number] = value
      return
    }
    apply(number, value)
  }

  /// Switches the meter off and on: what was written and waits for that takes effect.
  public func powerUp() {
    for (number, value) in pending.sorted(by: { $0.key < $1.key }) {
      pending[number] = nil
      apply(number, value)
    }
  }

  private func apply(_ number: Int, _ value: Int64) {
    let setting = map.settings[number]
    switch setting.meaning {
    case .measurementMode: meter.accumulation = Accumulation(rawValue: Int(value)) ?? meter.accumulation
    case .directionMode: meter.flowMode = value == 0 ? .absolute : .bidirectional
    case .unit: unit = UInt8(clamping: value)
    case .unitAndBaud:
      unit = UInt8(clamping: value >> 8)
      line.baud = setting.codes[value & 0xFF] ?? line.baud
    case .baud: line.baud = setting.codes[value] ?? line.baud
    case .frame:
      guard let frame = setting.codes[value].flatMap(ModbusFrame.init(rawValue:)) else { break }
      line = ModbusMap.Line(
        unit: line.unit, baud: line.baud, parity: frame.parity, stopBits: frame.stopBits)
    case .demandPeriod: meter.setDemandPeriod(minutes: value)
    case .resetEnergies: return meter.clearEnergies()
    case .energyFormat, .other: break
    }
    settingValues[number] = value
  }

  /// The digits of the energies, as their setting has them.
  var energyFormat: EnergyFormat {
    guard let number = map.settings.firstIndex(where: { $0.meaning == .energyFormat }) else {
      return EnergyFormat(decimals: 0)
    }
    return EnergyFormat(decimals: map.settings[number].codes[settingValues[number]] ?? 0)
  }

  /// Seven digits, however many of them are decimals: 999 999.9 or 99 999.99 kWh.
  static let formatModulus: Int64 = 10_000_000

  private func acknowledge(_ function: UInt8, _ address: UInt16, _ values: [UInt16], into pdu: inout [UInt8])
  {
    let second = function == 6 ? values[0] : UInt16(values.count)
    pdu.append(function)
    for word in [address, second] {
      pdu.append(UInt8(truncatingIfNeeded: word >> 8))
      pdu.append(UInt8(truncatingIfNeeded: word))
    }
  }
}

extension ModbusSetting {
  /// The number by which it shows how a line stands; nil for a setting of something else, or without such a
  /// number.
  func code(of line: ModbusMap.Line) -> Int64? {
    let wanted: Int?
    switch meaning {
    case .baud, .unitAndBaud: wanted = line.baud
    case .frame: wanted = ModbusFrame(parity: line.parity, stopBits: line.stopBits)?.rawValue
    default: return nil
    }
    return codes.first { $0.value == wanted }?.key
  }
}
