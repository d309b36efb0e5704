// A far side for tests: closes a frame after a silence, and says what a closure makes of it after a
// turnaround.

import Line
import Timeline
import Units

final class ScriptedFarSide: FarSide {
  struct Frame: Equatable {
    var bytes: [UInt8]
    /// When its last byte was complete.
    var at: Instant
  }

  private(set) var heard: [Frame] = []
  private let silence: TimeSpan
  private let turnaround: TimeSpan
  private let answer: ([UInt8]) -> [UInt8]
  private var bytes: [UInt8] = []
  private var closes: Instant?
  private var last = Instant.epoch
  private var due: [TimedBytes] = []

  init(
    silence: TimeSpan = TimeSpan(microseconds: 4011), turnaround: TimeSpan = .milliseconds(5),
    answer: @escaping ([UInt8]) -> [UInt8]
  ) {
    (self.silence, self.turnaround, self.answer) = (silence, turnaround, answer)
  }

  func hear(_ bytes: ArraySlice<UInt8>, at instant: Instant) {
    self.bytes += bytes
    (last, closes) = (instant, instant + silence)
  }

  var wakes: Instant? { [closes, due.first?.at].compactMap { $0 }.min() }

  func speak(at instant: Instant, into answers: inout [TimedBytes]) {
    if let end = closes, end <= instant {
      heard.append(Frame(bytes: bytes, at: last))
      let words = answer(bytes)
      if !words.isEmpty { due.append(TimedBytes(at: end + turnaround, bytes: words)) }
      (bytes, closes) = ([], nil)
    }
    while let first = due.first, first.at <= instant { answers.append(due.removeFirst()) }
  }
}

/// A line at 9600 8N1 in a world that starts at the epoch, with everything that was seen on it.
struct Bench {
  let world = ClockWorld(at: .epoch)
  let line: SerialLine
  let sights = Sights()

  final class Sights {
    var all: [LineSight] = []
    func of(_ place: LineSight.Place) -> [LineSight] { all.filter { $0.place == place } }
  }

  init(
    _ farSides: [any FarSide], settings: SerialSettings = .usual, reader: SerialSettings? = nil,
    seed: UInt64 = 1
  ) {
    line = SerialLine(
      settings: settings, readerSettings: reader, farSides: farSides, world: world,
      stream: RandomStream(seed: seed))
    line.onSight = { [sights] in sights.all.append($0) }
  }

  /// All that arrives before an instant, with the instant of each piece.
  func collect(until end: Instant) -> [(at: Int64, bytes: [UInt8])] {
    var pieces: [(at: Int64, bytes: [UInt8])] = []
    while true {
      let bytes = line.wait(until: end)
      if bytes.isEmpty { return pieces }
      pieces.append((line.now.microseconds, bytes))
    }
  }
}

func at(_ microseconds: Int64) -> Instant { Instant(microseconds: microseconds) }

let question: [UInt8] = [1, 4, 0, 72, 0, 2, 0xF1, 0xDD]
let reply: [UInt8] = [1, 4, 4, 0xDE, 0xAD, 0xBE, 0xEF, 0x60, 0x61]
