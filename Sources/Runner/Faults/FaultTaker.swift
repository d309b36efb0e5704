// Who takes a fault that is on a meter: the meter itself, its answers, its way to its readers, or who reads
// it. The first row that takes it has it.

internal import HeadEnd
internal import Line
internal import MeterModel
internal import Scenario
internal import Units

/// One part of a meter's surroundings that can have faults.
struct FaultTaker: Sendable {
  typealias Act = @Sendable (FaultOrder, Station, World) throws -> Void

  let takes: @Sendable (FaultOrder, Station) -> Bool
  let begin: Act
  let end: Act

  static let table: [FaultTaker] = [
    meter, modbusAnswers, portAnswers, bench, reader, feed, life, wan, line,
  ]

  /// Metrology, registers, clock, memory, display.
  private static let meter = FaultTaker(
    takes: { order, _ in MeterFaults.kinds(order.setting.id) != nil },
    begin: { order, station, _ in try station.meter.begin(order.setting) },
    end: { order, station, _ in station.meter.end(order.setting.id) })

  /// A Modbus meter's answers go before those of its other ports, unless one of these is named.
  private static let modbusAnswers = FaultTaker(
    takes: { order, station in
      let (id, port) = (order.setting.id, order.port)
      guard station.answering != nil, ModbusFaults.kinds(id) != nil else { return false }
      return port == .modbus || port == nil && (station.line != nil || OpticalFaults.kinds(id) == nil)
    },
    begin: { order, station, _ in try station.answering?.begin(order.setting) },
    end: { order, station, _ in station.answering?.end(order.setting.id) })

  private static let portAnswers = FaultTaker(
    takes: { order, station in station.line == nil && PortFaults.kinds(order.setting.id) != nil },
    begin: { order, station, _ in
      guard try station.ports.begin(order.setting, at: order.port) else {
        throw StoryError("no port of \(station.meter.profile.name) can have it")
      }
    },
    end: { order, station, _ in _ = station.ports.end(order.setting.id, at: order.port) })

  /// What lies on whatever line somebody reads it over, also on the one that is in use now.
  private static let bench = FaultTaker(
    takes: { order, station in
      station.line == nil && LineFaults.declaration(order.setting.id)?.layer == .line
    },
    begin: { order, station, _ in
      let setting = order.setting
      station.benchFaults.removeAll { $0.setting.id == setting.id }
      station.benchPath?.end(setting.id)
      station.benchFaults.append((setting, station.meter.now))
      try station.benchPath?.begin(setting)
    },
    end: { order, station, _ in
      station.benchFaults.removeAll { $0.setting.id == order.setting.id }
      station.benchPath?.end(order.setting.id)
    })

  /// Whoever looks at its display.
  private static let reader = FaultTaker(
    takes: { order, _ in ReaderFaults.all.contains { $0.id == order.setting.id } },
    begin: { order, station, world in
      try world.people.begin(order.setting, on: station.name, among: world.order.map(\.meter))
    },
    end: { order, station, world in world.people.end(order.setting.id, on: station.name) })

  /// The files of its half-hours.
  private static let feed = FaultTaker(
    takes: { order, _ in DataFaults.kinds(order.setting.id) != nil },
    begin: { order, station, _ in try station.feed.begin(order.setting) },
    end: { order, station, _ in station.feed.end(order.setting.id) })

  /// What is told of it.
  private static let life = FaultTaker(
    takes: { order, _ in LifeFaults.all.contains { $0.id == order.setting.id } },
    begin: { order, station, world in try world.carryLife(order, on: station.name, begins: true) },
    end: { order, station, world in try world.carryLife(order, on: station.name, begins: false) })

  private static let wan = FaultTaker(
    takes: { _, station in station.wan != nil },
    begin: { order, station, _ in
      let (id, profile) = (order.setting.id, station.meter.profile)
      guard FaultCatalogue.kinds(id).contains(profile.kind) else {
        let kinds = FaultCatalogue.kinds(id).map(\.rawValue).joined(separator: ", ")
        throw StoryError("\(profile.name) is of kind \(profile.kind.rawValue), and it is a fault of \(kinds)")
      }
      try station.wan?.begin(order.setting)
    },
    end: { order, station, _ in station.wan?.end(order.setting.id) })

  private static let line = FaultTaker(
    takes: { _, station in station.line != nil && station.unit != nil },
    begin: { order, station, _ in
      try station.line?.carry(order.setting, begins: true, unit: station.unit)
    },
    end: { order, station, _ in
      try station.line?.carry(order.setting, begins: false, unit: station.unit)
    })
}
