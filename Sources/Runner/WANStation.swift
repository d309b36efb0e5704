// A smart meter's end of the WAN: its links to those who read it, and the meter behind them, brought up to the
// instant before it answers.

internal import HeadEnd
internal import Line
internal import MeterModel
internal import Timeline
internal import Units

/// The links of one smart meter: the export supplier reads export, the import supplier import (DUIS 4.2, 4.1.1).
final class WANStation {
  private let links: [WANRole: WANLink]
  private let readers: [WANRole: WANReader]
  private var dialogues: UInt64 = 0

  init(meter: any WANMeter, world: World, stream: RandomStream) {
    var links: [WANRole: WANLink] = [:]
    var readers: [WANRole: WANReader] = [:]
    for role in [WANRole.exportSupplier, .importSupplier] {
      let link = WANLink(meter: meter, world: world, stream: stream.stream(role.rawValue))
      links[role] = link
      readers[role] = WANReader(link: link, rules: WANRules(role: role))
    }
    (self.links, self.readers) = (links, readers)
  }

  /// Called with a reading that came after its read was given up.
  func whenLate(_ take: @escaping (WANReading) -> Void) {
    for reader in readers.values { reader.onLate = take }
  }

  func read(_ service: WANService) -> Result<WANReading, WANReadFailure> {
    let role: WANRole = service.register == .export ? .exportSupplier : .importSupplier
    guard let reader = readers[role] else { return .failure(.noRoute) }
    reader.beginDialogue(dialogues)
    dialogues += 1
    return reader.read(service)
  }

  /// A fault of the WAN befalls everybody's way to the meter.
  func begin(_ setting: FaultSetting) throws {
    for role in links.keys.sorted(by: { $0.rawValue < $1.rawValue }) { try links[role]?.begin(setting) }
  }

  func end(_ id: String) {
    for role in links.keys.sorted(by: { $0.rawValue < $1.rawValue }) { links[role]?.end(id) }
  }
}

/// A meter as the WAN reaches it.
final class StationOnWAN: WANMeter {
  private unowned let world: World
  private unowned let station: Station

  init(_ station: Station, in world: World) { (self.station, self.world) = (station, world) }

  func answer(_ service: WANService, at instant: Instant) -> [LogRead.Entry]? {
    world.flow(to: instant)
    let meter = station.meter
    guard meter.profile.register(service.register) != nil else { return nil }
    switch service {
    case .register(let role):
      guard let value = meter.sample(role) else { return nil }
      let cause = world.see(value, of: station, because: world.trueCause(at: instant))
      return [LogRead.Entry(stamp: meter.clock(at: instant), energy: value, cause: cause)]
    case .halfHours(let role, let from, let through):
      guard meter.profile.logs.halfHours(role) > 0 else { return nil }
      return meter.readLog(role, from: from, through: through).map { entry in
        var entry = entry
        entry.cause = world.seeLogged(entry, of: station)
        return entry
      }
    case .dailySnapshots(let role, let from, let through):
      guard meter.profile.logs.dailySnapshots(role) > 0 else { return nil }
      return meter.readDailySnapshots(role, from: from, through: through).map { snapshot in
        let cause = world.see(
          snapshot.value, of: station, because: world.trueCause(at: snapshot.stamp - HalfHour.length))
        return LogRead.Entry(stamp: snapshot.stamp, energy: snapshot.value, cause: cause)
      }
    }
  }
}
