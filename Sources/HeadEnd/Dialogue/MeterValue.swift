// What a reader gives back of one register or object, whatever protocol carried it: the digits as the meter
// wrote them, and the number they are, exactly. No binary floating point comes near either.

public import Units

/// One value of a meter.
public struct MeterValue: Hashable, Sendable {
  /// What vouches for the digits on their way here.
  public enum Protection: String, Hashable, Sendable, CaseIterable {
    /// A block check character or frame check sequence.
    case checked
    /// Authenticated by a cipher.
    case authenticated
    /// Nothing but, at most, the parity of characters: a mode D push, a bare TCP wrapper.
    case unprotected
  }

  /// The address as the meter wrote it, or the logical name: `1.8.0`, `1-0:1.8.0*255`, `F.F`.
  public var address: String
  /// Position among the values of one address: 0, 1 for a maximum with its time stamp.
  public var index: Int
  /// The digits as written: width, leading zeros and blanks kept. For DLMS the number in decimals.
  public var text: String
  /// The number that `text` is; nil for text that is none.
  public var number: DecimalText?
  /// `kWh`, `Wh`, `V` …; empty where the value has none.
  public var unit: String
  /// The meter wrote no unit and the address has one by convention (1.8.x: kWh).
  public var unitIsAssumed: Bool
  public var protection: Protection

  public init(
    address: String, index: Int = 0, text: String, number: DecimalText? = nil, unit: String = "",
    unitIsAssumed: Bool = false, protection: Protection
  ) {
    (self.address, self.index, self.text, self.number) = (address, index, text, number)
    (self.unit, self.unitIsAssumed, self.protection) = (unit, unitIsAssumed, protection)
  }
}

/// One row of a load profile: an interval's end with its values, in the order of the columns.
public struct ProfileRow: Hashable, Sendable {
  /// The end of the interval by the meter's clock, as UTC; nil where the meter's stamp cannot be told in UTC.
  public var stamp: Instant?
  /// The stamp as the meter wrote it.
  public var stampText: String
  /// Status bits of the interval, in the meter's own meaning; 0 where there are none.
  public var status: UInt64
  public var values: [MeterValue]

  public init(stamp: Instant?, stampText: String, status: UInt64 = 0, values: [MeterValue]) {
    (self.stamp, self.stampText, self.status, self.values) = (stamp, stampText, status, values)
  }
}

/// All that one read of a meter gave.
public struct MeterReading: Hashable, Sendable {
  /// The identification line or logical device name, as sent.
  public var identity: String
  public var values: [MeterValue]
  public var profile: [ProfileRow]
  /// What a person at the bench should know: the meter kept 300 baud, the head echoes, parity was done in
  /// software, a block was repeated.
  public var remarks: [String]

  public init(
    identity: String = "", values: [MeterValue] = [], profile: [ProfileRow] = [], remarks: [String] = []
  ) {
    (self.identity, self.values, self.profile, self.remarks) = (identity, values, profile, remarks)
  }
}
