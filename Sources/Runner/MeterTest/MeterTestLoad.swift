// A load at which a meter is to be tested by reading it and a reference live.

public import Units

/// One load, before anything was measured at it.
public struct MeterTestLoad: Hashable, Sendable {
  public var name: String
  /// Seconds that it is held; nil for as long as all are.
  public var time: DecimalText?
  public var load: TestLoad

  public init(name: String, time: DecimalText? = nil, load: TestLoad = TestLoad()) {
    (self.name, self.time, self.load) = (name, time, load)
  }
}

/// One look at a meter: what it showed, and between which instants it can have meant that.
public struct MeterTestLook: Hashable, Sendable {
  public enum Shown: Hashable, Sendable {
    /// A register in kWh, with the digits that it has.
    case register(DecimalText)
    /// Pulses or turns since the test began. `atPulse` where the look was taken as one passed.
    case count(Int64, atPulse: Bool)
  }

  public var shown: Shown
  /// From the question to the answer: the meter took its value somewhere between.
  public var from: Instant
  public var through: Instant

  public init(_ shown: Shown, from: Instant, through: Instant) {
    (self.shown, self.from, self.through) = (shown, from, through)
  }

  /// A register that was brought up to date at most so long before it was asked; a count is of now.
  public func aged(_ age: TimeSpan) -> MeterTestLook {
    guard case .register = shown else { return self }
    return MeterTestLook(shown, from: from - age, through: through)
  }

  /// Half way between.
  var middle: Instant { from + TimeSpan(microseconds: width.microseconds / 2) }
  var width: TimeSpan { through - from }
}

extension MeterTestPoint {
  /// A point from two looks at each meter.
  ///
  /// The time is that between the reference's two looks. By how much it may be another for the meter under
  /// test is not known better than this: each of the four values was taken somewhere within its look, and
  /// the looks at one meter need not lie as those at the other. All of that together is the point's timing.
  /// Throws `StoryError` where a register ran backwards or stood still at the reference.
  public init(
    _ load: MeterTestLoad, test: (MeterTestLook, MeterTestLook), testConstant: TestConstant?,
    reference: (MeterTestLook, MeterTestLook), referenceConstant: TestConstant?
  ) throws {
    let time = reference.1.middle - reference.0.middle
    let other = test.1.middle - test.0.middle
    let looks = [test.0, test.1, reference.0, reference.1]
    let doubt =
      looks.reduce(Int64(0)) { $0 + $1.width.microseconds / 2 + 1 }
      + abs(time.microseconds - other.microseconds)
    guard time > .zero else { throw StoryError("\(load.name): no time passed between the reads") }
    self.init(
      name: load.name, test: try Self.energy(test, testConstant, load.name, "meter under test"),
      reference: try Self.energy(reference, referenceConstant, load.name, "reference"),
      time: DecimalText(mantissa: Int128(time.microseconds), decimals: 6),
      timing: DecimalText(mantissa: Int128(doubt), decimals: 6), load: load.load)
  }

  private static func energy(
    _ looks: (MeterTestLook, MeterTestLook), _ constant: TestConstant?, _ name: String, _ side: String
  ) throws -> Energy {
    switch (looks.0.shown, looks.1.shown) {
    case (.register(let start), .register(let end)): return .registers(start: start, end: end)
    case (.count(let start, let atPulse), .count(let end, _)):
      guard let constant else { throw StoryError("\(name): the \(side) is counted, and has no constant") }
      guard end > start else { throw StoryError("\(name): nothing was counted at the \(side)") }
      // Other looks lie anywhere between two pulses: a quantum may be cut at both ends.
      return .pulses(end - start, constant: constant, gated: atPulse)
    default: throw StoryError("\(name): the \(side) gave a register once and a count the other time")
    }
  }
}
