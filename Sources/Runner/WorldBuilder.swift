// From a story's file to its world: site, meters, lines, and everything that will happen, put down on the
// clock.

internal import HeadEnd
internal import Line
internal import MeterModel
internal import Scenario
internal import Settlement
internal import Timeline
internal import Truth
internal import Units

struct WorldBuilder {
  let file: ScenarioFile
  let seed: UInt64
  let carrier: any Carrier
  let framing: Framing

  /// Every stream of draws of a story hangs under its seed and id.
  private var stream: RandomStream { RandomStream(seed: seed).stream(file.id) }

  func build() throws -> World {
    try refuseWhatCannotBe()
    let site: Site?
    do {
      site = try file.site.map {
        try Site($0, from: file.from, until: file.until, stream: stream.stream("site"))
      }
    } catch let error as SiteFault {
      throw StoryError("the site: \(error.message)")
    }
    let world = World(
      site: site, start: file.from, end: file.until, settles: settledMeter, carrier: carrier, stream: stream)
    site?.keepsGeneration = file.meters.contains { $0.place == .generation }
    world.loggedTolerance = file.policy?.reading.loggedTolerance.value ?? .seconds(30)
    for setup in file.meters { world.add(world.makeStation(setup), uses: setup.uses) }
    for setup in file.lines { try addLine(setup, to: world) }
    schedule(in: world)
    return world
  }

  private var settledMeter: String? {
    for command in file.timeline {
      if case .settle(let meter) = command.action { return meter }
    }
    return nil
  }

  private func refuseWhatCannotBe() throws {
    for meter in file.meters where meter.place == .generation {
      guard file.site?.knowsGeneration ?? false else {
        throw StoryError(
          "'\(meter.name)' measures what the generators make, and of a stated flow nobody says what that "
            + "was: state it beside (`generated:`), or describe the site (`generation:`, `load:`) instead"
        )
      }
    }
    for command in file.timeline {
      guard case .flow(let power, _) = command.action, file.site?.supply == .single else { continue }
      guard power.l2 == .zero, power.l3 == .zero else {
        throw StoryError("\(command.position.words): a site of one phase has no flow on l2 or l3")
      }
    }
  }

  /// A line with its meters, and the reader at its end.
  private func addLine(_ setup: LineSetup, to world: World) throws {
    let stations = world.order.filter { station in file.meter(station.name)?.line == setup.name }
    guard !stations.isEmpty else { return }
    let rules = ReaderRules(setup.reader)
    let settings = try SerialSettings(setup)
    let units = ModbusUnits(stations.compactMap { $0.answering })
    // Whoever fitted them set them to the line.
    for one in units.all { one.fit(settings) }
    let framing: Framing = setup.isTransparent ? .rtu : framing
    let trace = LineTrace(
      name: setup.name, stations: stations, units: units, form: ModbusForm(framing: framing),
      flushes: rules.flushes, world: world)
    let draws = stream.stream("line").stream(setup.name)
    let path: VirtualPath
    var behind: LineBehindGateway?
    switch framing {
    case .tcp:
      let gateway = ModbusTCPFarSide.Gateway(units, standing: settings)
      let server = ModbusTCPFarSide(gateway)
      server.onVisit = { [unowned trace] in trace.visit(at: $0) }
      let far = LineBehindGateway(server, gateway, settings: settings)
      path = TCPStream(farSide: far, world: world, stream: draws)
      behind = far
    case .rtu:
      let bus = MeterBus(units, standing: settings, asSet: settings)
      bus.onVisit = { [unowned trace] in trace.visit(at: $0) }
      path = SerialLine(settings: settings, farSides: [bus], world: world, stream: draws)
    }
    // libmodbus speaks no RTU over TCP: there our own reader reads, by the same rules.
    let reader: any RegisterReader =
      carrier.framing == framing || framing == .tcp
      ? try carrier.reader(at: path, framing: framing, rules: rules)
      : ModbusReader(door: try carrier.door(at: path), framing: framing, rules: rules)
    let line = LineStation(
      name: setup.name, path: path, rules: rules, reader: reader, trace: trace, units: units,
      settings: settings, gateway: behind, world: world)
    world.lines[setup.name] = line
    for station in stations { station.line = line }
  }

  /// At one instant, faults end first; then the rows take effect in the order written; then registers are
  /// looked at.
  private func schedule(in world: World) {
    for command in file.timeline {
      guard case .fault(let order) = command.action, order.until < file.until else { continue }
      world.schedule(at: order.until) { [unowned world] in world.end(order, of: command) }
    }
    for command in file.timeline {
      world.schedule(at: command.at) { [unowned world] in world.carryOut(command) }
    }
    for expectation in file.expect {
      guard case .register(let expected) = expectation.check else { continue }
      world.schedule(at: expected.at) { [unowned world] in world.ask(expected) }
    }
  }
}

extension ReaderRules {
  init(_ reader: LineSetup.Reader) {
    self.init(
      firstByte: reader.firstByte, betweenBytes: reader.betweenBytes, retries: reader.retries,
      retryPause: reader.retryPause, flushes: reader.flushes)
  }
}

extension SerialSettings {
  init(_ setup: LineSetup) throws {
    try self.init(
      baud: setup.baud, dataBits: 8, parity: Parity(rawValue: setup.parity.rawValue) ?? .none,
      stopBits: setup.stopBits)
  }
}

extension Position {
  var words: String { "\(file):\(line):\(column)" }
}
