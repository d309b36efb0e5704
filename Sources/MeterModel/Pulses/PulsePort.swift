// A meter's pulse output: the flashing LED on every static meter's front, or the two terminals of an S0
// output (IEC 62053-31). One pulse is one quantum of energy; which way the energy went no pulse can say, and
// some meters pulse for both directions.

public import Units

/// The pulse output of a make of meter.
public struct PulsePort: Hashable, Sendable {
  /// What carries a pulse.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The test LED on the front.
    case led
    /// IEC 62053-31 class A: up to 27 V and 27 mA; closed from 10 mA, open to 2 mA.
    case s0ClassA = "s0-class-a"
    /// IEC 62053-31 class B: up to 15 V and 15 mA; closed from 2 mA, open to 0.15 mA.
    case s0ClassB = "s0-class-b"
  }

  /// Which energy is counted out in pulses, as the measuring element sees it.
  public enum Follows: String, Hashable, Sendable, CaseIterable {
    /// Forward only: an import-only meter of the Elster A100C kind.
    case forward
    /// What flows back only: the export output of a meter with two.
    case reverse
    /// Both, without a word which: a "power flow insensitive" meter, and most import/export meters' one LED.
    case both
  }

  /// IEC 62053-31: a pulse lasts 30 ms or more, and so does the pause after it.
  public static let shortestByStandard = TimeSpan.milliseconds(30)

  public var kind: Kind
  /// Pulses for one kWh.
  public var constant: PulseConstant
  public var follows: Follows
  /// How long the LED is lit or the contact closed; above zero.
  public var width: TimeSpan
  /// How long it is dark or open at least before the next pulse; above zero.
  public var minimalOff: TimeSpan
  /// Pulses that the meter keeps for later when energy comes faster than pulses can go out; what is above is
  /// lost. Our assumption: one.
  public var backlog: Int

  public init(
    kind: Kind = .led, constant: PulseConstant = PulseConstant(1000), follows: Follows = .forward,
    width: TimeSpan = .milliseconds(40), minimalOff: TimeSpan = .milliseconds(30), backlog: Int = 1
  ) {
    (self.kind, self.constant, self.follows) = (kind, constant, follows)
    (self.width, self.minimalOff, self.backlog) = (width, minimalOff, backlog)
  }

  /// The shortest time from the beginning of one pulse to that of the next.
  public var shortestPeriod: TimeSpan { width + minimalOff }

  /// The power above which pulses are due faster than they can go out: one quantum in each shortest period,
  /// cut to whole mW. 10 000 imp/kWh with 30 ms on and 30 ms off: 6 kW.
  public var fullPower: Power { constant.power(of: shortestPeriod) }
}
