// Meters for real programs: pseudo-terminals, serial devices and TCP ports served on one thread, in wall
// time. The line always lives in wall time, because its other end is a real program; a world behind a meter
// that runs faster or by hand maps the instants it is given with `LiveClock`.

internal import CHost
internal import Glibc
public import Line
public import Units

/// Serves far sides until it is told to end. Build it, give it what to serve, then `run` it on the same
/// thread.
///
/// Every far side is called on the thread that runs the server, with instants of `clock`.
public final class LiveServer {
  /// Why `run` returned.
  public enum Ending: Hashable, Sendable {
    /// The watched input ended.
    case endOfInput
    /// SIGINT, SIGTERM or SIGHUP.
    case signal(Int32)
    /// `stop` was called.
    case stopped
  }

  public let clock: WallClock
  private let loop: EventLoop
  private let notice: (String) -> Void
  private var ptys: [PtyLine] = []
  private var devices: [DeviceLine] = []
  private var listeners: [Listener] = []
  private var lines: [NetLine] = []
  private var inputs: [LineInput] = []
  private var ending = Ending.stopped
  private var loss: HostError?

  /// - Parameter notice: told one line for people when something happens that is no failure of the server: a
  ///   client at a wrong speed, descriptors that ran out. By default it goes to standard error.
  public init(
    clock: WallClock = WallClock(), notice: @escaping (String) -> Void = LiveServer.tell
  ) throws(HostError) {
    (self.clock, self.notice) = (clock, notice)
    loop = try EventLoop(clock: clock)
  }

  deinit { close() }

  /// Writes one line to standard error.
  @Sendable public static func tell(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = bytes.withUnsafeBytes { chost_write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  /// Serves a far side on a new pseudo-terminal.
  ///
  /// - Parameters:
  ///   - link: a stable path for clients; nil gives only the system's `/dev/pts/N`.
  ///   - isPaced: whether characters take their time on the wire.
  /// - Returns: the path for clients.
  @discardableResult
  public func servePty(
    link: String?, settings: SerialSettings, isPaced: Bool = true, farSide: any FarSide
  ) throws(HostError) -> String {
    let line = try PtyLine(
      link: link, settings: settings, isPaced: isPaced, farSide: farSide, loop: loop, notice: notice)
    ptys.append(line)
    return line.name
  }

  /// Serves a far side on an existing serial device. When the device goes, `run` ends with `lineLost`.
  /// Throws `linkTaken` for the pseudo-terminal of another live meter: two meters cannot face each other.
  public func serveDevice(_ path: String, settings: SerialSettings, farSide: any FarSide) throws(HostError) {
    guard !PtyLine.isServed(path) else {
      throw HostError(
        .linkTaken, "\(path) is the line of another live meter",
        help: "choose another name, or end that meter")
    }
    serve(try SerialPorts.open(path, settings), farSide: farSide)
  }

  /// Serves a far side on an open serial port.
  public func serve(_ port: any SerialPort, farSide: any FarSide) {
    let line = DeviceLine(port, farSide: farSide, loop: loop) { [weak self] error in
      self?.loss = error
      self?.loop.stop()
    }
    devices.append(line)
  }

  /// Serves TCP connections; `makeFarSide` is called for each, with its number from 1.
  ///
  /// - Returns: the address, with the port that was taken for port 0.
  @discardableResult
  public func serveTCP(
    _ address: HostPort, makeFarSide: @escaping (_ connection: Int) -> any FarSide
  ) throws(HostError) -> HostPort {
    // Where the limit cannot be raised it stays, and `Listener` says so when it is reached.
    _ = chost_raise_descriptor_limit()
    let workspace = Connection.Workspace()
    let listener = try Listener(address, loop: loop, notice: notice) { [loop] socket, number, onClose in
      Connection(socket, farSide: makeFarSide(number), loop: loop, workspace: workspace, onClose: onClose)
    }
    listeners.append(listener)
    return listener.address
  }

  /// Serves one far side on a TCP port as a serial device server would: whoever connects is on its line, and
  /// hears what it pushes by itself.
  ///
  /// - Parameters:
  ///   - form: raw characters, or RFC 2217, which carries speed and format too.
  ///   - settings: how the line is set, where the far side does not say itself.
  ///   - isPaced: whether characters take their time on the wire.
  /// - Returns: the address, with the port that was taken for port 0.
  @discardableResult
  public func serveLine(
    _ address: HostPort, form: TCPForm = .raw, settings: SerialSettings, isPaced: Bool = false,
    farSide: any FarSide
  ) throws(HostError) -> HostPort {
    _ = chost_raise_descriptor_limit()
    let line = try NetLine(
      address, form: form, settings: settings, isPaced: isPaced, farSide: farSide, loop: loop, notice: notice)
    lines.append(line)
    return line.address ?? address
  }

  /// Hands lines of a descriptor (standard input) to a callback; the end of input ends `run`. `/dev/null` is
  /// not input: a server in the background serves until a signal. A line that is too long is dropped, and
  /// `onTooLong` is told why; without it, that is a notice.
  public func watchLines(
    _ descriptor: Int32 = 0, onTooLong: ((String) -> Void)? = nil, onLine: @escaping (String) -> Void
  ) {
    guard !LineInput.isNowhere(descriptor) else { return }
    let notice = onTooLong ?? notice
    let input = LineInput(descriptor, loop: loop, notice: notice, onLine: onLine) { [weak self] in
      self?.end(.endOfInput)
    }
    inputs.append(input)
  }

  /// Calls back once, when `run` has begun: from then on a signal ends the server and takes its links away.
  public func whenServing(_ action: @escaping () -> Void) { loop.schedule(at: clock.now, action) }

  /// Calls back again and again, each time `span` after the time before was due.
  public func every(_ span: TimeSpan, _ action: @escaping () -> Void) {
    let span = max(span, .milliseconds(1))
    repeatAction(at: clock.now + span, every: span, action)
  }

  private func repeatAction(at due: Instant, every span: TimeSpan, _ action: @escaping () -> Void) {
    loop.schedule(at: due) { [weak self] in
      guard let self else { return }
      action()
      repeatAction(at: max(due + span, clock.now), every: span, action)
    }
  }

  /// Serves until the input ends, a signal comes, or somebody stops it; then gives everything back, links
  /// too. Throws `signalsTaken`, and `lineLost` when a device went.
  public func run() throws(HostError) -> Ending {
    defer { close() }
    let signals = chost_signals_watch()
    guard signals >= 0 else {
      throw HostError(
        .signalsTaken, "another server of this process watches signals", help: "run one server at a time")
    }
    defer { chost_signals_unwatch() }
    let watch = SignalWatch(signals) { [weak self] in self?.end(.signal($0)) }
    loop.watch(signals, Interest.read, watch)
    loop.run()
    loop.unwatch(signals)
    if let loss { throw loss }
    return ending
  }

  /// How often ports vanished or came back: a return that was planned before is not the present one's.
  private var vanishings = 0

  /// Takes the ports away as if their plug were pulled: terminals are hung up and their links gone,
  /// connections closed and new ones refused. After `span` they are back; nil: when `comeBack` is called. The
  /// far sides know nothing of it. Serial devices stay: nothing can be pulled there from here.
  public func vanish(for span: TimeSpan? = nil) {
    vanishings += 1
    for line in ptys { line.vanish() }
    for listener in listeners { listener.vanish() }
    for line in lines { line.vanish() }
    guard let span else { return }
    let number = vanishings
    loop.schedule(at: clock.now + span) { [weak self] in
      guard let self, number == vanishings else { return }
      comeBack()
    }
  }

  /// Puts the ports back that vanished. One that cannot come back is tried again each second,
  /// and people told.
  public func comeBack() {
    vanishings += 1
    do throws(HostError) {
      for line in ptys { try line.comeBack() }
      for listener in listeners { try listener.comeBack() }
      for line in lines { try line.comeBack() }
    } catch {
      notice("\(error)")
      let number = vanishings
      loop.schedule(at: clock.now + .seconds(1)) { [weak self] in
        guard let self, number == vanishings else { return }
        comeBack()
      }
    }
  }

  /// Far sides may stand otherwise though nothing was said to them: looks how they stand.
  public func lookAnew() {
    let now = clock.now
    for line in ptys { line.look(at: now) }
    for line in devices { line.look(at: now) }
    for line in lines { line.look(at: now) }
  }

  /// Ends `run`; call it on the server's own thread, from any callback.
  public func stop() { end(.stopped) }

  private func end(_ ending: Ending) {
    self.ending = ending
    loop.stop()
  }

  /// Gives everything back: links, devices, ports. Done by `run` too.
  public func close() {
    for line in ptys { line.close() }
    for device in devices { device.close() }
    for listener in listeners { listener.close() }
    for input in inputs { input.close() }
    for line in lines { line.close() }
    (devices, listeners, lines, inputs) = ([], [], [], [])
  }

  /// Connections that are open now.
  public var openConnections: Int {
    listeners.reduce(0) { $0 + $1.openConnections } + lines.reduce(0) { $0 + $1.openConnections }
  }

  /// How late the characters of each pseudo-terminal were, in the order in which they were served.
  public var pacing: [PacingRecord] { ptys.map(\.pacing) }
}

/// Signals as bytes of a pipe.
private final class SignalWatch: Watcher {
  private let descriptor: Int32
  private let onSignal: (Int32) -> Void

  init(_ descriptor: Int32, onSignal: @escaping (Int32) -> Void) {
    (self.descriptor, self.onSignal) = (descriptor, onSignal)
  }

  func ready(_ events: UInt32) {
    var number: UInt8 = 0
    if chost_read(descriptor, &number, 1) == 1 { onSignal(Int32(number)) }
  }
}
