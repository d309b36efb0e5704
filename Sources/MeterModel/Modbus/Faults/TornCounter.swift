// PR-03. A counter of 32 bits is two registers. Read in two requests, or updated by the meter in the middle
// of one, it comes torn where the lower half came round meanwhile: one number that is 65 536 steps too high
// or too low, and the next is right again.

internal import Units

/// At the first read after the lower half of a counter came round, half of the value is the old one.
struct TornCounter {
  static let declaration = FaultDeclaration(
    id: "PR-03", title: "Torn read of a counter", layer: .protocolAnswer,
    symptoms: "one value 65 536 steps off, and the next is right again",
    parameters: [
      .init(
        name: "first",
        meaning: "the half that is read before the counter moves on: high gives too little, low too much",
        kind: .choice(["high", "low"], default: "high")),
      .init(
        name: "times", meaning: "how many torn reads of each value there are",
        kind: .whole(unit: "reads", range: 1...1000, default: 1)),
    ],
    caughtBy: ["R-READ-09", "R-VAL-02"], detectors: [.spike, .decrease])

  private let isHighOld: Bool
  private let times: Int64
  /// By address: what was shown last, and how often it was torn.
  private var last: [UInt16: UInt64] = [:]
  private var torn: [UInt16: Int64] = [:]

  init(_ setting: FaultSetting) throws(FaultRefusal) {
    let values = try Self.declaration.resolve(setting)
    (isHighOld, times) = (values.choice("first") == "high", values.whole("times"))
  }

  /// The bits of a value of two registers or more, as they come.
  mutating func tear(_ bits: UInt64, at address: UInt16) -> UInt64 {
    defer { last[address] = bits }
    guard let old = last[address], old >> 16 != bits >> 16, torn[address, default: 0] < times else {
      return bits
    }
    torn[address, default: 0] += 1
    let low: UInt64 = 0xFFFF
    return isHighOld ? old & ~low | bits & low : bits & ~low | old & low
  }
}
