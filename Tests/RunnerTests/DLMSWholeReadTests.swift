// A meter of the model read by the reader of the head-end, PDU to PDU: 93 days of half-hours, as SMETS keeps
// them, add up to what the register says.

import HeadEnd
import MeterModel
import Testing
import Timeline
import Units
import Wire

@Suite("A meter read over DLMS, whole")
struct DLMSWholeReadTests {
  /// 2026-05-01T00:00Z.
  static let start = Instant(seconds: 1_777_593_600)
  static let name = LogicalName(1, 0, 99, 1, 0)

  static func code(_ c: UInt8, _ d: UInt8, _ e: UInt8 = 0) -> OBIS {
    OBIS(medium: 1, channel: 0, quantity: c, processing: d, rate: e, billingPeriod: 255)
  }

  static func port(_ encoding: DLMSProfile.Encoding, compressed: Bool) -> DLMSPort {
    DLMSPort(
      maximumPDU: 1024, clients: [DLMSClient(address: 16)], clock: DLMSClock(zone: .london),
      registers: [DLMSRegister(code(1, 8), .import), DLMSRegister(code(2, 8), .export)],
      profiles: [
        DLMSProfile(
          code(99, 1), columns: [.clock, .status, .interval(.import), .register(code(2, 8))],
          encoding: encoding, compressesNull: compressed)
      ])
  }

  /// 93 days: 3 kW in and 2 kW out by turns of 7 minutes, nothing in every fifth.
  static func meter(_ port: DLMSPort) -> Meter {
    let rollover = RegisterFace.Rollover.u32
    let profile = Profile(
      name: "bench", title: "Bench", kind: .smets2, flow: .bidirectional,
      registers: [
        RegisterFace(role: .import, rollover: rollover), RegisterFace(role: .export, rollover: rollover),
      ], logs: LogCapacity(exportHalfHours: 4464, importHalfHours: 19_056), clock: ClockFace(), dlms: port)
    let meter = Meter(profile: profile, serial: "7", at: start, reads: [:], stream: RandomStream(seed: 1))
    let turns: [Int64] = [3_000_000, -2_000_000, 0, 1_500_000, -500_000]
    let length = TimeSpan.minutes(7)
    let segments = (0..<(93 * 24 * 60 / 7 + 1)).map { turn -> FlowSegment in
      let end = start + TimeSpan(microseconds: length.microseconds * Int64(turn + 1))
      return FlowSegment(
        endMilliseconds: min(end, start + .days(93)).milliseconds, l1: turns[turn % turns.count])
    }
    meter.advance(through: segments)
    return meter
  }

  final class Straight: PDUChannel {
    let answering: DLMSAnswering
    var now: Instant
    let protection = MeterValue.Protection.unprotected
    let remarks: [String] = []
    var octets = 0

    init(_ meter: Meter, _ port: DLMSPort) {
      answering = DLMSAnswering(meter: meter, port: port, address: 1)
      now = meter.now
    }

    func open() throws(DialogueFailure) { answering.linkOpened(client: 16, at: now) }

    func exchange(_ pdu: [UInt8]) throws(DialogueFailure) -> [UInt8] {
      let answer = answering.answer(pdu, client: 16, server: 1, at: now) ?? []
      octets += answer.count
      return answer
    }

    func close() { answering.linkClosed(client: 16, at: now) }
  }

  @Test(
    "93 days add up to the register, in every encoding, over the change of the clocks",
    arguments: [(.array, false), (.array, true), (.compactArray, false)]
      as [(DLMSProfile.Encoding, Bool)])
  func quarter(_ encoding: DLMSProfile.Encoding, _ compressed: Bool) throws {
    let port = Self.port(encoding, compressed: compressed)
    let meter = Self.meter(port)
    #expect(port.objections(on: meter.profile) == [])
    let channel = Straight(meter, port)
    let reader = DLMSReader(channel: channel)
    try reader.associate()
    let rows = try reader.profile(Self.name, from: Self.start, through: Self.start + .days(93))
    #expect(rows.count == 4464)
    #expect(rows.map(\.stamp) == (1...4464).map { Self.start + .minutes(30 * Int64($0)) })
    let sum = rows.reduce(Int128(0)) { $0 + ($1.values[0].number?.mantissa ?? -1) }
    let registers = try reader.registers([LogicalName(1, 0, 1, 8, 0), LogicalName(1, 0, 2, 8, 0)])
    #expect(sum == registers[0].number?.mantissa)
    #expect(rows.last?.values[1].number == registers[1].number)
    #expect(meter.countedWhole(.import).map { Int128($0.value) } == sum)
    // Summer time is in force on each of these days.
    #expect(rows.allSatisfy { $0.status == 0x08 })
  }
}
