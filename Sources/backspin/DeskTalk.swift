// What is said to live meters over standard input, and what they say back. The shape of a reply is a
// contract: docs/live-meter.md.

internal import Faces
internal import HostIO
internal import Line
internal import MeterModel
internal import Report
internal import Runner
internal import Units

extension Desk {
  /// One line of standard input, and its answer; an empty line is none.
  func hear(_ line: String) {
    guard !isQuitting, !line.allSatisfy(\.isWhitespace) else { return }
    do {
      let command = try LiveCommand(parsing: line, faults: FaultsCommand.all)
      catchUp()
      try carryOut(command)
      say(reply(to: command))
    } catch {
      say(refusal("\(error)"))
    }
  }

  func refusal(_ text: String) -> String {
    JSONText.object([("ok", .flag(false)), ("error", .text(text))]).compact
  }

  private func carryOut(_ command: LiveCommand) throws {
    let addressed = try command.unit.map(meter(of:))
    switch command.action {
    case .power(let power): try one(addressed).setPower(power)
    case .begin(let setting): try begin(setting, at: addressed)
    case .end(let id): try end(id, at: addressed)
    case .set(let registers): try one(addressed).set(registers)
    case .advance(let span):
      guard clock.advance(by: span) else { throw LiveCommandError("time does not go back") }
      catchUp()
    case .registers, .face, .logs: break
    case .voltage(let millivolts): try one(addressed).setVoltage(millivolts: millivolts)
    case .supply(let state): try one(addressed).setSupply(state)
    case .button:
      guard try one(addressed).meter.pressButton() else {
        throw LiveCommandError("the button closes a supply that is armed, and it is not")
      }
    case .powerUp:
      for live in addressed.map({ [$0] }) ?? meters { live.answering?.powerUp() }
      server.lookAnew()
    case .quit:
      isQuitting = true
      server.stop()
    }
  }

  private var units: [UInt8] { meters.compactMap { $0.answering?.unit } }

  private func meter(of unit: UInt8) throws -> LiveMeter {
    if let found = meters.first(where: { $0.answering?.unit == unit }) { return found }
    let known = units.isEmpty ? "this meter has none" : "here: \(list(units))"
    throw LiveCommandError("no meter here is unit \(unit); \(known)")
  }

  /// The meter that is meant: the addressed one, or the only one.
  private func one(_ addressed: LiveMeter?) throws -> LiveMeter {
    if let addressed { return addressed }
    guard meters.count == 1 else { throw LiveCommandError("say which meter with 'unit': \(list(units))") }
    return meters[0]
  }

  private func list(_ units: [UInt8]) -> String { units.map { "\($0)" }.joined(separator: ", ") }

  private func begin(_ setting: FaultSetting, at addressed: LiveMeter?) throws {
    if let fault = FaultCatalogue.declaration(setting.id), !fault.layer.isLive {
      throw LiveCommandError(Self.homeless(fault))
    }
    guard let declaration = LineFaults.declaration(setting.id) else {
      return try one(addressed).begin(setting)
    }
    guard let line else { throw LiveCommandError(Self.homeless(declaration)) }
    var setting = setting
    if let unit = addressed?.answering?.unit {
      guard declaration.parameters.contains(where: { $0.name == "unit" }) else {
        throw LiveCommandError("\(setting.id) befalls the whole line: leave 'unit' out")
      }
      setting.whole["unit"] = Int64(unit)
    }
    try line.begin(setting, at: server.clock.now)
    takePortAway(setting)
  }

  /// A port that vanishes is really gone for a line of our own making.
  func takePortAway(_ setting: FaultSetting) {
    guard let time = LineFaults.loss(setting) else { return }
    server.vanish(for: time == .zero ? nil : time)
  }

  /// Why a fault cannot be where there is nothing for it to befall.
  static func homeless(_ fault: FaultDeclaration) -> String {
    let owner: String? =
      switch fault.layer {
      case .wan: "a WAN"
      case .energyFlow: "what flows at a site"
      case .person: "a person who reads displays"
      case .data: "data on their way"
      case .lifeEvent: "the life of a contract"
      case .measurement, .register, .clock, .memory, .display, .line, .protocolAnswer: nil
      }
    return owner.map { "\(fault.id) befalls \($0), and no live meter has one: put it into a story" }
      ?? "\(fault.id) befalls a line, and none is served: give --serial or --tcp"
  }

  private func end(_ id: String, at addressed: LiveMeter?) throws {
    let isLine = LineFaults.declaration(id) != nil
    let unit = addressed?.answering.map { Int64($0.unit) }
    let wasPresent = isLine ? line?.end(id, unit: unit) ?? false : try one(addressed).end(id)
    guard wasPresent else { throw LiveCommandError("\(id) is not present") }
    if LineFaults.loss(FaultSetting(id: id)) != nil { server.comeBack() }
  }

  // MARK: Replies

  /// One meter says its state itself; of many, the addressed one does, or all stand in a list.
  private func reply(to command: LiveCommand) -> String {
    let addressed = command.unit.flatMap { unit in meters.first { $0.answering?.unit == unit } }
    let lineFaults = line?.faults(of: addressed?.answering?.unit) ?? []
    var fields: [(String, JSONText)] = [("ok", .flag(true)), ("at", .text("\(meters[0].now)"))]
    if let live = addressed ?? (meters.count == 1 ? meters[0] : nil) {
      let isRead = command.action == .registers && !live.hasPort
      fields += state(of: live, and: lineFaults, isRead: isRead)
      if command.action == .logs { fields.append(("logs", LiveLogs.json(live.meter))) }
      if command.action == .face, let face = live.meter.face() {
        fields.append(("face", .text(FaceDrawing.svg(face))))
      }
    } else {
      fields.append(("faults", .list(lineFaults.map(JSONText.text))))
      fields.append(("meters", .list(meters.map { .object(state(of: $0, and: [])) })))
    }
    return JSONText.object(fields).compact
  }

  /// Nothing is said of a supply that is connected.
  private static let supplyWords: [SupplyState: String] = [.disconnected: "disconnected", .armed: "armed"]

  private func state(of live: LiveMeter, and lineFaults: [String], isRead: Bool = false) -> [(
    String, JSONText
  )] {
    var fields: [(String, JSONText)] = []
    if meters.count > 1, let unit = live.answering?.unit { fields.append(("unit", .whole(Int64(unit)))) }
    let readings = live.readings(asRead: isRead)
    fields.append(("registersWh", .object(readings.map { ($0.role.rawValue, .whole($0.value.value)) })))
    let display = live.display
    if !display.isEmpty {
      fields.append(("display", .object(display.map { ($0.role.rawValue, .text($0.digits)) })))
    }
    if let word = Self.supplyWords[live.meter.supply] { fields.append(("supply", .text(word))) }
    fields.append(("faults", .list((live.faults + lineFaults).map(JSONText.text))))
    return fields
  }
}
