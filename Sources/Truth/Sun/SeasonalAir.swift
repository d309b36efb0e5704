// The air where nobody stated it: a plain British year. It moves a yield by two or three per cent; nothing
// here is worth a weather file.

internal import Foundation

/// Air temperature through the year.
enum SeasonalAir {
  private static let meanTemperature = 10.5
  private static let seasonalSwing = 6.5
  private static let dailySwing = 3.5

  /// °C in the open: coldest near 25 January and 03:00, warmest half a year and half a day later (our
  /// assumption, after the averages of southern England).
  static func temperature(at seconds: Double, longitude: Double) -> Double {
    let days = seconds / 86_400
    let season = cos(2 * .pi * (days - 24.5) / 365.2425)
    let hour = cos(2 * .pi * (days + longitude / 360 - 0.125))
    return meanTemperature - seasonalSwing * season - dailySwing * hour
  }
}
