// What a head or adapter can do, found out without a meter: whether it hears itself, how long its bridge
// keeps bytes back, which speeds it takes, whether it has seven data bits. Hold an optical head against a
// mirror or white paper, or bridge the wires, and every byte sent should come back.

internal import CHost
internal import Glibc
internal import Line
public import Units

/// A check of one port, in real time.
public struct HeadCheck: Hashable, Sendable {
  /// What came back of the bytes sent.
  public enum Echo: Hashable, Sendable {
    case none
    case full
    /// So many of a hundred bytes came back right.
    case partial(percent: Int)
    /// Bytes came, and not those that were sent.
    case other
  }

  /// How long an echo took beyond its wire time.
  public struct Latency: Hashable, Sendable {
    public var least: TimeSpan
    public var median: TimeSpan
    public var most: TimeSpan
  }

  public struct Speed: Hashable, Sendable {
    public var baud: Int
    /// Whether the device takes it.
    public var isPossible: Bool
    /// Nil where it was not tried.
    public var echo: Echo?
  }

  public var path: String
  /// `termios` or `libserialport`.
  public var backend: String
  /// The speed of the echo that was timed.
  public var baud: Int
  public var echo: Echo
  /// Nil without an echo.
  public var latency: Latency?
  public var speeds: [Speed]
  /// Whether the port does seven data bits and even parity itself.
  public var hasSevenBits: Bool
  /// The bridge's latency timer in ms; nil where it has none.
  public var latencyTimer: Int?
  /// The file in which that timer is set.
  public var latencyTimerFile: String
  public var modemLines: ModemLines?
  /// Other programs that have the port open.
  public var holders: [PortHolder]

  /// The speeds of IEC 62056-21:2002, 6.3.
  public static let usualSpeeds = [300, 600, 1200, 2400, 4800, 9600, 19_200]

  private static let rounds = 10
  /// An echo that takes longer beyond its wire time is none. Bridges keep bytes back for up to 255 ms.
  private static let patience = TimeSpan.milliseconds(300)
  /// Means nothing to any meter, and has every bit both ways.
  private static let pattern: [UInt8] = [0x55, 0x2A]

  /// Checks a port. `speeds` are tried after `baud`. Throws as `SerialPorts.open` does, and `lineLost` when
  /// the port goes meanwhile.
  public static func run(
    _ path: String, baud: Int = 9600, speeds: [Int] = usualSpeeds, clock: WallClock = WallClock()
  ) throws(HostError) -> HeadCheck {
    let holders = PortHolder.all(of: path)
    let port = try SerialPorts.open(path, SerialSettings.usual.at(baud))
    defer { port.close() }
    _ = try port.setModemLines(dtr: true, rts: nil)
    var probe = Probe(port: port, clock: clock)
    var delays: [TimeSpan] = []
    var echoes: [Echo] = []
    for round in 0..<rounds {
      let (echo, delay) = try probe.once([pattern[round % 2]])
      echoes.append(echo)
      if let delay { delays.append(delay) }
      // A port that is silent once and again is silent.
      if round == 1, delays.isEmpty { break }
    }
    let tried = try speeds.map { speed throws(HostError) in try probe.tryOut(speed, pattern) }
    let timer = "/sys/bus/usb-serial/devices/\(Self.name(of: port.path))/latency_timer"
    return HeadCheck(
      path: path, backend: port.backend, baud: baud, echo: sum(echoes), latency: Latency(delays),
      speeds: tried,
      hasSevenBits: try probe.doesSevenBits(), latencyTimer: smallFile(timer).flatMap { Int($0) },
      latencyTimerFile: timer, modemLines: port.modemLines, holders: holders)
  }

  private static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  private static func sum(_ echoes: [Echo]) -> Echo {
    let right = echoes.count { $0 == .full }
    if right == echoes.count { return .full }
    if right > 0 { return .partial(percent: right * 100 / echoes.count) }
    return echoes.contains(.other) ? .other : .none
  }

  /// Sends and listens.
  private struct Probe {
    let port: any SerialPort
    let clock: WallClock

    /// Sends bytes once; what came back, and how long the last of it took beyond its wire time.
    mutating func once(_ bytes: [UInt8]) throws(HostError) -> (Echo, TimeSpan?) {
      try port.discardInput()
      let start = clock.now
      guard try port.write(bytes[...]) == bytes.count else {
        throw HostError(
          .lineLost, "\(port.path) takes no bytes", help: "unplug it, plug it in again, and try once more")
      }
      let wire = start + port.settings.time(ofCharacters: bytes.count)
      var came: [UInt8] = []
      while came.count < bytes.count {
        guard chost_wait(port.descriptor, chost_wait_read, clock.monotonic(of: wire + patience)) > 0 else {
          break
        }
        _ = try port.read(into: &came)
      }
      if came.isEmpty { return (.none, nil) }
      guard came == bytes else { return (.other, nil) }
      return (.full, max(clock.now - wire, .zero))
    }

    mutating func tryOut(_ baud: Int, _ bytes: [UInt8]) throws(HostError) -> Speed {
      let before = port.settings
      guard try port.change(to: before.at(baud)) else { return Speed(baud: baud, isPossible: false) }
      let (echo, _) = try once(bytes)
      _ = try port.change(to: before)
      return Speed(baud: baud, isPossible: true, echo: echo)
    }

    /// Asked of the device, and read back: some drivers agree and do nothing.
    func doesSevenBits() throws(HostError) -> Bool {
      let before = port.settings
      guard try port.change(to: .sevenEven(before.baud)) else { return false }
      let has = chost_terminal_has_seven_even(port.descriptor) == 1
      _ = try port.change(to: before)
      return has
    }
  }
}

extension HeadCheck.Latency {
  /// Nil of none.
  init?(_ delays: [TimeSpan]) {
    let sorted = delays.sorted()
    guard let least = sorted.first, let most = sorted.last else { return nil }
    self.init(least: least, median: sorted[sorted.count / 2], most: most)
  }
}
