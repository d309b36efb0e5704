// What SerialLine and TCPStream have in common: bytes under way in both directions, the far sides' agenda,
// and a reader that waits. A frame is one object with arithmetic instants; only a disturbed one costs by the
// byte.

internal import Timeline
public import Units

/// The two-way path between one reader and its far sides: a `SerialLine` or a `TCPStream`.
///
/// Bytes that arrive while nobody waits are kept until they are taken or flushed. Only waiting moves time.
public class VirtualPath: Door {
  /// What distinguishes one kind of path from another.
  struct Medium {
    /// How the reader's UART stands at first, and how the far sides' do where they do not say themselves; nil
    /// where bytes take no wire time.
    var readerPace: SerialSettings?
    var farPace: SerialSettings?
    /// From one end to the other, beyond wire time.
    var latency = TimeSpan.zero
    /// Where a frame names its station; nil where it does not.
    var unitIndex: Int? = 0
    /// What lies between the reader's UART and the wire; nil for nothing.
    var head: OpticalHead?

    var carriesCharacters: Bool { readerPace != nil }
    /// One pair of wires for both directions: who speaks at once with another collides.
    var isShared: Bool { readerPace != nil && head?.isHalfDuplex ?? true }
  }

  /// A far side, how its UART stands, and when it is to be woken.
  struct Listener {
    let farSide: any FarSide
    var ear: UARTHistory
    var wake: Instant?
  }

  /// Called for each run of bytes at either end, for a journal; nil costs nothing. It must not write or wait.
  public var onSight: ((LineSight) -> Void)?
  /// Whether a reader waits here now. A read that falls due meanwhile must wait its turn.
  public internal(set) var isWaiting = false

  let medium: Medium
  let agenda: Agenda
  let collisions: RandomStream
  let echoes: RandomStream
  var faults: LineFaultChain
  var onWire: [Burst] = []
  var listeners: [Listener]
  /// How the reader's UART stands.
  var readerEar: UARTHistory
  /// Answers that the reader has not wholly taken, in order of their start.
  var incoming: [Arriving] = []
  /// When the reader has sent what it wrote, and when the last answer on a stream is through.
  var readerIsFree: Instant
  private var streamIsFree: Instant
  private var dialogue: UInt64 = 0
  private var requests: UInt64 = 0
  private var answers: UInt64 = 0

  init(_ medium: Medium, farSides: [any FarSide], world: any LineWorld, stream: RandomStream) {
    (self.medium, agenda) = (medium, Agenda(world))
    (readerIsFree, streamIsFree) = (world.now, world.now)
    collisions = stream.stream("collisions")
    echoes = stream.stream("echoes")
    faults = LineFaultChain(stream: stream, carriesCharacters: medium.carriesCharacters)
    readerEar = UARTHistory(medium.readerPace)
    listeners = farSides.map {
      Listener(farSide: $0, ear: UARTHistory($0.settings ?? medium.farPace))
    }
    for index in listeners.indices { arrangeWake(of: index) }
  }

  public var now: Instant { agenda.world.now }

  /// Puts one more far side on the line, from now on.
  public func attach(_ farSide: any FarSide) {
    listeners.append(Listener(farSide: farSide, ear: UARTHistory(farSide.settings ?? medium.farPace)))
    arrangeWake(of: listeners.count - 1)
  }

  /// How the reader's UART stands; nil for a stream, which has none.
  public var settings: SerialSettings? { readerEar.now }

  /// Names what the frames from now on are about (a row of the timeline, a read) and counts them from 0
  /// again. Random draws are indexed by it: with one read taken away, those of the others stay as they were.
  public func beginDialogue(_ number: UInt64) {
    (dialogue, requests, answers) = (number, 0, 0)
  }

  // MARK: From the reader

  public func write(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    // A UART sends one run of bytes after the other. One of seven bits does not know of an eighth.
    let start = max(now, readerIsFree)
    let bytes = settings?.dataBits == 7 ? bytes.map { $0 & 0x7F } : bytes
    onSight?(LineSight(.requestSent, at: start, bytes: bytes))
    let burst = burst(.request, bytes, start: start + medium.latency, uart: settings)
    readerIsFree = burst.end - medium.latency
    medium.head?.reflect(burst, echoes)
    send(burst)
    if let echo = burst.echo { arrive(echo) }
    scheduleHearing(of: burst, from: 0)
  }

  /// Far sides hear a frame when its last byte is complete, or each stretch of it where it pauses.
  private func scheduleHearing(of burst: Burst, from index: Int) {
    guard index < burst.count else { return }
    let end = burst.endOfStretch(from: index)
    schedule(at: burst.arrival(end - 1)) { path in
      path.hear(burst, index..<end)
      path.scheduleHearing(of: burst, from: end)
    }
  }

  // MARK: From a far side

  func converse(with index: Int) {
    var answers: [TimedBytes] = []
    // How it stood before it spoke is how it speaks.
    let uart = listeners[index].ear.now
    listeners[index].farSide.speak(at: now, into: &answers)
    for answer in answers where !answer.bytes.isEmpty { put(answer, uart: uart) }
    seeHowItStands(index)
    arrangeWake(of: index)
  }

  private func put(_ answer: TimedBytes, uart: SerialSettings?) {
    let start = max(answer.at, now)
    onSight?(LineSight(.answerSent, at: start, bytes: answer.bytes))
    let burst = burst(.answer, answer.bytes, start: start + medium.latency, uart: uart)
    send(burst)
    guard burst.count > 0 else { return }
    arrive(burst)
  }

  private func arrangeWake(of index: Int) {
    guard let wanted = listeners[index].farSide.wakes else { return }
    // Whoever wants to be woken at once is woken a microsecond later: time must go on.
    let wake = max(wanted, now + TimeSpan(microseconds: 1))
    if let planned = listeners[index].wake, planned <= wake { return }
    listeners[index].wake = wake
    schedule(at: wake) { $0.wake(index, planned: wake) }
  }

  private func wake(_ index: Int, planned: Instant) {
    guard listeners[index].wake == planned else { return }
    listeners[index].wake = nil
    if let wanted = listeners[index].farSide.wakes, wanted <= now {
      converse(with: index)
    } else {
      arrangeWake(of: index)
    }
  }

  // MARK: Both

  private func burst(
    _ direction: LineDirection, _ bytes: [UInt8], start: Instant, uart: SerialSettings?
  ) -> Burst {
    let frame: UInt64
    switch direction {
    case .request: (frame, requests) = (requests << 1, requests + 1)
    case .answer: (frame, answers) = (answers << 1 | 1, answers + 1)
    }
    let unit = medium.unitIndex.flatMap { $0 < bytes.count ? bytes[$0] : nil }
    return Burst(
      direction, key: dialogue &* 0x9e37_79b9_7f4a_7c15 ^ frame << 28, unit: unit, uart: uart, start: start,
      bytes: bytes)
  }

  /// Faults, then who else is speaking.
  private func send(_ burst: Burst) {
    if !faults.isIdle { faults.pass(burst) }
    if medium.isShared {
      collide(burst)
      for arriving in incoming where arriving.heard !== arriving.wire { listen(to: arriving) }
    } else if burst.direction == .answer {
      // A stream's bytes come in the order in which they were sent, however late the first of them are.
      if burst.start < streamIsFree { burst.delay(by: streamIsFree - burst.start) }
      streamIsFree = burst.end
    }
  }

  func schedule(at instant: Instant, _ action: @escaping (VirtualPath) -> Void) {
    agenda.schedule(at: instant) { [weak self] in
      if let self { action(self) }
    }
  }
}
