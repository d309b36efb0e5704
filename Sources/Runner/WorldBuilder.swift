// From a story's file to its world: site, meters, lines, and everything that will happen, put down on the clock.

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

  /// Every stream of draws of a story hangs under its seed and id.
  private var stream: RandomStream { RandomStream(seed: seed).stream(file.id) }

  func build() throws -> World {
    let site: Site
    do {
      site = try Site(file.site, from: file.from, until: file.until, stream: stream.stream("site"))
    } catch {
      throw StoryError("the site: \(error.message)")
    }
    let world = World(site: site, start: file.from, end: file.until, stream: stream)
    world.loggedTolerance = file.policy?.reading.loggedTolerance.value ?? .seconds(30)
    for setup in file.meters {
      let station = world.makeStation(setup, at: file.from, stream: stream.stream(setup.name))
      world.add(station, uses: setup.uses)
      if setup.profile.remote { world.connect(station, stream: stream.stream(setup.name)) }
    }
    for setup in file.lines { try addLine(setup, to: world) }
    for expectation in file.expect { ask(expectation, of: world) }
    for command in file.timeline { put(command, into: world) }
    return world
  }

  /// A line with its meters, and the reader at its end.
  private func addLine(_ setup: LineSetup, to world: World) throws {
    let stations = world.order.filter { station in file.meter(station.name)?.line == setup.name }
    guard !stations.isEmpty else { return }
    let rules = ReaderRules(setup.reader)
    let units = stations.compactMap { $0.answering }
    let lineStream = stream.stream(setup.name)
    if carrier.depth == "tcp" {
      let far = ModbusTCPFarSide(units)
      far.onVisit = { [unowned world] in world.visit(at: $0) }
      let path = TCPStream(farSide: far, world: world, stream: lineStream)
      let reader = try carrier.reader(at: path, framing: .tcp, rules: rules)
      world.lines[setup.name] = LineStation(
        name: setup.name, path: path, rules: rules, reader: reader, framing: .tcp, world: world)
    } else {
      let settings = try SerialSettings(setup)
      let bus = MeterBus(units, timing: MeterBus.Timing(baud: settings.baud, bitsPerCharacter: settings.bitsPerCharacter))
      bus.onVisit = { [unowned world] in world.visit(at: $0) }
      let path = SerialLine(settings: settings, farSides: [bus], world: world, stream: lineStream)
      let reader = try carrier.reader(at: path, framing: .rtu, rules: rules)
      world.lines[setup.name] = LineStation(
        name: setup.name, path: path, rules: rules, reader: reader, framing: .rtu, world: world)
    }
    for station in stations { station.line = world.lines[setup.name] }
  }

  /// Looks at a register at the instant at which the story expects something of it.
  private func ask(_ expectation: Expectation, of world: World) {
    guard case .register(let expected) = expectation.check else { return }
    world.schedule(at: expected.at) { [unowned world] in
      world.flow(to: world.now)
      world.askedRegisters[expected] = world.stations[expected.meter]?.meter.shown(expected.role)
    }
  }

  private func put(_ command: Command, into world: World) {
    world.schedule(at: command.at) { [unowned world] in world.carryOut(command.action) }
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
