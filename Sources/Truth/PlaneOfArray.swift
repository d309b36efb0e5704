// Irradiance on a tilted plane: beam, ground, and the sky by Hay & Davies 1980, which sees the sky round the
// sun as bright as the beam in proportion to how clear it is.

internal import Foundation

/// A plane that faces somewhere. Angles in radians.
struct PlaneOfArray {
  /// Share of light that the ground throws back: grass and stone, no snow (our assumption).
  static let groundReflectance = 0.2
  /// Cosine of 89°: keeps the beam ratio finite at the horizon.
  private static let leastCosine = 0.01745

  private let cosineTilt: Double
  private let sineTilt: Double
  private let azimuth: Double

  init(tilt: Double, azimuth: Double) {
    cosineTilt = cos(tilt)
    sineTilt = sin(tilt)
    self.azimuth = azimuth
  }

  /// Cosine of the angle between the sun and the plane's normal; negative when the sun stands behind it.
  func cosineOfIncidence(zenith: Double, azimuth sun: Double) -> Double {
    cos(zenith) * cosineTilt + sin(zenith) * sineTilt * cos(sun - azimuth)
  }

  /// W/m² on the plane.
  func irradiance(
    _ sky: Irradiance, cosineZenith: Double, cosineOfIncidence: Double, extraterrestrial: Double
  ) -> Double {
    let facing = max(cosineOfIncidence, 0)
    let seesSky = (1 + cosineTilt) / 2
    let anisotropy = sky.beam / extraterrestrial
    let ratio = facing / max(cosineZenith, Self.leastCosine)
    let diffuse = sky.diffuse * (anisotropy * ratio + (1 - anisotropy) * seesSky)
    let ground = sky.global * Self.groundReflectance * (1 - cosineTilt) / 2
    return max(sky.beam * facing + diffuse + ground, 0)
  }
}
