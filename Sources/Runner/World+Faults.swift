// Fault edges: where a fault begins and ends in the story, and who takes it.

internal import HeadEnd
internal import Line
internal import MeterModel
internal import Scenario
internal import Timeline
internal import Units

extension World {
  /// Puts a fault in at its time.
  func begin(_ order: FaultOrder, of command: Command, because cause: Cause) {
    flow(to: now)
    do {
      try carry(order, begins: true)
    } catch {
      return refuse("\(command.position.words): \(order.name): \(error)")
    }
    if case .meter(let name) = order.target { renewDisplay(of: name, at: now) }
    openFaults[command] = journal.append(
      .faultEdge, at: now, subject: journal.subject(order.name), value: 1, because: cause)
  }

  /// Takes it out at its end.
  func end(_ order: FaultOrder, of command: Command) {
    guard let began = openFaults.removeValue(forKey: command) else { return }
    flow(to: now)
    do {
      try carry(order, begins: false)
    } catch {
      return refuse("\(command.position.words): \(order.name): \(error)")
    }
    journal.append(.faultEdge, at: now, subject: journal.subject(order.name), value: 0, because: began)
  }

  /// A display that stands still while it is shown takes its value anew at the end of each dwell (DP-05).
  private func renewDisplay(of name: String, at instant: Instant) {
    guard let meter = stations[name]?.meter, let dwell = meter.displayDwell else { return }
    flow(to: instant)
    meter.refreshDisplay()
    let next = instant + dwell
    guard next < end else { return }
    schedule(at: next) { [unowned self] in renewDisplay(of: name, at: next) }
  }

  private func carry(_ order: FaultOrder, begins: Bool) throws {
    switch order.target {
    case .line(let name):
      guard let line = lines[name] else { throw StoryError("no meter is on this line") }
      try line.carry(order.setting, begins: begins)
    case .meter(let name):
      guard let station = stations[name] else { throw StoryError("there is no such meter now") }
      try station.carry(order.setting, at: order.port, begins: begins)
    }
  }
}

extension FaultOrder {
  /// As the journal and people call it.
  var name: String { "\(setting.id) on \(target.name)" }
}

extension Station {
  /// Begins or ends a fault of the meter itself, of its answers, or of its way to its readers.
  func carry(_ setting: FaultSetting, at port: MeterProtocol? = nil, begins: Bool) throws {
    if MeterFaults.kinds(setting.id) != nil {
      if begins { try meter.begin(setting) } else { meter.end(setting.id) }
    } else if isOfModbus(setting.id, port), let answering {
      if begins { try answering.begin(setting) } else { answering.end(setting.id) }
    } else if line == nil, PortFaults.kinds(setting.id) != nil {
      guard begins else {
        _ = ports.end(setting.id, at: port)
        return
      }
      guard try ports.begin(setting, at: port) else {
        throw StoryError("no port of \(meter.profile.name) can have it")
      }
    } else if line == nil, let fault = LineFaults.declaration(setting.id), fault.layer == .line {
      try carryAtBench(setting, begins: begins)
    } else if let wan {
      if begins { try wan.begin(setting) } else { wan.end(setting.id) }
    } else if let line, let unit {
      try line.carry(setting, begins: begins, unit: unit)
    } else {
      throw StoryError("\(meter.profile.name) cannot have it: it is read over no line and no WAN")
    }
  }
}

extension Station {
  /// A Modbus meter's answers go before those of its other ports, unless one of these is named.
  private func isOfModbus(_ id: String, _ port: MeterProtocol?) -> Bool {
    guard ModbusFaults.all.contains(where: { $0.id == id }) else { return false }
    return port == .modbus || port == nil && (line != nil || OpticalFaults.kinds(id) == nil)
  }

  /// What lies on whatever line somebody reads it over, also on the one that is in use now.
  private func carryAtBench(_ setting: FaultSetting, begins: Bool) throws {
    benchFaults.removeAll { $0.setting.id == setting.id }
    benchPath?.end(setting.id)
    guard begins else { return }
    benchFaults.append((setting, meter.now))
    try benchPath?.begin(setting)
  }
}

extension LineStation {
  /// Begins or ends a fault of the line, for all its meters or one unit.
  func carry(_ setting: FaultSetting, begins: Bool, unit: UInt8? = nil) throws {
    var setting = setting
    if let unit { setting.whole["unit"] = Int64(unit) }
    guard begins else {
      path.end(setting.id, unit: setting.whole["unit"])
      return
    }
    do {
      try path.begin(setting)
    } catch {
      // What disturbs characters does nothing to a stream, which carries bytes whole or not at all.
      let isElsewhere = framing == .tcp && LineFaults.declaration(setting.id) != nil
      throw StoryError(
        error.message
          + (isElsewhere ? "; a story of the serial line itself states `depths: [memory, pty]`" : ""))
    }
  }
}
