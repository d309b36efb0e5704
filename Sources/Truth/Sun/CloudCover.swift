// Seeded British clouds: a clear-sky index (how much of the clear sky's light arrives) at any second, by the
// plan of Bright et al. 2015 and Munkhammar & Widén 2018 made cheap. Day types by season; within a day sun
// and cloud take turns for lengths drawn from bounded power laws; each cloud has its own depth; slow noise on
// top.
//
// Every draw is indexed by its day, spell or noise node, so any second can be asked for without living
// through the ones before. Day types are drawn by rank within each month, so that it has its share of each
// type: real years vary by some 4 per cent, and a test harness wants a typical one.

internal import Foundation
internal import Timeline
internal import Units

/// The clouds over one site; asked forwards in time it draws each day once.
struct CloudCover {
  /// What kind of day it is.
  enum DayType: Int, CaseIterable { case clear, mixed, overcast }

  /// How a day type behaves. Durations in minutes: scale of the power law for sun and for cloud.
  private struct Character {
    var sunScale: Double
    var cloudScale: Double
    var leastDepth: Double
    var mostDepth: Double
    var depthExponent: Double
    var edgeBoost: Double
  }

  /// Mean sun shares 0.95, 0.50 and 0.05; mean index behind cloud 0.42, and 0.22 on overcast days. Calibrated
  /// so that a year of 35° south in London yields 985 kWh/kWp.
  private static let characters: [Character] = [
    Character(
      sunScale: 9.5, cloudScale: 0.5, leastDepth: 0.25, mostDepth: 0.75, depthExponent: 1, edgeBoost: 0),
    Character(
      sunScale: 3, cloudScale: 2.4, leastDepth: 0.12, mostDepth: 0.75, depthExponent: 0.9, edgeBoost: 0.08),
    Character(
      sunScale: 0.25, cloudScale: 5, leastDepth: 0.08, mostDepth: 0.68, depthExponent: 2.0, edgeBoost: 0),
  ]
  /// Shares of clear and of mixed days from January to December; the rest are overcast. Calibrated so that
  /// each month has its share of a home's year by PVGIS (30° at 35° east of south, England).
  private static let shares: [(clear: Double, mixed: Double)] = [
    (0.138, 0.341), (0.157, 0.412), (0.161, 0.454), (0.174, 0.525),
    (0.156, 0.496), (0.140, 0.456), (0.137, 0.441), (0.138, 0.426),
    (0.157, 0.457), (0.140, 0.378), (0.182, 0.459), (0.206, 0.500),
  ]
  /// Clear-sky index with the sun out.
  private static let sunIndex = 1.02
  /// A passing edge takes this long to cross the modules, s.
  private static let edgeSeconds = 8.0

  private let brightness: Double
  private let dayStream: RandomStream
  private let spellStream: RandomStream
  private let slowNoise: RandomStream
  private let fastNoise: RandomStream

  /// A spell of sun or cloud within the day drawn last.
  private struct Spell {
    var end: Double
    var index: Double
    var isSun: Bool
  }
  private var day = Int.min
  private var spells: [Spell] = []
  private var spell = 0
  private var character = characters[0]

  /// The clouds of a weather that has any; `stream` is the sun's.
  static func over(
    _ weather: Weather, at place: SiteDescription.Place, stream: RandomStream
  ) -> CloudCover? {
    guard weather.sky == .clouds else { return nil }
    return CloudCover(
      brightness: Brightness.ofClearAndMixedDays(at: place), stream: stream.stream("clouds"))
  }

  /// `brightness`: how often days are clear or mixed, against London.
  init(brightness: Double = 1, stream: RandomStream) {
    self.brightness = brightness
    dayStream = stream.stream("day")
    spellStream = stream.stream("spell")
    slowNoise = stream.stream("slow")
    fastNoise = stream.stream("fast")
  }

  /// The clear-sky index at a second since 1970, about 0.05…1.3.
  mutating func index(at second: Int64) -> Double {
    let today = Int(floorDivide(second, 86_400))
    if today != day { draw(today) }
    let at = Double(second - Int64(today) * 86_400)
    if spell > 0, spells[spell - 1].end > at { spell = 0 }
    while spells[spell].end <= at { spell += 1 }
    let now = spells[spell]
    let noise =
      0.045 * Self.noise(slowNoise, at: second, step: 120) + 0.02
      * Self.noise(fastNoise, at: second, step: 20)
    var index = now.index
    if spell > 0 {
      let before = spells[spell - 1]
      let passed = at - before.end
      if passed < Self.edgeSeconds {
        index = before.index + (now.index - before.index) * passed / Self.edgeSeconds
      } else if now.isSun, passed < 40 {
        index += character.edgeBoost
      }
    }
    return max(index + noise * min(index + 0.2, 1), 0.03)
  }

  /// The kind of a UTC day counted from 1970.
  func dayType(of day: Int) -> DayType {
    let date = CivilDate(dayNumber: day)
    let first = day - (date.day - 1)
    let length = CivilDate.days(inMonth: date.month, of: date.year)
    let mine = unsettledness(of: day)
    var rank = 0
    for other in first..<first + length where other != day {
      let theirs = unsettledness(of: other)
      if theirs < mine || (theirs == mine && other < day) { rank += 1 }
    }
    let quantile = (Double(rank) + dayStream.fraction(UInt64(bitPattern: Int64(day)))) / Double(length)
    let (clear, mixed) = Self.shares[date.month - 1]
    let scaled = quantile / brightness
    return scaled < clear ? .clear : scaled < clear + mixed ? .mixed : .overcast
  }

  /// Smooth over days, so that kinds of days come in runs.
  private func unsettledness(of day: Int) -> Double {
    let settled = dayStream.stream("settled")
    let slow = Self.noise(settled, at: Int64(day), step: 3)
    return slow + 0.5 * Self.gaussian(settled.stream("own"), UInt64(bitPattern: Int64(day)))
  }

  private mutating func draw(_ today: Int) {
    (day, spell) = (today, 0)
    let type = dayType(of: today)
    character = Self.characters[type.rawValue]
    spells.removeAll(keepingCapacity: true)
    let base = UInt64(bitPattern: Int64(today)) << 16
    var isSun = spellStream.fraction(base) < 0.5
    var at = 0.0
    var ordinal: UInt64 = 1
    while at < 86_400 {
      let minutes = Self.duration(spellStream.fraction(base + ordinal))
      let depth = spellStream.fraction(base + ordinal + 1)
      ordinal += 2
      at += (60 * minutes * (isSun ? character.sunScale : character.cloudScale)).rounded() + 1
      let cloud =
        character.leastDepth
        + (character.mostDepth - character.leastDepth) * pow(depth, character.depthExponent)
      spells.append(Spell(end: at, index: isSun ? Self.sunIndex : cloud, isSun: isSun))
      isSun.toggle()
    }
  }

  /// Minutes from a power law of exponent −1.7 between 1 and 120, mean 7.75.
  private static func duration(_ fraction: Double) -> Double {
    pow(1 - fraction * (1 - pow(120, -0.7)), -1 / 0.7)
  }

  /// Gaussian draws at nodes `step` apart with straight lines between.
  private static func noise(_ stream: RandomStream, at: Int64, step: Int64) -> Double {
    let node = floorDivide(at, step)
    let part = Double(at - node * step) / Double(step)
    let left = gaussian(stream, UInt64(bitPattern: node))
    let right = gaussian(stream, UInt64(bitPattern: node + 1))
    return left + (right - left) * part
  }

  /// A near-normal draw within ±3.5: four 16-bit parts of one draw, summed.
  static func gaussian(_ stream: RandomStream, _ index: UInt64) -> Double {
    let bits = stream.bits(index)
    let sum = (bits & 0xffff) + ((bits >> 16) & 0xffff) + ((bits >> 32) & 0xffff) + (bits >> 48)
    return (Double(sum) / 65_535 - 2) * 1.7320508075688772
  }
}
