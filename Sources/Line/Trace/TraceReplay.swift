// A trace served as a meter. Tolerant, it knows each question again whatever varies in it, in any order, and
// gives the answers of each in the order in which they were recorded; strict, it plays one dialogue through
// and answers any departure from it with silence. Nothing is made up: what was never recorded is never said.

public import Units

/// The meter's end of a recorded dialogue.
public final class TraceReplay: FarSide {
  public enum Manner: String, Hashable, Sendable, CaseIterable { case tolerant, strict }

  /// A question that the trace does not hold here.
  public struct Departure: Hashable, Sendable {
    public var at: Instant
    public var heard: [UInt8]
    /// What strict replay waited for; nil after its end, and when it is tolerant.
    public var expected: [UInt8]?
  }

  /// A question whose bytes stop for so long is given up. Our assumption: more than the pauses of any
  /// dialogue's bytes, less than what a reader waits before it asks again.
  static let pause = TimeSpan.milliseconds(250)
  /// Wake-up zeros at 9600 baud (IEC 62056-21, annex B: 2.3 s), rounded up.
  private static let mostPreamble = 2400
  /// After so long without a question the line stands as at the beginning: a meter's session has ended.
  static let forget = TimeSpan.seconds(10)

  public var onDeparture: ((Departure) -> Void)?
  /// Turns that were played.
  public private(set) var played = 0
  public private(set) var departures = 0

  private let tongue: TraceTongue
  private let manner: Manner
  private let speed: Int64
  private let turns: [TraceTurn]
  private let keys: [[UInt8]]
  /// Bytes of the longest question, and those that a head may put before one.
  private let longest: Int
  private let first: SerialSettings?
  private var uart: SerialSettings?
  /// The turn that comes next in the order of the recording.
  private var next: Int
  private var heard: [UInt8] = []
  private var heardAt: Instant
  private var due: [(at: Instant, what: TraceTurn.Act.What)] = []
  /// The question that is answered, as recorded and as made now.
  private var question: (recorded: [UInt8], made: [UInt8]) = ([], [])

  /// - Parameters:
  ///   - speed: answers come so many times sooner than recorded, at least 1.
  ///   - hasWire: the line that it is put on takes its own time for each character.
  ///   - start: what came unasked at the beginning of the trace is said from here on.
  public init(
    _ trace: Trace, _ manner: Manner = .tolerant, speed: Int64 = 1, hasWire: Bool, start: Instant
  ) {
    (tongue, self.manner, self.speed) = (trace.tongue, manner, max(speed, 1))
    turns = TraceTurn.turns(of: trace, wire: hasWire)
    keys = turns.map { [tongue] in tongue.key($0.request) }
    longest = (turns.map(\.request.count).max() ?? 0) + Self.mostPreamble
    (first, uart, heardAt) = (trace.line, trace.line, start)
    next = 0
    if let turn = turns.first, turn.request.isEmpty { play(0, asked: [], at: start) }
  }

  public var settings: SerialSettings? { uart }

  public func hear(_ bytes: ArraySlice<UInt8>, at instant: Instant) {
    if !heard.isEmpty, instant - heardAt > Self.pause { depart(at: instant) }
    heard += bytes
    heardAt = instant
    match(at: instant)
    // What no question ends with will not become one.
    if heard.count > longest { heard = Array(heard.suffix(longest)) }
  }

  public var wakes: Instant? {
    let times = [
      due.first?.at, heard.isEmpty ? nil : heardAt + Self.pause, isAway ? heardAt + Self.forget : nil,
    ]
    return times.compactMap { $0 }.min()
  }

  /// The line does not stand as at the beginning, and nobody speaks.
  private var isAway: Bool { manner == .tolerant && uart != first && due.isEmpty }

  public func speak(at instant: Instant, into answers: inout [TimedBytes]) {
    if !heard.isEmpty, instant >= heardAt + Self.pause { depart(at: instant) }
    if isAway, instant >= heardAt + Self.forget { (uart, next) = (first, 0) }
    var hasSpoken = false
    while let act = due.first, act.at <= instant {
      switch act.what {
      case .say(let bytes):
        let said = tongue.adapt(bytes, from: question.recorded, to: question.made)
        answers.append(TimedBytes(at: act.at, bytes: said))
        hasSpoken = true
      case .tune(let settings):
        // What was said before the change leaves first.
        if hasSpoken { return }
        uart = settings
      }
      due.removeFirst()
      if due.isEmpty { heardAt = max(heardAt, instant) }
    }
    if due.isEmpty { repeatPush(at: instant) }
  }

  /// A meter that speaks by itself and is never asked goes on: the recording begins anew, a second later.
  private func repeatPush(at instant: Instant) {
    guard manner == .tolerant, turns.count == 1, turns[0].request.isEmpty, !turns[0].saysNothing else {
      return
    }
    play(0, asked: [], at: instant + .seconds(1))
  }

  // MARK: Questions

  private func match(at instant: Instant) {
    while !heard.isEmpty {
      let key = tongue.key(heard)
      let order =
        manner == .strict
        ? Array(next..<min(next + 1, turns.count)) : Array(next..<turns.count) + Array(0..<next)
      let asked = order.filter { !turns[$0].request.isEmpty }
      if let turn = asked.first(where: { keys[$0] == key }) {
        let made = heard
        heard = []
        return play(turn, asked: made, at: instant)
      }
      // It may still become a question that is known.
      if asked.contains(where: { keys[$0].starts(with: key) }) { return }
      guard let turn = asked.first(where: { !keys[$0].isEmpty && key.starts(with: keys[$0]) }) else {
        if manner == .strict { depart(at: instant) }
        return
      }
      let rest = key.count - keys[turn].count
      let made = Array(heard.dropLast(rest))
      heard = Array(heard.suffix(rest))
      play(turn, asked: made, at: instant)
    }
  }

  private func play(_ turn: Int, asked: [UInt8], at instant: Instant) {
    question = (turns[turn].request, asked)
    // A reader that asks again has given up what was not said yet.
    due = turns[turn].acts.map { act in
      (instant + TimeSpan(microseconds: act.after.microseconds / speed), act.what)
    }
    next = turn + 1
    if next == turns.count, manner == .tolerant { next = 0 }
    played += 1
  }

  /// Another reader begins where a session begins; in a strict dialogue there is one reader.
  public func abandon(at instant: Instant) {
    guard manner == .tolerant else { return }
    (uart, heard, due) = (first, [], [])
  }

  private func depart(at instant: Instant) {
    let expected = manner == .strict && next < turns.count ? turns[next].request : nil
    onDeparture?(Departure(at: instant, heard: heard, expected: expected))
    departures += 1
    heard = []
  }
}
