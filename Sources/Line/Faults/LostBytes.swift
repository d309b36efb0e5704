// CL-02: characters are lost (overrun, a hit start bit) or handed on twice (adapter, driver). A lost
// character's time on the wire passes all the same; a doubled one's twin comes at the same instant.

internal import Timeline
internal import Units

/// Bytes dropped or doubled, each by its own draw.
struct LostBytes: LineFault {
  static let declaration = FaultDeclaration(
    id: "CL-02", title: "Bytes dropped or doubled on the line", layer: .line,
    symptoms: "short or long frames, time-outs, checksum errors, retries",
    parameters: [
      .init(
        name: "rate", meaning: "bytes that are hit",
        kind: .whole(unit: "ppm", range: 10...10_000, default: 1000)),
      .init(
        name: "kind", meaning: "what becomes of a byte that is hit; both: half of them each",
        kind: .choice(["both", "dropped", "doubled"], default: "both")),
      SharedParameter.direction("which way the disturbed bytes go"),
      SharedParameter.unit,
    ],
    caughtBy: ["R-READ-01"], detectors: [.checksum])
  static let needsCharacters = true

  private let rate: Int64
  private let kind: String
  private let direction: LineDirection?
  private let unit: Int64
  private let stream: RandomStream

  init(_ values: FaultValues, stream: RandomStream) {
    (rate, kind) = (values.whole("rate"), values.choice("kind"))
    (direction, unit) = (SharedParameter.direction(of: values), values.whole("unit"))
    self.stream = stream
  }

  mutating func disturb(_ frame: Burst) -> Bool {
    guard direction == nil || direction == frame.direction else { return false }
    guard SharedParameter.covers(unit, frame) else { return false }
    let isHit = (0..<frame.count).map { stream.happens(frame.draw(byte: $0), partsPerMillion: rate) }
    guard isHit.contains(true) else { return false }
    var bytes: [UInt8] = []
    var instants: [Instant] = []
    for index in 0..<frame.count {
      let copies = isHit[index] ? (isDoubled(frame, index) ? 2 : 0) : 1
      for _ in 0..<copies {
        bytes.append(frame.bytes[index])
        instants.append(frame.arrival(index))
      }
    }
    frame.replace(with: bytes, at: instants)
    return true
  }

  private func isDoubled(_ frame: Burst, _ index: Int) -> Bool {
    kind == "doubled" || kind == "both" && stream.bits(frame.draw(byte: index, question: 1)) & 1 == 1
  }
}
