// Which objects of a DLMS server show what of the meter behind it. OBIS codes: IEC 62056-6-1; classes:
// 62056-6-2.

public import Units

/// What a register object shows.
public enum DLMSQuantity: String, Hashable, Sendable, CaseIterable {
  /// Cumulative active energy +A.
  case `import`
  /// Cumulative active energy −A.
  case export
  /// |+A| + |−A|: 15.8.0. Of two registers, their sum; of a meter that counts both ways into one, that one.
  case absolute
  /// +A − −A: 16.8.0.
  case net
  /// The register `total` of a meter that has one.
  case total
  /// A rate that the meter never switches to: stands at 0 Wh. (Rate 1 of a single-rate meter is `import`.)
  case unusedRate = "unused-rate"
  /// A number that never changes, of any unit: what an adopted meter showed of what nothing here counts.
  case constant
  /// Active power now, by direction (0 in the other), and with sign.
  case importPower = "import-power"
  case exportPower = "export-power"
  case netPower = "net-power"

  /// Watts; the others are watt-hours.
  public var isPower: Bool { self == .importPower || self == .exportPower || self == .netPower }
}

/// A register object (class 3): its value times 10^scaler is in Wh or W.
public struct DLMSRegister: Hashable, Sendable {
  /// The types of numbers that registers come in.
  public enum Width: String, Hashable, Sendable, CaseIterable {
    case uint32, int32, uint64, int64
  }

  /// The logical name: all six groups.
  public var name: OBIS
  public var quantity: DLMSQuantity
  /// The power of ten of the value's last digit, −6…6: 0 for Wh, 3 for kWh, −1 for tenths of a Wh.
  public var scaler: Int8
  public var width: Width
  /// What a constant is: the raw number, and the code of its unit (62056-6-2, table 4). 0 Wh for all others.
  public var raw: Int64
  public var unit: UInt8

  public init(
    _ name: OBIS, _ quantity: DLMSQuantity, scaler: Int8 = 0, width: Width = .uint32, raw: Int64 = 0,
    unit: UInt8 = 30
  ) {
    (self.name, self.quantity, self.scaler, self.width) = (name, quantity, scaler, width)
    (self.raw, self.unit) = (raw, unit)
  }
}

/// A profile generic object (class 7): rows captured at the end of each interval.
public struct DLMSProfile: Hashable, Sendable {
  public enum Column: Hashable, Sendable {
    /// The clock 0-0:1.0.0*255: the end of the interval.
    case clock
    /// The status 0-0:96.10.1*255, eight bits: 08 summer time in force, 20 clock adjusted in the interval.
    case status
    /// A register of the object list, as it stood at the end of the interval.
    case register(OBIS)
    /// Energy of the interval in Wh. The name's group D is 29: 1-0:1.29.0*255 or 1-0:2.29.0*255.
    case interval(RegisterRole)
  }

  /// How a stamp is written in the rows.
  public enum Stamp: String, Hashable, Sendable, CaseIterable {
    /// 12 octets with weekday, deviation and status.
    case dateTime = "date-time"
    /// Seconds since 1970 in 32 bits, as GBCS logs have them.
    case seconds
  }

  public enum Encoding: String, Hashable, Sendable, CaseIterable {
    case array
    /// One description of the type, then packed rows (A-XDR tag 19). Never with null compression.
    case compactArray = "compact-array"
  }

  /// 1-0:99.1.0*255 for half-hours, 1-0:99.2.0*255 for daily snapshots; GBCS: 0-0:99.1.0, 0-0:99.1.1.
  public var name: OBIS
  /// Seconds between rows: 1800 (half-hour log) or 86 400 (snapshots at UTC midnight).
  public var period: UInt32
  public var columns: [Column]
  /// Capacity in rows; nil for what the meter's own log keeps. Never more than that is shown.
  public var entries: Int?
  public var stamp: Stamp
  public var encoding: Encoding
  /// A value equal to that of the row before, and a stamp one period after it, are sent as null-data.
  public var compressesNull: Bool

  public init(
    _ name: OBIS, period: UInt32 = 1800, columns: [Column], entries: Int? = nil, stamp: Stamp = .dateTime,
    encoding: Encoding = .array, compressesNull: Bool = false
  ) {
    (self.name, self.period, self.columns, self.entries) = (name, period, columns, entries)
    (self.stamp, self.encoding, self.compressesNull) = (stamp, encoding, compressesNull)
  }
}

/// The clock object 0-0:1.0.0*255 and the stamps of all rows.
public struct DLMSClock: Hashable, Sendable {
  public enum Zone: String, Hashable, Sendable, CaseIterable {
    case utc
    /// Europe/London: an hour more in summer.
    case london
  }

  /// How the deviation in a date-time is written. The two readings of the standard have opposite signs.
  public enum Deviation: String, Hashable, Sendable, CaseIterable {
    /// UTC = local + deviation (62056-6-2 as it stands): −60 in British summer.
    case utcMinusLocal = "utc-minus-local"
    /// Local = UTC + deviation: +60 in British summer.
    case localMinusUTC = "local-minus-utc"
    /// 8000: not specified, as GBCS writes it.
    case unspecified
  }

  public var zone: Zone
  public var deviation: Deviation
  /// False: the status is FF, not specified, as GBCS writes it.
  public var statesStatus: Bool

  public init(
    zone: Zone = .utc, deviation: Deviation = .utcMinusLocal, statesStatus: Bool = true
  ) {
    (self.zone, self.deviation, self.statesStatus) = (zone, deviation, statesStatus)
  }
}
