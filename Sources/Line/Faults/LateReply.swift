// CL-03: answers come late, or slowly, or both: a busy meter, a radio bridge, a gateway that polls on its
// own. The delay counts from when the answer would have started. A reader that does not drop old bytes before
// it asks takes the late answer for that to its next request.

internal import Timeline
internal import Units

/// Answers delayed as a whole, and stretched between bytes.
struct LateReply: LineFault {
  static let declaration = FaultDeclaration(
    id: "CL-03", title: "Late or slow reply", layer: .line,
    symptoms: "time-outs; an answer taken for that to the next request; half-hours with a neighbour's value",
    parameters: [
      .init(
        name: "delay", meaning: "how much later an answer starts",
        kind: .whole(unit: "ms", range: 0...10_000, default: 1000)),
      .init(
        name: "pause", meaning: "pause before every byte but the first",
        kind: .whole(unit: "ms", range: 0...2000, default: 0)),
      .init(
        name: "share", meaning: "answers that are hit",
        kind: .whole(unit: "per cent", range: 1...100, default: 100)),
      SharedParameter.unit,
    ],
    caughtBy: ["R-READ-01", "R-READ-10", "R-VAL-08"], detectors: [.identity])
  static let needsCharacters = false

  private let delay: TimeSpan
  private let pause: TimeSpan
  private let share: Int64
  private let unit: Int64
  private let stream: RandomStream

  init(_ values: FaultValues, stream: RandomStream) {
    (delay, pause) = (.milliseconds(values.whole("delay")), .milliseconds(values.whole("pause")))
    (share, unit) = (values.whole("share"), values.whole("unit"))
    self.stream = stream
  }

  mutating func disturb(_ frame: Burst) -> Bool {
    guard frame.direction == .answer, SharedParameter.covers(unit, frame) else { return false }
    guard delay > .zero || pause > .zero else { return false }
    guard stream.happens(frame.draw(byte: 0), partsPerMillion: share * 10_000) else { return false }
    frame.delay(by: delay)
    if pause > .zero { frame.stretch(by: pause) }
    return true
  }
}
