// A live meter on a desk: the meter, what serves it, and whoever drives it over standard input.

internal import HostIO
internal import Line
internal import MeterModel
internal import Report
internal import Runner
internal import Timeline
internal import Truth
internal import Units

final class Desk {
  private let live: LiveMeter
  private let server: LiveServer
  private var clock: LiveClock
  private let lineFaults: [FaultSetting]
  private let seed: UInt64
  private var disturbed: [FaultyFarSide] = []

  init(
    profile: Profile, unit: UInt8?, site: SiteDescription, registers: [RegisterRole: WattHours], clock: String,
    seed: UInt64, faults: [FaultSetting]
  ) throws {
    server = try LiveServer()
    let wall = server.clock.now
    let start = Instant(milliseconds: wall.milliseconds)
    live = try LiveMeter(
      profile: profile, serial: "BS\(seed)", unit: unit, site: site, registers: registers, start: start, seed: seed)
    self.clock = LiveClock(LiveClock.Rate(parsing: clock) ?? .real, start: start, wall: wall)
    self.seed = seed
    lineFaults = faults.filter { LineFaults.declaration($0.id) != nil }
    for setting in lineFaults { try LineFaults.check(setting) }
    for setting in faults where LineFaults.declaration(setting.id) == nil { try live.begin(setting) }
  }

  /// Serves until the input ends or somebody stops it.
  func serve(serial: String?, tcp: String?, baud: Int?) throws {
    let place = try open(serial: serial, tcp: tcp, baud: baud)
    announce(place)
    server.watchLines { [unowned self] in answer($0) }
    // Half-hours close even when nobody reads.
    server.every(.seconds(1)) { [unowned self] in catchUp() }
    _ = try server.run()
  }

  private func catchUp() { live.advance(to: clock.virtual(at: server.clock.now)) }

  // MARK: Where it is served

  private func open(serial: String?, tcp: String?, baud: Int?) throws -> String? {
    guard let answering = live.answering else {
      guard serial == nil, tcp == nil else { throw Failure(portless) }
      return nil
    }
    if let tcp {
      let gateway = ModbusTCPFarSide.Gateway([answering])
      let address = try server.serveTCP(try HostPort(parsing: tcp)) { [unowned self] number in
        let far = ModbusTCPFarSide(gateway)
        far.onVisit = { [unowned self] _ in catchUp() }
        return disturb(far, settings: nil, number: number)
      }
      return "tcp \(address)"
    }
    guard let serial else { return nil }
    let line = answering.map.line
    let settings = try SerialSettings(
      baud: baud ?? line.baud, parity: SerialSettings.Parity(rawValue: line.parity.rawValue) ?? .none,
      stopBits: line.stopBits)
    let bus = MeterBus(
      [answering], timing: MeterBus.Timing(baud: settings.baud, bitsPerCharacter: settings.bitsPerCharacter))
    bus.onVisit = { [unowned self] _ in catchUp() }
    let far = disturb(bus, settings: settings, number: 0)
    if SerialPorts.exists(serial) {
      try server.serveDevice(serial, settings: settings, farSide: far)
      return "serial \(serial) \(settings)"
    }
    return "pty \(try server.servePty(link: serial, settings: settings, farSide: far)) \(settings)"
  }

  private var portless: String {
    let profile = live.meter.profile
    let twin = profile.twin.map { "; its electronic twin, \($0), counts alike and has one" } ?? ""
    return "\(profile.name) has no port to serve\(twin). Without --serial and --tcp it can be driven and read "
      + "over standard input"
  }

  /// Line faults befall every connection alike.
  private func disturb(_ far: any FarSide, settings: SerialSettings?, number: Int) -> any FarSide {
    guard !lineFaults.isEmpty || settings != nil else { return far }
    let stream = RandomStream(seed: seed).stream("live").stream("connection \(number)")
    let faulty = FaultyFarSide(far, settings: settings, stream: stream)
    for setting in lineFaults { try? faulty.begin(setting) }
    disturbed.append(faulty)
    return faulty
  }

  /// One stable line when ready; on a terminal a client's command beside it, ready to paste.
  private func announce(_ place: String?) {
    let unit = live.answering.map { " unit \($0.unit)" } ?? ""
    Terminal.line("ready \(live.meter.profile.name)\(unit)\(place.map { " on \($0)" } ?? " on standard input")")
    if Terminal.isWatched, let hint = DeskHint.command(for: live, place: place) { Terminal.error("try: " + hint) }
  }

  // MARK: What is said over standard input

  private func answer(_ line: String) {
    guard !line.allSatisfy(\.isWhitespace) else { return }
    catchUp()
    do {
      Terminal.line(try carryOut(try LiveCommand(parsing: line)).compact)
    } catch {
      Terminal.line(JSONText.object([("ok", .flag(false)), ("error", .text("\(error)"))]).compact)
    }
  }

  private func carryOut(_ command: LiveCommand) throws -> JSONText {
    switch command {
    case .power(let power): try live.setPower(power)
    case .fault(let setting, let isOn): try self.fault(setting, isOn: isOn)
    case .set(let registers):
      for (role, value) in registers where !live.meter.set(role, to: value) {
        throw StoryError("\(live.meter.profile.name) has no \(role.rawValue) register")
      }
    case .advance(let span):
      guard clock.advance(by: span) else { throw StoryError("time does not go back") }
      catchUp()
    case .registers: break
    case .quit: server.stop()
    }
    return state
  }

  private func fault(_ setting: FaultSetting, isOn: Bool) throws {
    if LineFaults.declaration(setting.id) != nil {
      guard !disturbed.isEmpty else { throw StoryError("\(setting.id) needs a line: none is served") }
      for far in disturbed { if isOn { try far.begin(setting) } else { far.end(setting.id) } }
    } else if isOn {
      try live.begin(setting)
    } else if !live.end(setting.id) {
      throw StoryError("\(setting.id) was not present")
    }
  }

  private var state: JSONText {
    let registers = live.registers.map { ($0.role.rawValue, JSONText.whole($0.value.value)) }
    let faults = live.meter.presentFaults.map(JSONText.text)
    return .object([
      ("ok", .flag(true)), ("at", .text("\(live.now)")), ("registersWh", .object(registers)),
      ("faults", .list(faults)),
    ])
  }
}

/// A client's command that reads the meter just served.
enum DeskHint {
  static func command(for live: LiveMeter, place: String?) -> String? {
    guard let place, let answering = live.answering else { return nil }
    let words = place.split(separator: " ").map(String.init)
    guard words.count >= 2, let quantity = ModbusQuantity(.activeEnergyImport),
      let point = answering.map.point(quantity)
    else { return nil }
    let table = point.functions.contains(4) ? "3" : "4"
    let type = point.number == .float32 ? "\(table):float" : "\(table):int"
    let order = point.order == .mostSignificantFirst ? " -B" : ""
    let what = "-a \(answering.unit) -0 -r \(point.address) -c 1 -t \(type)\(order) -1"
    if words[0] == "tcp" {
      let parts = words[1].split(separator: ":")
      return "mbpoll -m tcp -p \(parts.last ?? "502") \(what) \(parts.dropLast().joined(separator: ":"))"
    }
    return "mbpoll -m rtu -b \(words.count > 2 ? words[2] : "9600") -P none \(what) \(words[1])"
  }
}
