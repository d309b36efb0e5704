// A client that follows a change of speed. On a real line it has the reaction time for it (IEC 62056-21:2002,
// 6.3.14: at least 200 ms); on a busy machine, and with clients that open the port anew, it may take longer,
// so an answer at a new speed is held back for a while until the client stands as the meter does. A client
// that never follows then hears garbage, as on a real line.

internal import CHost
internal import Line
internal import Units

/// Answers that may have to wait for the client.
struct HeldAnswers {
  /// The longest reaction time (IEC 62056-21:2002, 6.3.14); what a client may take longer than the meter.
  private static let patience = TimeSpan.milliseconds(1500)
  /// A client that opens the port, or sets another speed, drops what has come: within this time. Our
  /// assumption.
  private static let settling = TimeSpan.milliseconds(30)
  /// How long after its last byte a client that left is expected back. Our assumption.
  private static let absence = TimeSpan.seconds(3)

  private(set) var waiting: [(answer: TimedBytes, uart: SerialSettings)] = []
  private var isNewSpeed = false
  private var lastHeard: Instant?
  private var came: Instant?

  mutating func add(_ answer: TimedBytes, as uart: SerialSettings) { waiting.append((answer, uart)) }

  /// Nobody waits for them any more.
  mutating func dropAll() { waiting.removeAll() }

  mutating func meterChanged() { isNewSpeed = true }

  mutating func clientSpoke(at instant: Instant) { lastHeard = instant }

  mutating func clientCame(at instant: Instant) { came = instant }

  /// Whether the first answer that waits must wait on.
  mutating func mustWait(at now: Instant, baud: Int, isSomebodyThere: Bool) -> Bool {
    guard let (answer, uart) = waiting.first, now < answer.at + Self.patience else { return false }
    guard let lastHeard, now < lastHeard + Self.absence else { return false }
    if isNewSpeed, baud != uart.baud {
      came = now
      return true
    }
    if let came, came > lastHeard, now < came + Self.settling { return true }
    return !isSomebodyThere
  }

  /// The client has followed, or will not.
  mutating func takeFirst() -> (answer: TimedBytes, uart: SerialSettings) {
    isNewSpeed = false
    return waiting.removeFirst()
  }
}

extension PtyLine {
  /// How often a client is looked at that has not followed yet.
  private static let look = TimeSpan.milliseconds(2)
  /// After its bytes came, a client has either changed its speed at once or waits for an answer.
  private static let quiet = TimeSpan.milliseconds(4)

  /// Says what is due as soon as the client stands as the meter does.
  func release() {
    while master >= 0, let next = held.waiting.first {
      let now = loop.clock.now
      guard next.answer.at <= now else { return again(at: next.answer.at) }
      // A client's new speed may be seen before its coming is told, or its coming not at all.
      if presence >= 0 { noticeClients() }
      let before = speed.baud
      lookUpSpeed(at: now, saying: next.uart)
      if presence >= 0, !isSomebodyThere, speed.baud != before {
        isSomebodyThere = true
        held.clientCame(at: now)
      }
      // Where the system does not tell who is there, somebody is.
      let isThere = isSomebodyThere || presence < 0
      if held.mustWait(at: now, baud: speed.baud, isSomebodyThere: isThere) {
        return again(at: now + Self.look)
      }
      complain(saying: next.uart)
      let (answer, uart) = held.takeFirst()
      // What was not held back keeps its exact instant.
      let start = now - answer.at < Self.look ? answer.at : now
      wire.say(TimedBytes(at: start, bytes: answer.bytes), as: uart)
      speak()
    }
  }

  private func again(at instant: Instant) {
    loop.schedule(at: instant) { [weak self] in self?.release() }
  }

  /// Looks up the client's speed, and says so when it is wrong.
  func lookUpSpeed(at now: Instant, saying uart: SerialSettings? = nil) {
    speed.lookUp(slave, at: now)
    wire.setClientSpeed(speed.baud, at: now)
    if uart == nil { complain() }
  }

  /// One line for each wrong speed, when bytes really go over the line with it.
  func complain(saying uart: SerialSettings? = nil) {
    let meter = uart ?? wire.settings
    let baud = wire.clientSettings?.baud ?? 0
    guard baud != meter.baud, speed.complainedOf != baud else { return }
    speed.complainedOf = baud
    notice(
      "\(name): the client talks at \(baud) Bd, the meter at \(meter.baud) Bd (\(meter.format)): "
        + "both hear garbage, as on a real line")
  }

  /// Makes the client's next setting of 7E1 succeed, when it is done with what it did. Looks again and again
  /// while a client is there: one that sets 7E1 now may set it once more without a byte between. (One that
  /// does so within a few milliseconds still meets EINVAL, as on any pseudo-terminal.)
  func pokeSoon() {
    guard speed.isPoked, !isPokeDue else { return }
    isPokeDue = true
    let before = speed.baud
    loop.schedule(at: loop.clock.now + Self.quiet) { [weak self] in
      guard let self, slave >= 0 else { return }
      isPokeDue = false
      speed.lookUp(slave, at: loop.clock.now)
      if speed.baud == before, wire.settings.parity != .none { speed.poke(slave) }
      if isSomebodyThere { pokeSoon() }
    }
  }
}
