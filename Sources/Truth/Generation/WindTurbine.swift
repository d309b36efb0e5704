// A small wind turbine: Weibull winds with a memory of hours and gusts of seconds, brought to the hub's
// height, through a cubic power curve.

internal import Foundation
internal import Timeline
internal import Units

/// A turbine and the wind of its place.
public struct WindTurbine: Hashable, Sendable {
  /// Mean wind at 10 m over the year, m/s: 2…4 in towns, 4…7 in the open country and on coasts.
  public var meanWind = 5.0
  /// Weibull shape: 1.8…2.0 in Great Britain.
  public var shape = 1.9
  /// Hub height, m.
  public var hubHeight = 15.0
  /// Exponent of the wind's growth with height: 0.15 over open ground … 0.25 over hedges and houses.
  public var shear = 0.20
  /// Standard deviation of gusts against the mean, 0.15…0.25.
  public var turbulence = 0.20
  /// m/s at which it begins to turn, gives its rated output, and is braked.
  public var cutIn = 3.0
  public var rated = 11.0
  public var cutOut = 22.0
  /// W that its electronics draw from the house while it makes nothing, 5…20.
  public var idleDraw = 8.0

  public init() {}
}

/// Makes power of wind.
struct WindGeneration {
  /// How much windier the year's windiest weeks (mid-January) are than its mean, and its calmest calmer.
  private static let seasonalSwing = 0.18
  private static let memory: Int64 = 4 * 3600
  private static let gust: Int64 = 10

  private let turbine: WindTurbine
  private let ratedMilliwatts: Double
  private let scale: Double
  private let toHub: Double
  private let slow: Noise
  private let fast: Noise

  init(_ turbine: WindTurbine, rated: Double, stream: RandomStream) {
    self.turbine = turbine
    ratedMilliwatts = rated
    // The mean of a Weibull distribution is its scale times Γ(1 + 1/k).
    scale = turbine.meanWind / tgamma(1 + 1 / turbine.shape)
    toHub = pow(turbine.hubHeight / 10, turbine.shear)
    slow = Noise(stream.stream("wind"), step: Self.memory)
    fast = Noise(stream.stream("gusts"), step: Self.gust)
  }

  /// m/s at the hub.
  func speed(at second: Int64) -> Double {
    let share = Noise.normalShare(below: slow[second])
    let calm = scale * pow(-log(max(1 - share, 1e-9)), 1 / turbine.shape)
    let season = 1 + Self.seasonalSwing * cos(2 * .pi * (Double(second) / 86_400 - 14) / 365.2425)
    return max(calm * season * toHub * (1 + turbine.turbulence * fast[second]), 0)
  }

  /// mW; negative is what it draws.
  func milliwatts(at second: Int64) -> Int64 {
    let speed = speed(at: second)
    guard speed > turbine.cutIn, speed < turbine.cutOut else { return -Int64(turbine.idleDraw * 1000) }
    let least = pow(turbine.cutIn, 3)
    return Int64(ratedMilliwatts * min((pow(speed, 3) - least) / (pow(turbine.rated, 3) - least), 1))
  }
}
