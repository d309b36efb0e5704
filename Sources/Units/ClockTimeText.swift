// A time of every day: "00:10Z" by UTC, "16:00" by the London clock (tariff windows, R-TAR-05).

/// A time of day, with the clock it is read on.
public struct ClockTime: Hashable, Sendable, CustomStringConvertible {
  public enum Zone: Hashable, Sendable { case utc, london }

  /// Minutes since midnight, 0 … 1440; 1440 is the midnight that ends the day.
  public var minuteOfDay: Int
  public var zone: Zone

  public init(minuteOfDay: Int, zone: Zone) { (self.minuteOfDay, self.zone) = (minuteOfDay, zone) }

  /// Parses "00:10Z" (UTC) or "16:00" (London); "24:00" ends a day.
  public init(parsing text: some StringProtocol) throws(UnitsError) {
    var scanner = TextScanner(text)
    if scanner.take("24:00") {
      minuteOfDay = 1440
    } else {
      let start = scanner.at
      let time = try TimeSpan(timeOfDay: &scanner)
      guard time.microseconds % 60_000_000 == 0 else {
        throw scanner.failure(start..<scanner.at, "a time of day is on a whole minute")
      }
      minuteOfDay = Int(time.microseconds / 60_000_000)
    }
    zone = scanner.take("Z") ? .utc : .london
    try scanner.expectEnd("a time of day ends here: 00:10Z by UTC, 16:00 by the London clock")
  }

  public var description: String {
    "\(padded(minuteOfDay / 60, 2)):\(padded(minuteOfDay % 60, 2))\(zone == .utc ? "Z" : "")"
  }
}
