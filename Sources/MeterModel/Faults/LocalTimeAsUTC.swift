// CK-04. The meter's clock, or the program that sends its data, keeps the time on the wall and calls it UTC. In winter
// nobody sees it; from March to October every stamp is an hour late, and solar noon comes at 13:00.

internal import Units

/// Stamps of the log are London's time, called UTC.
struct LocalTimeAsUTC: MeterFault {
  static let declaration = FaultDeclaration(
    id: "CK-04", title: "Local time sent as UTC", layer: .clock,
    symptoms: "every half-hour an hour late from March to October",
    caughtBy: ["R-VAL-09", "R-VAL-13"])
  static let kinds: [Profile.Kind] = [.electronic, .smets1, .modbus]

  init(_ values: FaultValues) {}

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    profile.clock == nil ? "it keeps no time" : nil
  }

  func clock(_ reading: Instant) -> Instant { reading + LondonClock.offset(at: reading) }

  func asked(_ stamp: Instant) -> Instant {
    // A wall clock says some hour of October twice, and none of one in March: the first that fits is taken.
    let summer = stamp - .hours(1)
    return LondonClock.offset(at: summer) == .hours(1) ? summer : stamp
  }

  func spoil(_ entries: [LogRead.Entry], of role: RegisterRole, in meter: Meter) -> [LogRead.Entry] {
    entries.map { entry in
      var late = entry
      late.stamp = clock(entry.stamp)
      return late
    }
  }
}
