// A door that keeps what goes through it. The reader behind it is any reader; what it writes, hears, drops
// and tunes becomes events of a trace, in order, each handed over at once: whoever keeps them can write each
// down before the next happens.

public import Units

/// A door with a witness.
public final class RecordingDoor: Door {
  private let inner: any Door
  private let origin: Instant
  private let keep: (TraceEvent) -> Void

  /// `keep` gets each event; `origin` is where times count from.
  public init(_ inner: any Door, origin: Instant, keep: @escaping (TraceEvent) -> Void) {
    (self.inner, self.origin, self.keep) = (inner, origin, keep)
  }

  public var now: Instant { inner.now }
  public var settings: SerialSettings? { inner.settings }
  public var trouble: String? { inner.trouble }

  /// Puts a word of one's own into the trace.
  public func note(_ text: String) { event(.note(text)) }

  public func write(_ bytes: [UInt8]) {
    // Noted before, so that an answer never stands above its request.
    if !bytes.isEmpty { event(.bytes(.request, bytes)) }
    inner.write(bytes)
  }

  public func wait(until patience: Instant) -> [UInt8] {
    let bytes = inner.wait(until: patience)
    if !bytes.isEmpty { event(.bytes(.answer, bytes)) }
    return bytes
  }

  /// The door's own way to wait for many, which may cost less than one wait after another.
  public func wait(for count: Int, first: Instant, between: TimeSpan) -> [UInt8] {
    let bytes = inner.wait(for: count, first: first, between: between)
    if !bytes.isEmpty { event(.bytes(.answer, bytes)) }
    return bytes
  }

  /// What the reader drops without looking was on the line all the same.
  public func flush() {
    var dropped = 0
    while true {
      let bytes = inner.wait(until: inner.now)
      if bytes.isEmpty { break }
      event(.bytes(.answer, bytes))
      dropped += bytes.count
    }
    if dropped > 0 { note("the reader dropped \(dropped) bytes unread") }
    inner.flush()
  }

  public func tune(to settings: SerialSettings) -> Bool {
    guard inner.tune(to: settings) else { return false }
    event(.settings(.reader, settings))
    return true
  }

  private func event(_ what: TraceEvent.What) {
    keep(TraceEvent(at: max(inner.now - origin, .zero), what))
  }
}
