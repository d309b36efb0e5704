// When a heat pump runs: cycles of forty minutes, on for the share of each that the cold asks for.

internal import Timeline
internal import Units

extension HeatPump {
  /// 20…60 minutes are usual.
  static let cycle: Int64 = 2400
  private static let freezing = 273.15
  /// °C outdoors below which frost is thawed off the coil, and what that takes more.
  private static let frost = (below: 5.0, factor: 1.08)

  /// Heat out for each unit of electricity in.
  func performance(outdoors: Double) -> Double {
    let lift = max(flowTemperature - outdoors, 5)
    return min(share * (flowTemperature + Self.freezing) / lift, 8)
  }

  /// The part of a cycle (counted from 1970) in which it runs; empty where nothing is asked for.
  func run(cycle: Int64, weather: Weather, longitude: Double, stream: RandomStream) -> Range<Int64> {
    let from = cycle * Self.cycle
    let outdoors = weather.airTemperature(at: Double(from), longitude: longitude)
    let heat = max(baseTemperature - outdoors, 0) * heatLoss + hotWater * 1000 / 24
    var electric = heat / performance(outdoors: outdoors)
    if outdoors < Self.frost.below { electric *= Self.frost.factor }
    let length = min(Int64(electric / (Double(power.milliwatts) / 1000) * Double(Self.cycle)), Self.cycle)
    let start = from + stream.whole(UInt64(bitPattern: cycle), in: 0...max(Self.cycle - length, 0))
    return start..<start + length
  }
}
