// How sunny a place of Great Britain is: the share of a clear year's energy that a real one brings. It is
// known for eight places as what modules on 30…40° south make in the long run (after PVGIS and the tables of
// installers, ± 6 %, our assumption); between them the nearer ones count more.

internal import Units

/// The sky of a place against London's.
enum Brightness {
  private struct Anchor {
    var latitude: Double
    var longitude: Double
    /// kWh for each kWp in a real year over those of a clear one.
    var share: Double
  }

  /// Plymouth 1030, London 985, Cardiff 970, Norwich 990, Manchester 880, Glasgow 820, Aberdeen 850 and
  /// Lerwick 690 kWh/kWp, each over what a clear year makes there (Ineichen, Hay-Davies, PVWatts,
  /// losses of 14 %).
  private static let anchors = [
    Anchor(latitude: 50.3755, longitude: -4.1427, share: 0.5707),
    Anchor(latitude: 51.5074, longitude: -0.1278, share: 0.5538),
    Anchor(latitude: 51.4816, longitude: -3.1791, share: 0.5452),
    Anchor(latitude: 52.6309, longitude: 1.2974, share: 0.5653),
    Anchor(latitude: 53.4808, longitude: -2.2426, share: 0.5089),
    Anchor(latitude: 55.8642, longitude: -4.2518, share: 0.4928),
    Anchor(latitude: 57.1497, longitude: -2.0943, share: 0.5227),
    Anchor(latitude: 60.1550, longitude: -1.1449, share: 0.4505),
  ]

  /// Of a year of overcast days alone, by the calibration of `CloudCover`.
  private static let overcastShare = 0.235
  private static let londonShare = 0.5538

  /// How often days are clear or mixed, against London: 1 there.
  static func ofClearAndMixedDays(at place: SiteDescription.Place) -> Double {
    var (sum, weights) = (0.0, 0.0)
    for anchor in anchors {
      let north = place.latitude - anchor.latitude
      // A degree of longitude is some 0.6 of one of latitude here.
      let east = 0.6 * (place.longitude - anchor.longitude)
      let weight = 1 / max(north * north + east * east, 1e-6)
      sum += weight * anchor.share
      weights += weight
    }
    return (sum / weights - overcastShare) / (londonShare - overcastShare)
  }
}
