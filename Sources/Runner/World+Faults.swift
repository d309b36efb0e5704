// Fault edges: where a fault begins and ends in the story, and who takes it.

internal import Line
internal import MeterModel
internal import Scenario
internal import Timeline
internal import Units

extension World {
  /// Puts a fault in at its time, and takes it out at its end.
  func begin(_ order: FaultOrder) {
    flow(to: now)
    do {
      try carry(order, begins: true)
    } catch {
      return refuse("\(order.setting.id) on \(order.target.name): \(error)")
    }
    let subject = journal.subject("\(order.setting.id) on \(order.target.name)")
    let began = journal.append(.faultEdge, at: now, subject: subject, value: 1)
    guard order.until < end else { return }
    clock.schedule(at: order.until) { [unowned self] in
      flow(to: now)
      do {
        try carry(order, begins: false)
      } catch {
        refuse("\(order.setting.id) on \(order.target.name): \(error)")
      }
      journal.append(.faultEdge, at: now, subject: subject, value: 0, because: began)
    }
  }

  private func carry(_ order: FaultOrder, begins: Bool) throws {
    switch order.target {
    case .line(let name):
      guard let line = lines[name] else { return refuse("no line '\(name)'") }
      if begins { try line.path.begin(order.setting) } else { line.path.end(order.setting.id) }
    case .meter(let name):
      guard let station = stations[name] else { return refuse("no meter '\(name)'") }
      if LineFaults.declaration(order.setting.id) == nil {
        return try station.carry(order.setting, begins: begins)
      }
      try station.carryOutside(order.setting, begins: begins)
    }
  }

  /// Something in the story that could not be done: the story cannot be judged.
  func refuse(_ reason: String) { refusals.append(reason) }
}
