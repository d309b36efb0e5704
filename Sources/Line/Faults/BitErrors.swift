// CL-01: bits of characters arrive inverted: missing termination, long stubs, a drive next to the cable.
// Only data bits are hit; a hit start or stop bit looks like CL-02, a hit parity bit like another data bit.

internal import Timeline
internal import Units

/// Bit errors of both directions or one, singly or in bursts.
struct BitErrors: LineFault {
  static let declaration = FaultDeclaration(
    id: "CL-01", title: "Bit errors on the line", layer: .line,
    symptoms: "checksum errors, frames that nobody answers, retries",
    parameters: [
      .init(
        name: "rate", meaning: "data bits at which an error begins",
        kind: .whole(unit: "ppm", range: 1...10_000, default: 1000)),
      .init(
        name: "burst", meaning: "consecutive data bits that one error inverts",
        kind: .whole(unit: "bits", range: 1...50, default: 1)),
      SharedParameter.direction("which way the disturbed bytes go"),
      SharedParameter.unit,
    ],
    caughtBy: ["R-READ-01"], detectors: [.checksum])
  static let needsCharacters = true

  private let rate: Int64
  private let burst: Int64
  private let direction: LineDirection?
  private let unit: Int64
  private let stream: RandomStream

  init(_ values: FaultValues, stream: RandomStream) {
    (rate, burst) = (values.whole("rate"), values.whole("burst"))
    (direction, unit) = (SharedParameter.direction(of: values), values.whole("unit"))
    self.stream = stream
  }

  mutating func disturb(_ frame: Burst) -> Bool {
    guard direction == nil || direction == frame.direction else { return false }
    guard SharedParameter.covers(unit, frame) else { return false }
    var isChanged = false
    var left: Int64 = 0
    for index in 0..<frame.count {
      var mask: UInt8 = 0
      for bit in 0..<8 as Range<UInt64> {
        if stream.happens(frame.draw(byte: index, question: bit), partsPerMillion: rate) { left = burst }
        guard left > 0 else { continue }
        left -= 1
        mask |= 1 << UInt8(bit)
      }
      guard mask != 0 else { continue }
      frame.invert(index, mask: mask)
      isChanged = true
    }
    return isChanged
  }
}
