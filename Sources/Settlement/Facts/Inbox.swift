// Everything that arrives, in order of arrival. Ties are broken by content, so that the order in which a
// caller lists reads and logs changes nothing.

internal import Units

struct Inbox {
  struct Mail {
    var reads: [Read] = []
    var logs: [LogRead] = []
    var events: [CaseEvent] = []
  }

  private let reads: [Read]
  private let logs: [LogRead]
  private let events: [CaseEvent]
  private var next = (read: 0, log: 0, event: 0)

  /// `one` in order of arrival.
  init(_ one: SettlementCase) { (reads, logs, events) = (one.reads, one.logs, one.events) }

  /// A case with everything listed in order of arrival.
  static func ordered(_ one: SettlementCase) -> SettlementCase {
    var ordered = one
    ordered.reads.sort(by: comesBefore)
    ordered.logs.sort(by: comesBefore)
    ordered.events = one.events.enumerated().sorted {
      ($0.element.received, $0.element.at, $0.offset) < ($1.element.received, $1.element.at, $1.offset)
    }.map(\.element)
    return ordered
  }

  /// What has arrived by an instant and was not handed out before.
  mutating func receive(through: Instant) -> Mail {
    Mail(
      reads: Self.take(reads, &next.read) { $0.received <= through },
      logs: Self.take(logs, &next.log) { $0.received <= through },
      events: Self.take(events, &next.event) { $0.received <= through })
  }

  private static func take<One>(_ all: [One], _ next: inout Int, _ arrived: (One) -> Bool) -> [One] {
    let start = next
    while next < all.count, arrived(all[next]) { next += 1 }
    return Array(all[start..<next])
  }

  private static func comesBefore(_ left: Read, _ right: Read) -> Bool {
    if left.received != right.received { return left.received < right.received }
    if left.at != right.at { return left.at < right.at }
    if left.serial != right.serial { return left.serial < right.serial }
    if left.register != right.register { return left.register.rawValue < right.register.rawValue }
    if left.source != right.source { return left.source.trust > right.source.trust }
    if left.resolution != right.resolution { return left.resolution < right.resolution }
    if left.value != right.value { return left.value < right.value }
    return left.cause.number < right.cause.number
  }

  private static func comesBefore(_ left: LogRead, _ right: LogRead) -> Bool {
    if left.received != right.received { return left.received < right.received }
    if left.serial != right.serial { return left.serial < right.serial }
    if left.register != right.register { return left.register.rawValue < right.register.rawValue }
    if left.resolution != right.resolution { return left.resolution < right.resolution }
    if left.entries.count != right.entries.count { return left.entries.count < right.entries.count }
    for (one, other) in zip(left.entries, right.entries) where one != other {
      if one.stamp != other.stamp { return one.stamp < other.stamp }
      if one.energy != other.energy { return one.energy < other.energy }
      if one.quality != other.quality { return one.quality.rawValue < other.quality.rawValue }
    }
    return left.cause.number < right.cause.number
  }
}
