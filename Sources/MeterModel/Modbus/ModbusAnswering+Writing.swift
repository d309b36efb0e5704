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
    switch map.settings[number].meaning {
    case .unit: Int64(unit)
    case .measurementMode: Int64(meter.accumulation?.rawValue ?? Int(settingValues[number]))
    case .baud, .other: settingValues[number]
    }
  }

  private func isAllowed(_ value: Int64, for setting: ModbusSetting) -> Bool {
    switch setting.meaning {
    case .measurementMode: setting.allowed.contains(value) && Accumulation(rawValue: Int(value)) != nil
    case .unit: setting.allowed.contains(value) && (1...247).contains(value)
    case .baud: setting.codes[value] != nil
    case .other: setting.allowed.contains(value)
    }
  }

  private func set(_ number: Int, to value: Int64) {
    settingValues[number] = value
    switch map.settings[number].meaning {
    case .measurementMode: meter.accumulation = Accumulation(rawValue: Int(value)) ?? meter.accumulation
    case .unit: unit = UInt8(clamping: value)
    case .baud, .other: break
    }
  }

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
