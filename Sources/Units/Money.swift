// Exact money. Wh × (1e-6 p/kWh) = nano-pence, a whole number; it is rounded once, per statement line.

/// A price of energy in whole millionths of a penny per kilowatt-hour (six decimals of p/kWh).
public struct UnitRate: Hashable, Sendable {
  public var microPencePerKilowattHour: Int64

  public init(microPencePerKilowattHour: Int64) { self.microPencePerKilowattHour = microPencePerKilowattHour }
}

/// Exact money in billionths of a penny, in 128 bits: 5 MW for half a year at 100 p/kWh is 2.2e18 of them.
public struct NanoPence: Hashable, Sendable {
  public static let perPenny: Int128 = 1_000_000_000

  public var value: Int128

  public init(_ value: Int128) { self.value = value }
}

/// Money as it is paid: whole pence.
public struct Pence: Hashable, Sendable {
  public var value: Int64

  public init(_ value: Int64) { self.value = value }
}

extension UnitRate: WholeQuantity {
  public var raw: Int64 {
    get { microPencePerKilowattHour }
    set { microPencePerKilowattHour = newValue }
  }
  public init(raw: Int64) { microPencePerKilowattHour = raw }
}

extension NanoPence: WholeQuantity {
  public var raw: Int128 {
    get { value }
    set { value = newValue }
  }
  public init(raw: Int128) { value = raw }
}

extension Pence: WholeQuantity {
  public var raw: Int64 {
    get { value }
    set { value = newValue }
  }
  public init(raw: Int64) { value = raw }
}

extension WattHours {
  /// Energy at a price: exact.
  public static func * (energy: WattHours, rate: UnitRate) -> NanoPence {
    NanoPence(Int128(energy.value) * Int128(rate.microPencePerKilowattHour))
  }
}

extension NanoPence {
  /// Whole pence, half rounded away from zero (R-UNIT-04, R-PAY-09: our assumption, no source fixes it).
  public var roundedHalfUp: Pence {
    let half = Self.perPenny / 2
    let rounded = value < 0 ? (value - half) / Self.perPenny : (value + half) / Self.perPenny
    return Pence(Int64(rounded))
  }

  public init(_ pence: Pence) { value = Int128(pence.value) * Self.perPenny }
}
