// The fault stages for a far side that no virtual line leads to: a meter that is served on a real port, in
// paced time. Who serves it sees a far side like any other.

public import Timeline
public import Units

/// A far side behind fault stages. What it hears in one call is taken for one frame.
public final class FaultyFarSide: FarSide {
  private let inner: any FarSide
  private let pace: SerialSettings?
  private let unitIndex: Int
  private var faults: LineFaultChain
  private var requests: UInt64 = 0
  private var answers: UInt64 = 0

  /// `settings` are those of the serial port; nil for TCP, where bytes take no wire time.
  public init(_ inner: any FarSide, settings: SerialSettings?, stream: RandomStream) {
    (self.inner, pace) = (inner, settings)
    unitIndex = settings == nil ? 6 : 0
    faults = LineFaultChain(stream: stream, carriesCharacters: settings != nil)
  }

  public func hear(_ bytes: ArraySlice<UInt8>, at instant: Instant) {
    guard !faults.isIdle else { return inner.hear(bytes, at: instant) }
    let length = pace?.time(ofCharacters: bytes.count) ?? .zero
    let burst = burst(.request, number: requests, Array(bytes), start: instant - length)
    requests += 1
    faults.pass(burst)
    if burst.count > 0 { inner.hear(burst.bytes[...], at: instant) }
  }

  public var wakes: Instant? { inner.wakes }

  public func speak(at instant: Instant, into answers: inout [TimedBytes]) {
    let before = answers.count
    inner.speak(at: instant, into: &answers)
    guard !faults.isIdle else { return }
    let said = answers[before...].map { disturbed($0) }
    answers.removeSubrange(before...)
    for pieces in said { answers += pieces }
  }

  private func disturbed(_ answer: TimedBytes) -> [TimedBytes] {
    let burst = burst(.answer, number: answers, answer.bytes, start: answer.at)
    answers += 1
    faults.pass(burst)
    var pieces: [TimedBytes] = []
    var index = 0
    while index < burst.count {
      let end = burst.endOfStretch(from: index)
      let character = pace?.time(ofCharacters: 1) ?? .zero
      pieces.append(TimedBytes(at: burst.arrival(index) - character, bytes: Array(burst.bytes[index..<end])))
      index = end
    }
    return pieces
  }

  private func burst(
    _ direction: LineDirection, number: UInt64, _ bytes: [UInt8], start: Instant
  ) -> Burst {
    Burst(
      direction, key: (number << 1 | (direction == .request ? 0 : 1)) << 28,
      unit: unitIndex < bytes.count ? bytes[unitIndex] : nil, pace: pace, start: start, bytes: bytes)
  }

  /// As `VirtualPath.begin`.
  public func begin(_ setting: FaultSetting) throws(FaultRefusal) { try faults.begin(setting) }

  @discardableResult
  public func end(_ id: String, unit: Int64? = nil) -> Bool { faults.end(id, unit: unit) }

  public func effects(of id: String) -> Int { faults.effects(of: id) }
}
