// How a UART stood over time. What it hears of a frame is decided by how it stood while each character was on
// the wire. Our assumption: a character during which a UART is set anew is lost.

internal import Units

/// The settings of one UART, the latest change last.
struct UARTHistory {
  private var changes: [(at: Instant, settings: SerialSettings?)]

  /// More changes than happen within one frame.
  private static let kept = 16

  /// Nil settings: no UART, and bytes come as they were sent.
  init(_ settings: SerialSettings?) { changes = [(.epoch, settings)] }

  var now: SerialSettings? { changes[changes.count - 1].settings }

  mutating func change(to settings: SerialSettings?, at instant: Instant) {
    guard settings != now else { return }
    changes.append((instant, settings))
    if changes.count > Self.kept { changes.removeFirst() }
  }

  /// Whether a stretch of a burst is heard just as its bytes stand on the wire.
  func hearsAsSent(_ burst: Burst, _ range: Range<Int>) -> Bool {
    guard let pace = burst.pace, !range.isEmpty else { return true }
    guard changes.count > 1 else { return now == nil || now == pace }
    let pieces = pieces(of: burst, range)
    return pieces.count == 1 && pieces[0].range == range && (pieces[0].settings ?? pace) == pace
  }

  /// What is heard of a stretch of a burst, and when.
  func heard(_ burst: Burst, _ range: Range<Int>) -> (bytes: [UInt8], at: [Instant]) {
    guard let pace = burst.pace else { return (Array(burst.bytes[range]), range.map(burst.arrival)) }
    var (bytes, instants): ([UInt8], [Instant]) = ([], [])
    for piece in pieces(of: burst, range) {
      let ear = piece.settings ?? pace
      if ear.onWire == pace {
        bytes += ear.heard(Array(burst.bytes[piece.range]))
        instants += piece.range.map(burst.arrival)
      } else {
        sample(burst, piece.range, pace: pace, ear, &bytes, &instants)
      }
    }
    return (bytes, instants)
  }

  /// One by one the runs of characters without a pause.
  private func sample(
    _ burst: Burst, _ range: Range<Int>, pace: SerialSettings, _ ear: SerialSettings, _ bytes: inout [UInt8],
    _ instants: inout [Instant]
  ) {
    var index = range.lowerBound
    while index < range.upperBound {
      let end = min(burst.endOfStretch(from: index), range.upperBound)
      let start = burst.slot(index).lowerBound
      for one in MismatchedSettings.heard(Array(burst.bytes[index..<end]), sentAs: pace, by: ear) {
        bytes.append(one.byte)
        instants.append(max(start + one.after, instants.last ?? start))
      }
      index = end
    }
  }

  /// Runs of characters that were on the wire while it stood in one way.
  private func pieces(
    of burst: Burst, _ range: Range<Int>
  ) -> [(range: Range<Int>, settings: SerialSettings?)] {
    var pieces: [(range: Range<Int>, settings: SerialSettings?)] = []
    var index = range.lowerBound
    for (place, change) in changes.enumerated() {
      let until = place + 1 < changes.count ? changes[place + 1].at : nil
      let first = index
      while index < range.upperBound, until.map({ burst.slot(index).upperBound <= $0 }) ?? true { index += 1 }
      if first < index { pieces.append((first..<index, change.settings)) }
      // Characters that were under way when it was set anew.
      while index < range.upperBound, let until, burst.slot(index).lowerBound < until { index += 1 }
    }
    return pieces
  }
}
