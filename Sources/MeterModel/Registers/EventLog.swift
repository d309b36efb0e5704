// The event logs of a smart meter: circular, a hundred entries each (GBCS 0-0:99.98.0, .1 and .4; use cases
// ECS35a, ECS35b and ECS35e). A meter that is not of that kind keeps one log of everything.

internal import Units

/// Which log an event goes into.
public enum EventLog: String, Hashable, Sendable, CaseIterable {
  /// What happened: the clock, the memory (SMETS2 "Event Log", 0-0:99.98.0).
  case events
  /// Who meddled (0-0:99.98.1).
  case security
  /// The supply and its voltage (0-0:99.98.4).
  case power
}

/// The logs of one meter.
struct EventBook {
  /// With its number, counted from the first event of the meter's life.
  private typealias Numbered = (number: Int, event: MeterEvent)

  private var rings: [Ring<Numbered>]
  private var count = 0

  /// How many entries each log keeps; events of a log of none go into `events`.
  init(_ capacity: [EventLog: Int]) {
    rings = EventLog.allCases.map { Ring(capacity: capacity[$0] ?? 0) }
  }

  mutating func note(_ event: MeterEvent) {
    count += 1
    rings[place(of: event.code.log)].append((count, event))
  }

  /// Oldest first; nil where the meter keeps no such log.
  func read(_ log: EventLog) -> [MeterEvent]? {
    let ring = rings[Self.index(log)]
    guard ring.capacity > 0 else { return nil }
    var found: [MeterEvent] = []
    ring.forEach { found.append($0.event) }
    return found
  }

  /// What all logs hold, in the order in which it was noted.
  var all: [MeterEvent] {
    var found: [Numbered] = []
    for ring in rings { ring.forEach { found.append($0) } }
    return found.sorted { $0.number < $1.number }.map(\.event)
  }

  /// Whether it keeps more than one log.
  var isSplit: Bool { rings.count { $0.capacity > 0 } > 1 }

  func capacity(_ log: EventLog) -> Int { rings[Self.index(log)].capacity }

  private func place(of log: EventLog) -> Int {
    rings[Self.index(log)].capacity > 0 ? Self.index(log) : Self.index(.events)
  }

  private static func index(_ log: EventLog) -> Int {
    switch log {
    case .events: 0
    case .security: 1
    case .power: 2
    }
  }
}

extension Meter {
  /// What it has noted of itself and still has, in all its logs, oldest first.
  public var events: [MeterEvent] { eventBook.all }

  /// One of its logs, oldest first; nil where it keeps no such log.
  public func events(in log: EventLog) -> [MeterEvent]? { eventBook.read(log) }

  /// Notes an event.
  func note(_ code: MeterEvent.Code, at stamp: Instant, phase: UInt8 = 0, detail: UInt32 = 0) {
    eventBook.note(MeterEvent(stamp: stamp, code: code, phase: phase, detail: detail))
  }

  /// Notes that its memory is bad.
  func noteMemoryError() { note(.memoryError, at: ownReading) }
}
