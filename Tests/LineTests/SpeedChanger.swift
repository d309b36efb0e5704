// A meter of IEC 62056-21 mode C in small: identification at 300 7E1, then, after an acknowledgement, data at
// the speed agreed; each 200 ms after the last character heard.

import Line
import Testing
import Timeline
import Units

final class SpeedChanger: FarSide {
  static let request = Array("/?!\r\n".utf8)
  static let identification = Array("/ABC5x\r\n".utf8)
  static let acknowledgement: [UInt8] = [0x06] + Array("050\r\n".utf8)
  static let data: [UInt8] = [0x02] + Array("1.8.0(42)\r\n!\r\n".utf8) + [0x03, 0x29]

  private(set) var heard: [[UInt8]] = []
  private(set) var settings: SerialSettings?
  private let agreed: SerialSettings
  private var bytes: [UInt8] = []
  private var due: TimedBytes?

  init(agreed: SerialSettings = .sevenEven(9600)) {
    (self.agreed, settings) = (agreed, .sevenEven(300))
  }

  func hear(_ bytes: ArraySlice<UInt8>, at instant: Instant) {
    self.bytes += bytes
    guard bytes.last == 0x0A else { return }
    heard.append(self.bytes)
    if self.bytes == Self.request {
      due = TimedBytes(at: instant + .milliseconds(200), bytes: Self.identification)
    } else if self.bytes == Self.acknowledgement {
      settings = agreed
      due = TimedBytes(at: instant + .milliseconds(200), bytes: Self.data)
    }
    self.bytes = []
  }

  var wakes: Instant? { due?.at }

  func speak(at instant: Instant, into answers: inout [TimedBytes]) {
    guard let next = due, next.at <= instant else { return }
    answers.append(next)
    due = nil
  }
}

/// An optical head on a meter, in a world that starts at the epoch.
struct HeadBench {
  let world = ClockWorld(at: .epoch)
  let line: SerialLine
  let sights = Bench.Sights()

  init(
    _ farSide: any FarSide, head: OpticalHead = OpticalHead(), reader: SerialSettings = .sevenEven(300)
  ) {
    line = SerialLine(
      head: head, settings: .sevenEven(300), readerSettings: reader, farSide: farSide, world: world,
      stream: RandomStream(seed: 1))
    line.onSight = { [sights] in sights.all.append($0) }
  }

  /// All that arrives within a second.
  func collect() -> [(at: Int64, bytes: [UInt8])] {
    let end = line.now + .seconds(1)
    var pieces: [(at: Int64, bytes: [UInt8])] = []
    while true {
      let bytes = line.wait(until: end)
      if bytes.isEmpty { return pieces }
      pieces.append((line.now.microseconds, bytes))
    }
  }
}

/// Seven bits with even parity in bit 7, counted bit by bit.
func even(_ bytes: [UInt8]) -> [UInt8] {
  bytes.map { byte in
    var ones = 0
    for bit in 0..<7 where byte & (1 << UInt8(bit)) != 0 { ones += 1 }
    return ones % 2 == 1 ? byte + 128 : byte
  }
}
