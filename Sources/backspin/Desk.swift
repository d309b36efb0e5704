// Live meters on a desk: the meters, what serves them, and whoever drives them over standard input.

internal import ArgumentParser
internal import HeadEnd
internal import HostIO
internal import Line
internal import MeterModel
internal import Runner
internal import Scenario
internal import Units

final class Desk {
  let meters: [LiveMeter]
  let server: LiveServer
  var clock: LiveClock
  /// Nil where no line is served.
  private(set) var line: LiveLine?
  /// What is spoken over the line; nil where none is served.
  private(set) var served: MeterProtocol?
  private let seed: UInt64
  private let lineFaults: [FaultSetting]
  private let asked: MeterProtocol?
  /// How Modbus is framed over TCP.
  private let framing: Framing
  private var isDeaf = false
  private var hasToldOfFlow = false
  /// Whether somebody said `quit`: what still comes is not carried out.
  var isQuitting = false

  init(_ plan: MeterPlan, clock rate: LiveClock.Rate, seed: UInt64) throws {
    server = try LiveServer()
    let wall = server.clock.now
    // A whole second, so that half an hour by hand is half an hour in meters that net by the second.
    let start = Instant(seconds: (plan.start ?? wall).seconds)
    meters = try plan.rows.map { row in
      let live = try LiveMeter(row.setup, start: start, seed: seed)
      live.served = plan.port
      for fault in row.faults { try live.begin(fault) }
      return live
    }
    clock = LiveClock(rate, start: start, wall: wall)
    (self.seed, lineFaults, asked, framing) = (seed, plan.lineFaults, plan.port, plan.framing)
  }

  /// Serves until the input ends or somebody stops it; then nothing is left behind.
  func serve(_ wanted: DeskPlace.Wanted) throws {
    let place = try open(wanted)
    // Half-hours close even when nobody reads.
    server.every(.seconds(1)) { [unowned self] in catchUp() }
    // Not before signals are watched: whoever reads the line may send one at once.
    server.whenServing { [unowned self] in
      announce(place)
      for fault in lineFaults { takePortAway(fault) }
      server.watchLines(onTooLong: { [unowned self] in say(refusal($0)) }) { [unowned self] in hear($0) }
    }
    _ = try server.run()
    if isDeaf { throw Outcomes.interrupted }
  }

  /// Brings the world up to now.
  func catchUp() {
    let now = clock.virtual(at: server.clock.now)
    for live in meters {
      live.advance(to: now)
      guard !hasToldOfFlow, let end = live.uncoveredAt else { continue }
      hasToldOfFlow = true
      Terminal.error("the site's flow ends at \(end); from there on 0 W flow")
    }
  }

  /// Writes one line. When nobody can hear it any more, the desk is cleared as after a signal.
  func say(_ text: String) {
    guard !isDeaf, !Terminal.tryLine(text) else { return }
    isDeaf = true
    server.stop()
  }

  // MARK: Where they are served

  private func open(_ wanted: DeskPlace.Wanted) throws -> DeskPlace {
    let homeless = lineFaults.compactMap { LineFaults.declaration($0.id) }.first
    if let homeless, case .input = wanted { throw Failure("--fault: " + Self.homeless(homeless)) }
    if case .input = wanted { return .input }
    let port = try DeskPort.choose(for: meters, asked: asked, at: wanted)
    served = port
    guard port == .modbus else { return try openPort(port, at: wanted) }
    let answering = meters.compactMap(\.answering)
    for live in meters {
      // Each by itself: of ten thousand meters only the one that is asked is brought up to now.
      live.answering?.worldTime = { [unowned self] in clock.virtual(at: $0) }
      live.answering?.onVisit = { [unowned self, unowned live] _ in
        live.advance(to: clock.virtual(at: server.clock.now))
      }
    }
    switch wanted {
    case .input: return .input
    case .tcp(let address): return .tcp(try openTCP(address, answering), framing)
    case .serial(let path, let baud): return try openSerial(path, baud: baud, answering)
    case .rfc2217(let address, let baud):
      let (bus, settings) = try makeBus(answering, baud: baud)
      return try open(address, settings, try makeLine(settings).farSide(bus))
    }
  }

  /// Serves a port that is not Modbus: one meter's.
  private func openPort(_ port: MeterProtocol, at wanted: DeskPlace.Wanted) throws -> DeskPlace {
    let live = meters[0]
    live.ports.worldTime = { [unowned self] in clock.virtual(at: $0) }
    live.ports.onVisit = { [unowned self] _ in catchUp() }
    let profile = live.meter.profile
    switch wanted {
    case .input: return .input
    case .tcp(let address):
      let line = try makeLine(nil)
      guard !DeskPort.speaksByItself(port, of: profile) else {
        // One port, one line: everybody who connects is on it, and a pulse is heard by all.
        let far = live.ports.farSide(port, asStream: true, at: server.clock.now) ?? SilentFarSide()
        let settings = MeterPorts.settings(port, of: profile) ?? .usual
        return .tcp(try server.serveLine(address, settings: settings, farSide: line.farSide(far)), .tcp)
      }
      // Who must be asked is asked by each connection in a session of its own.
      return .tcp(
        try server.serveTCP(address) { [unowned self] _ in
          let far = live.ports.farSide(port, asStream: true, at: server.clock.now)
          return line.farSide(far ?? SilentFarSide())
        }, .tcp)
    case .serial(let path, let baud):
      let (far, settings) = try serialSide(port, baud: baud)
      return try open(path, settings, far)
    case .rfc2217(let address, let baud):
      let (far, settings) = try serialSide(port, baud: baud)
      return try open(address, settings, far)
    }
  }

  /// A port of the one meter as it stands on a serial line, with what befalls the line.
  private func serialSide(_ port: MeterProtocol, baud: Int?) throws -> (any FarSide, SerialSettings) {
    let live = meters[0]
    let profile = live.meter.profile
    let settings = try DeskPort.settings(port, of: profile, baud: baud)
    let now = server.clock.now
    guard let far = live.ports.farSide(port, asStream: false, settings: settings, at: now) else {
      throw Failure("\(profile.name) has no \(port.rawValue) port on a serial line")
    }
    return (try makeLine(settings).farSide(far), settings)
  }

  private func open(_ address: HostPort, _ settings: SerialSettings, _ far: any FarSide) throws -> DeskPlace {
    let open = try server.serveLine(
      address, form: .rfc2217, settings: settings, isPaced: true, farSide: far)
    return .rfc2217(open, settings)
  }

  private func open(_ path: String, _ settings: SerialSettings, _ far: any FarSide) throws -> DeskPlace {
    guard SerialPorts.exists(path) else {
      return .pty(try server.servePty(link: path, settings: settings, farSide: far), settings)
    }
    try server.serveDevice(path, settings: settings, farSide: far)
    return .device(path, settings)
  }

  /// A port for each 247 meters, one after another: a gateway has no more numbers.
  private func openTCP(_ address: HostPort, _ answering: [ModbusAnswering]) throws -> HostPort {
    let line = try makeLine(nil)
    var first: HostPort?
    for start in stride(from: 0, to: answering.count, by: MeterPlan.unitsPerPort) {
      let part = Array(answering[start..<min(start + MeterPlan.unitsPerPort, answering.count)])
      let gateway = ModbusTCPFarSide.Gateway(part)
      var wanted = address
      wanted.port = address.port &+ UInt16(start / MeterPlan.unitsPerPort)
      let opened = try server.serveTCP(wanted) { [framing] _ in
        line.farSide(framing == .rtu ? ModbusRTUStream(gateway) : ModbusTCPFarSide(gateway))
      }
      first = first ?? opened
    }
    return first ?? address
  }

  private func makeBus(_ answering: [ModbusAnswering], baud: Int?) throws -> (MeterBus, SerialSettings) {
    let settings = try SerialSettings(of: answering, baud: baud)
    for one in answering { one.fit(settings) }
    return (MeterBus(following: answering, settings: settings), settings)
  }

  private func openSerial(_ path: String, baud: Int?, _ answering: [ModbusAnswering]) throws -> DeskPlace {
    let (bus, settings) = try makeBus(answering, baud: baud)
    if SerialPorts.exists(path) { bus.isDeafWhileSpeaking = false }
    return try open(path, settings, try makeLine(settings).farSide(bus))
  }

  private func makeLine(_ settings: SerialSettings?) throws -> LiveLine {
    let line = LiveLine(settings: settings, seed: seed)
    for fault in lineFaults { try line.begin(fault, at: server.clock.now) }
    self.line = line
    return line
  }

  /// One stable line when ready; on a terminal a client's command beside it, ready to paste.
  private func announce(_ place: DeskPlace) {
    say("ready \(whoIsThere) on \(place.words)")
    if let remark = place.remark { Terminal.error(remark) }
    guard Terminal.isWatched, let first = meters.first, let served,
      let hint = DeskHint.command(for: first, served, at: place)
    else {
      return
    }
    Terminal.error("try: " + hint)
  }

  private var whoIsThere: String {
    if meters.count > MeterPlan.unitsPerPort {
      return "\(meters.count) meters, \(MeterPlan.unitsPerPort) a port, from unit 1"
    }
    guard meters.count == 1, let live = meters.first else {
      return "bus units " + meters.compactMap(\.answering).map { "\($0.unit)" }.joined(separator: ",")
    }
    let name = live.meter.profile.name
    if let served, served != .modbus { return "\(name) over \(served.rawValue)" }
    return name + (live.answering.map { " unit \($0.unit)" } ?? "")
  }
}
