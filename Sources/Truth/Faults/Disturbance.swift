// What the faults that hold now do to a site, summed up. Limits take the least, shares multiply, powers add:
// whatever order the faults came in, the sum is the same.

internal import Timeline
internal import Units

/// The sum of a site's faults.
struct Disturbance {
  /// A share of some generators that is lost.
  struct Outage: Hashable {
    /// Counted from 1 in the site's order; 0: all.
    var generator: Int
    var perCent: Int64
    /// ms after sunrise until which it is lost; nil: all the time.
    var untilAfterSunrise: Int64?
  }

  /// What stands before the sun where nothing stood.
  struct Shade: Hashable {
    /// Degrees clockwise from north, and how far on.
    var from: Double
    var width: Double
    /// Degrees above the horizontal.
    var height: Double

    func hides(_ sun: SolarPosition) -> Bool {
      let azimuth = sun.azimuth / SolarPosition.degree
      let into = azimuth < from ? azimuth + 360 - from : azimuth - from
      return into < width && 90 - sun.apparentZenith / SolarPosition.degree < height
    }
  }

  /// A generator that nobody declared.
  struct Visitor: Hashable {
    var milliwatts: Int64
    /// Minutes of the London day.
    var from: Int
    var minutes: Int
    /// Minutes that it runs and rests.
    var run: Int
    var pause: Int

    func milliwatts(atMinuteOfDay minute: Int) -> Int64 {
      let into = (minute - from + 1440) % 1440
      return into < minutes && into % (run + pause) < run ? milliwatts : 0
    }
  }

  var exportLimit = Int64.max
  var inverterLimit = Int64.max
  /// Seconds of ramp, and until holding back begins.
  var ramp: Int64 = 0
  var overshoot: Int64 = 0
  /// mW that get past the limit.
  var excess: Int64 = 0
  var snow: [Weather.Snow] = []
  var dirt: [SolarPlant.Soiling] = []
  var shades: [Shade] = []
  var outages: [Outage] = []
  /// Modules and inverters of what is declared, in per cent.
  var capacityPerCent: Int64 = 100
  var trips: [TripPlan.Habit] = []
  /// V to which the network rises while the sun is high; 0: it does not.
  var networkVolts = 0.0
  var visitors: [Visitor] = []
  /// mW by phase that others draw here.
  var load: (l1: Int64, l2: Int64, l3: Int64) = (0, 0, 0)
  var stores: [StorageUnit] = []
  /// No supply at all; no generation.
  var isCutOff = false
  var isCurtailed = false
  /// What follows when the supply is back: mW that fall to nothing within ms,
  /// and ms until generation is back.
  var inrush = (milliwatts: Int64(0), milliseconds: Int64(0))

  /// The share of the light that dirt leaves at a second.
  func light(at second: Double) -> Double { dirt.reduce(1) { $0 * (1 - $1.lost(at: second)) } }

  /// The per cent of a generator's output that outages leave; `sunrise` in seconds, where there is one.
  func share(ofGenerator number: Int, at second: Int64, sunrise: Int64?) -> Int64 {
    outages.reduce(100) { left, outage in
      guard outage.generator == 0 || outage.generator == number else { return left }
      if let dry = outage.untilAfterSunrise {
        guard let sunrise, second < sunrise + dry / 1000 else { return left }
      }
      return left * (100 - outage.perCent) / 100
    }
  }
}
