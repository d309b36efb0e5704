// CL-07: a meter that should say seven bits with even parity says something else: eight bits whose highest is
// 0, odd parity, or a parity bit that is always set. A reader that checks finds every second character wrong;
// one that does not sees text with high bits set.

internal import Timeline
internal import Units

/// Answers of seven bits with a parity bit that is not what it should be.
struct WrongParity: LineFault {
  static let declaration = FaultDeclaration(
    id: "CL-07", title: "7E1 and 8N1 mixed up", layer: .line,
    symptoms: "high bits set in text, parity errors in every second character, no identification understood",
    parameters: [
      .init(
        name: "parity",
        meaning: "what stands in the place of the parity bit: nothing (8N1), odd parity, a one",
        kind: .choice(["none", "odd", "mark"], default: "none")),
      SharedParameter.unit,
    ],
    caughtBy: ["R-READ-01"], detectors: [.checksum])
  static let needsCharacters = true

  private let parity: String
  private let unit: Int64

  init(_ values: FaultValues, stream: RandomStream) {
    (parity, unit) = (values.choice("parity"), values.whole("unit"))
  }

  mutating func disturb(_ frame: Burst) -> Bool {
    guard frame.direction == .answer, frame.hasParityInBit7, SharedParameter.covers(unit, frame) else {
      return false
    }
    var isChanged = false
    for index in 0..<frame.count {
      let byte = frame.bytes[index]
      let isOdd = (byte & 0x7F).nonzeroBitCount % 2 == 1
      let wrong: UInt8 =
        switch parity {
        case "odd": isOdd ? 0 : 0x80
        case "mark": 0x80
        default: 0
        }
      guard byte & 0x80 != wrong else { continue }
      frame.invert(index, mask: 0x80)
      isChanged = true
    }
    return isChanged
  }
}
