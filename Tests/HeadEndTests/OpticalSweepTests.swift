import HeadEnd
import Line
import Testing
import Timeline
import Units
import Wire

/// What happens to one byte.
enum ByteHarm: CaseIterable {
  case drop, double, delayShort, delayLong, bit0, bit1, bit4, bit6, parity
}

extension ByteHarm {
  /// What is inverted. Bit 6 makes ETX of `C`, bit 4 NAK of ENQ; parity follows the bits, so that only the
  /// block check can tell.
  fileprivate var mask: UInt8 {
    switch self {
    case .bit0: 0x01
    case .bit1: 0x02
    case .bit4: 0x10
    case .bit6: 0x40
    default: 0
    }
  }
}

/// A far side of which one byte, said or heard, comes to harm, once.
final class HarmedFarSide: FarSide {
  private let inner: StationFarSide
  private let harm: ByteHarm
  private let harmsHeard: Bool
  private var left: Int

  init(_ inner: StationFarSide, _ harm: ByteHarm, at index: Int, heard: Bool) {
    (self.inner, self.harm, left, harmsHeard) = (inner, harm, index, heard)
  }

  /// Whether the byte has come by.
  var isDone: Bool { left < 0 }

  func hear(_ bytes: ArraySlice<UInt8>, at instant: Instant) {
    guard harmsHeard, left >= 0 else { return inner.hear(bytes, at: instant) }
    let pieces = harmed(Array(bytes))
    inner.hear((pieces.first + pieces.second)[...], at: instant)
  }
  var wakes: Instant? { inner.wakes }
  var settings: SerialSettings? { inner.settings }

  func speak(at instant: Instant, into answers: inout [TimedBytes]) {
    var said: [TimedBytes] = []
    inner.speak(at: instant, into: &said)
    for one in said {
      guard !harmsHeard, left >= 0 else {
        answers.append(one)
        continue
      }
      let pieces = harmed(one.bytes)
      answers.append(TimedBytes(at: one.at, bytes: pieces.first))
      guard !pieces.second.isEmpty else { continue }
      let wire = inner.station.uart.baud
      let passed = TimeSpan(microseconds: Int64(pieces.first.count) * 10_000_000 / Int64(wire) + 1)
      answers.append(
        TimedBytes(at: one.at + passed + .milliseconds(harm == .delayLong ? 2000 : 700), bytes: pieces.second)
      )
    }
  }

  private func harmed(_ bytes: [UInt8]) -> (first: [UInt8], second: [UInt8]) {
    guard left < bytes.count else {
      left -= bytes.count
      return (bytes, [])
    }
    let index = left
    left = -1
    var bytes = bytes
    switch harm {
    case .drop: bytes.remove(at: index)
    case .double: bytes.insert(bytes[index], at: index)
    case .delayShort, .delayLong: return (Array(bytes[..<index]), Array(bytes[index...]))
    case .parity: bytes[index] ^= 0x80
    default:
      bytes[index] ^= harm.mask
    }
    return (bytes, [])
  }
}

@Suite("Optical port: no single byte makes a wrong number")
struct OpticalSweepTests {
  struct Tally {
    var right = 0
    var failed = 0
    var wrong: [String] = []
  }

  enum Session: CaseIterable { case readout, registers, profile }

  /// Runs a session with each byte harmed in each way.
  static func sweep(_ session: Session, heard: Bool) throws -> Tally {
    var tally = Tally()
    for harm in ByteHarm.allCases {
      var index = 0
      while true {
        let bench = HarmedBench(harm, at: index, heard: heard)
        defer { withExtendedLifetime(bench) {} }
        let outcome = Result { () throws -> [String] in try bench.run(session) }
        guard bench.harmed.isDone else { break }
        switch outcome {
        case .success(HarmedBench.expected(session)): tally.right += 1
        case .success(let texts): tally.wrong.append("\(harm) at \(index): \(texts)")
        case .failure: tally.failed += 1
        }
        index += 1
      }
    }
    return tally
  }

  @Test(
    "every byte of a readout, of registers and of a profile, in both directions", arguments: Session.allCases,
    [false, true])
  func everyByte(session: Session, heard: Bool) throws {
    let tally = try Self.sweep(session, heard: heard)
    #expect(tally.wrong.isEmpty, "\(tally.wrong.prefix(5))")
    #expect(
      tally.right > tally.failed * 4, "most of it is repaired: \(tally.right) right, \(tally.failed) failed")
    #expect(tally.right > 90)
  }
}

/// A bench whose meter has one byte harmed.
final class HarmedBench: Door {
  let meter = PreparedMeter()
  let world = ClockWorld(at: .epoch)
  let harmed: HarmedFarSide
  let line: SerialLine

  static let list = "F.F(00)\r\n1.8.0(0012345.678*kWh)\r\n2.8.0(42.001*kWh)\r\n"

  init(_ harm: ByteHarm, at index: Int, heard: Bool) {
    meter.lists["0"] = Self.list
    meter.answers = [
      "R1 1.8.0()": ["1.8.0(0012345.678*kWh)"], "R1 2.8.0()": ["(42.001*kWh)"],
      "R6 P.01(;)": [
        "P.01(2605010030)(00)(30)(1)(1.8.0)(kWh)\r\n(0.25)\r\n(0.25)\r\n", "(0.25)\r\n(0.5)\r\n",
        "(0.125)\r\n",
      ],
    ]
    let station = ModeCStation(manners: OpticalBench.manners(), source: meter, at: .epoch)
    harmed = HarmedFarSide(StationFarSide(station), harm, at: index, heard: heard)
    let seven = (try? SerialSettings(baud: 300, dataBits: 7, parity: .even)) ?? .usual
    line = SerialLine(
      head: OpticalHead(), settings: seven, farSide: harmed, world: world, stream: RandomStream(seed: 1))
  }

  static func expected(_ session: OpticalSweepTests.Session) -> [String] {
    switch session {
    case .readout: ["F.F=00", "1.8.0=0012345.678*kWh", "2.8.0=42.001*kWh"]
    case .registers: ["1.8.0=0012345.678*kWh", "2.8.0=42.001*kWh"]
    case .profile:
      zip([1800, 3600, 5400, 7200, 9000], ["0.25", "0.25", "0.25", "0.5", "0.125"]).map {
        "\(1_777_593_600 + $0) \($1)"
      }
    }
  }

  func run(_ session: OpticalSweepTests.Session) throws -> [String] {
    let reader = OpticalReader(door: self)
    switch session {
    case .readout: return try reader.readout().texts
    case .registers: return try reader.read(["1.8.0", "2.8.0"]).texts
    case .profile:
      return try reader.readProfile(command: 6).profile.map {
        "\($0.stamp?.seconds ?? 0) \($0.values.map(\.text).joined(separator: " "))"
      }
    }
  }

  var now: Instant { line.now }
  func write(_ bytes: [UInt8]) { line.write(bytes) }
  func wait(until patience: Instant) -> [UInt8] { line.wait(until: patience) }
  func flush() { line.flush() }
  var settings: SerialSettings? { line.settings }
  func tune(to settings: SerialSettings) -> Bool { line.tune(to: settings) }
}
