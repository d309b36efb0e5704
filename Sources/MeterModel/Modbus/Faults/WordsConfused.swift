// PR-01. V1.1b3 fixes the order of the bytes inside a register (section 4.2) and says nothing of the order of
// the registers of one value, nor of floats: makers differ, editions differ, and some meters have a setting
// for it. Whoever reads by another map gets absurd numbers: 1e−38, 4.6e8.

internal import Units

/// Values of more than one register come in another order, or as another sort of number, than the map says.
struct WordsConfused {
  static let declaration = FaultDeclaration(
    id: "PR-01", title: "Word order, or float and whole number, confused", layer: .protocolAnswer,
    symptoms: "absurd values: 1e-38, 4.6e8; or a register that leaps by factors of 65 536",
    parameters: [
      .init(
        name: "order", meaning: "the order in which the bytes of a value come, A the most significant",
        kind: .choice(["ABCD", "CDAB", "BADC", "DCBA"], default: "CDAB")),
      .init(
        name: "number",
        meaning: "kept: the sort of number that the map says; swapped: a whole number where it says float, "
          + "and the other way round",
        kind: .choice(["kept", "swapped"], default: "kept")),
    ],
    caughtBy: ["R-VAL-02", "R-READ-09"], detectors: [.maximum, .unit])

  private let isReversed: Bool
  private let isByteSwapped: Bool
  let isOtherNumber: Bool

  init(_ setting: FaultSetting) throws(FaultRefusal) {
    let values = try Self.declaration.resolve(setting)
    let order = values.choice("order")
    isReversed = order == "CDAB" || order == "DCBA"
    isByteSwapped = order == "BADC" || order == "DCBA"
    isOtherNumber = values.choice("number") == "swapped"
  }

  /// The register at an offset, as it comes instead.
  func register(_ offset: Int, of bits: UInt64, _ number: ModbusNumber) -> UInt16 {
    let order: WordOrder = isReversed ? .leastSignificantFirst : .mostSignificantFirst
    let word = number.register(offset, of: bits, order: order)
    return isByteSwapped ? word.byteSwapped : word
  }
}
