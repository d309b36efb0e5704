// A smart meter's end of the WAN: its links to those who read it, and the meter behind them, brought up to
// the instant before it answers.

internal import HeadEnd
internal import Line
internal import MeterModel
internal import Timeline
internal import Units

/// The links of one smart meter: the export supplier reads export, the import supplier import (DUIS 4.2,
/// 4.1.1).
final class WANStation {
  private var links: [WANRole: WANLink] = [:]
  private var readers: [WANRole: WANReader] = [:]
  private let meter: StationOnWAN
  /// The journal's entry of each read that was asked for, by its number.
  private var asked: [UInt64: Cause] = [:]

  /// Messages on their way, and readings whose read was given up, are the world's.
  init(_ station: Station, in world: World, stream: RandomStream) {
    meter = StationOnWAN(station, in: world)
    let smets1: SMETS1State? = station.meter.profile.kind == .smets1 ? .active : nil
    for role in [WANRole.exportSupplier, .importSupplier, .distributor] {
      let link = WANLink(
        smets1: smets1, meter: meter, world: world, stream: stream.stream(role.rawValue))
      let reader = WANReader(link: link, rules: WANRules(role: role))
      link.onSight = { [unowned self, unowned world, unowned station] sight in
        world.see(sight, of: station, because: asked[sight.requestID >> 16] ?? .none)
      }
      reader.onLate = { [unowned self, unowned world, unowned station] reading in
        world.take(reading, of: station, because: cause(of: reading))
      }
      (links[role], readers[role]) = (link, reader)
    }
  }

  /// Asks and waits. The draws of the link are indexed by what is asked for and when it fell due.
  func read(
    _ service: WANService, as sender: WANRole? = nil, due: Instant, because request: Cause
  ) -> Result<WANReading, WANReadFailure> {
    let role = sender ?? (service.register == .export ? .exportSupplier : .importSupplier)
    guard let reader = readers[role] else { return .failure(.noRoute) }
    var number = UInt64(truncatingIfNeeded: due.seconds) << 10 & 0xFFFF_FFFF_FFFF | service.ordinal << 6
    // Twins: the same asked for twice at one instant.
    while asked[number] != nil { number += 1 }
    asked[number] = request
    reader.beginDialogue(number)
    return reader.read(service)
  }

  /// What has become of a SMETS1 installation. False where that cannot follow.
  @discardableResult
  func become(_ state: SMETS1State) -> Bool {
    if state == .migrating { before = self.state }
    return links.values.map { $0.become(state) }.allSatisfy { $0 }
  }

  /// How a SMETS1 installation stood before the attempt that is under way, and how many have failed.
  private var before: SMETS1State?
  private var failedAttempts = 0

  var isEnrolled: Bool { state == .enrolled }

  var stateWords: String { state?.rawValue ?? "no SMETS1 meter" }

  private var state: SMETS1State? { links[.importSupplier]?.smets1 }

  /// The end of an attempt at migration, in words; nil where it came to nothing meanwhile. It succeeds if the
  /// meter can be reached then: its keys are exchanged over the air. After five failures it is given up.
  func concludeMigration() -> String? {
    guard state == .migrating, let before else { return nil }
    if links.values.allSatisfy(\.reachesMeter) {
      become(.enrolled)
      return "migrated: enrolled in the DCC"
    }
    failedAttempts += 1
    let count = "migration failed, attempt \(failedAttempts) of \(SMETS1State.mostAttempts)"
    guard failedAttempts < SMETS1State.mostAttempts else {
      become(.excluded)
      return "\(count): given up"
    }
    become(before)
    return "\(count): the meter could not be reached"
  }

  private func cause(of reading: WANReading) -> Cause {
    reading.requestIDs.first.flatMap { asked[$0 >> 16] } ?? .none
  }

  /// A fault of the WAN befalls everybody's way to the meter, one of a head-end everybody's reader.
  func begin(_ setting: FaultSetting) throws {
    for role in roles {
      if HeadEndFaults.all.contains(where: { $0.id == setting.id }) {
        try readers[role]?.begin(setting)
      } else {
        try links[role]?.begin(setting)
      }
    }
  }

  func end(_ id: String) {
    for role in roles {
      readers[role]?.end(id)
      links[role]?.end(id)
    }
  }

  private var roles: [WANRole] { links.keys.sorted { $0.rawValue < $1.rawValue } }

  /// The serial number that the data of a register come under, where that is another meter's.
  func strangeSerial(_ role: RegisterRole) -> String? {
    let link = links[role == .export ? .exportSupplier : .importSupplier]
    guard link?.mixUp == .openly else { return nil }
    return (meter.stranger as? StationOnWAN)?.serial
  }
}

extension WANService {
  private static let registers: [RegisterRole: UInt64] = [.import: 0, .export: 1, .total: 2, .generation: 3]

  /// 0…15: which kind, of which register.
  fileprivate var ordinal: UInt64 {
    let kind: UInt64 =
      switch self {
      case .register: 0
      case .halfHours: 1
      case .dailySnapshots: 2
      case .order: 3
      }
    // Orders are about no register, so the second element's have their places after them.
    if register == .secondaryImport { return 3 << 2 | (kind + 1) }
    return kind << 2 | (register.flatMap { Self.registers[$0] } ?? 0)
  }
}

/// A meter as the WAN reaches it.
final class StationOnWAN: WANMeter {
  private unowned let world: World
  private unowned let station: Station

  init(_ station: Station, in world: World) { (self.station, self.world) = (station, world) }

  var serial: String { station.serial }

  /// The next meter of the story that is on a WAN.
  var stranger: (any WANMeter)? {
    world.order.first { $0 !== station && $0.wan != nil }.map { StationOnWAN($0, in: world) }
  }

  func answer(_ service: WANService, at instant: Instant) -> [LogRead.Entry]? {
    world.glance(for: instant)
    let meter = station.meter
    guard let role = service.register else { return nil }
    guard !station.isRetired, meter.profile.register(role) != nil else { return nil }
    switch service {
    case .order: return nil
    case .register:
      guard let value = meter.sample(role), let shown = meter.shown(role) else { return nil }
      let seen = world.see(shown, of: station, because: world.trueCause(at: instant))
      return [LogRead.Entry(stamp: told(meter.clock(at: instant)), energy: value, cause: seen)]
    case .halfHours(_, let from, let through):
      guard meter.profile.logs.halfHours(role) > 0 else { return nil }
      let window = (from: meant(from), through: meant(through))
      return meter.readLog(role, from: window.from, through: window.through).map { entry in
        var entry = entry
        entry.cause = world.seeLogged(entry, of: station)
        entry.stamp = told(entry.stamp)
        return entry
      }
    case .dailySnapshots(_, let from, let through):
      guard meter.profile.logs.dailySnapshots(role) > 0 else { return nil }
      return meter.readDailySnapshots(role, from: from, through: through).map { snapshot in
        let seen = world.see(
          snapshot.value, of: station, because: world.trueCause(at: snapshot.stamp - HalfHour.length))
        return LogRead.Entry(stamp: snapshot.stamp, energy: snapshot.value, cause: seen)
      }
    }
  }

  /// A time of the meter's as it tells it: CK-04 tells London's time and calls it UTC.
  private func told(_ instant: Instant) -> Instant {
    station.tellsLocalTime ? instant + LondonClock.offset(at: instant) : instant
  }

  /// The time of the meter's that somebody means who takes what it tells for UTC.
  private func meant(_ instant: Instant) -> Instant {
    station.tellsLocalTime ? instant - LondonClock.offset(at: instant) : instant
  }

  var isThere: Bool { station.meter.isPowered }

  func carryOut(_ order: WANOrder, at instant: Instant) -> [String]? {
    world.glance(for: instant)
    guard !station.isRetired else { return nil }
    return station.meter.carryOut(order)
  }
}
