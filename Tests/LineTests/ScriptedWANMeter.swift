// A smart meter for tests: a register that shows the hour of its being read, and a log of half-hours.

import Line
import Timeline
import Units

final class ScriptedWANMeter: WANMeter {
  private(set) var asked: [(service: WANService, at: Instant)] = []
  var hasExport = true

  /// Register: Wh = seconds since the epoch. Half-hours and snapshots: an entry for every stamp of the
  /// window, of as many Wh as its number since the epoch. Windows are inclusive at both ends.
  func answer(_ service: WANService, at instant: Instant) -> [LogRead.Entry]? {
    asked.append((service, instant))
    guard hasExport || service.register != .export else { return nil }
    switch service {
    case .register: return [LogRead.Entry(stamp: instant, energy: WattHours(instant.seconds))]
    case .halfHours(_, let from, let through): return entries(from, through, every: 1800)
    case .dailySnapshots(_, let from, let through): return entries(from, through, every: 86_400)
    case .order: return nil
    }
  }

  /// Says the order back.
  func carryOut(_ order: WANOrder, at instant: Instant) -> [String]? { ["\(order)"] }
  var isThere = true

  private func entries(_ from: Instant, _ through: Instant, every seconds: Int64) -> [LogRead.Entry] {
    stride(from: (from.seconds + seconds - 1) / seconds, through: through.seconds / seconds, by: 1).map {
      LogRead.Entry(stamp: Instant(seconds: $0 * seconds), energy: WattHours($0))
    }
  }
}

/// A link in a world of its own, with every message and step noted.
final class WANBench {
  let world = ClockWorld(at: .epoch)
  let meter = ScriptedWANMeter()
  let link: WANLink
  private(set) var messages: [(at: Instant, message: WANMessage)] = []
  private(set) var sights: [WANSight] = []

  init(_ settings: WANSettings = WANSettings(), seed: UInt64 = 1) {
    link = WANLink(settings: settings, meter: meter, world: world, stream: RandomStream(seed: seed))
    link.receiver = { [unowned self] in messages.append((world.now, $0)) }
    link.onSight = { [unowned self] in sights.append($0) }
  }

  func send(_ id: UInt64, _ service: WANService, as role: WANRole = .exportSupplier) {
    link.send(WANRequest(id: id, service: service, role: role))
  }

  /// Instants in seconds of the answers to a request, with how many entries each holds.
  func answers(to id: UInt64) -> [[Int64]] {
    messages.compactMap { at, message in
      guard case .answer(let answer) = message, answer.requestID == id else { return nil }
      return [at.seconds, Int64(answer.outcome.entries.count)]
    }
  }

  func outcome(of id: UInt64) -> WANOutcome? {
    for case (_, .answer(let answer)) in messages where answer.requestID == id { return answer.outcome }
    return nil
  }
}
