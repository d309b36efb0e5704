// The load profile's text: a header at the beginning and at every discontinuity, then a row for each interval
// (the VDEW convention for P.01).

internal import Units

/// The bits of an interval's status.
enum ProfileStatus {
  static let powerFailed: UInt8 = 0x80
  static let powerReturned: UInt8 = 0x40
  static let clockAdjusted: UInt8 = 0x20
  static let reset: UInt8 = 0x10
  static let seasonChanged: UInt8 = 0x08
  static let disturbed: UInt8 = 0x04
  static let reserveExhausted: UInt8 = 0x02
  static let fatal: UInt8 = 0x01
}

extension OpticalAnswering {
  /// The answer to `P.01(start;end)`; nil where the argument is no such range.
  func profileText(_ profile: OpticalProfile, _ argument: String, at instant: Instant) -> String? {
    guard let range = range(argument, at: instant) else { return nil }
    let text =
      switch profile.content {
      case .events: eventText(profile, range)
      case .halfHours(let columns): rowText(profile, columns, range)
      }
    return text.isEmpty ? "\(profile.address)(ERROR)" : text
  }

  /// `start;end`, either may be empty; nothing at all means everything.
  private func range(_ argument: String, at instant: Instant) -> ClosedRange<Instant>? {
    let parts = argument.split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false).map(
      String.init)
    let now = meter.told(meter.clock(at: instant))
    guard let from = bound(parts.first ?? "", otherwise: .epoch, now: now),
      let through = bound(parts.count > 1 ? parts[1] : "", otherwise: .distantFuture, now: now)
    else { return nil }
    return from <= through ? from...through : nil
  }

  private static let bounds = ["SYYMMDDhhmm", "YYMMDDhhmm", "SYYMMDDhhmmss", "YYMMDDhhmmss"]

  private func bound(_ text: String, otherwise usual: Instant, now: Instant) -> Instant? {
    guard !text.isEmpty else { return usual }
    let pattern = Self.bounds.first { $0.count == text.utf8.count }
    return pattern.flatMap { OpticalClockPattern($0).instant(of: text, now: now, zone: zone) }
  }

  /// All roles are logged at the same moments, so rows align at their newest ends though one log reaches
  /// further back.
  private func rowText(
    _ profile: OpticalProfile, _ columns: [OpticalProfile.Column], _ range: ClosedRange<Instant>
  ) -> String {
    let logs = columns.map { meter.readLog($0.role, from: range.lowerBound, through: range.upperBound) }
    let count = logs.map(\.count).min() ?? 0
    let rows = logs.map { $0.suffix(count) }
    guard let stamps = rows.first?.map(\.stamp) else { return "" }
    let heading = columns.map { "(\($0.address))(\($0.form.unit))" }.joined()
    var text = ""
    var last: (stamp: Instant, season: Int)?
    for (index, stamp) in stamps.enumerated() {
      let shown = profile.mark == .end ? stamp : stamp - HalfHour.length
      let time = OpticalTime(shown, zone: zone)
      let status = Self.status(stamp, time.season, after: last)
      if let status {
        text += "\(profile.address)(\(profile.stamp.text(of: time)))(\(Self.hexadecimal(status)))(30)"
        text += "(\(columns.count))\(heading)\r\n"
      }
      for (column, row) in zip(columns, rows) {
        text += "(\(column.number(row[row.startIndex + index].energy)))"
      }
      text += "\r\n"
      last = (stamp, time.season)
    }
    return text
  }

  /// Nil where an interval follows the one before it.
  private static func status(_ stamp: Instant, _ season: Int, after last: (stamp: Instant, season: Int)?)
    -> UInt8?
  {
    guard let last else { return 0 }
    if stamp != last.stamp + HalfHour.length { return ProfileStatus.clockAdjusted }
    return season == last.season ? nil : ProfileStatus.seasonChanged
  }

  private func eventText(_ profile: OpticalProfile, _ range: ClosedRange<Instant>) -> String {
    events.filter { range.contains(meter.told($0.stamp)) }.map { event in
      let stamp = profile.stamp.text(of: OpticalTime(meter.told(event.stamp), zone: zone))
      return "\(profile.address)(\(stamp))(\(Self.hexadecimal(event.status)))()(0)\r\n"
    }.joined()
  }

  private static func hexadecimal(_ bits: UInt8) -> String {
    OpticalNumberForm(digits: 2).hexadecimal(UInt64(bits))
  }
}

extension OpticalProfile.Column {
  /// A row's number; half-hours make a mean power of twice their energy.
  fileprivate func number(_ energy: WattHours) -> String {
    form.number(Int128(energy.value) * (shows == .power ? 2 : 1))
  }
}
