// CL-05: an optical head lights its own receiver, so that the reader gets back what it sends, as it was sent,
// or some of it. A reader that does not compare takes its own request for the meter's answer.

internal import Timeline
internal import Units

/// The reader's own characters come back to it.
struct Echo: LineFault {
  static let declaration = FaultDeclaration(
    id: "CL-05", title: "Echo of the reader's own bytes", layer: .line,
    symptoms: "a request read as its own answer; identification refused; one read too many of each answer",
    parameters: [
      .init(
        name: "delay", meaning: "from a character sent to its echo",
        kind: .whole(unit: "ms", range: 1...20, default: 1)),
      .init(
        name: "share", meaning: "characters that come back, each by its own draw",
        kind: .whole(unit: "per cent", range: 1...100, default: 100)),
      SharedParameter.unit,
    ],
    caughtBy: ["R-READ-01"])
  static let needsCharacters = true
  static let isReflection = true

  private let delay: TimeSpan
  private let share: Int64
  private let unit: Int64
  private let stream: RandomStream

  init(_ values: FaultValues, stream: RandomStream) {
    (delay, share) = (.milliseconds(values.whole("delay")), values.whole("share"))
    (unit, self.stream) = (values.whole("unit"), stream)
  }

  mutating func disturb(_ frame: Burst) -> Bool {
    guard frame.direction == .request, SharedParameter.covers(unit, frame) else { return false }
    frame.reflect(after: delay) {
      share == 100 || stream.happens(frame.draw(byte: $0), partsPerMillion: share * 10_000)
    }
    return frame.echo != nil
  }
}
