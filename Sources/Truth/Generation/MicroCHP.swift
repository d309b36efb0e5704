// A boiler that makes electricity with its heat. It is led by the heat: it runs when the house is cold, so
// mostly in winter, in the morning and evening; a fuel cell runs on through the day.

internal import Foundation
internal import Timeline
internal import Units

/// A micro combined heat and power unit.
public struct MicroCHP: Hashable, Sendable {
  public enum Engine: String, Hashable, Sendable, CaseIterable {
    /// Runs of an hour and more by the demand for heat.
    case stirling
    /// Base load all day but for service.
    case fuelCell = "fuel-cell"
  }

  public var engine = Engine.stirling
  /// Thermal output for each watt of electricity: about 6 for a Stirling engine.
  public var heatToPower = 6.0
  /// Heat that the house loses, W for each kelvin below `base`.
  public var heatLoss = 290.0
  /// °C outdoors above which the house needs no heating.
  public var baseTemperature = 15.5
  /// Hot water through the year, kWh of heat a day.
  public var hotWater = 8.0
  /// W drawn for five minutes while the engine starts.
  public var startDraw = 200.0

  public init() {}
}

/// Runs of one London day, and what they make.
struct CHPGeneration {
  private static let leastRun: Int64 = 3600
  private static let leastPause: Int64 = 1200
  private static let starting: Int64 = 300
  /// Heat is asked for in the morning and from late afternoon on: seconds of the London day and shares.
  private static let demand: [(from: Int64, until: Int64, share: Double)] = [
    (5 * 3600 + 1800, 10 * 3600, 0.4), (15 * 3600 + 1800, 23 * 3600, 0.6),
  ]

  private let unit: MicroCHP
  private let ratedMilliwatts: Double
  private let weather: Weather
  private let draws: RandomStream
  private var day = Int.min
  private var runs: [Range<Int64>] = []

  init(_ unit: MicroCHP, rated: Double, weather: Weather, stream: RandomStream) {
    (self.unit, ratedMilliwatts, self.weather) = (unit, rated, weather)
    draws = stream.stream("runs")
  }

  /// mW; negative is what it draws to start.
  mutating func milliwatts(at second: Int64) -> Int64 {
    if unit.engine == .fuelCell { return Int64(ratedMilliwatts) }
    let date = LondonClock.date(at: Instant(seconds: second))
    if date.dayNumber != day { plan(date) }
    guard let run = runs.first(where: { $0.contains(second) }) else { return 0 }
    if second < run.lowerBound + Self.starting { return -Int64(unit.startDraw * 1000) }
    return Int64(ratedMilliwatts)
  }

  /// Each window of the day gets one run, as long as its share of the day's heat takes.
  private mutating func plan(_ date: CivilDate) {
    day = date.dayNumber
    runs = []
    let start = LondonClock.startOfDay(date).seconds
    let noon = Double(start + 43_200)
    let cold = max(unit.baseTemperature - weather.airTemperature(at: noon, longitude: 0), 0)
    let heat = cold * unit.heatLoss * 86_400 + unit.hotWater * 3.6e6
    let heatWatts = max(ratedMilliwatts / 1000 * unit.heatToPower, 1)
    for (number, window) in Self.demand.enumerated() {
      let length = Int64(heat * window.share / heatWatts) + Self.starting
      let index = UInt64(bitPattern: Int64(date.dayNumber)) &* 2 &+ UInt64(number)
      guard length >= Self.leastRun || draws.fraction(index) < Double(length) / Double(Self.leastRun) else {
        continue
      }
      let from = start + window.from + draws.whole(index &+ 0x1_0000_0000, in: -1200...1200)
      let until = min(from + max(length, Self.leastRun), start + window.until + Self.leastPause)
      runs.append(max(from, start)..<until)
    }
  }
}
