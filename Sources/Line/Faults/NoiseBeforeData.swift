// CL-10: characters that nobody sent come before an answer: the flash of a lamp that is switched on, a
// wake-up, a bus that is taken over. Real meters show NUL and DEL before the `/` of their identification. Our
// assumption: the noise begins where the answer would have begun, and the answer follows it.

internal import Timeline
internal import Units

/// Noise, then the answer.
struct NoiseBeforeData: LineFault {
  static let declaration = FaultDeclaration(
    id: "CL-10", title: "Noise before data", layer: .line,
    symptoms: "identification or frame refused by a reader that expects its first byte at once",
    parameters: [
      .init(
        name: "count", meaning: "characters of noise",
        kind: .whole(unit: "characters", range: 1...200, default: 3)),
      .init(
        name: "kind", meaning: "which: NUL (00), DEL (7F), a lamp's flash (FF), or any by draw",
        kind: .choice(["nul", "del", "flash", "any"], default: "nul")),
      .init(
        name: "pause", meaning: "from the end of the noise to the answer",
        kind: .whole(unit: "ms", range: 0...1000, default: 10)),
      .init(
        name: "share", meaning: "answers that are hit",
        kind: .whole(unit: "per cent", range: 1...100, default: 100)),
      SharedParameter.unit,
    ],
    caughtBy: ["R-READ-01"], detectors: [.checksum])
  static let needsCharacters = true

  private static let words: [String: UInt8] = ["nul": 0x00, "del": 0x7F, "flash": 0xFF]

  private let count: Int
  private let byte: UInt8?
  private let pause: TimeSpan
  private let share: Int64
  private let unit: Int64
  private let stream: RandomStream

  init(_ values: FaultValues, stream: RandomStream) {
    (count, byte) = (Int(values.whole("count")), Self.words[values.choice("kind")])
    (pause, share) = (.milliseconds(values.whole("pause")), values.whole("share"))
    (unit, self.stream) = (values.whole("unit"), stream)
  }

  mutating func disturb(_ frame: Burst) -> Bool {
    guard frame.direction == .answer, frame.count > 0, SharedParameter.covers(unit, frame) else {
      return false
    }
    guard stream.happens(frame.draw(byte: 0), partsPerMillion: share * 10_000) else { return false }
    let noise = (0..<count).map {
      byte ?? UInt8(truncatingIfNeeded: stream.bits(frame.draw(byte: $0, question: 1)))
    }
    // As seven bits with parity stand on the wire: 7F has its parity bit set.
    frame.precede(with: noise.map { frame.hasParityInBit7 && $0 == 0x7F ? 0xFF : $0 }, pause: pause)
    return true
  }
}
