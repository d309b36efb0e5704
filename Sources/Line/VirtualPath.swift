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
    /// How the reader's and the far sides' characters stand; nil where bytes take no wire time.
    var readerPace: SerialSettings?
    var farPace: SerialSettings?
    /// From one end to the other, beyond wire time.
    var latency = TimeSpan.zero
    /// Where a frame names its station.
    var unitIndex = 0

    /// One pair of wires for both directions: who speaks at once with another collides.
    var isShared: Bool { readerPace != nil }
  }

  /// A far side and when it is to be woken.
  private struct Listener {
    let farSide: any FarSide
    var wake: Instant?
  }

  /// Called for each run of bytes at either end, for a journal; nil costs nothing. It must not write or wait.
  public var onSight: ((LineSight) -> Void)?
  /// Whether a reader waits here now. A read that falls due meanwhile must wait its turn.
  public internal(set) var isWaiting = false

  let medium: Medium
  let agenda: Agenda
  let collisions: RandomStream
  var faults: LineFaultChain
  var onWire: [Burst] = []

  private var listeners: [Listener]
  /// Answers that the reader has not wholly taken, in order of their start.
  var incoming: [Incoming] = []
  private var dialogue: UInt64 = 0
  private var requests: UInt64 = 0
  private var answers: UInt64 = 0
  /// When the reader has sent what it wrote, and when the last answer on a stream is through.
  private var readerIsFree: Instant
  private var streamIsFree: Instant

  struct Incoming {
    let burst: Burst
    var taken = 0
  }

  init(_ medium: Medium, farSides: [any FarSide], world: any LineWorld, stream: RandomStream) {
    (self.medium, agenda) = (medium, Agenda(world))
    (readerIsFree, streamIsFree) = (world.now, world.now)
    collisions = stream.stream("collisions")
    faults = LineFaultChain(stream: stream, carriesCharacters: medium.isShared)
    listeners = farSides.map { Listener(farSide: $0) }
    for index in listeners.indices { arrangeWake(of: index) }
  }

  public var now: Instant { agenda.world.now }

  /// Names what the frames from now on are about (a row of the timeline, a read) and counts them from 0
  /// again. Random draws are indexed by it: with one read taken away, those of the others stay as they were.
  public func beginDialogue(_ number: UInt64) {
    (dialogue, requests, answers) = (number, 0, 0)
  }

  // MARK: From the reader

  public func write(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    // A UART sends one run of bytes after the other.
    let start = max(now, readerIsFree)
    onSight?(LineSight(.requestSent, at: start, bytes: bytes))
    let burst = burst(.request, bytes, start: start + medium.latency, pace: medium.readerPace)
    readerIsFree = burst.end - medium.latency
    send(burst, heardBy: medium.farPace)
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

  private func hear(_ burst: Burst, _ range: Range<Int>) {
    let bytes = burst.bytes[range]
    onSight?(LineSight(.requestHeard, at: now, bytes: Array(bytes)))
    for index in listeners.indices {
      listeners[index].farSide.hear(bytes, at: now)
      converse(with: index)
    }
  }

  // MARK: From a far side

  private func converse(with index: Int) {
    var answers: [TimedBytes] = []
    listeners[index].farSide.speak(at: now, into: &answers)
    for answer in answers where !answer.bytes.isEmpty { put(answer) }
    arrangeWake(of: index)
  }

  private func put(_ answer: TimedBytes) {
    let start = max(answer.at, now)
    onSight?(LineSight(.answerSent, at: start, bytes: answer.bytes))
    let burst = burst(.answer, answer.bytes, start: start + medium.latency, pace: medium.farPace)
    send(burst, heardBy: medium.readerPace)
    guard burst.count > 0 else { return }
    let place = incoming.firstIndex { burst.start < $0.burst.start } ?? incoming.count
    incoming.insert(Incoming(burst: burst), at: place)
    guard onSight != nil else { return }
    schedule(at: burst.arrival(burst.count - 1)) { path in
      guard burst.count > 0 else { return }
      path.onSight?(LineSight(.answerArrived, at: path.now, bytes: burst.bytes))
    }
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
    _ direction: LineDirection, _ bytes: [UInt8], start: Instant, pace: SerialSettings?
  ) -> Burst {
    let frame: UInt64
    switch direction {
    case .request: (frame, requests) = (requests << 1, requests + 1)
    case .answer: (frame, answers) = (answers << 1 | 1, answers + 1)
    }
    return Burst(
      direction, key: dialogue &* 0x9e37_79b9_7f4a_7c15 ^ frame << 28,
      unit: medium.unitIndex < bytes.count ? bytes[medium.unitIndex] : nil, pace: pace, start: start,
      bytes: bytes)
  }

  /// Faults, then what the other end's UART makes of it, then who else is speaking.
  private func send(_ burst: Burst, heardBy receiver: SerialSettings?) {
    if !faults.isIdle { faults.pass(burst) }
    if let sender = burst.pace, let receiver, sender != receiver {
      let heard = MismatchedSettings.heard(burst.bytes, sentAs: sender, by: receiver)
      burst.replace(with: heard.map(\.byte), at: heard.map { burst.start + $0.after })
    }
    if medium.isShared {
      collide(burst)
    } else if burst.direction == .answer {
      // A stream's bytes come in the order in which they were sent, however late the first of them are.
      if burst.start < streamIsFree { burst.delay(by: streamIsFree - burst.start) }
      streamIsFree = burst.end
    }
  }

  private func schedule(at instant: Instant, _ action: @escaping (VirtualPath) -> Void) {
    agenda.schedule(at: instant) { [weak self] in
      if let self { action(self) }
    }
  }
}
