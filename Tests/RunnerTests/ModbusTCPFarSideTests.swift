import Line
import MeterModel
import Runner
import Testing
import Units
import Wire

@Suite("Modbus meters at the end of a TCP connection")
struct ModbusTCPFarSideTests {
  static let noon = Instant(seconds: 43_200)

  static func frame(_ transaction: UInt16, _ unit: UInt8, _ pdu: [UInt8]) throws -> [UInt8] {
    try ModbusTCP.encode(transaction: transaction, unit: unit, pdu: pdu)
  }

  static let readImport: [UInt8] = [0x04, 0x00, 0x48, 0x00, 0x02]
  static let importAnswer: [UInt8] = [0x04, 0x04, 0x44, 0x9A, 0x50, 0x00]  // 1234.5 kWh

  @Test("a read is answered at once, under the same transaction and unit")
  func answers() throws {
    let side = ModbusTCPFarSide([try ModbusBusFixture.answering()])
    let heard = side.ask(
      [
        0x15, 0x01,  // transaction
        0x00, 0x00,  // protocol
        0x00, 0x06,  // length
        0x01,  // unit
        0x04, 0x00, 0x48, 0x00, 0x02,  // read two input registers at 0x48
      ], at: Self.noon)
    #expect(
      heard == [
        TimedBytes(
          at: Self.noon,
          bytes: [
            0x15, 0x01,  // transaction
            0x00, 0x00,  // protocol
            0x00, 0x07,  // length: unit and six bytes
            0x01,  // unit
            0x04, 0x04, 0x44, 0x9A, 0x50, 0x00,  // 1234.5 kWh
          ])
      ])
  }

  @Test("requests cut and joined by the stream are each answered, in their order")
  func stream() throws {
    let side = ModbusTCPFarSide([try ModbusBusFixture.answering()])
    let both = try Self.frame(1, 1, Self.readImport) + Self.frame(2, 1, [0x04, 0x01, 0x90, 0x00, 0x02])
    let expected = try Self.frame(1, 1, Self.importAnswer) + Self.frame(2, 1, [0x84, 0x02])
    #expect(side.ask(both, at: Self.noon).flatMap(\.bytes) == expected)
    let pieces = both.flatMap { side.ask([$0], at: Self.noon).flatMap(\.bytes) }
    #expect(pieces == expected)
    #expect(side.wakes == nil)
  }

  @Test(
    "a gateway knows its meters: 0A for a number that is none, 0B for one that is silent, after its patience")
  func gateway() throws {
    let meters = [try ModbusBusFixture.answering(unit: 1), try ModbusBusFixture.answering(unit: 2)]
    let side = ModbusTCPFarSide(.init(meters, patience: .milliseconds(300)))
    #expect(
      side.ask(try Self.frame(7, 9, Self.readImport), at: Self.noon)
        == [TimedBytes(at: Self.noon, bytes: try Self.frame(7, 9, [0x84, 0x0A]))])
    #expect(side.ask(try Self.frame(7, 255, Self.readImport), at: Self.noon)[0].bytes.last == 0x0A)
    meters[1].isSilent = true
    side.hear(try Self.frame(8, 2, Self.readImport)[...], at: Self.noon)
    let due = Self.noon + .milliseconds(300)
    #expect(side.wakes == due)
    var answers: [TimedBytes] = []
    side.speak(at: due - TimeSpan(microseconds: 1), into: &answers)
    #expect(answers.isEmpty)
    // Another meter's answer does not wait for the silent one.
    #expect(side.ask(try Self.frame(9, 1, Self.readImport), at: Self.noon)[0].at == Self.noon)
    side.speak(at: due, into: &answers)
    #expect(answers.isEmpty && side.wakes == nil, "it was said when its time had come")
  }

  @Test("a silent meter's exception is said when its time has come")
  func targetSilent() throws {
    let meter = try ModbusBusFixture.answering()
    meter.isSilent = true
    let side = ModbusTCPFarSide(.init([meter], patience: .milliseconds(300)))
    let heard = side.ask(try Self.frame(8, 1, Self.readImport), at: Self.noon)
    #expect(
      heard == [
        TimedBytes(at: Self.noon + .milliseconds(300), bytes: try Self.frame(8, 1, [0x84, 0x0B]))
      ])
  }

  @Test("a meter alone behind its port is meant by 0 and by 255 too", arguments: [0, 1, 255] as [UInt8])
  func direct(unit: UInt8) throws {
    let side = ModbusTCPFarSide([try ModbusBusFixture.answering()])
    let heard = side.ask(try Self.frame(3, unit, Self.readImport), at: Self.noon)
    #expect(heard.map(\.bytes) == [try Self.frame(3, unit, Self.importAnswer)])
  }

  @Test("PR-05: alone, the answer bears another number; a gateway takes that for no answer")
  func wrongUnit() throws {
    let setting = FaultSetting(id: "PR-05", whole: ["unit": 9])
    let alone = try ModbusBusFixture.answering()
    try alone.begin(setting)
    let direct = ModbusTCPFarSide([alone])
    #expect(direct.ask(try Self.frame(3, 1, Self.readImport), at: Self.noon)[0].bytes[6] == 9)
    let meters = [try ModbusBusFixture.answering(unit: 1), try ModbusBusFixture.answering(unit: 2)]
    try meters[0].begin(setting)
    let behind = ModbusTCPFarSide(meters)
    let heard = behind.ask(try Self.frame(3, 1, Self.readImport), at: Self.noon)
    #expect(heard == [TimedBytes(at: Self.noon + .seconds(1), bytes: try Self.frame(3, 1, [0x84, 0x0B]))])
    #expect(behind.ask(try Self.frame(3, 2, Self.readImport), at: Self.noon)[0].bytes.count == 13)
  }

  @Test("another protocol is skipped; an impossible length loses the stream, and nothing more is answered")
  func malformed() throws {
    let side = ModbusTCPFarSide([try ModbusBusFixture.answering()])
    var other = try Self.frame(1, 1, Self.readImport)
    other[3] = 7
    #expect(side.ask(other, at: Self.noon).isEmpty)
    #expect(!side.isLost)
    #expect(side.ask(try Self.frame(2, 1, Self.readImport), at: Self.noon).count == 1)
    var broken = try Self.frame(1, 1, Self.readImport)
    (broken[4], broken[5]) = (0xFF, 0xFF)
    #expect(side.ask(broken, at: Self.noon).isEmpty)
    #expect(side.isLost)
    #expect(side.ask(try Self.frame(2, 1, Self.readImport), at: Self.noon).isEmpty)
  }

  @Test("a well-framed body that fits no request gets an exception at once, and the stream stays in step")
  func malformedBody() throws {
    let side = ModbusTCPFarSide([try ModbusBusFixture.answering()])
    let rows: [([UInt8], [UInt8])] = [
      ([0x04], [0x84, 0x03]), ([0x04, 0x00, 0x48, 0x00, 0x02, 0x00], [0x84, 0x03]),
      ([0x2B, 0x0E], [0xAB, 0x01]),
      ([0x04, 0x00, 0x48, 0x00, 0x00], [0x84, 0x03]), ([0x07], [0x87, 0x01]), ([0x00], [0x80, 0x01]),
    ]
    for (request, answer) in rows {
      let heard = side.ask(try Self.frame(5, 1, request), at: Self.noon)
      #expect(heard == [TimedBytes(at: Self.noon, bytes: try Self.frame(5, 1, answer))])
    }
  }

  @Test("random streams never crash it, and every answer is well framed")
  func fuzz() throws {
    var state: UInt64 = 11
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var answered = 0
    for _ in 0..<500 {
      let side = ModbusTCPFarSide([try ModbusBusFixture.answering()])
      var decoder = ModbusTCPDecoder()
      for _ in 0..<20 {
        var bytes = try Self.frame(UInt16(random(65_536)), 1, Self.readImport)
        if random(4) == 0 { bytes[random(12)] = UInt8(random(256)) }
        if random(8) == 0 { bytes = (0..<random(40)).map { _ in UInt8(random(256)) } }
        let said = side.ask(bytes, at: Self.noon).flatMap(\.bytes)
        var rest = said[...]
        while let event = decoder.next(from: &rest) {
          guard case .frame = event else {
            Issue.record("\(event)")
            return
          }
          answered += 1
        }
        #expect(decoder.heldBytes == 0, "answers are whole")
      }
    }
    #expect(answered > 1000)
  }

  @Test("the bytes of an answer stand where those of the last one stood: nothing is allocated for a read")
  func reusesItsBuffer() throws {
    let side = ModbusTCPFarSide([try ModbusBusFixture.answering()])
    let request = try Self.frame(1, 1, [0x04, 0x00, 0x00, 0x00, 0x50])
    var places: Set<UnsafeRawPointer> = []
    var answers: [TimedBytes] = []
    for _ in 0..<50 {
      side.hear(request[...], at: Self.noon)
      side.speak(at: Self.noon, into: &answers)
      try #require(answers.count == 1)
      answers[0].bytes.withUnsafeBytes { _ = places.insert($0.baseAddress!) }
      answers.removeAll(keepingCapacity: true)
    }
    #expect(places.count == 1)
  }
}
