// Fault edges: where a fault begins and ends in the story, and who takes it.

internal import HeadEnd
internal import Line
internal import MeterModel
internal import Scenario
internal import Timeline
internal import Truth
internal import Units

extension World {
  /// Puts a fault in at its time.
  func begin(_ order: FaultOrder, of command: Command, because cause: Cause) {
    flow(to: now)
    let stood = stations[order.target.name]?.meter.displayDwell != nil
    do {
      try carry(order, begins: true)
    } catch {
      return refuse("\(command.position.words): \(order.name): \(error)")
    }
    if case .meter(let name) = order.target, !stood { renewDisplay(of: name, at: now) }
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
      guard let taker = FaultTaker.table.first(where: { $0.takes(order, station) }) else {
        throw StoryError("\(station.meter.profile.name) cannot have it: it is read over no line and no WAN")
      }
      try begins ? taker.begin(order, station, self) : taker.end(order, station, self)
    case .customer:
      guard begins else { return people.end(order.setting.id, on: nil) }
      try people.begin(order.setting, on: nil, among: self.order.map(\.meter))
    case .site where LifeFaults.all.contains { $0.id == order.setting.id }, .agreement:
      try carryLife(order, on: nil, begins: begins)
    case .site:
      guard let site else { throw StoryError("nothing flows in this story") }
      if begins { try site.begin(order.setting) } else { site.end(order.setting.id) }
      supplyMeters(site.isCutOff)
    }
  }

  /// A fault of a life event: of a meter, the agreement or the site.
  func carryLife(_ order: FaultOrder, on meter: String?, begins: Bool) throws {
    guard begins else { return life.end(order.setting.id, on: meter) }
    let fault = try life.begin(order.setting, on: meter)
    events += fault.news(at: now)
    if let flow = fault.flow { override(PhasePower(l1: flow), until: order.until) }
  }
}

extension FaultOrder {
  /// As the journal and people call it.
  var name: String { "\(setting.id) on \(target.name)" }
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
