// A photovoltaic plant as a scenario states it: how its modules stand, what stands round them, and the
// inverter behind them.

public import Units

/// Modules on one plane with their inverter.
public struct SolarPlant: Hashable, Sendable {
  /// How light from the sky reaches a tilted plane.
  public enum Transposition: String, Hashable, Sendable, CaseIterable {
    /// The whole sky equally bright.
    case isotropic
    /// Hay & Davies 1980: the sky round the sun as bright as the beam, in proportion to how clear it is.
    case hayDavies = "hay-davies"
    /// Perez et al. 1990: with a ring round the sun and a bright horizon.
    case perez
  }

  /// What is lost where light meets the glass at a slant.
  public enum Reflection: String, Hashable, Sendable, CaseIterable {
    /// Part of the lumped losses.
    case lumped
    /// ASHRAE's 1 − b₀ (1/cos θ − 1) on the beam, b₀ = 0.05: some 2.5 % of a year.
    case ashrae
  }

  /// The skyline at an azimuth.
  public struct HorizonPoint: Hashable, Sendable {
    /// Degrees clockwise from north, 0…360.
    public var azimuth: Double
    /// Degrees above the horizontal, 0…90.
    public var elevation: Double

    public init(azimuth: Double, elevation: Double) {
      (self.azimuth, self.elevation) = (azimuth, elevation)
    }
  }

  /// Dirt, or a tree that grows: a share of all light, more every month.
  public struct Soiling: Hashable, Sendable {
    /// Share lost at `since`, 0…0.99.
    public var share: Double
    /// What each month of 30 days adds to the share; at most 0.99 is lost.
    public var perMonth: Double
    public var since: Instant

    public init(share: Double, perMonth: Double, since: Instant) {
      (self.share, self.perMonth, self.since) = (share, perMonth, since)
    }

    private static let secondsPerMonth = 30.0 * 86_400

    /// The share of all light that it takes at seconds since 1970.
    func lost(at seconds: Double) -> Double {
      let months = max(seconds - Double(since.seconds), 0) / Self.secondsPerMonth
      return min(share + perMonth * months, 0.99)
    }
  }

  /// Degrees from the horizontal, 0…90.
  public var tilt: Double
  /// Degrees clockwise from north, 0…360: 180 faces south.
  public var azimuth: Double
  /// Lumped loss before the inverter, 0 ..< 1: shade, mismatch, wiring, age (PVWatts v5: 0.14).
  public var losses = 0.14
  /// Rated alternating-current output, where the inverter clips. Nil: as much as the modules have (our
  /// assumption).
  public var inverterLimit: Power?
  /// Nominal efficiency of the inverter (PVWatts v5).
  public var inverterEfficiency = 0.96
  /// Change of output per kelvin of cell temperature above 25 °C: −0.0030…−0.0045 for crystalline silicon.
  public var temperatureCoefficient = -0.0035
  public var transposition = Transposition.hayDavies
  /// Share of light that the ground throws back: grass and stone (our assumption).
  public var groundReflectance = 0.2
  public var reflection = Reflection.lumped
  /// Points of the skyline by azimuth, straight lines between and round the north; none: a free horizon.
  public var horizon: [HorizonPoint] = []
  public var soiling: Soiling?

  public init(tilt: Double, azimuth: Double, losses: Double = 0.14, inverterLimit: Power? = nil) {
    (self.tilt, self.azimuth, self.losses, self.inverterLimit) = (tilt, azimuth, losses, inverterLimit)
  }
}
