// CL-06: an RS-485 pair that is not wired as it should be: its two wires swapped, no resistor at its end, or
// a second master on it. EIA-485 says how the pair is driven, the Modbus serial line guide 1.02 (3.4) that it
// wants a resistor at both ends and one master; what comes of it where they are not is our assumption.

internal import Timeline
internal import Units

/// Swapped wires, missing termination, two masters.
struct BusTrouble: LineFault {
  static let declaration = FaultDeclaration(
    id: "CL-06", title: "RS-485 polarity, termination or a second master", layer: .line,
    symptoms: "checksum errors, merged frames, no answer at all where the wires are swapped",
    parameters: [
      .init(
        name: "kind",
        meaning: "masters: another one speaks into frames; termination: bits after an edge are read wrong; "
          + "polarity: the two wires are swapped, so that every level is inverted, also that of silence",
        kind: .choice(["masters", "termination", "polarity"], default: "masters")),
      .init(
        name: "collision", meaning: "masters: frames into which the other one speaks, each by its own draw",
        kind: .whole(unit: "per cent", range: 0...20, default: 10)),
      .init(
        name: "rate", meaning: "termination: data bits after an edge that are read wrong",
        kind: .whole(unit: "ppm", range: 1...50_000, default: 5000)),
      SharedParameter.unit,
    ],
    caughtBy: ["R-READ-01"], detectors: [.checksum])
  static let needsCharacters = true

  /// The other master's frame: a read request of Modbus, 8 characters.
  private static let foreignLength = 8
  /// Questions about one byte after those about its bits.
  private static let (place, mask, tail): (UInt64, UInt64, UInt64) = (8, 9, 10)

  private let kind: String
  private let collision: Int64
  private let rate: Int64
  private let unit: Int64
  private let stream: RandomStream

  init(_ values: FaultValues, stream: RandomStream) {
    (kind, collision) = (values.choice("kind"), values.whole("collision"))
    (rate, unit, self.stream) = (values.whole("rate"), values.whole("unit"), stream)
  }

  mutating func disturb(_ frame: Burst) -> Bool {
    guard frame.count > 0, SharedParameter.covers(unit, frame), let pace = frame.pace else { return false }
    switch kind {
    case "polarity": return invert(frame, pace)
    case "termination": return ring(frame)
    default: return speakInto(frame, pace)
    }
  }

  /// Every level is inverted, that of an idle line too: a receiver finds its start bits where there are none.
  private func invert(_ frame: Burst, _ pace: SerialSettings) -> Bool {
    let heard = MismatchedSettings.heard(frame.bytes, sentAs: pace, by: pace, isInverted: true)
    let start = frame.start
    frame.replace(with: heard.map(\.byte), at: heard.map { start + $0.after })
    return true
  }

  /// An edge comes back from the open end: the bit after it may be sampled as it was before.
  private func ring(_ frame: Burst) -> Bool {
    var isChanged = false
    for index in 0..<frame.count {
      let byte = frame.bytes[index]
      var mask: UInt8 = 0
      var before = false  // The start bit.
      for bit in 0..<8 as Range<UInt64> {
        let level = byte >> UInt8(bit) & 1 == 1
        if level != before, stream.happens(frame.draw(byte: index, question: bit), partsPerMillion: rate) {
          mask |= 1 << UInt8(bit)
        }
        before = level
      }
      guard mask != 0 else { continue }
      frame.invert(index, mask: mask)
      isChanged = true
    }
    return isChanged
  }

  /// The other master begins within the frame: where both drive the pair neither is heard, and what is left
  /// of its request comes behind as if it belonged to the frame.
  private func speakInto(_ frame: Burst, _ pace: SerialSettings) -> Bool {
    guard stream.happens(frame.draw(byte: 0, question: Self.place), partsPerMillion: collision * 10_000)
    else { return false }
    let count = frame.count
    let first = Int(stream.whole(frame.draw(byte: 1, question: Self.place), in: 0...Int64(count - 1)))
    let both = first..<min(first + Self.foreignLength, count)
    for index in both {
      let mask = stream.whole(frame.draw(byte: index, question: Self.mask), in: 1...255)
      frame.invert(index, mask: UInt8(mask))
    }
    let tail = (both.count..<Self.foreignLength).map {
      UInt8(truncatingIfNeeded: stream.bits(frame.draw(byte: $0, question: Self.tail)))
    }
    let end = frame.arrival(count - 1)
    let instants = tail.indices.map { end + pace.time(ofCharacters: $0 + 1) }
    frame.replace(with: frame.bytes + tail, at: (0..<count).map(frame.arrival) + instants)
    return true
  }
}
