// One load point of a meter test: what the meter under test said, what the reference said, and how well each
// is known. Energies are exact; what is not known of them is a standard uncertainty by the GUM (JCGM
// 100:2008).

public import Units

/// What was measured at one load.
public struct MeterTestPoint: Hashable, Sendable {
  /// An energy as a meter gave it.
  public enum Energy: Hashable, Sendable {
    /// Two readings of a register in kWh, as written: their last digit is what is not known.
    case registers(start: DecimalText, end: DecimalText)
    /// So many pulses or turns of a disc. `gated` where both ends of the count lie on a pulse, so that no
    /// part of a quantum is lost; else a quantum may be cut at both ends.
    case pulses(Int64, constant: TestConstant, gated: Bool)
    /// An energy in kWh that a working standard shows, its last digit not known.
    case shown(DecimalText)
    /// A steady power in W, its last digit not known, held for the point's time.
    case power(DecimalText)
  }

  public var name: String
  public var test: Energy
  public var reference: Energy
  /// Seconds that the point lasted; needed for a power, and for what instants do to the result.
  public var time: DecimalText?
  /// By how much, in s, the ends of the two measurements, or a stopwatch, may be wrong.
  public var timing: DecimalText?
  /// The load, for the limits of a class.
  public var load: TestLoad

  public init(
    name: String, test: Energy, reference: Energy, time: DecimalText? = nil, timing: DecimalText? = nil,
    load: TestLoad = TestLoad()
  ) {
    (self.name, self.test, self.reference) = (name, test, reference)
    (self.time, self.timing, self.load) = (time, timing, load)
  }
}

/// Pulses or revolutions for one kWh: a ratio of whole numbers above zero.
public struct TestConstant: Hashable, Sendable {
  public var numerator: Int64
  public var denominator: Int64

  public init(_ numerator: Int64, over denominator: Int64 = 1) {
    (self.numerator, self.denominator) = (numerator, denominator)
  }

  /// Reads `1000`, `166 2/3` or `500/3`. Nil for anything else.
  public init?(parsing text: String) {
    let words = text.split(separator: " ")
    guard (1...2).contains(words.count), let last = words.last else { return nil }
    let parts = last.split(separator: "/", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.count == 2 || words.count == 1,
      let top = Int64(parts[0]), let bottom = parts.count == 2 ? Int64(parts[1]) : 1,
      let whole = words.count == 2 ? Int64(words[0]) : 0, (0...1_000_000_000).contains(whole),
      (1...1_000_000_000).contains(bottom), (0...1_000_000_000).contains(top), whole * bottom + top > 0
    else { return nil }
    self.init(whole * bottom + top, over: bottom)
  }
}

/// The load of a point, as far as limits depend on it.
public struct TestLoad: Hashable, Sendable {
  /// A; nil where nobody said it.
  public var current: DecimalText?
  /// cos φ; nil counts as 1.
  public var powerFactor: DecimalText?
  /// Leading current: the power factor is capacitive.
  public var isCapacitive: Bool
  /// °C; nil counts as 23, the reference.
  public var temperature: DecimalText?
  /// A polyphase meter of which one phase carries load.
  public var onePhase: Bool

  public init(
    current: DecimalText? = nil, powerFactor: DecimalText? = nil, isCapacitive: Bool = false,
    temperature: DecimalText? = nil, onePhase: Bool = false
  ) {
    (self.current, self.powerFactor, self.isCapacitive) = (current, powerFactor, isCapacitive)
    (self.temperature, self.onePhase) = (temperature, onePhase)
  }
}
