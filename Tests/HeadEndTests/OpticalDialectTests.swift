import HeadEnd
import Line
import Testing
import Timeline
import Units
import Wire

/// A meter that plays a telegram as it stands: identification to a request, data to an acknowledgement, or by
/// itself.
final class ReplicaMeter: FarSide {
  let identification: [UInt8]
  let data: [UInt8]
  /// Nil: waits for ACK.
  let speaksAt: Int?
  private var baud = 300
  private var due: [(at: Instant, bytes: [UInt8], baud: Int)] = []
  private var decoder = ModeCRequestDecoder()

  init(identification: String, data: [UInt8], speaksAt: Int? = nil) {
    (self.identification, self.data, self.speaksAt) = (Array(identification.utf8), data, speaksAt)
    decoder.awaitsOption = true
  }

  func hear(_ bytes: ArraySlice<UInt8>, at instant: Instant) {
    for byte in bytes {
      let answer = instant + .milliseconds(200)
      switch decoder.take(byte) {
      case .signOn:
        due.append((answer, identification, 300))
        guard let speaksAt else { continue }
        let end = answer + TimeSpan(microseconds: Int64(identification.count) * 10_000_000 / 300)
        due.append((end + .milliseconds(200), data, speaksAt))
      case .option(_, let speed, _): due.append((answer, data, ModeCSpeed.baud(of: speed) ?? 300))
      default: break
      }
    }
  }

  /// It changes its speed a little before it speaks.
  var wakes: Instant? { due.first.map { $0.baud == baud ? $0.at : $0.at - .milliseconds(100) } }

  func speak(at instant: Instant, into answers: inout [TimedBytes]) {
    guard let first = due.first else { return }
    if first.baud != baud {
      if first.at - .milliseconds(100) <= instant { baud = first.baud }
    } else if first.at <= instant {
      answers.append(TimedBytes(at: first.at, bytes: first.bytes))
      due.removeFirst()
    }
  }

  var settings: SerialSettings? { try? SerialSettings(baud: baud, dataBits: 7, parity: .even) }
}

@Suite("Optical port: replica telegrams of many dialects, composed by us, are read exact to the digit")
struct OpticalDialectTests {
  struct Row: CustomTestStringConvertible {
    var what: String
    var ident: String
    var block: String
    var texts: [String]
    var speaksAt: Int?
    var raw: String?
    var testDescription: String { what }
  }

  /// Serial numbers and values are invented; the forms are those of makers' manuals and public telegrams.
  static let rows: [Row] = [
    Row(
      what: "E350: plain list at 4800", ident: "/LGZ4ZMF100AC.M29\r\n",
      block:
        "F.F(00)\r\nC.1.0(98765432)\r\n0.0(00098765432)\r\nC.1.1()\r\n1.8.1(012345.6*kWh)\r\n"
        + "1.8.2(000000.0*kWh)\r\n2.8.1(004321.9*kWh)\r\n1.8.0(012345.6*kWh)\r\n"
        + "15.8.0(016667.5*kWh)\r\nC.7.0(0008)\r\n32.7(230*V)\r\n!\r\n",
      texts: [
        "F.F=00", "C.1.0=98765432", "0.0=00098765432", "C.1.1=", "1.8.1=012345.6*kWh", "1.8.2=000000.0*kWh",
        "2.8.1=004321.9*kWh", "1.8.0=012345.6*kWh", "15.8.0=016667.5*kWh", "C.7.0=0008", "32.7=230*V",
      ]),
    Row(
      what: "ZMD: escape for HDLC, maxima with stamps, historic values by reset",
      ident: "/LGZ4\\2ZMD1204407.B40\r\n",
      block: "F.F(00000000)\r\n1.6.1(0.234*kW)(26-11-21 09:30)\r\n1.6.1*01(1.234)(26-10-02 17:15)\r\n"
        + "1.8.1(0000123.45*kWh)\r\n1.8.1*01(0000100.00)\r\n1.8.1&02(0000090.00)\r\n0.9.1(12:34:56)\r\n!\r\n",
      texts: [
        "F.F=00000000", "1.6.1=0.234*kW", "1.6.1=26-11-21 09:30", "1.6.1*01=1.234", "1.6.1*01=26-10-02 17:15",
        "1.8.1=0000123.45*kWh", "1.8.1*01=0000100.00*kWh", "1.8.1&02=0000090.00*kWh", "0.9.1=12:34:56",
      ]),
    Row(
      what: "MT174: quick, full addresses, sub-channels", ident: "/ISk5MT174-0001\r\n",
      block: "1-0:0.9.1*255(123456)\r\n1-0:1.8.0*255(0000123.456*kWh)\r\n1-0:2.8.0*255(0000000.789*kWh)\r\n"
        + "1-0:96.1.0*255(12345678)\r\n!\r\n",
      texts: [
        "1-0:0.9.1*255=123456", "1-0:1.8.0*255=0000123.456*kWh", "1-0:2.8.0*255=0000000.789*kWh",
        "1-0:96.1.0*255=12345678",
      ]),
    Row(
      what: "A1140: an escape of the maker's own, units in other letters", ident: "/ELS5\\@A1140V1\r\n",
      block:
        "0.0.0(K12A34567)\r\n1.8.0(00012345.67*KWH)\r\n2.8.0(00000001.00*KWH)\r\n3.8.0(000.5*KVARH)\r\n!\r\n",
      texts: [
        "0.0.0=K12A34567", "1.8.0=00012345.67*KWH", "2.8.0=00000001.00*KWH", "3.8.0=000.5*KVARH",
      ]),
    Row(
      what: "line feeds alone, two channels", ident: "/EMH4ITZ-D14K\n",
      block: "1-1:1.8.0(00123456)\n1-1:2.8.0(00000012)\n1-1:F.F(0000)\n!\n",
      texts: ["1-1:1.8.0=00123456*kWh", "1-1:2.8.0=00000012*kWh", "1-1:F.F=0000"]),
    Row(
      what: "doubled carriage returns and noise before the identification",
      ident: "\u{0}\u{0}\u{7F}/ACE5SL7000\r\r\n",
      block: "F.F(00)\r\r\n1.8.0(  12345.6*kWh)\r\r\n2.8.0(????????)\r\r\n!\r\r\n",
      texts: ["F.F=00", "1.8.0=  12345.6*kWh", "2.8.0=????????"], raw: "/ACE5SL7000"),
    Row(
      what: "mark behind the last bracket, several sets on a line, signs and fillers", ident: "/SLB5TYPE\r\n",
      block: "0.0.0(12)0.2.0(V1.0)1.8.0(0001.5*kWh)\r\n16.7.0(-00.123*kW)2.8.0(--------)!\r\n",
      texts: ["0.0.0=12", "0.2.0=V1.0", "1.8.0=0001.5*kWh", "16.7.0=-00.123*kW", "2.8.0=--------"]),
    Row(
      what: "an identification of forty characters, blanks of 48",
      ident: "/KMP5A meter that says very much about itself\r\n",
      block: "C.90(\(String(repeating: " ", count: 48)))\r\n1.8.0(12345*kWh)\r\n!\r\n",
      texts: ["C.90=\(String(repeating: " ", count: 48))", "1.8.0=12345*kWh"]),
    Row(
      what: "mode A: no unit anywhere", ident: "/ABBXMINI\r\n",
      block: "0(123456)\r\n1.8.1(01234.5)\r\n1.8.2(00000.0)\r\n!\r\n",
      texts: ["0=123456", "1.8.1=01234.5*kWh", "1.8.2=00000.0*kWh"], speaksAt: 300),
    Row(
      what: "mode B: the meter changes to 2400 by itself", ident: "/GECCPPM\r\n",
      block: "96.1.0(S95A12345)\r\n1.8.0(99999.9*kWh)\r\n!\r\n",
      texts: ["96.1.0=S95A12345", "1.8.0=99999.9*kWh"], speaksAt: 2400),
  ]

  @Test("telegrams are read as they stand", arguments: rows)
  func telegrams(row: Row) throws {
    let world = ClockWorld(at: .epoch)
    let data = ModeCText.framed(Array(row.block.utf8), from: ModeCText.stx)
    let meter = ReplicaMeter(identification: row.ident, data: data, speaksAt: row.speaksAt)
    let seven = try SerialSettings(baud: 300, dataBits: 7, parity: .even)
    let line = SerialLine(
      head: OpticalHead(), settings: seven, farSide: meter, world: world, stream: RandomStream(seed: 1))
    let reading = try OpticalReader(door: line).readout()
    #expect(reading.texts == row.texts)
    #expect(
      reading.identity == row.raw ?? String(row.ident.prefix { $0 != "\r" && $0 != "\n" && $0 != "\r\n" }))
    withExtendedLifetime(world) {}
  }

  /// A far side that says the same bytes every five seconds.
  final class Pusher: FarSide {
    let bytes: [UInt8]
    let settings: SerialSettings?
    private var next = Instant.epoch + .seconds(1)

    init(_ bytes: [UInt8], _ settings: SerialSettings?) { (self.bytes, self.settings) = (bytes, settings) }

    func hear(_ bytes: ArraySlice<UInt8>, at: Instant) {}
    var wakes: Instant? { next }
    func speak(at instant: Instant, into answers: inout [TimedBytes]) {
      guard next <= instant else { return }
      answers.append(TimedBytes(at: next, bytes: bytes))
      next = next + .seconds(5)
    }
  }

  @Test("a push is found at whatever speed, with or without parity", arguments: [2400, 9600], [7, 8])
  func pushes(baud: Int, bits: Int) throws {
    let telegram =
      "/ABB3D-TYPE\r\n\r\n1-0:1.8.0*255(00012345.678*kWh)\r\n1-0:2.8.0*255(00000000.100*kWh)\r\n!\r\n"
    let settings = try SerialSettings(baud: baud, dataBits: bits, parity: bits == 7 ? .even : .none)
    let world = ClockWorld(at: .epoch)
    let line = SerialLine(
      head: OpticalHead(), settings: settings, farSide: Pusher(Array(telegram.utf8), settings), world: world,
      stream: RandomStream(seed: 1))
    var options = OpticalOptions()
    options.mode = .d
    let reading = try OpticalReader(door: line, options: options).readout()
    #expect(reading.texts == ["1-0:1.8.0*255=00012345.678*kWh", "1-0:2.8.0*255=00000000.100*kWh"])
    #expect(reading.values.allSatisfy { $0.protection == .unprotected })
    #expect(reading.remarks.contains("the meter sends no parity") == (bits == 8))
    withExtendedLifetime(world) {}
  }

  @Test("one-way infra-red messages are found by themselves, as bytes and as half bytes")
  func infrared() throws {
    var binary = A100CMessage()
    (binary.product, binary.utilitySerial, binary.reverseEvents) = ("A100C", "12A3456789", 3)
    binary.rate1 = .init(imported: 12_345_678, reverse: 42)
    binary.definition = 0x01_02_03
    let text = A1100Message(sets: [
      .init("96.1.1", [.init("A1100")]), .init("128.8.1", [.init("0012345.6kWh")]),
      .init("96.8.1", [.init("000123Hrs")]), .init("96.53.0", [.init("003")]),
    ])
    let rows: [(bytes: [UInt8], baud: Int, texts: [String])] = [
      (
        binary.bytes, 2400,
        [
          "1.8.1=0012345678*Wh", "reverse.1=0000000042*Wh", "96.53.0=3", "0.0.0=12A3456789",
          "definition=66051",
        ]
      ),
      (IrDANibbles.split(text.bytes), 4800, ["128.8.1=0012345.6*kWh", "96.8.1=000123*Hrs", "96.53.0=003"]),
      (text.bytes, 2400, ["128.8.1=0012345.6*kWh", "96.1.1=A1100"]),
    ]
    for row in rows {
      let settings = try SerialSettings(baud: row.baud)
      let world = ClockWorld(at: .epoch)
      let line = SerialLine(
        head: OpticalHead(), settings: settings, farSide: Pusher(row.bytes, settings), world: world,
        stream: RandomStream(seed: 1))
      let reading = try OpticalReader(door: line).readout()
      for text in row.texts { #expect(reading.texts.contains(text)) }
      #expect(reading.values.allSatisfy { $0.protection == .checked })
      // The A100C sends plain digits: that they are Wh, and which registers a build has, is assumed.
      let isBinary = row.bytes == binary.bytes
      #expect(reading.values.filter(\.unitIsAssumed).count == (isBinary ? 6 : 0))
      #expect(
        reading.remarks.contains { $0.hasPrefix("2.8.x is a field that the maker reserves") } == isBinary)
      withExtendedLifetime(world) {}
    }
  }
}
