internal import ArgumentParser
internal import HostIO
internal import Line
internal import Units

/// `backspin replay TRACE`: a recording as a meter.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Serve a trace as the meter that it was recorded from.",
    discussion: """
      Each question that the trace holds is answered as it was, in the order of the recording, with its timing. \
      --strict plays one dialogue through: any departure from it is answered by silence, and told. What was \
      never recorded is never said. It ends with its input or a signal.

      Exit codes: 0 served · 1 strict, and there was a departure · 2 wrong use or a file that is no trace · \
      7 the port cannot be had or was lost.
      """)

  @Argument(help: ArgumentHelp("A trace (`backspin record`).", valueName: "file")) var trace: String
  @Option(
    help: ArgumentHelp("Serve it at this new link, or on this existing serial device.", valueName: "path"))
  var serial: String?
  @Option(help: ArgumentHelp("Serve it over TCP; port 0 takes a free one.", valueName: "host:port")) var tcp:
    String?
  @Flag(help: "One dialogue, in the order of the recording; silence for anything else.") var strict = false
  @Option(help: ArgumentHelp("Answers come so many times sooner than recorded.", valueName: "xN")) var speed =
    "x1"

  func validate() throws {
    guard (serial == nil) != (tcp == nil) else {
      throw ValidationError("one of --serial and --tcp is wanted")
    }
    guard times != nil else { throw ValidationError("--speed is written xN, with N from 1 to 1000") }
  }

  private var times: Int64? {
    guard speed.first == "x", let times = Int64(speed.dropFirst()), (1...1000).contains(times) else {
      return nil
    }
    return times
  }

  func run() throws {
    let trace = try TraceKeeper.read(trace)
    if trace.isCut { Terminal.error("\(self.trace): its end was cut off; the last event is left out") }
    guard trace.count(.answer) > 0 else {
      throw Failure("\(self.trace): no meter says anything in it, so there is nothing to serve")
    }
    do {
      try ReplayDesk(trace, strict ? .strict : .tolerant, speed: times ?? 1).serve(self)
    } catch let error as HostError {
      throw Failure("\(error)", error.code == .badAddress ? Outcomes.invalid : Outcomes.hardware)
    }
  }
}

/// A trace on a desk.
private final class ReplayDesk {
  private let server: LiveServer
  private let trace: Trace
  private let manner: TraceReplay.Manner
  private let speed: Int64
  private var departures = 0

  init(_ trace: Trace, _ manner: TraceReplay.Manner, speed: Int64) throws {
    server = try LiveServer()
    (self.trace, self.manner, self.speed) = (trace, manner, speed)
  }

  func serve(_ command: ReplayCommand) throws {
    let place = try open(command)
    server.whenServing { [unowned self] in
      Terminal.line("ready \(command.trace) on \(place)")
      server.watchLines { _ in }
    }
    _ = try server.run()
    if manner == .strict, departures > 0 { throw Outcomes.unmet }
  }

  private func open(_ command: ReplayCommand) throws -> String {
    if let tcp = command.tcp {
      let address = try server.serveTCP(try HostPort(parsing: tcp)) { [unowned self] _ in
        side(hasWire: false)
      }
      return "tcp \(address)"
    }
    let settings = trace.line ?? .usual
    let path = command.serial ?? ""
    if SerialPorts.exists(path) {
      // A device's characters take their time by themselves.
      try server.serveDevice(path, settings: settings, farSide: side(hasWire: true))
      return "serial \(path) \(settings)"
    }
    let name = try server.servePty(link: path, settings: settings, farSide: side(hasWire: true))
    return "pty \(name) \(settings)"
  }

  private func side(hasWire: Bool) -> TraceReplay {
    let replay = TraceReplay(trace, manner, speed: speed, hasWire: hasWire, start: server.clock.now)
    replay.onDeparture = { [unowned self] in tell($0) }
    return replay
  }

  private func tell(_ departure: TraceReplay.Departure) {
    departures += 1
    let heard = Self.hexadecimal(departure.heard)
    guard manner == .strict else { return Terminal.error("not in the recording: \(heard)") }
    let wanted = departure.expected.map { "the recording has \(Self.hexadecimal($0)) here" }
    Terminal.error("departure: heard \(heard); \(wanted ?? "the recording has ended")")
  }

  /// At most so many bytes are shown.
  private static let most = 32

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    let shown = bytes.prefix(most).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    return shown.joined(separator: " ") + (bytes.count > most ? " … (\(bytes.count) bytes)" : "")
  }
}
