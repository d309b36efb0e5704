// Meters with optical ports, heads and readers for the tests of this module.

import HeadEnd
import Line
import Timeline
import Units
import Wire

/// A meter that answers from prepared texts.
final class PreparedMeter: ModeCSource {
  var lists: [Character: String] = [:]
  /// Answers to commands by name and data: `R1 1.8.0()`. More than one text: partial blocks.
  var answers: [String: [String]] = [:]
  var acknowledged: Set<String> = []
  private(set) var commands: [String] = []
  var seed: String? = "1234567"
  /// The level that every command takes.
  var level = 0

  func readout(option: UInt8, at instant: Instant) -> [UInt8]? {
    lists[Character(UnicodeScalar(option))].map { Array($0.utf8) }
  }

  func answer(_ command: ModeCCommand, level: Int, at instant: Instant) -> ModeCReply {
    let text = "\(command.name) \(String(decoding: command.data ?? [], as: UTF8.self))"
    commands.append(text)
    guard level >= self.level else { return .error("ER03") }
    if acknowledged.contains(text) { return .acknowledge }
    return answers[text].map { .blocks($0.map { Array($0.utf8) }) } ?? .error("ER01")
  }
}

/// A station on a line.
final class StationFarSide: FarSide {
  let station: ModeCStation

  init(_ station: ModeCStation) { self.station = station }

  func hear(_ bytes: ArraySlice<UInt8>, at: Instant) { station.hear(bytes, at: at) }
  var wakes: Instant? { station.wakes }
  func speak(at instant: Instant, into answers: inout [TimedBytes]) {
    var said: [(at: Instant, bytes: [UInt8])] = []
    station.speak(at: instant, into: &said)
    answers += said.map { TimedBytes(at: $0.at, bytes: $0.bytes) }
  }
  var settings: SerialSettings? {
    try? SerialSettings(
      baud: station.uart.baud, dataBits: station.uart.isBinary ? 8 : 7,
      parity: station.uart.isBinary ? .none : .even)
  }
}

/// One meter, one head, one reader, in a world of their own.
final class OpticalBench {
  let meter = PreparedMeter()
  let station: ModeCStation
  let world: ClockWorld
  let line: SerialLine
  /// Everything that was seen on the line, for times and bytes.
  private(set) var sights: [LineSight] = []

  static let list = "F.F(00000000)\r\n0.0.0(12345678)\r\n1.8.0(0012345.678*kWh)\r\n2.8.0(0000042.001*kWh)\r\n"

  init(
    _ manners: ModeCManners = OpticalBench.manners(), head: OpticalHead = OpticalHead(),
    list: String = OpticalBench.list
  ) {
    meter.lists["0"] = list
    world = ClockWorld(at: .epoch)
    station = ModeCStation(manners: manners, source: meter, at: .epoch)
    let seven = (try? SerialSettings(baud: 300, dataBits: 7, parity: .even)) ?? .usual
    line = SerialLine(
      head: head, settings: seven, farSide: StationFarSide(station), world: world,
      stream: RandomStream(seed: 1))
    line.onSight = { [unowned self] in sights.append($0) }
  }

  static func manners(
    _ mode: ModeCManners.Mode = .c, ident: String = "ELS5BENCH", baud: Int = 9600,
    change: (inout ModeCManners) -> Void = { _ in }
  ) -> ModeCManners {
    let identification =
      (try? ModeCIdentification(line: Array(ident.utf8)))
      ?? ModeCIdentification(maker: "AAA", proposal: 0x30, text: "")
    var manners = ModeCManners(
      mode: mode, identification: identification, topBaud: baud, address: "12345678",
      access: ModeCAccess(passwords: [ModeCPassword(text: "00000000")]))
    change(&manners)
    return manners
  }

  func reader(_ change: (inout OpticalOptions) -> Void = { _ in }) -> OpticalReader {
    var options = OpticalOptions()
    change(&options)
    return OpticalReader(door: HeldDoor(self), options: options)
  }

  /// Time with nothing on the line.
  func rest(_ span: TimeSpan) { world.run(until: world.now + span) }
}

/// The bench's line, which keeps the bench alive.
final class HeldDoor: Door {
  private let bench: OpticalBench

  init(_ bench: OpticalBench) { self.bench = bench }

  var now: Instant { bench.line.now }
  func write(_ bytes: [UInt8]) { bench.line.write(bytes) }
  func wait(until patience: Instant) -> [UInt8] { bench.line.wait(until: patience) }
  func flush() { bench.line.flush() }
  var settings: SerialSettings? { bench.line.settings }
  var trouble: String? { bench.line.trouble }
  func tune(to settings: SerialSettings) -> Bool { bench.line.tune(to: settings) }
}

extension MeterReading {
  /// `address=text*unit` for each value.
  var texts: [String] { values.map { "\($0.address)=\($0.text)\($0.unit.isEmpty ? "" : "*" + $0.unit)" } }
}
