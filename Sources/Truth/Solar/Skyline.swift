// What stands in the sun's way: trees, roofs and hills as elevations by azimuth. The sun behind them gives no
// beam; the part of the sky that they hide gives no light.

internal import Foundation

/// A skyline round a plane.
struct Skyline {
  private let points: [SolarPlant.HorizonPoint]
  /// Share of the dome's light that comes over it: 1 − mean of sin² of the elevation, for a horizontal plane
  /// (our assumption for a tilted one).
  let seesSky: Double

  init(_ points: [SolarPlant.HorizonPoint]) {
    self.points = points.sorted { $0.azimuth < $1.azimuth }
    var hidden = 0.0
    let steps = points.isEmpty ? 0 : 360
    for degree in 0..<steps {
      let sine = sin(Self.elevation(of: self.points, at: Double(degree)) * SolarPosition.degree)
      hidden += sine * sine / 360
    }
    seesSky = 1 - hidden
  }

  /// How far the sun stands above the skyline, in degrees; negative behind it.
  func clearance(of sun: SolarPosition) -> Double {
    let elevation = 90 - sun.apparentZenith / SolarPosition.degree
    guard !points.isEmpty else { return elevation }
    return elevation - Self.elevation(of: points, at: sun.azimuth / SolarPosition.degree)
  }

  private static func elevation(of points: [SolarPlant.HorizonPoint], at azimuth: Double) -> Double {
    guard let last = points.last, let first = points.first else { return 0 }
    let next = points.firstIndex { $0.azimuth > azimuth } ?? points.count
    let right =
      next == points.count
      ? SolarPlant.HorizonPoint(azimuth: first.azimuth + 360, elevation: first.elevation) : points[next]
    let left =
      next == 0
      ? SolarPlant.HorizonPoint(azimuth: last.azimuth - 360, elevation: last.elevation) : points[next - 1]
    let width = right.azimuth - left.azimuth
    guard width > 0 else { return left.elevation }
    return left.elevation + (right.elevation - left.elevation) * (azimuth - left.azimuth) / width
  }
}
