// CL-11: an answer stops in its middle and goes on later: a meter that measures first, a radio head. IEC
// 62056-21:2002 (6.3) allows 1500 ms between two characters; a reader that bears less or more shows it here.

internal import Timeline
internal import Units

/// One long pause inside an answer.
struct GapInAnswer: LineFault {
  static let declaration = FaultDeclaration(
    id: "CL-11", title: "Gap inside an answer", layer: .line,
    symptoms: "half an answer, then the rest of it taken for another; time-outs",
    parameters: [
      .init(
        name: "after", meaning: "characters of the answer before the gap",
        kind: .whole(unit: "characters", range: 1...100_000, default: 10)),
      .init(
        name: "gap", meaning: "how long nothing comes",
        kind: .whole(unit: "ms", range: 1...120_000, default: 1600)),
      .init(
        name: "share", meaning: "answers that are hit, of those that are long enough",
        kind: .whole(unit: "per cent", range: 1...100, default: 100)),
      SharedParameter.unit,
    ],
    caughtBy: ["R-READ-01", "R-READ-10"], detectors: [.gap])
  static let needsCharacters = false

  private let after: Int
  private let gap: TimeSpan
  private let share: Int64
  private let unit: Int64
  private let stream: RandomStream

  init(_ values: FaultValues, stream: RandomStream) {
    (after, gap) = (Int(values.whole("after")), .milliseconds(values.whole("gap")))
    (share, unit, self.stream) = (values.whole("share"), values.whole("unit"), stream)
  }

  mutating func disturb(_ frame: Burst) -> Bool {
    guard frame.direction == .answer, frame.count > after, SharedParameter.covers(unit, frame) else {
      return false
    }
    guard stream.happens(frame.draw(byte: 0), partsPerMillion: share * 10_000) else { return false }
    frame.pause(before: after, for: gap)
    return true
  }
}
