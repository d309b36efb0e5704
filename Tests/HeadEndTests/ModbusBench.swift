// Meters, lines and doors for the tests of this module.

import HeadEnd
import Line
import Timeline
import Units
import Wire

/// A Modbus meter on a serial line: answers every read of its unit with the value of a closure, high word
/// first.
final class SmallMeter: FarSide {
  let unit: UInt8
  /// Requests that it heard whole and answered.
  private(set) var answered = 0
  private let value: (Instant) -> UInt32
  private let settings: SerialSettings
  private let turnaround: TimeSpan
  private var decoder = ModbusRTURequestDecoder()
  private var closes: Instant?
  private var due: [TimedBytes] = []

  init(
    unit: UInt8, settings: SerialSettings = .usual, turnaround: TimeSpan = .milliseconds(5),
    value: @escaping (Instant) -> UInt32
  ) {
    (self.unit, self.settings, self.turnaround, self.value) = (unit, settings, turnaround, value)
  }

  func hear(_ bytes: ArraySlice<UInt8>, at instant: Instant) {
    for byte in bytes {
      guard case .request(unit, .readRegisters(let function, _, let count)) = decoder.take(byte) else {
        continue
      }
      let number = value(instant)
      let words = (0..<count).map { index in
        UInt16(truncatingIfNeeded: index % 2 == 0 ? number >> 16 : number)
      }
      guard let pdu = try? ModbusPDU.encode(.registers(function: function, values: words)) else { continue }
      answered += 1
      due.append(
        TimedBytes(
          at: instant + settings.pauseBetweenFrames + turnaround,
          bytes: ModbusRTU.encode(pdu: pdu, unit: unit)))
    }
    closes = instant + settings.pauseBetweenFrames
  }

  var wakes: Instant? { [closes, due.first?.at].compactMap { $0 }.min() }

  func speak(at instant: Instant, into answers: inout [TimedBytes]) {
    if let end = closes, end <= instant {
      closes = nil
      _ = decoder.silence()
    }
    while let first = due.first, first.at <= instant { answers.append(due.removeFirst()) }
  }
}

/// A door that gives prepared bytes at their instants, one piece at a time, and notes what was written.
final class PreparedDoor: Door {
  private(set) var now = Instant.epoch
  private(set) var written: [[UInt8]] = []
  /// Instants count from the latest writing.
  private var pieces: [TimedBytes] = []
  private var next: [TimedBytes] = []

  func prepare(_ pieces: [(after: TimeSpan, bytes: [UInt8])]) {
    next = pieces.map { TimedBytes(at: .epoch + $0.after, bytes: $0.bytes) }
  }

  func write(_ bytes: [UInt8]) {
    written.append(bytes)
    pieces += next.map { TimedBytes(at: now + ($0.at - .epoch), bytes: $0.bytes) }
    next = []
  }

  func wait(until patience: Instant) -> [UInt8] {
    guard let first = pieces.first, max(first.at, now) <= patience else {
      now = max(now, patience)
      return []
    }
    now = max(now, first.at)
    return pieces.removeFirst().bytes
  }

  func flush() { pieces.removeAll { $0.at <= now } }

  /// Time passes while nobody waits.
  func rest(until instant: Instant) { now = max(now, instant) }

  /// Bytes that nobody has read.
  var unread: Int { pieces.reduce(0) { $0 + $1.bytes.count } }
}

/// A serial line with small meters in a world of its own.
struct ModbusBench {
  let world: ClockWorld
  let line: SerialLine

  init(
    _ meters: [any FarSide], settings: SerialSettings = .usual, start: Instant = .epoch, seed: UInt64 = 1
  ) {
    world = ClockWorld(at: start)
    line = SerialLine(
      settings: settings, farSides: meters, world: world, stream: RandomStream(seed: seed))
  }

  func reader(_ rules: ReaderRules = ReaderRules()) -> any RegisterReader {
    MemoryCarrier().reader(at: line, framing: .rtu, rules: rules)
  }
}

func hexBytes(_ text: String) -> [UInt8] {
  let digits = Array(text)
  return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
    UInt8(String(digits[$0...$0 + 1]), radix: 16)
  }
}
