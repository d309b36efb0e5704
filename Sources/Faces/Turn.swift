// Sine and cosine by a power series: the same last bit on every machine, so that the same state always gives
// the same picture.

/// Angles in degrees.
enum Turn {
  static let pi = 3.141592653589793

  static func sin(_ degrees: Double) -> Double {
    let whole = (degrees / 360).rounded()
    var angle = degrees - 360 * whole
    if angle > 90 { angle = 180 - angle }
    if angle < -90 { angle = -180 - angle }
    let x = angle * pi / 180
    let square = x * x
    var (term, sum) = (x, x)
    for step in 1...9 {
      term *= -square / Double((2 * step) * (2 * step + 1))
      sum += term
    }
    return sum
  }

  static func cos(_ degrees: Double) -> Double { sin(90 - degrees) }
}
