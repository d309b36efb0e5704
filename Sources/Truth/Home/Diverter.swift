// A diverter: what would leave the site heats water instead. It counts export into a bucket of energy and
// fires an immersion heater in whole bursts while the bucket is more than half full, so that over a few
// seconds nothing crosses the boundary, and within them import and export take turns. What a meter makes of
// that is a matter of its netting, not of physics. Bucket of 1 Wh and heater of 3 kW as such devices are sold
// in Great Britain; length of a burst and energy that a tank takes in a day are our assumption.

public import Units

/// A diverter and its heater, as a scenario states them.
public struct Diverter: Hashable, Sendable {
  /// Power of the heater, 100 W…10 kW.
  public var power = Power(watts: 3000)
  /// Most that the bucket holds, 1…10 Wh.
  public var bucket = WattHours(1)
  /// Length of a burst or pause, 20…1000 ms in whole mains cycles.
  public var cycle: Int64 = 100
  /// What the tank takes in a London day before its thermostat opens.
  public var daily = WattHours(6000)

  public init() {}
}

/// A diverter at work; moves forward only.
struct DiverterControl {
  private let power: Int64
  private let bucket: Int64
  private let cycle: Int64
  private let daily: Int64

  /// mW·ms that left and have not been drawn again.
  private var level: Int64 = 0
  private var isFiring = false
  private var decided = Int64.min
  private var given: Int64 = 0
  private var minuteOfDay = 0

  init(_ diverter: Diverter) {
    power = diverter.power.milliwatts
    bucket = diverter.bucket.value * FineEnergy.perWattHour
    cycle = diverter.cycle
    daily = diverter.daily.value * FineEnergy.perWattHour
  }

  /// The tank takes its share again at London's midnight.
  mutating func begin(minuteOfDay minute: Int) {
    // An hour back in October is no midnight.
    if minuteOfDay - minute > 720 { given = 0 }
    minuteOfDay = minute
  }

  /// mW that it would take of a surplus.
  func appetite(for surplus: Int64) -> Int64 { given < daily ? min(max(surplus, 0), power) : 0 }

  /// Where the burst or pause under way ends, in ms.
  func end(after milliseconds: Int64) -> Int64 {
    milliseconds - floorModulo(milliseconds, cycle) + cycle
  }

  /// mW drawn over a stretch within one burst or pause, while `boundary` flows without it (import positive).
  mutating func fire(from start: Int64, until end: Int64, boundary: Int64) -> Int64 {
    let number = floorDivide(start, cycle)
    if number != decided {
      decided = number
      isFiring = 2 * level >= bucket && given < daily
    }
    let drawn = isFiring ? power : 0
    level = min(max(level - (boundary + drawn) * (end - start), 0), bucket)
    given += drawn * (end - start)
    return drawn
  }
}
