// A battery, or a vehicle that gives back: what a scenario states of it.

public import Units

/// A store of electric energy behind the boundary.
public struct StorageUnit: Hashable, Sendable {
  /// What it tries to do.
  public enum Mode: String, Hashable, Sendable, CaseIterable {
    /// Keeps the flow at the boundary at nothing, either way.
    case selfUse = "self-use"
    /// Charges in one window and discharges to the grid in another: export without sun.
    case arbitrage
  }

  /// Minutes of the London day, from and until; one that ends before it begins goes over midnight.
  public struct Window: Hashable, Sendable {
    public var from: Int
    public var until: Int

    public init(from: Int, until: Int) { (self.from, self.until) = (from, until) }

    func contains(_ minute: Int) -> Bool {
      from <= until ? (from..<until).contains(minute) : minute >= from || minute < until
    }
  }

  /// Usable energy, 1 Wh…100 MWh.
  public var capacity: WattHours
  /// Most it takes and gives, at its terminals.
  public var power: Power
  public var mode = Mode.selfUse
  /// When it charges from the grid.
  public var charges: Window?
  /// When it discharges to the grid.
  public var discharges: Window?
  /// When it is at home: a vehicle; nil: always.
  public var present: Window?
  /// What each absence takes out of it (a vehicle's journeys).
  public var journey = WattHours(0)
  /// Share of the energy taken in that comes out again, at its terminals: 0.82…0.92 for a home battery.
  public var roundTrip = 0.88
  /// What its electronics draw all the time, 10…60 W.
  public var standby = Power(watts: 20)
  /// Flow at the boundary, either way, that it lets be: 20…60 W, which leaks some 20…60 kWh a year each way.
  public var deadBand = Power(watts: 40)
  /// Seconds from a change at the boundary to its answer, 1…5.
  public var response = 1
  /// Share of its capacity with which the story begins.
  public var initial = 0.5
  public var connection = Generator.Connection.l1

  public init(capacity: WattHours, power: Power) { (self.capacity, self.power) = (capacity, power) }
}
