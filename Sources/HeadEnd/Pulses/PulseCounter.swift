// A counter behind a pulse output: pulses in, an advance in whole Wh and its remainder out, and the power
// between two pulses. It knows only what a pulse can say: that a quantum went through, not which way.
// Constant and power: P = 3 600 000 / (C t), the check with a stopwatch that every meter's plate allows.

public import Units

/// Counts pulses of one output.
public struct PulseCounter: Hashable, Sendable {
  /// 1 kWh in mW·µs.
  private static let kilowattHour: Int128 = 3_600_000_000_000_000

  /// Pulses for one kWh as it stands on the plate, a ratio of whole numbers above zero.
  public struct Constant: Hashable, Sendable {
    public var numerator: Int64
    public var denominator: Int64

    public init(_ numerator: Int64, over denominator: Int64 = 1) {
      (self.numerator, self.denominator) = (numerator, denominator)
    }
  }

  public let constant: Constant
  /// A pulse that begins sooner than this after the one before it is a bounce and does not count. vzlogger
  /// sleeps 30 ms; IEC 62053-31 lets no two pulses begin within 60 ms.
  public let debounce: TimeSpan
  /// Pulses counted.
  public private(set) var count: Int64 = 0
  /// Pulses taken for a bounce.
  public private(set) var bounces: Int64 = 0
  public private(set) var first: Instant?
  public private(set) var last: Instant?
  /// From the last pulse but one to the last.
  public private(set) var period: TimeSpan?

  public init(constant: Constant, debounce: TimeSpan = .milliseconds(30)) {
    (self.constant, self.debounce) = (constant, debounce)
  }

  /// Takes a pulse. False when it is a bounce. Pulses come in order of time.
  @discardableResult
  public mutating func take(at instant: Instant) -> Bool {
    if let last, instant - last < debounce {
      bounces += 1
      return false
    }
    period = last.map { instant - $0 }
    first = first ?? instant
    last = instant
    count += 1
    return true
  }

  /// What went through since counting began, in whole Wh; below 1 Wh it waits in `remainder`.
  public var advance: WattHours { split.whole }

  /// What is over the whole Wh, in parts of a Wh: `over` parts make one.
  public var remainder: (parts: Int64, over: Int64) { (split.parts, constant.numerator) }

  private var split: (whole: WattHours, parts: Int64) {
    let parts = Int128(count) * 1000 * Int128(constant.denominator)
    let (whole, rest) = parts.quotientAndRemainder(dividingBy: Int128(constant.numerator))
    return (WattHours(Int64(clamping: whole)), Int64(rest))
  }

  /// The mean power between the last two pulses, cut to mW; nil before the second. While no pulse comes it is
  /// an upper bound, and falls: `now` is when somebody asks.
  public func power(at now: Instant) -> Power? {
    guard let period, let last else { return nil }
    let span = max(max(period, now - last).microseconds, 1)
    let milliwatts =
      Self.kilowattHour * Int128(constant.denominator) / (Int128(constant.numerator) * Int128(span))
    return Power(milliwatts: Int64(clamping: milliwatts))
  }
}
