// A pulse output as a stream of bytes: one byte for each pulse, at its instant. Nothing is heard.

public import Line
public import MeterModel
public import Units

/// A pulse output at the end of a line.
public final class PulseFarSide: FarSide {
  /// Called before pulses are taken, so that the world can be brought up to that instant.
  public var onVisit: ((Instant) -> Void)?
  /// 300 baud 8N1: a contact that is closed for 30 ms is a character then.
  public let settings: SerialSettings?
  private let output: PulseOutput
  /// Its world's time at an instant of the line; nil where the two are one.
  private let worldTime: ((Instant) -> Instant)?
  private var nextLook: Instant

  /// How long it looks away at most: what flows may have changed.
  static let look = TimeSpan.milliseconds(100)

  public init(
    _ output: PulseOutput, settings: SerialSettings?, at start: Instant,
    worldTime: ((Instant) -> Instant)? = nil
  ) {
    (self.output, self.settings, self.worldTime) = (output, settings, worldTime)
    nextLook = start
    // What came before anybody looked is nobody's.
    _ = output.take(through: worldTime?(start) ?? start)
    arrange(at: start)
  }

  public func hear(_ bytes: ArraySlice<UInt8>, at instant: Instant) {}

  public var wakes: Instant? { nextLook }

  public func speak(at instant: Instant, into answers: inout [TimedBytes]) {
    guard nextLook <= instant else { return }
    onVisit?(instant)
    for _ in output.take(through: worldTime?(instant) ?? instant) {
      answers.append(TimedBytes(at: instant, bytes: [PulseOutput.byte]))
    }
    arrange(at: instant)
  }

  /// The next pulse that is in sight, in the first whole millisecond after it: meters live in milliseconds.
  private func arrange(at now: Instant) {
    let latest = now + Self.look
    let inSight = output.next.flatMap { lineTime(of: $0, at: now) }
    nextLook = min(inSight.map { Instant(milliseconds: $0.milliseconds + 1) } ?? latest, latest)
    nextLook = max(nextLook, now + .milliseconds(1))
  }

  /// When the line's clock will show what the world's does; nil where the world's stands still.
  private func lineTime(of world: Instant, at now: Instant) -> Instant? {
    guard let worldTime else { return world }
    let second = TimeSpan.seconds(1)
    let rate = (worldTime(now + second) - worldTime(now)).microseconds
    guard rate > 0, world - worldTime(now) < .days(1) else { return nil }
    let span = (world - worldTime(now)).microseconds * second.microseconds / rate
    return now + TimeSpan(microseconds: span)
  }
}
