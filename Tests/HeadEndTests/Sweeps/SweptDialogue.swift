// Whole dialogues of a reader and a meter, each in a world of its own, that can be run with one byte
// disturbed. What the reader gives is compared with what it gave undisturbed.

import HeadEnd
import Line
import Testing
import Timeline
import Units
import Wire

/// One run of a dialogue.
struct SweptRun {
  /// The values with their protection, or the kind of the failure.
  enum Outcome: Hashable {
    case values([String], unprotected: Bool)
    case failed(DialogueFailure.Kind)
  }

  var outcome: Outcome
  /// Bytes that went each way.
  var passed: [DisturbedFarSide.Direction: Int]
}

/// A kind of dialogue.
struct SweptDialogue: Sendable, CustomTestStringConvertible {
  let name: String
  /// 7 with parity, or 8.
  var bits = 8
  /// A wrong value cannot pass unseen: a check or a cipher guards it.
  var isProtected = true
  let run: @Sendable (@escaping DisturbedFarSide.Disturbance) -> SweptRun

  var testDescription: String { name }

  static let all = [
    readout, profile, push, a100c, a1100, hdlc(16), wrapper(16), hdlc(48), wrapper(48),
  ]

  static func run(
    _ side: DisturbedFarSide, _ read: () throws(DialogueFailure) -> MeterReading
  ) -> SweptRun {
    do throws(DialogueFailure) {
      let reading = try read()
      let values = reading.values + reading.profile.flatMap(\.values)
      let texts = reading.values.map { "\($0.address) \($0.index) \($0.text) \($0.unit)" }
      let rows = reading.profile.map { row in
        "\(row.stamp?.seconds ?? 0) \(row.status) \(row.values.map { $0.text + $0.unit })"
      }
      let isUnprotected = values.allSatisfy { $0.protection == .unprotected }
      return SweptRun(outcome: .values(texts + rows, unprotected: isUnprotected), passed: side.passed)
    } catch {
      return SweptRun(outcome: .failed(error.kind), passed: side.passed)
    }
  }

  // MARK: The optical port

  private static func optical(
    _ far: any FarSide, _ settings: SerialSettings, _ disturb: @escaping DisturbedFarSide.Disturbance,
    change: (inout OpticalOptions) -> Void = { _ in },
    _ read: (OpticalReader) throws(DialogueFailure) -> MeterReading
  ) -> SweptRun {
    let world = ClockWorld(at: .epoch)
    let side = DisturbedFarSide(far, disturb)
    let line = SerialLine(
      head: OpticalHead(), settings: settings, farSide: side, world: world, stream: RandomStream(seed: 1))
    var options = OpticalOptions()
    change(&options)
    let reader = OpticalReader(door: line, options: options)
    return withExtendedLifetime(world) {
      run(side) { () throws(DialogueFailure) in try read(reader) }
    }
  }

  private static let seven = (try? SerialSettings(baud: 300, dataBits: 7, parity: .even)) ?? .usual

  private static func meter() -> PreparedMeter {
    let meter = PreparedMeter()
    meter.lists["0"] = "F.F(00)\r\n1.8.0(0012345.678*kWh)\r\n2.8.0(42.001*kWh)\r\n"
    meter.answers["R5 P.01(;)"] = [
      "P.01(2605010030)(00)(30)(1)(1.8.0)(kWh)\r\n(0.25)\r\n(0.25)\r\n(0.5)\r\n(0.125)\r\n"
    ]
    return meter
  }

  static let readout = SweptDialogue(name: "62056-21 mode C readout", bits: 7) { disturb in
    let station = ModeCStation(manners: OpticalBench.manners(), source: meter(), at: .epoch)
    return optical(StationFarSide(station), seven, disturb) { (reader) throws(DialogueFailure) in
      try reader.readout()
    }
  }

  static let profile = SweptDialogue(name: "62056-21 profile P.01", bits: 7) { disturb in
    let station = ModeCStation(manners: OpticalBench.manners(), source: meter(), at: .epoch)
    return optical(StationFarSide(station), seven, disturb) { (reader) throws(DialogueFailure) in
      try reader.readProfile()
    }
  }

  static let push = SweptDialogue(name: "62056-21 mode D push", bits: 7, isProtected: false) { disturb in
    let manners = OpticalBench.manners(.d, ident: "ELS3BENCH", baud: 2400) { $0.pushes = .seconds(4) }
    let station = ModeCStation(manners: manners, source: meter(), at: .epoch)
    return optical(StationFarSide(station), seven, disturb) { (reader) throws(DialogueFailure) in
      try reader.listen()
    }
  }

  private final class OneWay: IrDASource {
    let one: IrDAMessage
    init(_ one: IrDAMessage) { self.one = one }
    func message(at instant: Instant) -> IrDAMessage { one }
  }

  private final class OneWaySide: FarSide {
    let station: IrDAStation
    init(_ station: IrDAStation) { self.station = station }
    func hear(_ bytes: ArraySlice<UInt8>, at: Instant) {}
    var wakes: Instant? { station.wakes }
    func speak(at instant: Instant, into answers: inout [TimedBytes]) {
      var said: [(at: Instant, bytes: [UInt8])] = []
      station.speak(at: instant, into: &said)
      answers += said.map { TimedBytes(at: $0.at, bytes: $0.bytes) }
    }
    var settings: SerialSettings? { try? SerialSettings(baud: station.uart.baud) }
  }

  private static func oneWay(
    _ message: IrDAMessage, nibbles: Bool, _ disturb: @escaping DisturbedFarSide.Disturbance
  ) -> SweptRun {
    let station = IrDAStation(
      source: OneWay(message), baud: 2400, every: .seconds(nibbles ? 4 : 1), sendsNibbles: nibbles,
      at: .epoch)
    guard let settings = try? SerialSettings(baud: 2400) else {
      return SweptRun(outcome: .failed(.port), passed: [:])
    }
    return optical(OneWaySide(station), settings, disturb) { (reader) throws(DialogueFailure) in
      try reader.listen()
    }
  }

  static let a100c = SweptDialogue(name: "A100C one-way, bytes") { disturb in
    var message = A100CMessage()
    (message.product, message.utilitySerial) = ("A100C", "K12A34567")
    message.rate1 = .init(imported: 12_345_678, exported: 4321, reverse: 17)
    return oneWay(.a100c(message), nibbles: false, disturb)
  }

  static let a1100 = SweptDialogue(name: "A1100 one-way, half bytes") { disturb in
    let sets = [
      ModeCDataSet("96.1.1", [.init("A1100")]), ModeCDataSet("1.8.1", [.init("0012345.6kWh")]),
      ModeCDataSet("2.8.1", [.init("0000042.0kWh")]),
    ]
    return oneWay(.a1100(A1100Message(sets: sets)), nibbles: true, disturb)
  }

  // MARK: DLMS

  /// A meter of two registers and four half-hours, its server, and how a client reads it: 16 without
  /// security, 48 with GMAC and ciphering.
  private static func read(
    _ client: UInt8, through channel: any PDUChannel, _ side: DisturbedFarSide
  ) -> SweptRun {
    let rig = DLMSRig(client: client)
    let reader = DLMSReader(channel: channel, settings: rig.reader.settings, counter: 1)
    return run(side) { () throws(DialogueFailure) in
      var reading = try reader.read(
        registers: [
          OBIS(medium: 1, channel: 0, quantity: 1, processing: 8, rate: 0, billingPeriod: 255),
          OBIS(medium: 1, channel: 0, quantity: 2, processing: 8, rate: 0, billingPeriod: 255),
        ],
        profile: OBIS(medium: 1, channel: 0, quantity: 99, processing: 1, rate: 0, billingPeriod: 255))
      reader.release()
      reading.remarks = []
      return reading
    }
  }

  private static func server(_ client: UInt8) -> COSEMServer {
    let rig = DLMSRig(client: client)
    rig.meter.fill(4)
    return rig.channel.server
  }

  static func hdlc(_ client: UInt8) -> SweptDialogue {
    SweptDialogue(name: client == 48 ? "DLMS over HDLC, GMAC and ciphered" : "DLMS over HDLC") { disturb in
      guard let address = HDLCAddress(UInt16(client)) else {
        return SweptRun(outcome: .failed(.port), passed: [:])
      }
      let world = ClockWorld(at: DLMSMeterStub.start)
      let station = HDLCStation(.init(), responder: server(client))
      let side = DisturbedFarSide(HDLCFarSide(station), disturb)
      let line = SerialLine(
        settings: .usual, farSides: [side], world: world, stream: RandomStream(seed: 1))
      let channel = HDLCChannel(door: line, rules: HDLCRules(client: address))
      return withExtendedLifetime(world) { read(client, through: channel, side) }
    }
  }

  static func wrapper(_ client: UInt8) -> SweptDialogue {
    SweptDialogue(
      name: client == 48 ? "DLMS over the wrapper, GMAC and ciphered" : "DLMS over the wrapper",
      isProtected: client == 48
    ) { disturb in
      let world = ClockWorld(at: DLMSMeterStub.start)
      let station = WrapperStation(.init(), responder: server(client))
      let side = DisturbedFarSide(WrapperFarSide(station), disturb)
      let stream = TCPStream(farSide: side, world: world, stream: RandomStream(seed: 1))
      let rules = WrapperRules(client: UInt16(client), answer: .seconds(2))
      let channel = WrapperChannel(door: stream, rules: rules)
      return withExtendedLifetime(world) { read(client, through: channel, side) }
    }
  }
}
