// Light, and how it is split. Under cloud only the sum on the horizontal is known; how much of it still comes
// from the sun's disc follows from how much of the extraterrestrial light arrives (Erbs,
// Klein & Duffie 1982).

/// Irradiance in W/m²: on the horizontal, from the sun's disc, and from the sky.
struct Irradiance: Hashable {
  /// Global on the horizontal.
  var global: Double
  /// Beam, on a plane that faces the sun.
  var beam: Double
  /// Diffuse on the horizontal.
  var diffuse: Double

  static let none = Irradiance(global: 0, beam: 0, diffuse: 0)

  init(global: Double, beam: Double, diffuse: Double) {
    (self.global, self.beam, self.diffuse) = (global, beam, diffuse)
  }

  /// Splits what reaches the ground; no beam with the sun below 3°, where the split means nothing.
  init(split global: Double, cosineZenith: Double, extraterrestrial: Double) {
    let clearness = min(max(global / (extraterrestrial * max(cosineZenith, 0.065)), 0), 1)
    let share: Double
    switch clearness {
    case ...0.22: share = 1 - 0.09 * clearness
    case ...0.8:
      share =
        0.9511 + clearness * (-0.1604 + clearness * (4.388 + clearness * (-16.638 + clearness * 12.336)))
    default: share = 0.165
    }
    // cos 87°
    let hasBeam = cosineZenith > 0.05234
    let diffuse = hasBeam ? global * share : global
    self.init(global: global, beam: hasBeam ? (global - diffuse) / cosineZenith : 0, diffuse: diffuse)
  }
}
