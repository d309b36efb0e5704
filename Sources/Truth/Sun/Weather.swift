// What the sky, the air and the ground do to generators and loads at a site, as a scenario states it.

public import Units

/// The weather over a site.
public struct Weather: Hashable, Sendable {
  /// What the sky does to a generator that needs the sun.
  public enum Sky: String, Hashable, Sendable, CaseIterable {
    /// Seeded British weather: clear, mixed and overcast days.
    case clouds
    /// Never a cloud: for hand checks against clear-sky references.
    case clear
  }

  /// How much light a sky without clouds lets through.
  public enum ClearSkyModel: String, Hashable, Sendable, CaseIterable {
    /// Ineichen & Perez 2002: altitude and Linke turbidity.
    case ineichen
    /// Haurwitz 1945: the sun's height alone; some 6 % brighter over a British year.
    case haurwitz
  }

  /// Snow that lies on modules and ground.
  public struct Snow: Hashable, Sendable {
    public var from: Instant
    public var to: Instant
    /// Depth when it has fallen, cm; from 1 cm on modules are covered.
    public var depth: Double
    /// cm that go each day, whatever the sun does.
    public var meltPerDay: Double
    /// It does not slide off in the sun, only in a thaw.
    public var isFrozenOn: Bool

    /// Days after which nobody speaks of it any more.
    static let longestCover: Int64 = 60

    public init(
      from: Instant, to: Instant, depth: Double, meltPerDay: Double = 0, isFrozenOn: Bool = false
    ) {
      (self.from, self.to, self.depth) = (from, to, depth)
      (self.meltPerDay, self.isFrozenOn) = (meltPerDay, isFrozenOn)
    }

    /// The seconds in which at least so many cm lie.
    func lies(_ depth: Double) -> Range<Int64> {
      guard self.depth >= depth, from < to else { return from.seconds..<from.seconds }
      guard meltPerDay > 0 else { return from.seconds..<to.seconds }
      let gone = from.seconds + Int64((self.depth - depth) / meltPerDay * 86_400)
      return from.seconds..<min(gone, to.seconds)
    }
  }

  /// Linke turbidity: Great Britain has 2.5 in winter and 3–4 in summer; 3 all year is our assumption.
  public static let usualTurbidity = 3.0

  public var sky = Sky.clouds
  public var clearSky = ClearSkyModel.ineichen
  /// Linke turbidity, 1…10.
  public var turbidity = Weather.usualTurbidity
  /// °C all year round. Nil: a plain British year by season and hour.
  public var airTemperature: Double?
  /// m/s at the modules: our assumption.
  public var wind = 2.0
  public var snow: [Snow] = []

  public init() {}

  /// °C while snow lies, at the most, unless the air is stated (our assumption).
  private static let warmestOverSnow = 1.0

  /// °C at seconds since 1970.
  func airTemperature(at seconds: Double, longitude: Double) -> Double {
    if let airTemperature { return airTemperature }
    let usual = SeasonalAir.temperature(at: seconds, longitude: longitude)
    return snow.isEmpty || !isSnowy(at: Int64(seconds)) ? usual : min(usual, Self.warmestOverSnow)
  }

  /// Whether snow lies at a second since 1970.
  func isSnowy(at second: Int64) -> Bool {
    snow.contains { $0.lies(0).contains(second) }
  }
}
