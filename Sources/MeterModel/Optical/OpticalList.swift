// What a meter lists: ordered lines of an address and the values in its brackets, as the make of meter writes
// them (IEC 62056-21:2002, clause 6.6 for the grammar; IEC 62056-6-1 for the addresses).

public import Units

/// One readout list.
public struct OpticalList: Hashable, Sendable {
  /// The option character Y that asks for it: `0`, or `6`…`9`.
  public var option: String
  public var lines: [OpticalLine]

  public init(option: String = "0", lines: [OpticalLine]) { (self.option, self.lines) = (option, lines) }
}

/// An address with its values: `1.6.1(0.234*kW)(2611210930)` has two.
public struct OpticalLine: Hashable, Sendable {
  /// As written: `1.8.0`, `1-0:1.8.0*255`, `F.F`, `128.8.1`; up to 16 characters, none of `(`, `)`, `/`, `!`.
  public var address: String
  public var values: [OpticalValue]

  public init(_ address: String, _ values: [OpticalValue]) { (self.address, self.values) = (address, values) }

  public init(
    _ address: String, _ shows: OpticalQuantity, _ form: OpticalNumberForm = .text
  ) {
    self.init(address, [OpticalValue(shows, form)])
  }
}

/// What stands in one bracket.
public struct OpticalValue: Hashable, Sendable {
  public var shows: OpticalQuantity
  public var form: OpticalNumberForm

  public init(_ shows: OpticalQuantity, _ form: OpticalNumberForm = .text) {
    (self.shows, self.form) = (shows, form)
  }
}

/// How a number is written: cut to its last digit, wrapped at its first, never rounded.
public struct OpticalNumberForm: Hashable, Sendable {
  /// Digits before the point, 0…12; 0 for as many as it takes.
  public var digits: Int
  /// Digits after the point, 0…6.
  public var decimals: Int
  /// What stands behind `*`; empty: neither unit nor `*`.
  public var unit: String
  /// The power of ten of the number's unit over Wh or W: 3 for kWh and kW, 0 for Wh and W.
  public var power: Int
  /// Leading zeros as blanks.
  public var isBlankPadded: Bool

  public init(digits: Int, decimals: Int = 0, unit: String = "", power: Int = 0, isBlankPadded: Bool = false)
  {
    (self.digits, self.decimals, self.unit) = (digits, decimals, unit)
    (self.power, self.isBlankPadded) = (power, isBlankPadded)
  }

  /// Text as it stands, and a count with as many digits as it takes.
  public static let text = OpticalNumberForm(digits: 0)

  /// `7, 3` is `0012345.678*kWh`.
  public static func kilowattHours(_ digits: Int, _ decimals: Int = 0, unit: String = "kWh")
    -> OpticalNumberForm
  {
    OpticalNumberForm(digits: digits, decimals: decimals, unit: unit, power: 3)
  }
}

/// What a meter can show at its port.
public enum OpticalQuantity: Hashable, Sendable {
  /// A cumulative register. Rate 0 is the total of all rates, 1…8 one rate.
  case energy(RegisterRole, rate: Int)
  /// The register as it stood `back` billing resets ago, 1…99; our meters reset at each UTC midnight of their
  /// clock, and when a reader writes to a `reset`. Dashes where the meter does not reach back so far.
  case historical(RegisterRole, rate: Int, back: Int)
  /// When that reset was, in a pattern of `OpticalClockPattern`.
  case resetStamp(back: Int, OpticalClockPattern)
  /// Import + export (15.8.0), import − export (16.8.0; written with its sign).
  case energySum
  case energyNet
  /// What flowed backwards through the meter, whatever its registers make of it.
  case reverseEnergy
  /// How often it ran backwards by more than the threshold: up to 255, then from 1 again.
  case reverseEvents
  /// Active power now: import alone (1.7.0), export alone (2.7.0), or import − export with its sign (16.7.0).
  case power(OpticalDirection)
  case serial
  case clock(OpticalClockPattern)
  /// The error register F.F and the status word, as hexadecimal digits of the form's width.
  case errors
  case status
  case powerFails
  case text(String)
}

public enum OpticalDirection: String, Hashable, Sendable, CaseIterable { case `import`, export, net }

/// How a time stamp is written: `YY`, `YYYY`, `MM`, `DD`, `hh`, `mm`, `ss`, `S` (season digit), `W` (weekday,
/// 1 is Monday); every other character stands for itself. `hh:mm:ss`, `SYYMMDDhhmm`.
public struct OpticalClockPattern: Hashable, Sendable {
  public var text: String

  public init(_ text: String) { self.text = text }
}
