// A read at the bench: somebody puts an optical head on a meter, or clips a counter to its LED, and reads it
// by what its port speaks.

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
  /// The registers go to settlement as the reads of a visit.
  public var givesReads: Bool
  public var head: Head

  public init(
    meter: String, port: MeterProtocol, roles: [RegisterRole], halfHours: RemoteRead.Stretch? = nil,
    givesReads: Bool = true, head: Head = Head()
  ) {
    (self.meter, self.port, self.roles, self.halfHours) = (meter, port, roles, halfHours)
    (self.givesReads, self.head) = (givesReads, head)
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
