// From data sets to values: digits stay as written; the number beside them is exact.

internal import Units
internal import Wire

extension OpticalReader {
  func values(of block: ModeCDataBlock, _ protection: MeterValue.Protection) -> [MeterValue] {
    block.sets.flatMap { Self.values(of: $0, protection) }
  }

  static func values(of set: ModeCDataSet, _ protection: MeterValue.Protection) -> [MeterValue] {
    set.values.enumerated().map { index, value in
      let number = number(value.text)
      let unit = value.unit ?? ""
      let isAssumed = unit.isEmpty && index == 0 && number != nil && isActiveEnergy(set.address)
      return MeterValue(
        address: set.address, index: index, text: value.text, number: number,
        unit: isAssumed ? "kWh" : unit, unitIsAssumed: isAssumed, protection: protection)
    }
  }

  /// The number that a text is, blanks around it apart; nil for any other text.
  static func number(_ text: String) -> DecimalText? {
    var bytes = Array(text.utf8)[...]
    while bytes.first == 0x20 { bytes = bytes.dropFirst() }
    while bytes.last == 0x20 { bytes = bytes.dropLast() }
    return try? DecimalText(parsing: String(decoding: bytes, as: UTF8.self))
  }

  /// 1.8.x and 2.8.x in whatever writing, historic values too: kWh where no unit stands, by convention.
  static func isActiveEnergy(_ address: String) -> Bool {
    guard let code = code(address) else { return false }
    return (code.quantity == 1 || code.quantity == 2) && code.processing == 8
  }

  /// `1-0:1.8.1*01`, `1.8.1&01` (reset by hand) and `1.8.1.01` are all 1.8.1.
  static func code(_ address: String) -> OBIS? {
    try? OBIS(parsing: String(address.map { $0 == "&" ? "*" : $0 }))
  }
}
