// Live meters on a desk: the meters, what serves them, and whoever drives them over standard input.

internal import ArgumentParser
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
  private let seed: UInt64
  private let lineFaults: [FaultSetting]
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
      for fault in row.faults { try live.begin(fault) }
      return live
    }
    clock = LiveClock(rate, start: start, wall: wall)
    (self.seed, lineFaults) = (seed, plan.lineFaults)
  }

  /// Serves until the input ends or somebody stops it; then nothing is left behind.
  func serve(_ wanted: DeskPlace.Wanted) throws {
    let place = try open(wanted)
    // Half-hours close even when nobody reads.
    server.every(.seconds(1)) { [unowned self] in catchUp() }
    // Not before signals are watched: whoever reads the line may send one at once.
    server.whenServing { [unowned self] in
      announce(place)
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
    let homeless = lineFaults.compactMap { LineFaults.declaration($0.id) }.first { fault in
      if case .input = wanted { true } else { fault.layer == .wan }
    }
    if let homeless { throw Failure("--fault: " + Self.homeless(homeless)) }
    if case .input = wanted { return .input }
    if let portless = meters.first(where: { $0.answering == nil }) {
      throw Failure(Self.refusal(of: portless))
    }
    let answering = meters.compactMap(\.answering)
    for one in answering { one.worldTime = { [unowned self] in clock.virtual(at: $0) } }
    switch wanted {
    case .input: return .input
    case .tcp(let address): return .tcp(try openTCP(address, answering))
    case .serial(let path, let baud): return try openSerial(path, baud: baud, answering)
    }
  }

  private func openTCP(_ address: HostPort, _ answering: [ModbusAnswering]) throws -> HostPort {
    let line = try makeLine(nil)
    let gateway = ModbusTCPFarSide.Gateway(answering)
    return try server.serveTCP(address) { [unowned self] _ in
      let far = ModbusTCPFarSide(gateway)
      far.onVisit = { [unowned self] _ in catchUp() }
      return line.farSide(far)
    }
  }

  private func openSerial(_ path: String, baud: Int?, _ answering: [ModbusAnswering]) throws -> DeskPlace {
    let settings = try SerialSettings(of: answering, baud: baud)
    let timing = MeterBus.Timing(baud: settings.baud, bitsPerCharacter: settings.bitsPerCharacter)
    let bus = MeterBus(answering, timing: timing)
    bus.onVisit = { [unowned self] _ in catchUp() }
    let far = try makeLine(settings).farSide(bus)
    if SerialPorts.exists(path) {
      bus.isDeafWhileSpeaking = false
      try server.serveDevice(path, settings: settings, farSide: far)
      return .device(path, settings)
    }
    return .pty(try server.servePty(link: path, settings: settings, farSide: far), settings)
  }

  private func makeLine(_ settings: SerialSettings?) throws -> LiveLine {
    let line = LiveLine(settings: settings, seed: seed)
    for fault in lineFaults { try line.begin(fault) }
    self.line = line
    return line
  }

  private static func refusal(of live: LiveMeter) -> String {
    let profile = live.meter.profile
    let twin = profile.twin.map { "; its electronic twin \($0) counts alike and has one" } ?? ""
    return
      "\(profile.name) has no port to serve\(twin). Without --serial and --tcp it can be driven and read "
      + "over standard input"
  }

  /// One stable line when ready; on a terminal a client's command beside it, ready to paste.
  private func announce(_ place: DeskPlace) {
    say("ready \(whoIsThere) on \(place.words)")
    guard Terminal.isWatched, let first = meters.first, let hint = DeskHint.command(for: first, at: place)
    else {
      return
    }
    Terminal.error("try: " + hint)
  }

  private var whoIsThere: String {
    guard meters.count == 1, let live = meters.first else {
      return "bus units " + meters.compactMap(\.answering).map { "\($0.unit)" }.joined(separator: ",")
    }
    return live.meter.profile.name + (live.answering.map { " unit \($0.unit)" } ?? "")
  }
}
