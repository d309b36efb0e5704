// A witness on a desk: the user's own reader on one side, the meter on the other.

internal import ArgumentParser
internal import HostIO
internal import Line
internal import Units

/// Lends a meter to readers and keeps what passes.
final class RecordingDesk {
  private let server: LiveServer
  private let keeper: TraceKeeper
  private let proxy: RecordingProxy
  private let line: SerialSettings?
  private let lost: () -> HostError?
  private let words: String

  /// Opens the meter's line, then the place for readers, then the file. Throws `Failure`.
  init(_ options: ProxyOptions, listen: String, out: String) throws {
    do {
      server = try LiveServer()
      let tongue = TraceTongue(rawValue: options.protocol) ?? .unknown
      let door: any Door
      if let tcp = options.tcp {
        let opened = try TCPDoor(connecting: try HostPort(parsing: tcp), clock: server.clock)
        (door, line, lost) = (opened, nil, { opened.lost })
      } else {
        let settings = SerialSettings(parsing: options.line) ?? .usual
        let opened = SerialDoor(
          try SerialPorts.open(options.serial ?? "", settings.onWire), clock: server.clock)
        (door, line, lost) = (opened, settings, { opened.lost })
      }
      let place = options.tcp ?? options.serial ?? ""
      let keeper = try TraceKeeper(out, place: place)
      let origin = server.clock.now
      keeper.begin(origin, line: line, tongue)
      self.keeper = keeper
      proxy = RecordingProxy(door, line: line, tongue: tongue, origin: origin) { keeper.keep($0) }
      if listen.contains(":"), !listen.contains("/") {
        let proxy = proxy
        let address = try server.serveTCP(try HostPort(parsing: listen)) { _ in
          proxy.farSide(patience: .minutes(1))
        }
        words = "tcp \(address)"
      } else {
        let settings = line ?? .usual
        words =
          "pty "
          + (try server.servePty(
            link: listen, settings: settings, isPaced: false, farSide: proxy.farSide())) + " \(settings)"
      }
    } catch let error as HostError {
      throw Failure("\(error)", error.code == .badAddress ? Outcomes.invalid : Outcomes.hardware)
    }
  }

  /// Until the input ends, a signal comes, the meter's line is lost, or the disk is full.
  func serve() throws {
    server.every(.milliseconds(200)) { [unowned self] in
      if lost() != nil || keeper.failure != nil { server.stop() }
    }
    server.whenServing { [unowned self] in
      Terminal.line("ready recording into \(keeper.path) on \(words)")
      server.watchLines { _ in }
    }
    do throws(HostError) {
      _ = try server.run()
    } catch {
      throw Failure("\(error)", Outcomes.hardware)
    }
    Terminal.error("\(keeper.events) events are in \(keeper.path)")
    try keeper.check()
    if let error = lost() { throw Failure("\(error)", Outcomes.hardware) }
  }
}
