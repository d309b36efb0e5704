// When the sun rises, culminates and sets: where its upper limb touches the horizon as refraction lifts it, a
// true zenith of 90.833° (the convention of almanacs and of the Solar Position Algorithm, A.2), at sea level.

internal import Foundation
public import Units

/// The sun's day at a place.
public struct SunTimes: Hashable, Sendable {
  /// Nil where the sun stays above or below the horizon.
  public var sunrise: Instant?
  /// The highest place of the sun.
  public var transit: Instant
  public var sunset: Instant?

  private static let horizon = 90.8333 * SolarPosition.degree

  /// Of a date by the UTC calendar, its transit nearest to the place's own noon.
  public init(on date: CivilDate, at place: SiteDescription.Place) {
    let midnight = Double(date.dayNumber) * 86_400
    let air = AirColumn(altitude: 0)
    let here = SolarPosition.Horizon(place)
    let course = SunCourse()
    func position(_ seconds: Double) -> SolarPosition {
      SolarPosition(course.place(at: seconds), here, air: air)
    }
    // A sundial shows noon when the clock shows 12:00 less longitude and equation of time.
    var noon = midnight + 43_200 - place.longitude * 240
    noon -= position(noon).equationOfTime * 60
    transit = Self.instant(noon)
    sunrise = Self.crossing(between: noon - 43_200, and: noon) { position($0).trueZenith }
    sunset = Self.crossing(between: noon + 43_200, and: noon) { position($0).trueZenith }
  }

  /// Where the zenith falls through the horizon on the way from night to day; to 0.1 s.
  private static func crossing(between night: Double, and day: Double, _ zenith: (Double) -> Double)
    -> Instant?
  {
    guard zenith(night) > horizon, zenith(day) < horizon else { return nil }
    var (low, high) = (night, day)
    while abs(high - low) > 0.1 {
      let middle = (low + high) / 2
      if zenith(middle) > horizon { low = middle } else { high = middle }
    }
    return instant((low + high) / 2)
  }

  private static func instant(_ seconds: Double) -> Instant {
    Instant(microseconds: Int64((seconds * 1_000_000).rounded()))
  }
}
