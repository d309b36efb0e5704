// The commands of a story, carried out at their instants. Each is an entry of the journal: the first cause of
// what comes of it.

internal import Line
internal import MeterModel
internal import Scenario
internal import Settlement
internal import Timeline
internal import Truth
internal import Units

extension World {
  func carryOut(_ command: Command) {
    let cause = journal.append(
      .command, at: now, subject: journal.subject("timeline"), value: Int64(command.row),
      bytes: command.action.words.utf8)
    switch command.action {
    case .displayRead(let order): readDisplay(order, because: cause)
    case .remoteRead(let order): readRemotely(order, because: cause)
    case .remoteOrder(let order): orderRemotely(order, because: cause)
    case .smets1(let state, let meter): become(state, meter)
    case .migration(let meter, let span): migrate(meter, taking: span, because: cause)
    case .voltage(let millivolts, let until): setVoltage(millivolts, until: until)
    case .button(let meter): pressButton(of: meter)
    case .poll(let order): poll(order, because: cause)
    case .benchRead(let order): readAtBench(order, because: cause)
    case .pulseLogger(let order): fitPulseLogger(order, because: cause)
    case .fault(let order): begin(order, of: command, because: cause)
    case .settle: break  // Settlement takes place after the story, from what was received by then.
    case .meterExchanged(let exchange): self.exchange(exchange, because: cause)
    case .write(let order): write(order, because: cause)
    case .setLine(let change): setLine(change)
    case .powerCycle(let meter): powerCycle(meter)
    case .flow(let power, let until): override(power, until: until)
    case .reading(let meter, let read): take(read, of: meter, because: cause)
    case .halfHours(let meter, let log): take(log, of: meter, because: cause)
    case .event(let event): take(event, because: cause)
    case .flowFile(let arrival): take(arrival, because: cause)
    }
  }

  /// Looks at a register at the instant at which the story expects something of it.
  func ask(_ expected: ExpectedRegister) {
    flow(to: now)
    askedRegisters[expected] = stations[expected.meter]?.meter.shown(expected.role)
  }

  /// A meter with its registers as the story says they stand, and its way to the WAN if it has one.
  func makeStation(_ setup: MeterSetup) -> Station {
    let draws = stream.stream("meter").stream(setup.serial)
    let station = Station(setup, at: now, subject: journal.subject(setup.name), stream: draws)
    if setup.profile.remote { station.wan = WANStation(station, in: self, stream: draws.stream("wan")) }
    return station
  }

  func add(_ station: Station, uses: Set<MeterDetails.Use>) {
    order.append(station)
    if station.meter.watchesVoltage || station.meter.feelsVoltage { site?.keepsVoltage = true }
    stations[station.name] = station
    exportView.put(station, uses: uses)
    importView.put(station, uses: uses)
  }

  func takeAway(_ station: Station) {
    order.removeAll { $0 === station }
    stations[station.name] = nil
    station.isRetired = true
    retired.append(station)
    exportView.remove(station)
    importView.remove(station)
  }

  /// The serial numbers that a meter of the story has had.
  func serials(of meter: String) -> Set<String> {
    Set((order + retired).filter { $0.name == meter }.map(\.serial))
  }
}

extension Command.Action {
  /// In short, for people.
  var words: String {
    switch self {
    case .displayRead(let order):
      "\(order.source.rawValue) reads \(order.register.rawValue) of \(order.meter)"
    case .remoteRead(let order): "remote read of \(order.meter)"
    case .remoteOrder(let order): "\(order.sender.rawValue) orders of \(order.meter): \(order.order.words)"
    case .smets1(let state, let meter): "\(meter) becomes \(state.rawValue)"
    case .migration(let meter, _): "\(meter) is migrated into the DCC"
    case .voltage(let millivolts, _): "the network at \(millivolts) mV"
    case .button(let meter): "the button of \(meter) is pressed"
    case .poll(let order): "poll of \(order.meter)"
    case .benchRead(let order): "read of \(order.meter) at the bench over \(order.port.rawValue)"
    case .pulseLogger(let order): "a pulse logger fitted to \(order.meter)"
    case .fault(let order): "fault \(order.setting.id) on \(order.target.name)"
    case .settle(let meter): "settle \(meter)"
    case .meterExchanged(let exchange): "\(exchange.meter) exchanged for \(exchange.new.serial)"
    case .write(let order): "setting of \(order.meter) written"
    case .setLine(let change): "\(change.line) set anew"
    case .powerCycle(let meter): "\(meter) switched off and on"
    case .flow: "flow as stated"
    case .reading(let meter, let read): "reading of \(meter), \(read.register.rawValue) \(read.value)"
    case .halfHours(let meter, let log): "\(log.entries.count) half-hours of \(meter)"
    case .event(let event): "event \(event.name)"
    case .flowFile(let arrival): "\(arrival.file.flow) file \(arrival.file.fileID)"
    }
  }
}
