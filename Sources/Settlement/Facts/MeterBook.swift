// Which meters belong to the agreement, as far as the settlement party has been told (R-READ-10).

internal import Units

/// The meters by serial number, in the order in which they became known.
struct MeterBook {
  private(set) var meters: [MeterDetails]
  private(set) var exchanges: [Exchange] = []

  /// One meter made way for another.
  struct Exchange: Hashable {
    var at: Instant
    var old: String
    var new: String
  }

  init(_ meters: [MeterDetails]) { self.meters = meters }

  subscript(serial: String) -> MeterDetails? { meters.first { $0.serial == serial } }

  func number(of serial: String) -> Int? { meters.firstIndex { $0.serial == serial } }

  mutating func exchange(at: Instant, old: String, new: MeterDetails) {
    exchanges.append(Exchange(at: at, old: old, new: new.serial))
    if self[new.serial] == nil { meters.append(new) }
  }

  /// True where two meters share a half-hour, so that their parts of it add up.
  func exchanged(in halfHour: HalfHour) -> Bool {
    exchanges.contains { $0.at > halfHour.start && $0.at < halfHour.end }
  }
}
