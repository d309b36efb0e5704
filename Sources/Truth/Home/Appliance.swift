// The things in a home that are switched on for a while, as data. Powers and habits after the usual British
// ones; the numbers are our assumption, chosen so that a home of 2900 kWh a year (Ofgem's medium use,
// 2020–23) looks like one.

internal import Units

/// A thing that runs now and then.
struct Appliance {
  /// How it draws power while it runs.
  enum Pattern {
    case steady
    /// Full power first, then by turns on and off, s.
    case thermostat(warmUp: Int64, on: Int64, off: Int64)
    /// Full power for a first and a last part, and a motor's power between, s and W.
    case washing(heat: Int64, motorWatts: Int64)
  }

  /// Name of its random stream: renaming one moves its draws.
  let name: String
  let watts: Int64
  /// Shortest and longest run, s.
  let seconds: ClosedRange<Int64>
  /// Mean runs a day at 2900 kWh a year.
  let runsPerDay: Double
  let pattern: Pattern
  /// When it is used, as weights on the home's activity by clock hour; nil: whenever somebody is up.
  let hours: [Double]?
  /// Where it stands in a three-phase home: 0 for L1.
  let phase: Int

  private static func hours(_ favoured: [(Range<Int>, Double)], otherwise: Double) -> [Double] {
    (0..<24).map { hour in favoured.first { $0.0.contains(hour) }?.1 ?? otherwise }
  }

  static let all: [Appliance] = [
    Appliance(
      name: "kettle", watts: 2800, seconds: 100...230, runsPerDay: 5, pattern: .steady,
      hours: hours([(6..<10, 2)], otherwise: 1), phase: 0),
    Appliance(
      name: "microwave", watts: 1200, seconds: 60...420, runsPerDay: 1.6, pattern: .steady, hours: nil,
      phase: 1),
    Appliance(
      name: "oven", watts: 2200, seconds: 1500...3600, runsPerDay: 0.55,
      pattern: .thermostat(warmUp: 480, on: 40, off: 50),
      hours: hours([(16..<20, 4), (11..<14, 1)], otherwise: 0.1), phase: 1),
    Appliance(
      name: "washing machine", watts: 2000, seconds: 3600...5400, runsPerDay: 0.55,
      pattern: .washing(heat: 900, motorWatts: 180), hours: hours([(8..<18, 1.5)], otherwise: 0.5), phase: 2),
    Appliance(
      name: "dishwasher", watts: 1900, seconds: 4500...6300, runsPerDay: 0.4,
      pattern: .washing(heat: 840, motorWatts: 70), hours: hours([(19..<23, 3)], otherwise: 0.5), phase: 2),
    Appliance(
      name: "shower", watts: 8500, seconds: 240...540, runsPerDay: 0.5, pattern: .steady,
      hours: hours([(6..<9, 4), (20..<23, 1)], otherwise: 0.2), phase: 2),
    Appliance(
      name: "vacuum cleaner", watts: 900, seconds: 600...1500, runsPerDay: 0.25, pattern: .steady,
      hours: hours([(9..<18, 1)], otherwise: 0.05), phase: 0),
  ]

  /// Calls `switchTo` with each second after the start at which the power changes, and the new power in W.
  func run(for seconds: Int64, switchTo: (Int64, Int64) -> Void) {
    switch pattern {
    case .steady:
      switchTo(0, watts)
    case .thermostat(let warmUp, let on, let off):
      switchTo(0, watts)
      var at = min(warmUp, seconds)
      while at < seconds {
        switchTo(at, 0)
        guard at + off < seconds else { break }
        switchTo(at + off, watts)
        at += off + on
      }
    case .washing(let heat, let motorWatts):
      switchTo(0, motorWatts)
      switchTo(300, watts)
      switchTo(300 + heat, motorWatts)
    }
    switchTo(seconds, 0)
  }

  /// Mean energy of a run in W·s, over all lengths of run.
  var meanWattSeconds: Double {
    var sum: Int64 = 0
    for length in seconds {
      var (power, since): (Int64, Int64) = (0, 0)
      run(for: length) { at, watts in
        sum += power * (at - since)
        (power, since) = (watts, at)
      }
    }
    return Double(sum) / Double(seconds.count)
  }
}
