// The plain facts that cross a border between rooms which may not see each other: what flowed, what was
// read, what was agreed about price. They hold values only.

/// Power held constant until an edge. Consecutive segments make a piecewise constant flow with edges on whole
/// ms. Positive is import at the boundary. A single-phase flow uses `l1` alone.
public struct FlowSegment: Hashable, Sendable {
  /// End of the segment in ms since 1970 (exclusive); its start is the end of the one before.
  public var endMilliseconds: Int64
  /// Milliwatts by phase.
  public var l1: Int64
  public var l2: Int64
  public var l3: Int64

  public init(endMilliseconds: Int64, l1: Int64, l2: Int64 = 0, l3: Int64 = 0) {
    self.endMilliseconds = endMilliseconds
    (self.l1, self.l2, self.l3) = (l1, l2, l3)
  }
}

/// Whether a value was measured, made up, or is absent.
public enum Quality: String, Hashable, Sendable, CaseIterable {
  /// A: measured.
  case actual = "A"
  /// E: estimated by somebody.
  case estimated = "E"
  /// M: missing; the value means nothing.
  case missing = "M"
}

/// Who took a read.
public enum ReadSource: String, Hashable, Sendable, CaseIterable {
  /// By the meter's own communications (WAN, Modbus gateway).
  case remote
  /// By the customer, from the display.
  case customer
  /// By a visitor: meter reader, engineer.
  case visit
}

/// What a photograph shows (R-READ-06).
public struct Photo: Hashable, Sendable {
  public var serial: String
  public var register: RegisterRole
  public var value: WattHours

  public init(serial: String, register: RegisterRole, value: WattHours) {
    (self.serial, self.register, self.value) = (serial, register, value)
  }
}

/// One value of one cumulative register, as somebody says it was at an instant.
public struct Read: Hashable, Sendable {
  public var serial: String
  public var register: RegisterRole
  /// The value in Wh, exactly as shown or sent (a display that shows whole kWh gives multiples of 1000).
  public var value: WattHours
  /// The step in which the reader could see the register.
  public var resolution: WattHours
  /// When the register had this value, by the reader's clock.
  public var at: Instant
  /// When the settlement party had it.
  public var received: Instant
  public var source: ReadSource
  /// What the meter's own clock said at that moment, where the protocol tells it.
  public var meterClock: Instant?
  public var photo: Photo?
  /// How it came, where somebody says: `app`, `phone`, `e-mail` … (R-READ-14).
  public var channel: String?
  public var cause: Cause

  public init(
    serial: String, register: RegisterRole, value: WattHours, resolution: WattHours = WattHours(1),
    at: Instant,
    received: Instant? = nil, source: ReadSource, meterClock: Instant? = nil, photo: Photo? = nil,
    channel: String? = nil, cause: Cause = .none
  ) {
    (self.serial, self.register, self.value, self.resolution) = (serial, register, value, resolution)
    (self.at, self.received, self.source) = (at, received ?? at, source)
    (self.meterClock, self.photo, self.channel, self.cause) = (meterClock, photo, channel, cause)
  }
}

/// A batch of stamped half-hourly log entries as they came, before anybody aligned them.
public struct LogRead: Hashable, Sendable {
  /// Which end of the half-hour a stamp marks: SMETS2 and D0379 practice stamp the end.
  public enum StampConvention: String, Hashable, Sendable { case start, end }

  public struct Entry: Hashable, Sendable {
    public var stamp: Instant
    public var energy: WattHours
    public var quality: Quality
    public var cause: Cause

    public init(stamp: Instant, energy: WattHours, quality: Quality = .actual, cause: Cause = .none) {
      (self.stamp, self.energy, self.quality, self.cause) = (stamp, energy, quality, cause)
    }
  }

  public var serial: String
  public var register: RegisterRole
  public var convention: StampConvention
  /// The step of the source: 1 Wh for SMETS2, 100 Wh for a D0036 file with one decimal of a kWh.
  public var resolution: WattHours
  public var received: Instant
  /// True where a logger made the half-hours from reads of a cumulative register at :00 and :30.
  public var derivedFromRegister: Bool
  public var entries: [Entry]
  public var cause: Cause

  public init(
    serial: String, register: RegisterRole, convention: StampConvention, resolution: WattHours = WattHours(1),
    received: Instant, derivedFromRegister: Bool = false, entries: [Entry], cause: Cause = .none
  ) {
    (self.serial, self.register, self.convention) = (serial, register, convention)
    (self.resolution, self.received) = (resolution, received)
    (self.derivedFromRegister, self.entries, self.cause) = (derivedFromRegister, entries, cause)
  }
}

/// What one kWh is worth and when: one version of a tariff, in force from an instant.
public struct TariffTerms: Hashable, Sendable {
  /// A daily window of the London clock, `from ..< to` in minutes of the day; it may pass midnight.
  public struct Window: Hashable, Sendable {
    public var fromMinute: Int
    public var toMinute: Int
    public var rate: UnitRate

    public init(fromMinute: Int, toMinute: Int, rate: UnitRate) {
      (self.fromMinute, self.toMinute, self.rate) = (fromMinute, toMinute, rate)
    }
  }

  /// A price for a stretch of UTC: half-open, on half-hour boundaries.
  /// `to` is nil for "until further notice".
  public struct Price: Hashable, Sendable {
    public var from: Instant
    public var to: Instant?
    public var rate: UnitRate

    public init(from: Instant, to: Instant?, rate: UnitRate) {
      (self.from, self.to, self.rate) = (from, to, rate)
    }
  }

  public enum Shape: Hashable, Sendable {
    case flat(UnitRate)
    /// Windows of the local clock (R-TAR-05); `otherwise` outside all of them.
    case timeOfUse([Window], otherwise: UnitRate)
    /// Each half-hour its own price (R-TAR-06), rows sorted by start.
    case halfHourly([Price])
  }

  public var name: String
  public var from: Instant
  public var shape: Shape
  /// A tariff under the SEG; a rate of a SEG tariff is always above zero (R-LIC-02).
  public var isSEG: Bool

  public init(name: String, from: Instant, shape: Shape, isSEG: Bool = true) {
    (self.name, self.from, self.shape, self.isSEG) = (name, from, shape, isSEG)
  }
}
