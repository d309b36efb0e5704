// One run of characters on its way: what a writer wrote at once, or a far side said at once. Its instants are
// arithmetic as long as nothing disturbs it, so an undisturbed frame costs nothing per byte.

internal import Units

/// A frame under way. A class, because the line, its agenda and a collision speak of the same one.
final class Burst {
  let direction: LineDirection
  /// What random draws about it are indexed by: dialogue, number and direction.
  let key: UInt64
  /// The station address that it was sent with; nil when it is too short to hold one.
  let unit: UInt8?
  /// How its characters stand on the wire; nil where bytes take no wire time. Seven bits with parity stand as
  /// eight without (`SerialSettings.onWire`).
  let pace: SerialSettings?
  /// Whether its bytes were put on the wire as seven bits and a parity bit: that is then bit 7 of each.
  let hasParityInBit7: Bool
  /// What was sent, whatever befell it later.
  let sent: [UInt8]
  private(set) var start: Instant
  private(set) var bytes: [UInt8]
  /// What the head reflects of it into the receiver beside its sender; nil for nothing.
  private(set) var echo: Burst?
  /// Added before every byte but the first.
  private var pause = TimeSpan.zero
  /// When each byte is complete, where arithmetic no longer tells.
  private var stated: [Instant]?
  /// How long it holds the wire, whatever becomes of its bytes.
  private var held: TimeSpan

  /// `uart` is its sender's; nil where bytes take no wire time.
  init(
    _ direction: LineDirection, key: UInt64, unit: UInt8?, uart: SerialSettings?, start: Instant,
    bytes: [UInt8]
  ) {
    (self.direction, self.key, self.unit, self.start) = (direction, key, unit, start)
    pace = uart?.onWire
    hasParityInBit7 = uart?.hasParityInBit7 ?? false
    sent = uart?.wire(bytes) ?? bytes
    self.bytes = sent
    held = pace?.time(ofCharacters: bytes.count) ?? .zero
  }

  /// The same in time, with other bytes, one for one.
  private init(_ other: Burst, bytes: [UInt8]) {
    (direction, key, unit) = (other.direction, other.key, other.unit)
    (pace, hasParityInBit7, sent) = (other.pace, other.hasParityInBit7, other.sent)
    (self.bytes, start, pause, stated, held) = (bytes, other.start, other.pause, other.stated, other.held)
  }

  var count: Int { bytes.count }

  /// The end of its time on the wire.
  var end: Instant { start + held }

  /// When a byte is complete.
  func arrival(_ index: Int) -> Instant {
    if let stated { return stated[index] }
    guard let pace else { return start + pause * Int64(index) }
    return start + pace.time(ofCharacters: index + 1) + pause * Int64(index)
  }

  /// The span of which no two neighbouring bytes are further apart; nil where arithmetic does not tell.
  var step: TimeSpan? {
    guard stated == nil else { return nil }
    return pause + (pace?.time(ofCharacters: 1) ?? .zero) + TimeSpan(microseconds: 1)
  }

  /// The first index at or after `index` whose byte is not yet complete at an instant.
  func indexAfter(_ instant: Instant, from index: Int) -> Int {
    var (low, high) = (index, count)
    while low < high {
      let middle = (low + high) / 2
      if arrival(middle) <= instant { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The end of the stretch from `index` on that a listener hears in one piece: no byte comes later than one
  /// character after the one before it.
  func endOfStretch(from index: Int) -> Int {
    let character = (pace?.time(ofCharacters: 1) ?? .zero) + TimeSpan(microseconds: 1)
    if stated == nil { return pause == .zero ? count : index + 1 }
    var end = index + 1
    while end < count, arrival(end) - arrival(end - 1) <= character { end += 1 }
    return end
  }

  /// The index of a random draw about one byte (`0 ..< 2^24`) and one of 16 questions about it.
  func draw(byte: Int, question: UInt64 = 0) -> UInt64 { key &+ (UInt64(byte) << 4 | question) }
}

// What may happen to it on the way.
extension Burst {
  /// It starts later.
  func delay(by span: TimeSpan) {
    start = start + span
    if let instants = stated { stated = instants.map { $0 + span } }
  }

  /// It pauses before every byte but the first.
  func stretch(by span: TimeSpan) {
    held = held + span * Int64(max(count - 1, 0))
    if let instants = stated {
      stated = instants.enumerated().map { $1 + span * Int64($0) }
    } else {
      pause = pause + span
    }
  }

  /// Bits of one byte are inverted.
  func invert(_ index: Int, mask: UInt8) { bytes[index] ^= mask }

  /// Other bytes come than were sent, at instants of their own, which do not fall.
  func replace(with bytes: [UInt8], at instants: [Instant]) {
    (self.bytes, stated) = (bytes, instants)
    if let last = instants.last { held = max(held, last - start) }
  }

  /// Nobody hears any of it.
  func silence() { replace(with: [], at: []) }

  /// Keeps the bytes whose characters do not overlap a range of time.
  func lose(during range: Range<Instant>) {
    let kept = (0..<count).filter { !slot($0).overlaps(range) }
    guard kept.count < count else { return }
    replace(with: kept.map { bytes[$0] }, at: kept.map(arrival))
  }

  /// Spoils the bytes whose characters overlap a range of time; `mask` is never 0.
  func garble(during range: Range<Instant>, mask: (Int) -> UInt8) {
    for index in 0..<count where slot(index).overlaps(range) { bytes[index] ^= mask(index) }
  }

  /// Other bytes come at the same instants, one for one.
  func with(_ bytes: [UInt8]) -> Burst { Burst(self, bytes: bytes) }

  /// The head throws some of it back, as it was sent, so much later.
  func reflect(after delay: TimeSpan, keeping isKept: (Int) -> Bool) {
    let mirror = Burst(.answer, key: key, unit: unit, uart: pace, start: start + delay, bytes: sent)
    let kept = (0..<sent.count).filter(isKept)
    guard !kept.isEmpty else { return }
    if kept.count < sent.count {
      mirror.replace(with: kept.map { sent[$0] }, at: kept.map(mirror.arrival))
    }
    echo = mirror
  }

  /// Characters come before it, with a pause between them and it; it starts so much later.
  func precede(with noise: [UInt8], pause gap: TimeSpan) {
    let length = pace?.time(ofCharacters: noise.count) ?? .zero
    let before = start
    delay(by: length + gap)
    let instants = (0..<noise.count).map { before + (pace?.time(ofCharacters: $0 + 1) ?? .zero) }
    replace(with: noise + bytes, at: instants + (0..<count).map(arrival))
    start = before
  }

  /// It pauses once, before the byte at `index`.
  func pause(before index: Int, for span: TimeSpan) {
    guard index > 0, index < count else { return }
    replace(with: bytes, at: (0..<count).map { arrival($0) + ($0 < index ? .zero : span) })
  }

  /// The time in which a character is on the wire.
  func slot(_ index: Int) -> Range<Instant> {
    let end = arrival(index)
    return (end - (pace?.time(ofCharacters: 1) ?? .zero))..<end
  }
}
