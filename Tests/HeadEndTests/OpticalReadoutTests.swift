import HeadEnd
import Line
import Testing
import Timeline
import Units
import Wire

@Suite("Optical port: readouts in every mode")
struct OpticalReadoutTests {
  static let expected = [
    "F.F=00000000", "0.0.0=12345678", "1.8.0=0012345.678*kWh", "2.8.0=0000042.001*kWh",
  ]

  struct Row: CustomTestStringConvertible {
    var what: String
    var mode = ModeCManners.Mode.c
    var ident = "ELS5BENCH"
    var baud = 9600
    var head = OpticalHead()
    var remarks: [String] = []
    var testDescription: String { what }
  }

  static let rows: [Row] = [
    Row(what: "mode A", mode: .a, ident: "ABBXOLD", baud: 300),
    Row(what: "mode B at 2400", mode: .b, ident: "SLBCTYPE", baud: 2400),
    Row(what: "mode C at 300", ident: "KAM0X", baud: 300),
    Row(what: "mode C at 4800", ident: "LGZ4ZMF100AC.M23", baud: 4800),
    Row(what: "mode C at 9600, quick", ident: "ISk5MT174-0001"),
    Row(what: "mode C at 19200", ident: "ELS6A1140", baud: 19_200),
    Row(what: "mode E, read as C", mode: .e, ident: "LGZ4\\2ZMD120AR", baud: 4800),
    Row(what: "an echoing head", head: OpticalHead(echo: .full), remarks: ["the head echoes"]),
    Row(what: "a head with half an echo", head: OpticalHead(echo: .partial(percent: 50))),
    Row(
      what: "a head of eight bits", head: OpticalHead(onlyEightBits: true),
      remarks: ["parity is done in software, in bit 7"]),
    Row(
      what: "a head of eight bits that echoes", head: OpticalHead(echo: .full, onlyEightBits: true),
      remarks: ["the head echoes", "parity is done in software, in bit 7"]),
    Row(what: "a slow bridge", head: OpticalHead(latency: .milliseconds(16))),
    Row(what: "a long identification", ident: "SLB5A very long identification beyond sixteen"),
  ]

  @Test("every mode and head gives the list, digit by digit", arguments: rows)
  func modes(row: Row) throws {
    let bench = OpticalBench(OpticalBench.manners(row.mode, ident: row.ident, baud: row.baud), head: row.head)
    let reading = try bench.reader().readout()
    #expect(reading.identity == "/" + row.ident)
    #expect(reading.texts == Self.expected)
    #expect(reading.values.allSatisfy { $0.protection == .checked })
    #expect(reading.remarks == row.remarks)
    #expect(reading.values[2].number == DecimalText(mantissa: 12_345_678, decimals: 3))
    #expect(bench.line.settings?.baud == 300, "the reader is back where a session begins")
  }

  @Test(
    "what a session costs beyond wire and reaction times is under two per cent",
    arguments: [
      300, 600, 1200, 2400, 4800, 9600, 19_200,
    ])
  func waiting(baud: Int) throws {
    let z = try #require(ModeCSpeed.character(of: baud))
    let bench = OpticalBench(
      OpticalBench.manners(ident: "ELS\(Character(UnicodeScalar(z)))BENCH", baud: baud))
    _ = try bench.reader().readout()
    // 10 bits a character. `/?!` CR LF and its answer of 12 characters, ACK of 6, at 300 baud; the list with
    // STX, `!` CR LF, ETX and check at the agreed speed; three reaction times of 200 ms.
    let slow = Int64(5 + 12 + 6) * 10 * 1_000_000 / 300
    let fast = Int64(OpticalBench.list.utf8.count + 6) * 10 * 1_000_000 / Int64(baud)
    let wire = slow + fast + 600_000
    let took = (bench.world.now - .epoch).microseconds
    #expect(took >= wire - 10)
    #expect(took <= wire + wire / 50, "\(took) µs for \(wire) µs")
  }

  @Test("a second readout waits until the meter is idle again")
  func twice() throws {
    let bench = OpticalBench()
    let reader = bench.reader()
    #expect(try reader.readout().texts == Self.expected)
    #expect(try reader.readout().texts == Self.expected)
  }

  @Test("the speed may be held down or forced")
  func speeds() throws {
    let held = OpticalBench()
    #expect(try held.reader { $0.speed = .atMost(1200) }.readout().texts == Self.expected)
    let sent = held.sights.filter { $0.place == .requestSent }.map {
      String(decoding: $0.bytes, as: UTF8.self)
    }
    #expect(sent == ["/?!\r\n", "\u{6}020\r\n"])
    let forced = OpticalBench(OpticalBench.manners(ident: "ELS0SAYS300", baud: 9600))
    #expect(try forced.reader { $0.speed = .force(9600) }.readout().texts == Self.expected)
  }

  @Test("a maker's short list is asked for by its character")
  func shortList() throws {
    let bench = OpticalBench()
    bench.meter.lists["6"] = "1.8.0(0012345.678*kWh)\r\n"
    #expect(try bench.reader { $0.list = "6" }.readout().texts == ["1.8.0=0012345.678*kWh"])
  }

  @Test("a meter whose address is another stays silent; leading zeros do not count")
  func addresses() throws {
    let bench = OpticalBench()
    #expect(try bench.reader { $0.address = "0012345678" }.readout().texts == Self.expected)
    bench.rest(.seconds(5))
    let failure = #expect(throws: DialogueFailure.self) {
      try bench.reader {
        $0.address = "87654321"
        $0.listening = .zero
      }.readout()
    }
    #expect(failure?.kind == .silence)
    bench.station.defects.answersEveryone = true
    #expect(try bench.reader { $0.address = "87654321" }.readout().texts == Self.expected)
  }

  @Test("a battery meter answers after zeros and not before")
  func wakeUp() throws {
    let bench = OpticalBench(OpticalBench.manners { $0.sleeps = true })
    let failure = #expect(throws: DialogueFailure.self) {
      try bench.reader { $0.mode = .c }.readout()
    }
    #expect(failure?.kind == .silence)
    #expect(try bench.reader { $0.wakesUp = true }.readout().texts == Self.expected)
  }

  @Test("without an acknowledgement the meter lists at 300 baud, or stays silent")
  func fallback() {
    for falls in [true, false] {
      let bench = OpticalBench(OpticalBench.manners { $0.fallsBack = falls })
      bench.line.write(Array("/?!\r\n".utf8))
      var heard: [UInt8] = []
      while heard.count < 300 {
        let more = bench.line.wait(until: bench.line.now + .seconds(10))
        if more.isEmpty { break }
        heard += more
      }
      let text = String(decoding: heard, as: UTF8.self)
      #expect(text.hasPrefix("/ELS5BENCH\r\n"))
      #expect(text.contains("1.8.0(0012345.678*kWh)") == falls)
      #expect(bench.station.isBusy == false, "idle again")
    }
  }

  @Test("a meter that pushes is heard, and its list is unprotected")
  func push() throws {
    let manners = OpticalBench.manners(.d, ident: "ABB3PUSH", baud: 2400) { $0.pushes = .seconds(4) }
    let bench = OpticalBench(manners)
    let reading = try bench.reader().readout()
    #expect(reading.identity == "/ABB3PUSH")
    #expect(reading.texts == Self.expected)
    #expect(reading.values.allSatisfy { $0.protection == .unprotected })
  }

  @Test("a unit that is not written is kWh for 1.8.x and 2.8.x, and said to be assumed")
  func assumedUnit() throws {
    let bench = OpticalBench(
      list: "1.8.0(00123.4)\r\n1.8.1*01(00100.1)\r\n2.8.0()\r\n1.7.0(0.5)\r\n1-0:2.8.2*255(7)\r\n")
    let reading = try bench.reader().readout()
    #expect(
      reading.texts == [
        "1.8.0=00123.4*kWh", "1.8.1*01=00100.1*kWh", "2.8.0=", "1.7.0=0.5", "1-0:2.8.2*255=7*kWh",
      ])
    #expect(reading.values.map(\.unitIsAssumed) == [true, true, false, false, true])
  }

  @Test("mode E leaves both ends at 8N1 and the agreed speed")
  func modeE() throws {
    let bench = OpticalBench(OpticalBench.manners(.e, ident: "LGZ5\\2ZMD"))
    #expect(try bench.reader().signOnModeE() == 9600)
    bench.rest(.milliseconds(10))
    #expect(bench.station.isHandedOver)
    #expect(bench.station.uart == ModeCUART(baud: 9600, isBinary: true))
    #expect(bench.line.settings == (try SerialSettings(baud: 9600)))
    bench.station.resume(at: bench.world.now)
    let plain = OpticalBench()
    let failure = #expect(throws: DialogueFailure.self) { try plain.reader().signOnModeE() }
    #expect(failure?.kind == .refused, "a meter of mode C lists")
  }

  @Test("mode E works over a head that echoes")
  func modeEWithEcho() throws {
    let bench = OpticalBench(
      OpticalBench.manners(.e, ident: "LGZ5\\2ZMD"), head: OpticalHead(echo: .full, onlyEightBits: true))
    #expect(try bench.reader().signOnModeE() == 9600)
  }

  /// Seven-bit characters, or the eight of a serial server that stands 8N1.
  final class Streamed: FarSide {
    let inner: StationFarSide
    let hasParity: Bool

    init(_ inner: StationFarSide, hasParity: Bool) { (self.inner, self.hasParity) = (inner, hasParity) }

    func hear(_ bytes: ArraySlice<UInt8>, at instant: Instant) {
      inner.hear((hasParity ? bytes.map(SoftwareParity.checked) : Array(bytes))[...], at: instant)
    }
    var wakes: Instant? { inner.wakes }
    func speak(at instant: Instant, into answers: inout [TimedBytes]) {
      var said: [TimedBytes] = []
      inner.speak(at: instant, into: &said)
      answers += said.map {
        TimedBytes(at: $0.at, bytes: hasParity ? SoftwareParity.adding(to: $0.bytes) : $0.bytes)
      }
    }
  }

  @Test(
    "over TCP characters have seven bits, or parity in bit 7 where a server stands 8N1",
    arguments: [false, true])
  func stream(hasParity: Bool) throws {
    let meter = PreparedMeter()
    meter.lists["0"] = OpticalBench.list
    meter.answers["R1 1.8.0()"] = ["(0012345.678*kWh)"]
    let world = ClockWorld(at: .epoch)
    let station = ModeCStation(manners: OpticalBench.manners(), source: meter, at: .epoch)
    let far = Streamed(StationFarSide(station), hasParity: hasParity)
    let door = TCPStream(farSide: far, world: world, latency: .milliseconds(5), stream: RandomStream(seed: 1))
    let reader = OpticalReader(door: door)
    #expect(try reader.readout().texts == Self.expected)
    #expect(try reader.read(["1.8.0"]).texts == ["1.8.0=0012345.678*kWh"])
    withExtendedLifetime(world) {}
  }
}
