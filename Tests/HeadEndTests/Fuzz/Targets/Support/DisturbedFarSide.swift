// A far side behind a stretch of bad line: what goes either way may be changed, kept back or said twice.

import Line
import Units

/// Passes bytes to and from another far side through a closure.
final class DisturbedFarSide: FarSide {
  enum Direction: String, Hashable, CaseIterable { case request, answer }

  /// A piece of what was sent, and how much later than it was.
  struct Piece: Hashable {
    var bytes: [UInt8]
    var delay = TimeSpan.zero
  }

  /// Which bytes pass on: given their direction and how many bytes of that direction came before them.
  typealias Disturbance = (Direction, _ offset: Int, [UInt8]) -> [Piece]

  let inner: any FarSide
  private let disturb: Disturbance
  private(set) var passed: [Direction: Int] = [.request: 0, .answer: 0]
  /// The runs of bytes that went each way, before any disturbance.
  private(set) var runs: [(direction: Direction, bytes: [UInt8])] = []
  private var late: [(at: Instant, bytes: [UInt8])] = []
  /// Nothing on a line overtakes what was sent before it.
  private var answersUntil = Instant.epoch

  init(_ inner: any FarSide, _ disturb: @escaping Disturbance) {
    (self.inner, self.disturb) = (inner, disturb)
  }

  private func pieces(_ direction: Direction, _ bytes: [UInt8]) -> [Piece] {
    let offset = passed[direction, default: 0]
    passed[direction] = offset + bytes.count
    runs.append((direction, bytes))
    return disturb(direction, offset, bytes)
  }

  func hear(_ bytes: ArraySlice<UInt8>, at instant: Instant) {
    catchUp(at: instant)
    var at = late.last?.at ?? instant
    for piece in pieces(.request, Array(bytes)) where !piece.bytes.isEmpty {
      at = max(at, instant + piece.delay)
      if at <= instant { inner.hear(piece.bytes[...], at: instant) } else { late.append((at, piece.bytes)) }
    }
  }

  private func catchUp(at instant: Instant) {
    while let first = late.first, first.at <= instant {
      late.removeFirst()
      inner.hear(first.bytes[...], at: first.at)
    }
  }

  var wakes: Instant? { [late.first?.at, inner.wakes].compactMap { $0 }.min() }

  var settings: SerialSettings? { inner.settings }

  func speak(at instant: Instant, into answers: inout [TimedBytes]) {
    catchUp(at: instant)
    var said: [TimedBytes] = []
    inner.speak(at: instant, into: &said)
    for one in said {
      for piece in pieces(.answer, one.bytes) where !piece.bytes.isEmpty {
        answersUntil = max(answersUntil, one.at + piece.delay)
        answers.append(TimedBytes(at: answersUntil, bytes: piece.bytes))
      }
    }
  }
}
