// CL-09: a meter does not answer: never, now and then, only every n-th time, or when it is polled faster than
// it can bear (SDM meters are said to need some 100 ms between requests). It does not even hear the request.

internal import Timeline
internal import Units

/// Requests that a meter does not hear.
struct SilentMeter: LineFault {
  static let declaration = FaultDeclaration(
    id: "CL-09", title: "Silent meter", layer: .line,
    symptoms: "time-outs, missing half-hours, then a step of several half-hours' energy",
    parameters: [
      .init(
        name: "share", meaning: "requests that get no answer, where neither `nth` nor `min-gap` is set",
        kind: .whole(unit: "per cent", range: 0...100, default: 100)),
      .init(
        name: "nth", meaning: "only every n-th request since the beginning is answered; 1 switches this off",
        kind: .whole(unit: "requests", range: 1...1000, default: 1)),
      .init(
        name: "min-gap",
        meaning: "a request that starts sooner than this after the last byte to or from the meter gets no "
          + "answer; 0 switches this off",
        kind: .whole(unit: "ms", range: 0...500, default: 0)),
      SharedParameter.unit,
    ],
    caughtBy: ["R-READ-01", "R-VAL-08"], detectors: [.gap])
  static let needsCharacters = false

  private let share: Int64
  private let nth: Int64
  private let gap: TimeSpan
  private let unit: Int64
  private let stream: RandomStream
  private var requests: Int64 = 0
  private var lastByte: Instant?

  init(_ values: FaultValues, stream: RandomStream) {
    (share, nth) = (values.whole("share"), values.whole("nth"))
    (gap, unit) = (.milliseconds(values.whole("min-gap")), values.whole("unit"))
    self.stream = stream
  }

  mutating func disturb(_ frame: Burst) -> Bool {
    guard SharedParameter.covers(unit, frame) else { return false }
    let isHasty = lastByte.map { frame.start - $0 < gap } ?? false
    lastByte = max(lastByte ?? frame.end, frame.end)
    guard frame.direction == .request else { return false }
    requests += 1
    guard isHasty || isSkipped || isUnlucky(frame) else { return false }
    frame.silence()
    return true
  }

  private var isSkipped: Bool { nth > 1 && requests % nth != 0 }

  private func isUnlucky(_ frame: Burst) -> Bool {
    nth == 1 && gap == .zero && stream.happens(frame.draw(byte: 0), partsPerMillion: share * 10_000)
  }
}
