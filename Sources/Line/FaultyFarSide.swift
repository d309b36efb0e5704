// The fault stages for a far side that no virtual line leads to: a meter that is served on a real port, in
// paced time. Who serves it sees a far side like any other.

public import Timeline
public import Units

/// A far side behind fault stages. What it hears in one call is taken for one frame.
public final class FaultyFarSide: FarSide {
  private let inner: any FarSide
  private let pace: SerialSettings?
  private let unitIndex: Int?
  private var faults: LineFaultChain
  private var requests: UInt64 = 0
  private var answers: UInt64 = 0
  private var reflections: UInt64 = 0

  /// `settings` are those of the serial port where the far side does not say itself; nil for TCP, where bytes
  /// take no wire time. `namesUnits`: whether frames name a station, so that faults can be one meter's.
  public init(
    _ inner: any FarSide, settings: SerialSettings?, namesUnits: Bool = true, stream: RandomStream
  ) {
    (self.inner, pace) = (inner, settings)
    unitIndex = namesUnits ? settings == nil ? 6 : 0 : nil
    faults = LineFaultChain(stream: stream, carriesCharacters: settings != nil)
  }

  /// How the inner one's UART stands, or how a fault makes it stand.
  public var settings: SerialSettings? {
    guard let pace, !faults.isIdle else { return inner.settings }
    let uart = faults.uart(inner.settings ?? pace)
    return inner.settings == nil && uart == pace ? nil : uart
  }

  public func hear(_ bytes: ArraySlice<UInt8>, at instant: Instant) {
    guard !faults.isIdle else { return inner.hear(bytes, at: instant) }
    let uart = settings ?? pace
    let length = uart?.time(ofCharacters: bytes.count) ?? .zero
    let burst = burst(.request, number: requests, Array(bytes), start: instant - length, uart)
    requests += 1
    faults.pass(burst)
    guard burst.count > 0 else { return }
    inner.hear((uart?.heard(burst.bytes) ?? burst.bytes)[...], at: instant)
  }

  public func abandon(at instant: Instant) { inner.abandon(at: instant) }

  public var wakes: Instant? { inner.wakes }

  public func speak(at instant: Instant, into answers: inout [TimedBytes]) {
    let before = answers.count
    let uart = settings ?? pace
    inner.speak(at: instant, into: &answers)
    guard !faults.isIdle else { return }
    let said = answers[before...].map { disturbed($0, uart) }
    answers.removeSubrange(before...)
    for pieces in said { answers += pieces }
  }

  private func disturbed(_ answer: TimedBytes, _ uart: SerialSettings?) -> [TimedBytes] {
    let burst = burst(.answer, number: answers, answer.bytes, start: answer.at, uart)
    answers += 1
    faults.pass(burst)
    return pieces(of: burst, uart)
  }

  /// What comes back of characters that a client sent, the first of them from `start` on: nothing, unless a
  /// fault says so. Asked by whoever serves the line as soon as the characters are known, since an echo does
  /// not wait for the end of a request. Our assumption: other faults do not befall what a head throws back.
  public func reflection(of bytes: [UInt8], sentAs uart: SerialSettings?, start: Instant) -> [TimedBytes] {
    guard faults.reflects else { return [] }
    let burst = burst(.request, number: reflections, bytes, start: start, uart)
    reflections += 1
    faults.reflect(burst)
    return burst.echo.map { pieces(of: $0, nil) } ?? []
  }

  /// The runs without a pause, each from its first start bit on.
  private func pieces(of burst: Burst, _ uart: SerialSettings?) -> [TimedBytes] {
    var pieces: [TimedBytes] = []
    var index = 0
    while index < burst.count {
      let end = burst.endOfStretch(from: index)
      let bytes = Array(burst.bytes[index..<end])
      pieces.append(TimedBytes(at: burst.slot(index).lowerBound, bytes: uart?.said(bytes) ?? bytes))
      index = end
    }
    return pieces
  }

  private func burst(
    _ direction: LineDirection, number: UInt64, _ bytes: [UInt8], start: Instant, _ uart: SerialSettings?
  ) -> Burst {
    Burst(
      direction, key: (number << 1 | (direction == .request ? 0 : 1)) << 28,
      unit: unitIndex.flatMap { $0 < bytes.count ? bytes[$0] : nil }, uart: uart, start: start, bytes: bytes)
  }

  /// As `VirtualPath.begin`; nil for the first frame from now on.
  public func begin(_ setting: FaultSetting, at instant: Instant? = nil) throws(FaultRefusal) {
    try faults.begin(setting, at: instant)
  }

  @discardableResult
  public func end(_ id: String, unit: Int64? = nil) -> Bool { faults.end(id, unit: unit) }

  public func effects(of id: String) -> Int { faults.effects(of: id) }
}
