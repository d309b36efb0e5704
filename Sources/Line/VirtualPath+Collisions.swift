// Two senders on one pair of wires. Our assumption, as no standard says what comes of it: from its first to
// its last character a sender drives the line; where two drive it, what is heard is neither. Each spoilt byte
// differs from what was sent, by a draw of its own. The reader hears nothing while it speaks itself.

internal import Timeline
internal import Units

extension VirtualPath {
  /// Puts a frame on the wire, and spoils it and whatever it meets there.
  func collide(_ new: Burst) {
    onWire.removeAll { $0.end <= now }
    for other in onWire where other.start < new.end && new.start < other.end { meet(other, new) }
    onWire.append(new)
  }

  private func meet(_ other: Burst, _ new: Burst) {
    let (heard, lost) = roles(other, new)
    let range = (heard.start..<heard.end).clamped(to: lost.start..<lost.end)
    heard.garble(during: range) { spoil(heard.draw(byte: $0)) }
    lost.lose(during: range)
  }

  /// Which of two frames is heard spoilt, and which is not heard while the other lasts. Of a request and an
  /// answer, the far sides hear the request; of two answers, the reader hears one stream of bytes.
  private func roles(_ other: Burst, _ new: Burst) -> (heard: Burst, lost: Burst) {
    if other.direction != new.direction {
      return other.direction == .request ? (other, new) : (new, other)
    }
    return other.start <= new.start ? (other, new) : (new, other)
  }

  private func spoil(_ draw: UInt64) -> UInt8 { UInt8(collisions.whole(draw, in: 1...255)) }
}
