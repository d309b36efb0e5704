// A witness between a user's own reader and a meter: every byte is passed on as it came, in both directions,
// and kept. The reader's end is whatever serves far sides; the meter's end is a door.

public import Units

/// A meter at a door, lent to readers elsewhere, with everything that passes kept.
public final class RecordingProxy {
  /// How often the door is looked at while there is traffic, and while there is none.
  private static let busy = TimeSpan.milliseconds(1)
  private static let idle = TimeSpan.milliseconds(20)
  private static let quiet = TimeSpan.seconds(3)

  private let door: any Door
  private let origin: Instant
  private let keep: (TraceEvent) -> Void
  private var follower: SpeedFollower?
  private var lastByte: Instant
  private var line: SerialSettings?
  /// How it stood at the beginning.
  private let start: SerialSettings?
  /// Who spoke last hears the answers.
  private weak var speaker: Side?

  /// - Parameters:
  ///   - line: how the meter's line stands; nil for a stream.
  ///   - tongue: `modeC` lets the line follow the changes of speed that the dialogue agrees on.
  public init(
    _ door: any Door, line: SerialSettings?, tongue: TraceTongue, origin: Instant,
    keep: @escaping (TraceEvent) -> Void
  ) {
    (self.door, self.line, self.origin, self.keep) = (door, line, origin, keep)
    start = line
    follower = tongue == .modeC ? line.map { SpeedFollower($0) } : nil
    lastByte = door.now
  }

  /// An end for one more reader. Two that speak at once disturb each other, as on any line.
  ///
  /// - Parameter patience: after so long without a byte it no longer listens for what a meter says by itself,
  ///   until its reader speaks again: so that a connection whose reader left can be closed. Nil:
  ///   it always does.
  public func farSide(patience: TimeSpan? = nil) -> any FarSide {
    let side = Side(self, patience: patience)
    if speaker == nil { speaker = side }
    return side
  }

  private func pass(_ bytes: [UInt8], of side: Side) {
    speaker = side
    lastByte = door.now
    let change = follower?.asks(bytes)
    if let before = change?.before { tune(before) }
    keep(event(.bytes(.request, bytes)))
    door.write(bytes)
    if let after = change?.after { tune(after) }
  }

  private func listen() -> [UInt8] {
    let bytes = door.wait(until: door.now)
    guard !bytes.isEmpty else { return [] }
    lastByte = door.now
    keep(event(.bytes(.answer, bytes)))
    if let after = follower?.tells(bytes) { tune(after) }
    return bytes
  }

  private func tune(_ settings: SerialSettings) {
    guard line != settings else { return }
    // A head that has eight bits only carries seven and their parity all the same.
    let isTuned = door.tune(to: settings) || door.tune(to: settings.onWire)
    guard isTuned else { return keep(event(.note("the port cannot stand at \(settings)"))) }
    line = settings
    keep(event(.settings(.reader, settings)))
  }

  /// Another reader comes: the line stands again as at the beginning, and nothing half-said counts.
  private func abandon() {
    guard let start else { return }
    if follower != nil { follower = SpeedFollower(start) }
    keep(event(.note("another reader came")))
    tune(start)
  }

  private func event(_ what: TraceEvent.What) -> TraceEvent {
    TraceEvent(at: max(door.now - origin, .zero), what)
  }

  private final class Side: FarSide {
    private let proxy: RecordingProxy
    private let patience: TimeSpan?
    private var looked: Instant?

    init(_ proxy: RecordingProxy, patience: TimeSpan?) { (self.proxy, self.patience) = (proxy, patience) }

    var settings: SerialSettings? { proxy.line }

    func hear(_ bytes: ArraySlice<UInt8>, at instant: Instant) { proxy.pass(Array(bytes), of: self) }

    func abandon(at instant: Instant) { proxy.abandon() }

    var wakes: Instant? {
      guard let looked else { return .epoch }
      let quiet = looked - proxy.lastByte
      if let patience, quiet > patience { return nil }
      let isBusy = quiet < RecordingProxy.quiet
      return looked + (isBusy ? RecordingProxy.busy : RecordingProxy.idle)
    }

    func speak(at instant: Instant, into answers: inout [TimedBytes]) {
      looked = instant
      guard proxy.speaker === self else { return }
      let bytes = proxy.listen()
      if !bytes.isEmpty { answers.append(TimedBytes(at: instant, bytes: bytes)) }
    }
  }
}
