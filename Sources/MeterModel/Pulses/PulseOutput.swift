// A meter's pulse output at work: quanta of energy become pulses of a width, no faster than the output can
// go, with what ME-22 and DP-06 make of them. Pulses wait here until somebody takes them. On a stream (a pty
// or a TCP connection) a pulse is one byte, 00: what a UART at 300 baud 8N1 makes of a contact on its receive
// line that is closed for 30 ms (start bit and eight zeros), and what readers in the field (vzlogger's `s0`
// meter on a serial device among them) count: any byte is one pulse.

internal import Timeline
public import Units

/// The pulses of one meter, in order of time. It lives with its meter, on one thread.
public final class PulseOutput {
  /// What a pulse is on a stream of bytes.
  public static let byte: UInt8 = 0x00
  /// Beyond this no next pulse is foretold: the flow will have changed.
  private static let foresight = TimeSpan.hours(1)
  /// Stray light is drawn for each of these.
  private static let slot = TimeSpan.milliseconds(100)

  public let port: PulsePort
  /// Quanta that the meter filled, whatever became of them.
  public private(set) var quanta: UInt64 = 0
  /// Quanta that never became a pulse because the one before was not over, and too many waited.
  public private(set) var overrun: UInt64 = 0
  /// Where its time has come to.
  public private(set) var now: Instant

  private var waiting: [Pulse] = []
  private var divider: PulseDivider
  private var flaws = PulseFlaws()
  /// When the output can begin its next pulse.
  private var freeAt: Instant
  private let phases: Int
  private let meterDraws: RandomStream
  private let lightDraws: RandomStream

  init(_ profile: Profile, _ port: PulsePort, at start: Instant, stream: RandomStream) {
    self.port = port
    phases = profile.phases
    (now, freeAt) = (start, start)
    divider = PulseDivider(profile, port, at: start.milliseconds)
    (meterDraws, lightDraws) = (stream.stream("ME-22"), stream.stream("DP-06"))
  }

  /// Takes the pulses that have begun by an instant, in order of time.
  public func take(through instant: Instant) -> [Pulse] {
    let count = waiting.firstIndex { $0.at > instant } ?? waiting.count
    defer { waiting.removeFirst(count) }
    return Array(waiting[..<count])
  }

  /// When the next pulse begins: one that waits, or one that comes if the power stays as it is. Nil where
  /// none is in sight for an hour.
  public var next: Instant? {
    if let first = waiting.first { return first.at }
    return divider.wait(factor: flaws.constantPerMille, within: Self.foresight).map { now + $0 }
  }

  /// Nets and sums in another way from now on.
  func refit(_ netting: Netting, _ phaseSum: PhaseSum, at milliseconds: Int64) {
    divider.refit(netting, phaseSum, at: milliseconds, factor: flaws.constantPerMille)
  }

  /// Sees a block of the flow, within which nothing about the meter changes.
  func count(
    _ segments: [FlowSegment], from start: Place, until boundary: Int64, _ measuring: Measuring,
    _ signs: PhaseSigns
  ) {
    var place = start
    flaws = measuring.pulse
    place.walk(segments, until: boundary) { segment, from, to in
      divider.feel(
        segment, signs, phases: phases, from: from, to: to, factor: flaws.constantPerMille
      ) { fill(at: Instant(microseconds: $0)) }
      shine(from, to)
      now = Instant(milliseconds: to)
    }
  }

  // MARK: Energy

  /// A quantum is full.
  private func fill(at instant: Instant) {
    quanta += 1
    let number = quanta
    if happens(meterDraws, "lost", number, percent: flaws.lost) { return }
    let room = TimeSpan(microseconds: port.shortestPeriod.microseconds * Int64(port.backlog))
    guard freeAt - instant <= room else {
      overrun += 1
      return
    }
    let begin = max(instant + jitter(number), freeAt)
    send(Pulse(at: begin, width: port.width, number: number))
    if happens(meterDraws, "doubled", number, percent: flaws.doubled) {
      send(Pulse(at: freeAt, width: port.width, origin: .doubled, number: number))
    }
  }

  private func jitter(_ number: UInt64) -> TimeSpan {
    let most = flaws.jitter * 1000
    return TimeSpan(microseconds: meterDraws.stream("jitter").whole(number, in: -most...most))
  }

  /// A pulse leaves the meter; the sensor may see it otherwise.
  private func send(_ pulse: Pulse) {
    freeAt = pulse.at + port.shortestPeriod
    if happens(lightDraws, "unseen", pulse.number, percent: flaws.unseen) { return }
    put(pulse)
    for index in 0..<flaws.bounces.count {
      let at = pulse.at + .milliseconds(flaws.bounces.gap * (index + 1))
      put(Pulse(at: at, width: .milliseconds(1), origin: .bounce, number: pulse.number))
    }
    if happens(lightDraws, "seen twice", pulse.number, percent: flaws.seenTwice) {
      put(Pulse(at: pulse.end, width: port.width, origin: .doubled, number: pulse.number))
    }
  }

  // MARK: Light

  /// Draws stray light for the slots that begin in a stretch (ms).
  private func shine(_ from: Int64, _ to: Int64) {
    guard flaws.flashes > 0 else { return }
    let slot = Self.slot.microseconds
    let perMillion = flaws.flashes * 1_000_000 / (TimeSpan.hours(1).microseconds / slot)
    var index = floorDivide(from * 1000 + slot - 1, slot)
    while index * slot < to * 1000 {
      let draw = UInt64(bitPattern: index)
      if lightDraws.stream("flash").happens(draw, partsPerMillion: perMillion) {
        let at = index * slot + lightDraws.stream("instant").whole(draw, in: 0...slot - 1)
        put(Pulse(at: Instant(microseconds: at), width: port.width, origin: .light, number: draw))
      }
      index += 1
    }
  }

  private func happens(_ draws: RandomStream, _ what: String, _ number: UInt64, percent: Int64) -> Bool {
    percent > 0 && draws.stream(what).happens(number, partsPerMillion: percent * 10_000)
  }

  /// In order of time; of two at one instant the one that came first stays first.
  private func put(_ pulse: Pulse) {
    let index = waiting.lastIndex { $0.at <= pulse.at }.map { $0 + 1 } ?? 0
    waiting.insert(pulse, at: index)
  }
}

extension Meter {
  /// Its pulse output, watched from now on: the first quantum begins empty. Nil where the profile has none.
  /// What it gives must be taken, or it gathers.
  public func watchPulses() -> PulseOutput? {
    if pulses == nil {
      pulses = profile.pulse.map { PulseOutput(profile, $0, at: now, stream: stream.stream("pulses")) }
      pulses?.refit(measuring.netting, measuring.phaseSum, at: now.milliseconds)
    }
    return pulses
  }
}
