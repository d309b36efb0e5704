// What a home draws, as edges at whole seconds: a base that never sleeps, a fridge, a background of light and
// screens that follows the average home's day, and appliances that somebody switches on. Every draw is
// indexed by its day and event under the appliance's own stream, so leaving one out moves no other.

internal import Foundation
internal import Timeline
internal import Units

/// The load of one home over a London day at a time.
struct Household {
  /// A change of load at a second.
  struct Edge {
    var second: Int64
    var milliwatts: Int64
    var phase: Int
  }

  /// The use on which the appliance table rests.
  private static let referenceAnnual = 2_900_000.0
  private static let referenceBaseMilliwatts = 90_000.0
  private static let fridgeMilliwatts = 90_000.0
  private static let fridgeCycle: Int64 = 2700
  private static let fridgeOn: ClosedRange<Int64> = 880...1280
  private static let fridgeShare = 0.4
  /// Spread of days: logarithmic standard deviation.
  private static let daySpread = 0.25
  private static let backgroundStep: Int64 = 300
  private static let backgroundSpread = 0.27
  /// More use than this many times the table's means bigger appliances, not more runs.
  private static let mostRunsScale = 3.0

  private let stream: RandomStream
  private let load: HouseholdLoad
  private let weather: Weather
  private let appliances: [Appliance]
  private let starts: [[[Double]]]
  private let isThreePhase: Bool

  private let base: Int64
  private let fridge: Int64
  /// Mean mW of the background over a year.
  private let background: Double
  private let runsScale: Double
  private let powerScale: Double

  /// The window whose edges are at hand, in seconds since 1970, and the load at its start.
  private(set) var window: Range<Int64> = 0..<0
  private(set) var startLoad: (l1: Int64, l2: Int64, l3: Int64) = (0, 0, 0)
  private(set) var edges: [Edge] = []

  init(
    _ load: HouseholdLoad, supply: SiteDescription.Supply, weather: Weather = Weather(), stream: RandomStream
  ) {
    (self.load, self.weather, self.stream) = (load, weather, stream)
    isThreePhase = supply == .three
    let annual = Double(load.annual?.value ?? 0)
    let scale = annual / Self.referenceAnnual
    base = load.base?.milliwatts ?? Int64(Self.referenceBaseMilliwatts * scale)
    appliances = Appliance.all
    starts = appliances.map(Self.startShares)

    // What the base leaves is shared out in the proportions of the table.
    let events = appliances.reduce(0) { $0 + $1.meanWattSeconds * $1.runsPerDay * 365 / 3600 }
    let fridgeYear = Self.fridgeMilliwatts * Self.fridgeShare * 8.76
    let referenceRest = Self.referenceAnnual - Self.referenceBaseMilliwatts * 8.76
    let rest = load.annual == nil ? 0 : max(annual - Double(base) * 8.76, 0) / referenceRest
    fridge = Int64(Self.fridgeMilliwatts * rest)
    background = (referenceRest - events - fridgeYear) / 8.76 * rest
    runsScale = min(rest, Self.mostRunsScale)
    powerScale = rest > Self.mostRunsScale ? rest / Self.mostRunsScale : 1
  }

  /// Fetches the edges of the London day that contains a second.
  mutating func prepare(for second: Int64) {
    guard !window.contains(second) else { return }
    let date = LondonClock.date(at: Instant(seconds: second))
    let start = LondonClock.startOfDay(date).seconds
    window = start..<LondonClock.startOfDay(date.advanced(byDays: 1)).seconds
    edges.removeAll(keepingCapacity: true)
    addBackground(date)
    addFridge()
    for number in appliances.indices {
      addRuns(of: number, on: date.advanced(byDays: -1))
      addRuns(of: number, on: date)
    }
    addVehicle(date)
    addHeatPump()
    edges.sort { ($0.second, $0.phase, $0.milliwatts) < ($1.second, $1.phase, $1.milliwatts) }
    startLoad = (base, 0, 0)
  }

  private mutating func add(_ milliwatts: Int64, at second: Int64, phase: Int) {
    guard second < window.upperBound, milliwatts != 0 else { return }
    edges.append(
      Edge(
        second: max(second, window.lowerBound), milliwatts: milliwatts, phase: isThreePhase ? phase : 0))
  }

  /// How busy a London day is against the mean day: season and weekday by the average profile, and a draw of
  /// its own.
  private func dayFactor(_ date: CivilDate) -> Double {
    let draw = CloudCover.gaussian(
      stream.stream("day"), UInt64(bitPattern: Int64(date.dayNumber)))
    let own = exp(Self.daySpread * draw - Self.daySpread * Self.daySpread / 2)
    return own * ClassOneShape.relativeActivity[ClassOneShape.kind(of: date)]
  }

  private mutating func addBackground(_ date: CivilDate) {
    guard background > 0 else { return }
    let kind = ClassOneShape.kind(of: date)
    let unit = background * dayFactor(date) * 48 / ClassOneShape.activity(kind: kind)
    let noise = stream.stream("background")
    var before: Int64 = 0
    for second in stride(from: window.lowerBound, to: window.upperBound, by: Int(Self.backgroundStep)) {
      let halfHour = LondonClock.minuteOfDay(at: Instant(seconds: second)) / 30
      let draw = CloudCover.gaussian(noise, UInt64(bitPattern: second / Self.backgroundStep))
      let busy = ClassOneShape.activity(kind: kind, halfHour: halfHour) * (1 + Self.backgroundSpread * draw)
      let level = load.isVacant(at: second) ? 0 : Int64(unit * busy)
      add(level - before, at: second, phase: 0)
      before = level
    }
  }

  private mutating func addFridge() {
    guard fridge > 0 else { return }
    let cycles = stream.stream("fridge")
    let first = floorDivide(window.lowerBound, Self.fridgeCycle) - 1
    for cycle in first...floorDivide(window.upperBound, Self.fridgeCycle) {
      let draw = UInt64(bitPattern: cycle) &* 2
      let start = cycle * Self.fridgeCycle + cycles.whole(draw, in: 0...600)
      addRun(
        from: start, until: start + cycles.whole(draw + 1, in: Self.fridgeOn), milliwatts: fridge, phase: 0)
    }
  }

  /// Sessions of the day before may last into this one.
  private mutating func addVehicle(_ date: CivilDate) {
    guard let vehicle = load.vehicle else { return }
    for day in [date.advanced(byDays: -1), date] {
      for session in vehicle.sessions(of: day, stream: stream.stream("vehicle"))
      where session.start < window.upperBound && !load.isVacant(at: session.start) {
        addRun(from: session.start, until: session.end, milliwatts: session.milliwatts, phase: 0)
      }
    }
  }

  private mutating func addHeatPump() {
    guard let pump = load.heatPump else { return }
    let draws = stream.stream("heat pump")
    let first = floorDivide(window.lowerBound, HeatPump.cycle)
    for cycle in first...floorDivide(window.upperBound - 1, HeatPump.cycle) {
      let run = pump.run(cycle: cycle, weather: weather, longitude: 0, stream: draws)
      guard !run.isEmpty, !load.isVacant(at: run.lowerBound) else { continue }
      addRun(from: run.lowerBound, until: run.upperBound, milliwatts: pump.power.milliwatts, phase: 1)
    }
  }

  private mutating func addRun(from start: Int64, until end: Int64, milliwatts: Int64, phase: Int) {
    guard end > window.lowerBound else { return }
    add(milliwatts, at: start, phase: phase)
    add(-milliwatts, at: end, phase: phase)
  }

  private mutating func addRuns(of number: Int, on date: CivilDate) {
    let appliance = appliances[number]
    let draws = stream.stream(appliance.name)
    let mean = appliance.runsPerDay * runsScale * dayFactor(date)
    // Draw 0 of a day is its count; run n has draws 2n + 1 (when) and 2n + 2 (how long).
    let first = UInt64(bitPattern: Int64(date.dayNumber)) << 16
    let count = Self.poisson(mean: mean, draws.fraction(first))
    guard count > 0 else { return }
    let shares = starts[number][ClassOneShape.kind(of: date)]
    let runs = (0..<UInt64(count)).map { run in
      (
        start: Self.start(on: date, shares: shares, draws.fraction(first + 2 * run + 1)),
        length: draws.whole(first + 2 * run + 2, in: appliance.seconds)
      )
    }
    var free = Int64.min
    for run in runs.sorted(by: { ($0.start, $0.length) < ($1.start, $1.length) }) {
      let start = max(run.start, free)
      free = start + run.length + 60
      guard start + run.length > window.lowerBound, start < window.upperBound, !load.isVacant(at: start)
      else { continue }
      var before: Int64 = 0
      appliance.run(for: run.length) { at, watts in
        let level = Int64(Double(watts * 1000) * powerScale)
        add(level - before, at: start + at, phase: appliance.phase)
        before = level
      }
    }
  }

  /// The second at which a run begins: a half-hour of the clock by its share, then anywhere inside it.
  private static func start(on date: CivilDate, shares: [Double], _ fraction: Double) -> Int64 {
    var halfHour = 0
    while halfHour < 47, shares[halfHour] <= fraction { halfHour += 1 }
    let below = halfHour == 0 ? 0 : shares[halfHour - 1]
    let width = shares[halfHour] - below
    let inside = width > 0 ? min((fraction - below) / width, 0.9999) : 0
    let clock = Int64(halfHour) * 1800 + Int64(inside * 1800)
    let asUTC = Int64(date.dayNumber) * 86_400 + clock
    return asUTC - LondonClock.offset(at: Instant(seconds: asUTC - 3600)).microseconds / 1_000_000
  }

  /// Cumulative shares of starts by half-hour, for each kind of day.
  private static func startShares(of appliance: Appliance) -> [[Double]] {
    (0..<ClassOneShape.kinds).map { kind in
      var sum = 0.0
      let sums = (0..<48).map { halfHour in
        let weight = appliance.hours?[halfHour / 2] ?? 1
        sum += ClassOneShape.activity(kind: kind, halfHour: halfHour) * weight
        return sum
      }
      return sums.map { $0 / sum }
    }
  }

  /// A Poisson count from one even draw, by adding up probabilities; at most 1000.
  static func poisson(mean: Double, _ fraction: Double) -> Int {
    var probability = exp(-mean)
    var sum = probability
    var count = 0
    while fraction >= sum, count < 1000 {
      count += 1
      probability *= mean / Double(count)
      sum += probability
    }
    return count
  }
}
