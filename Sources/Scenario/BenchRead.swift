// A read at the bench: somebody stands before a meter and reads it by what one of its ports speaks: an
// optical head, an RS-485 adapter, or the figures of a counter that was clipped to its LED.

public import MeterModel
public import Units

/// One read through one port of a meter.
public struct BenchRead: Hashable, Sendable {
  /// The head that is used.
  public struct Head: Hashable, Sendable {
    /// It lights its own receiver.
    public var echoes: Bool
    /// It knows eight data bits only, so that parity is the reader's own work.
    public var onlyEightBits: Bool

    public init(echoes: Bool = false, onlyEightBits: Bool = false) {
      (self.echoes, self.onlyEightBits) = (echoes, onlyEightBits)
    }
  }

  public var meter: String
  public var port: MeterProtocol
  /// Which registers are taken home, of those the meter has.
  public var roles: [RegisterRole]
  /// The half-hours to read; nil for none.
  public var halfHours: RemoteRead.Stretch?
  /// The DLMS client that the reader comes as; nil: the first of the profile that may read registers.
  public var client: UInt8?
  /// The registers go to settlement as the reads of a visit.
  public var givesReads: Bool
  /// The half-hours go to settlement.
  public var givesHalfHours: Bool
  public var head: Head

  public init(
    meter: String, port: MeterProtocol, roles: [RegisterRole], halfHours: RemoteRead.Stretch? = nil,
    client: UInt8? = nil, givesReads: Bool = true, givesHalfHours: Bool = true, head: Head = Head()
  ) {
    (self.meter, self.port, self.roles, self.halfHours) = (meter, port, roles, halfHours)
    (self.client, self.head) = (client, head)
    (self.givesReads, self.givesHalfHours) = (givesReads, givesHalfHours)
  }
}

/// A counter that is clipped to a meter's pulse output, and counts from then on. A later one takes its place.
public struct PulseLoggerOrder: Hashable, Sendable {
  public var meter: String
  /// The register whose place its figures take.
  public var role: RegisterRole
  /// What it is set to; nil: what the register shows at that moment.
  public var start: WattHours?
  /// Pulses for one kWh as it was told; nil: what stands on the plate.
  public var constant: PulseConstant?
  /// A pulse that begins sooner than this after the one before it does not count. Our assumption: 30 ms.
  public var debounce: TimeSpan

  public init(
    meter: String, role: RegisterRole, start: WattHours? = nil, constant: PulseConstant? = nil,
    debounce: TimeSpan = .milliseconds(30)
  ) {
    (self.meter, self.role, self.start) = (meter, role, start)
    (self.constant, self.debounce) = (constant, debounce)
  }
}

/// What the latest reads of one register through several ports have to do with one another.
public struct ExpectedCrossRead: Hashable, Sendable {
  public var meter: String
  public var role: RegisterRole
  /// At least two; the first is the one that the others are held against.
  public var ports: [MeterProtocol]
  /// How much each of the others says above the first; zero: they agree.
  public var differ: WattHours
  /// Either way.
  public var within: WattHours

  public init(
    meter: String, role: RegisterRole, ports: [MeterProtocol], differ: WattHours = .zero,
    within: WattHours = .zero
  ) {
    (self.meter, self.role, self.ports) = (meter, role, ports)
    (self.differ, self.within) = (differ, within)
  }
}

/// What the latest read through a port brought, or why it brought nothing. At least one part is stated.
public struct ExpectedBenchResult: Hashable, Sendable {
  /// The kinds of failure of `DialogueFailure` in HeadEnd, by their names.
  public enum Failure: String, Hashable, Sendable, CaseIterable {
    case silence, unreadable, checksum, incomplete, unexpected, refused, authentication, security, absent
    case port
  }

  public var meter: String
  public var port: MeterProtocol
  /// The digits of an address, exactly as the meter wrote them.
  public var address: String?
  public var text: String?
  /// A part of what the reader remarks on.
  public var remark: String?
  /// It brought nothing, and for this reason.
  public var failure: Failure?

  public init(
    meter: String, port: MeterProtocol, address: String? = nil, text: String? = nil, remark: String? = nil,
    failure: Failure? = nil
  ) {
    (self.meter, self.port, self.address) = (meter, port, address)
    (self.text, self.remark, self.failure) = (text, remark, failure)
  }
}
