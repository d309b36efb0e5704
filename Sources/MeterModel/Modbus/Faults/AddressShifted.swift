// PR-02. Documents count registers from 1 and frames from 0, and some makers' documents do neither: a reader
// that is off by one gets the neighbour, or half of two values. Seen from the meter: it answers for another
// address than was asked.

internal import Units

/// Reads are answered from so many registers further on.
struct AddressShifted {
  static let declaration = FaultDeclaration(
    id: "PR-02", title: "Register address off by one", layer: .protocolAnswer,
    symptoms: "the neighbour's quantity: volts as kWh, export as import; or exception 02",
    parameters: [
      .init(
        name: "registers",
        meaning: "how much further on it answers from; a value of two registers further is 2",
        kind: .whole(unit: "registers", range: -4...4, default: 1))
    ],
    caughtBy: ["R-READ-09", "R-VAL-02"], detectors: [.spike])

  let registers: Int16

  init(_ setting: FaultSetting) throws(FaultRefusal) {
    registers = Int16(clamping: try Self.declaration.resolve(setting).whole("registers"))
  }

  func address(_ asked: UInt16) -> UInt16 { asked &+ UInt16(bitPattern: registers) }
}
