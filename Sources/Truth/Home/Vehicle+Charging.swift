// When a vehicle charges, and how much: one session for each London day, drawn by that day.

internal import Foundation
internal import Timeline
internal import Units

extension Vehicle {
  /// A stretch of charging at one power.
  struct Session {
    var start: Int64
    var end: Int64
    var milliwatts: Int64
  }

  /// Logarithmic standard deviation of a day's need.
  private static let spread = 0.6
  /// Hour of coming home and its standard deviation, of the London clock.
  private static let arrival = (mean: 18.0, deviation: 2.0)
  /// The random delay of GB smart chargers (Electric Vehicles (Smart Charge Points) Regulations 2021, reg.
  /// 11).
  private static let delay: ClosedRange<Int64> = 0...600
  /// The last part of a charge is taken at half the power (our assumption for the taper above 80 %).
  private static let taperedShare = 0.2

  /// The charging that begins in the evening of a London day.
  func sessions(of date: CivilDate, stream: RandomStream) -> [Session] {
    let index = UInt64(bitPattern: Int64(date.dayNumber))
    let need =
      Double(daily.value)
      * exp(
        Self.spread * CloudCover.gaussian(stream.stream("need"), index) - Self.spread * Self.spread / 2)
    let arrives =
      Self.arrival.mean + Self.arrival.deviation * CloudCover.gaussian(stream.stream("arrival"), index)
    let midnight = LondonClock.startOfDay(date).seconds
    let comes = midnight + Int64(arrives * 3600)
    let opens = chargesFrom.map { midnight + Int64($0) * 60 } ?? comes
    let start = max(comes, opens) + stream.stream("delay").whole(index, in: Self.delay)
    let full = Int64(need * (1 - Self.taperedShare) * 3.6e6 / Double(power.milliwatts))
    let tapered = Int64(need * Self.taperedShare * 3.6e6 / Double(power.milliwatts / 2))
    return [
      Session(start: start, end: start + full, milliwatts: power.milliwatts),
      Session(start: start + full, end: start + full + tapered, milliwatts: power.milliwatts / 2),
    ]
  }
}
