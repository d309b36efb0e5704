// The commands of a story, carried out at their instants.

internal import MeterModel
internal import Scenario
internal import Settlement
internal import Timeline
internal import Truth
internal import Units

extension World {
  func carryOut(_ action: Command.Action) {
    switch action {
    case .displayRead(let order): readDisplay(order)
    case .remoteRead(let order): readRemotely(order)
    case .poll(let order): poll(order)
    case .fault(let order): begin(order)
    case .settle: break  // Settlement takes place after the story, from what was received by then.
    case .importSupplierChanged(let to, let received):
      events.append(CaseEvent(at: now, received: received, kind: .importSupplierChanged(to: to)))
    case .meterExchanged(let exchange): self.exchange(exchange)
    case .write(let order): write(order)
    case .flow(let power, let until): override(power, until: until)
    }
  }

  /// A meter with its registers as the story says they stand.
  func makeStation(_ setup: MeterSetup, at start: Instant, stream: RandomStream) -> Station {
    let meter = Meter(
      profile: setup.profile, serial: setup.serial, at: start,
      reads: setup.reads, stream: stream)
    let station = Station(name: setup.name, meter: meter, subject: journal.subject(setup.name))
    if let map = setup.profile.modbus, setup.line != nil {
      let unit = setup.unit ?? map.line.unit
      station.unit = unit
      station.answering = ModbusAnswering(meter: meter, map: map, unit: unit, poweredSince: start)
    }
    return station
  }

  func add(_ station: Station, uses: Set<MeterDetails.Use>) {
    order.append(station)
    stations[station.name] = station
    let profile = station.meter.profile
    if exportStation == nil, uses.contains(.export), profile.hasExportRegister { exportStation = station }
    if importStation == nil, uses.contains(.import), profile.register(.import) != nil { importStation = station }
  }
}
