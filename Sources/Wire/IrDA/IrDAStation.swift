// The meter's end of a one-way infra-red port: it speaks at its period and hears nothing.

public import Units

/// What an infra-red port says.
public protocol IrDASource: AnyObject {
  func message(at instant: Instant) -> IrDAMessage
}

/// A port that sends a message at every period.
public final class IrDAStation {
  public let source: any IrDASource
  public let baud: Int
  public let every: TimeSpan
  public let sendsNibbles: Bool
  /// The meter's world's time at an instant of the line, where the two differ; nil where they are one.
  public var worldTime: ((Instant) -> Instant)?
  private var next: Instant

  /// The first message begins one period after `start`.
  public init(source: any IrDASource, baud: Int, every: TimeSpan, sendsNibbles: Bool, at start: Instant) {
    (self.source, self.baud, self.every, self.sendsNibbles) = (source, baud, every, sendsNibbles)
    next = start + every
  }

  /// 8N1 always.
  public var uart: ModeCUART { ModeCUART(baud: baud, isBinary: true) }

  public var wakes: Instant? { every > .zero ? next : nil }

  /// Appends what is said by `instant`. Periods that were slept through are left out.
  public func speak(at instant: Instant, into answers: inout [(at: Instant, bytes: [UInt8])]) {
    guard every > .zero, next <= instant else { return }
    let missed = (instant - next).microseconds / every.microseconds
    let at = next + every * missed
    next = at + every
    let bytes =
      switch source.message(at: worldTime?(at) ?? at) {
      case .a100c(let message): message.bytes
      case .a1100(let message): message.bytes
      }
    answers.append((at, sendsNibbles ? IrDANibbles.split(bytes) : bytes))
  }
}
