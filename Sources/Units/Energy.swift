// Energy and power as whole numbers. A flow is integrated as mW·ms, in which no product is ever rounded
// (1 W for 1 s is no whole number of µWh); registers and logs are whole Wh, as SMETS2 keeps them.

/// An amount of energy in whole watt-hours. Positive or negative;
/// which way is import is said by the register.
public struct WattHours: Hashable, Sendable {
  public var value: Int64

  public init(_ value: Int64) { self.value = value }
}

/// An amount of energy in milliwatt-milliseconds: the exact integral of a piecewise constant flow.
/// An `Int64` holds ± 2.5 GWh, so an accumulator settles into whole Wh long before that.
public struct FineEnergy: Hashable, Sendable {
  /// 1 Wh = 3600 s × 1 W = 3.6e6 ms × 1e3 mW.
  public static let perWattHour: Int64 = 3_600_000_000

  public var milliwattMilliseconds: Int64

  public init(milliwattMilliseconds: Int64) { self.milliwattMilliseconds = milliwattMilliseconds }

  public init(_ whole: WattHours) { milliwattMilliseconds = whole.value * Self.perWattHour }

  /// Whole watt-hours, cut towards minus infinity: the way a counter that runs both ways shows itself.
  public var wholeWattHours: WattHours {
    WattHours(floorDivide(milliwattMilliseconds, Self.perWattHour))
  }
}

/// Active power in whole milliwatts. At a boundary, positive is import (grid to house), negative export.
public struct Power: Hashable, Sendable {
  public var milliwatts: Int64

  public init(milliwatts: Int64) { self.milliwatts = milliwatts }

  public init(watts: Int64) { milliwatts = watts * 1000 }
}

/// Quantities of one kind add, subtract and compare; quantities of unlike kinds do not.
public protocol WholeQuantity: Comparable, AdditiveArithmetic, Hashable, Sendable {
  associatedtype Raw: FixedWidthInteger & SignedInteger & Sendable
  var raw: Raw { get set }
  init(raw: Raw)
}

extension WholeQuantity {
  public static var zero: Self { Self(raw: 0) }
  public static func < (left: Self, right: Self) -> Bool { left.raw < right.raw }
  public static func + (left: Self, right: Self) -> Self { Self(raw: left.raw + right.raw) }
  public static func - (left: Self, right: Self) -> Self { Self(raw: left.raw - right.raw) }
  public static prefix func - (one: Self) -> Self { Self(raw: -one.raw) }
  public static func * (one: Self, count: Raw) -> Self { Self(raw: one.raw * count) }
  public var magnitude: Self { raw < 0 ? -self : self }
}

extension WattHours: WholeQuantity {
  public var raw: Int64 {
    get { value }
    set { value = newValue }
  }
  public init(raw: Int64) { value = raw }
}

extension FineEnergy: WholeQuantity {
  public var raw: Int64 {
    get { milliwattMilliseconds }
    set { milliwattMilliseconds = newValue }
  }
  public init(raw: Int64) { milliwattMilliseconds = raw }
}

extension Power: WholeQuantity {
  public var raw: Int64 {
    get { milliwatts }
    set { milliwatts = newValue }
  }
  public init(raw: Int64) { milliwatts = raw }
}

/// Division that rounds towards minus infinity; the remainder has the sign of the divisor.
@inlinable @inline(__always) public func floorDivide<Whole: FixedWidthInteger & SignedInteger>(
  _ value: Whole, _ by: Whole
)
  -> Whole
{
  let quotient = value / by
  return (value % by != 0) && ((value < 0) != (by < 0)) ? quotient - 1 : quotient
}

/// The remainder of `floorDivide`: always in `0 ..< by` for a positive `by`.
@inlinable @inline(__always) public func floorModulo<Whole: FixedWidthInteger & SignedInteger>(
  _ value: Whole, _ by: Whole
)
  -> Whole
{
  value - floorDivide(value, by) * by
}
