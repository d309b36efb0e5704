// What a Modbus meter's other quantities follow from: a meter is given the active power on each phase, and
// the rest of the supply is named here. Our assumption throughout: nominal values of the GB supply, and an
// ideal one (power factor 1, no distortion) where a profile says nothing.

extension ModbusMap {
  /// The supply where only power is known.
  public struct Supply: Hashable, Sendable {
    /// Which way reactive power goes, whatever the direction of the active power.
    public enum Reactive: String, Hashable, Sendable, CaseIterable {
      /// Q above zero: a lagging current while importing.
      case inductive
      /// Q below zero.
      case capacitive
    }

    /// What the apparent power of all phases is (IEEE 1459-2010, 3.2.2): they agree while each phase has one
    /// and the same power factor and direction.
    public enum Apparent: String, Hashable, Sendable, CaseIterable {
      /// The sum of the phases' apparent powers.
      case arithmetic
      /// √(P² + Q²) of the sums.
      case vector
    }

    /// To neutral, on each phase.
    public let millivolts: Int64
    public let millihertz: Int64
    /// |P| / S on each phase, in thousandths: 1…1000.
    public let powerFactor: Int64
    public let reactive: Reactive
    public let apparent: Apparent
    /// Total harmonic distortion, in tenths of a per cent.
    public let voltageDistortion: Int64
    public let currentDistortion: Int64
    /// sin φ in 10⁻¹⁵.
    let sine: Int64

    public static let nominal = Supply(millivolts: 230_000, millihertz: 50_000)

    /// A power factor outside 1…1000 is taken to the nearer end.
    public init(
      millivolts: Int64 = 230_000, millihertz: Int64 = 50_000, powerFactor: Int64 = 1000,
      reactive: Reactive = .inductive, apparent: Apparent = .arithmetic, voltageDistortion: Int64 = 0,
      currentDistortion: Int64 = 0
    ) {
      let factor = min(max(powerFactor, 1), 1000)
      (self.millivolts, self.millihertz, self.powerFactor) = (max(millivolts, 1), millihertz, factor)
      (self.reactive, self.apparent) = (reactive, apparent)
      (self.voltageDistortion, self.currentDistortion) = (voltageDistortion, currentDistortion)
      sine = squareRoot(Int128(1_000_000 - factor * factor) * 1_000_000_000_000_000_000_000_000)
    }

    /// Apparent from active: |P| / cos φ, to the nearest whole.
    func apparent(of active: Int64) -> Int64 {
      guard powerFactor < 1000 else { return abs(active) }
      return Int64(clamping: (Int128(abs(active)) * 2000 / Int128(powerFactor) + 1) / 2)
    }

    /// Reactive from active: |P| tan φ, signed, to the nearest whole.
    func reactive(of active: Int64) -> Int64 {
      guard powerFactor < 1000 else { return 0 }
      let twice = Int128(abs(active)) * Int128(sine) * 2 / (Int128(powerFactor) * 1_000_000_000_000)
      let magnitude = Int64(clamping: (twice + 1) / 2)
      return reactive == .inductive ? magnitude : -magnitude
    }
  }
}

/// What stands where a meter of this family has nothing.
public enum ModbusAbsence: String, Hashable, Sendable, CaseIterable {
  /// By type: int16 0x8000, uint16 0xFFFF, sunssf 0x8000, acc32 0, enum16 0xFFFF, bitfield32 0xFFFFFFFF,
  /// float NaN 0x7FC00000 (SunSpec Information Model Specification).
  case sunspec
  /// The largest number: all FF, or 7FFF… where there is a sign (ABB EQ meters, Socomec).
  case largest

  /// The bits in the low end of 64.
  func bits(of number: ModbusNumber, countsUp: Bool) -> UInt64 {
    switch (number, self) {
    case (.float32, _): 0x7FC0_0000
    case (.uint16, _), (.uint32, _), (.uint64, _): countsUp && self == .sunspec ? 0 : .max
    case (.int16, .sunspec): 0x8000
    case (.int32, .sunspec): 0x8000_0000
    case (.int64, .sunspec): 0x8000_0000_0000_0000
    case (.int16, .largest): 0x7FFF
    case (.int32, .largest): 0x7FFF_FFFF
    case (.int64, .largest): 0x7FFF_FFFF_FFFF_FFFF
    }
  }
}
