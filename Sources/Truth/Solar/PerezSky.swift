// The sky of Perez, Ineichen, Seals, Michalsky & Stewart 1990: an even dome, a bright ring round the sun and
// a bright horizon, whose shares depend on how clear and how bright the sky is.

internal import Foundation

/// One sky's shares.
struct PerezSky {
  /// "All sites composite 1990": F11, F12, F13, F21, F22, F23 by bin of clearness.
  private static let coefficients: [SIMD8<Double>] = [
    [-0.008, 0.588, -0.062, -0.060, 0.072, -0.022, 0, 0],
    [0.130, 0.683, -0.151, -0.019, 0.066, -0.029, 0, 0],
    [0.330, 0.487, -0.221, 0.055, -0.064, -0.026, 0, 0],
    [0.568, 0.187, -0.295, 0.109, -0.152, -0.014, 0, 0],
    [0.873, -0.392, -0.362, 0.226, -0.462, 0.001, 0, 0],
    [1.132, -1.237, -0.412, 0.288, -0.823, 0.056, 0, 0],
    [1.060, -1.600, -0.359, 0.264, -1.127, 0.131, 0, 0],
    [0.678, -0.327, -0.250, 0.156, -1.377, 0.251, 0, 0],
  ]
  /// Where one bin of clearness ends and the next begins.
  private static let bins = [1.065, 1.23, 1.5, 1.95, 2.8, 4.5, 6.2]
  /// For a zenith in radians.
  private static let kappa = 1.041
  /// cos 85°
  private static let leastCosine = 0.08715574274765817

  private let diffuse: Double
  private let ring: Double
  private let horizon: Double

  /// Nil where the air mass has no meaning, or no diffuse light is there to share out.
  init?(_ sky: Irradiance, cosineZenith: Double, extraterrestrial: Double) {
    guard sky.diffuse > 0 else { return nil }
    let cosine = min(max(cosineZenith, -1), 1)
    let zenith = acos(cosine)
    guard let airMass = ClearSky.relativeAirMass(apparentZenith: zenith, cosine: cosine) else { return nil }
    let bend = Self.kappa * zenith * zenith * zenith
    let clearness = ((sky.diffuse + sky.beam) / sky.diffuse + bend) / (1 + bend)
    let brightness = sky.diffuse * airMass / extraterrestrial
    let f = Self.coefficients[Self.bins.firstIndex { clearness < $0 } ?? Self.bins.count]
    diffuse = sky.diffuse
    ring = max(f[0] + f[1] * brightness + f[2] * zenith, 0)
    horizon = f[3] + f[4] * brightness + f[5] * zenith
  }

  /// W/m² on a plane.
  func diffuse(facing: Double, cosineZenith: Double, seesSky: Double, sineTilt: Double) -> Double {
    diffuse
      * ((1 - ring) * seesSky + ring * facing / max(cosineZenith, Self.leastCosine) + horizon * sineTilt)
  }
}
