// Energy of a whole story. `FineEnergy` holds 2.5 GWh, half a year of a 5 MW plant; the account of the truth
// must not end there, and must not be cut to whole Wh on the way.

public import Units

/// A sum of energies in mW·ms, in 128 bits.
public struct SummedEnergy: Hashable, Comparable, Sendable {
  public var milliwattMilliseconds: Int128

  public init(milliwattMilliseconds: Int128 = 0) { self.milliwattMilliseconds = milliwattMilliseconds }

  /// Whole watt-hours, cut towards minus infinity.
  public var wholeWattHours: WattHours {
    WattHours(Int64(floorDivide(milliwattMilliseconds, Int128(FineEnergy.perWattHour))))
  }

  /// The same energy as registers count it; nil beyond ±2.5 GWh.
  public var fine: FineEnergy? {
    Int64(exactly: milliwattMilliseconds).map(FineEnergy.init(milliwattMilliseconds:))
  }

  public static func < (left: SummedEnergy, right: SummedEnergy) -> Bool {
    left.milliwattMilliseconds < right.milliwattMilliseconds
  }
  public static func + (left: SummedEnergy, right: SummedEnergy) -> SummedEnergy {
    SummedEnergy(milliwattMilliseconds: left.milliwattMilliseconds + right.milliwattMilliseconds)
  }
  public static func - (left: SummedEnergy, right: SummedEnergy) -> SummedEnergy {
    SummedEnergy(milliwattMilliseconds: left.milliwattMilliseconds - right.milliwattMilliseconds)
  }
}
