import Line
import MeterModel
import Runner
import Testing
import Units
import Wire

@Suite("Modbus meters on one line")
struct MeterBusTests {
  /// Read 4 registers from 0x48: import and export.
  static let request: [UInt8] = ModbusBusFixture.read(1, 4, 0x48, 4)
  /// Checksum by a bitwise CRC in Python.
  static let answer: [UInt8] = [
    0x01,  // unit
    0x04,  // function
    0x08,  // byte count
    0x44, 0x9A, 0x50, 0x00,  // 1234.5 kWh
    0x44, 0x76, 0xE6, 0x66,  // 987.6 kWh
    0x28, 0xF7,  // checksum
  ]
  static let noon = Instant(seconds: 43_200)
  /// t3.5 at 9600 baud.
  static let silence = TimeSpan(microseconds: 4011)

  static func bus(_ meters: [ModbusAnswering]) -> MeterBus { MeterBus(meters, timing: .init(baud: 9600)) }

  @Test("a read is answered byte for byte, when the silence that ends its frame is over")
  func answers() throws {
    let bus = Self.bus([try ModbusBusFixture.answering()])
    #expect(
      bus.ask(Self.request, at: Self.noon) == [TimedBytes(at: Self.noon + Self.silence, bytes: Self.answer)])
    #expect(bus.wakes == nil)
  }

  @Test("it is answered alike when it comes byte by byte, and only once")
  func byteByByte() throws {
    let bus = Self.bus([try ModbusBusFixture.answering()])
    var answers: [TimedBytes] = []
    var at = Self.noon
    for byte in Self.request {
      at = at + TimeSpan(microseconds: 1042)
      bus.hear([byte][...], at: at)
      bus.speak(at: at, into: &answers)
      #expect(bus.wakes == at + Self.silence)
    }
    #expect(answers.isEmpty)
    bus.speak(at: at + Self.silence, into: &answers)
    bus.speak(at: at + Self.silence * 2, into: &answers)
    #expect(answers == [TimedBytes(at: at + Self.silence, bytes: Self.answer)])
  }

  @Test("every single flipped bit of a request is met with silence")
  func flips() throws {
    let bus = Self.bus([try ModbusBusFixture.answering()])
    var at = Self.noon
    for index in Self.request.indices {
      for bit in 0..<8 {
        var flipped = Self.request
        flipped[index] ^= 1 << bit
        at = at + .seconds(1)
        #expect(bus.ask(flipped, at: at).isEmpty, "byte \(index), bit \(bit)")
      }
    }
    #expect(bus.ask(Self.request, at: at + .seconds(1)).count == 1, "and the next good one is answered")
  }

  /// What spoils a frame: the bytes that come, each run with the ms at which it is complete.
  static let spoiled: [(String, [(Int64, [UInt8])])] = [
    ("a noise byte after it", [(0, request), (2, [0xFF])]),
    ("a noise byte in the same run", [(0, request + [0x00])]),
    ("two frames without a silence", [(0, request + request)]),
    ("a noise byte before it", [(0, [0x00] + request)]),
    ("its end cut off", [(0, Array(request.dropLast()))]),
    (
      "a pause longer than t3.5 inside it",
      [(0, Array(request.prefix(4))), (20, Array(request.dropFirst(4)))]
    ),
  ]

  @Test("a frame that is not alone between two silences is met with silence", arguments: spoiled)
  func spoils(name: String, runs: [(Int64, [UInt8])]) throws {
    let bus = Self.bus([try ModbusBusFixture.answering()])
    var answers: [TimedBytes] = []
    for (milliseconds, bytes) in runs {
      let at = Self.noon + .milliseconds(milliseconds)
      while let wake = bus.wakes, wake < at { bus.speak(at: wake, into: &answers) }
      bus.hear(bytes[...], at: at)
      bus.speak(at: at, into: &answers)
    }
    while let wake = bus.wakes { bus.speak(at: wake, into: &answers) }
    #expect(answers.isEmpty)
    #expect(bus.ask(Self.request, at: Self.noon + .seconds(1)).count == 1)
  }

  @Test("a frame after a silence that nobody woke the bus for is a frame of its own")
  func lateWake() throws {
    let bus = Self.bus([try ModbusBusFixture.answering()])
    bus.hear(Self.request.prefix(4), at: Self.noon)
    #expect(bus.ask(Self.request, at: Self.noon + .milliseconds(100)).count == 1)
  }

  @Test(
    "other units, broadcasts, and other units' answers are met with silence, and a broadcast changes nothing")
  func notForUs() throws {
    let meter = ModbusBusFixture.meter(accumulation: .importPlusExport)
    let bus = Self.bus([try ModbusBusFixture.answering(meter: meter)])
    let write: [UInt8] = [0x10, 0xF9, 0x20, 0x00, 0x01, 0x02, 0x00, 0x03]
    let frames = [
      ModbusBusFixture.read(2, 4, 0x48, 4), ModbusBusFixture.read(0, 4, 0x48, 4),
      ModbusRTU.encode(pdu: write, unit: 0), ModbusRTU.encode(pdu: [0x84, 0x02], unit: 1),
      ModbusRTU.encode(pdu: [0x04, 0x04, 0x44, 0x9A, 0x50, 0x00], unit: 2),
    ]
    for (index, frame) in frames.enumerated() {
      #expect(bus.ask(frame, at: Self.noon + .seconds(Int64(index))).isEmpty)
    }
    #expect(meter.accumulation == .importPlusExport)
    let answer = bus.ask(ModbusRTU.encode(pdu: write, unit: 1), at: Self.noon + .seconds(60))
    // The echo of function, address and quantity; checksum by a bitwise CRC in Python.
    #expect(answer.map(\.bytes) == [[0x01, 0x10, 0xF9, 0x20, 0x00, 0x01, 0x30, 0x9F]])
    #expect(meter.accumulation == .importMinusExport)
  }

  @Test("exceptions are framed as the standard says, an unknown function's too")
  func exceptions() throws {
    let bus = Self.bus([try ModbusBusFixture.answering()])
    let rows: [([UInt8], [UInt8])] = [
      (ModbusBusFixture.read(1, 4, 400, 2), [0x01, 0x84, 0x02]),
      (ModbusBusFixture.read(1, 4, 0x48, 0), [0x01, 0x84, 0x03]),
      (ModbusBusFixture.read(1, 1, 0, 8), [0x01, 0x81, 0x01]),
      (ModbusRTU.encode(pdu: [0x41, 0x00], unit: 1), [0x01, 0xC1, 0x01]),
      (ModbusRTU.encode(pdu: [0x07], unit: 1), [0x01, 0x87, 0x01]),
      (ModbusRTU.encode(pdu: [0x10, 0, 20, 0, 2, 3, 0, 0, 0], unit: 1), [0x01, 0x90, 0x03]),
    ]
    for (index, row) in rows.enumerated() {
      let heard = bus.ask(row.0, at: Self.noon + .seconds(Int64(index)))
      #expect(heard.map { Array($0.bytes.dropLast(2)) } == [row.1])
      #expect(heard.allSatisfy { ModbusCRC.of($0.bytes) == 0 })
    }
  }

  @Test("three meters on one line answer each for itself, and a silent one not at all")
  func multiDrop() throws {
    let meters = try [1, 2, 3].map { unit in
      let meter = ModbusBusFixture.meter()
      meter.set(.import, to: WattHours(Int64(unit) * 1_000_000))
      return try ModbusBusFixture.answering(unit: UInt8(unit), meter: meter)
    }
    let bus = Self.bus(meters)
    // 1000, 2000 and 3000 kWh as float32.
    let energies: [[UInt8]] = [[0x44, 0x7A, 0, 0], [0x44, 0xFA, 0, 0], [0x45, 0x3B, 0x80, 0]]
    for unit in 1...3 {
      let frame = ModbusBusFixture.read(UInt8(unit), 4, 0x48, 2)
      let heard = bus.ask(frame, at: Self.noon + .seconds(Int64(unit)))
      let expected = ModbusRTU.encode(pdu: [4, 4] + energies[unit - 1], unit: UInt8(unit))
      #expect(heard.map(\.bytes) == [expected])
    }
    meters[1].isSilent = true
    #expect(bus.ask(ModbusBusFixture.read(2, 4, 0x48, 2), at: Self.noon + .seconds(10)).isEmpty)
    #expect(bus.ask(ModbusBusFixture.read(3, 4, 0x48, 2), at: Self.noon + .seconds(11)).count == 1)
  }

  @Test("a meter answers after its turnaround, and is deaf to polls that come too soon after its last answer")
  func times() throws {
    let bus = Self.bus([
      try ModbusBusFixture.answering(turnaround: .milliseconds(50), minimumGap: .milliseconds(100))
    ])
    #expect(bus.ask(Self.request, at: Self.noon).map(\.at) == [Self.noon + .milliseconds(50)])
    // 13 characters of 10 bits at 9600: 13 541.7 µs, rounded up; a request of 8 takes 8333.3 µs.
    let end = Self.noon + .milliseconds(50) + TimeSpan(microseconds: 13_542)
    let requestTime = TimeSpan(microseconds: 8334)
    #expect(
      bus.ask(Self.request, at: end + .milliseconds(100) + requestTime - TimeSpan(microseconds: 1)).isEmpty)
    #expect(bus.ask(Self.request, at: end + .milliseconds(110) + requestTime).count == 1)
  }

  @Test("while it answers, the line hears nothing; then it hears again")
  func deafWhileSpeaking() throws {
    let bus = Self.bus([try ModbusBusFixture.answering()])
    let answer = bus.ask(Self.request, at: Self.noon)
    let end = answer[0].at + TimeSpan(microseconds: 13_542)
    #expect(bus.ask(answer[0].bytes, at: end).isEmpty, "its own echo")
    #expect(bus.wakes == nil)
    #expect(bus.ask(Self.request, at: end + TimeSpan(microseconds: 8334)).count == 1)
  }

  @Test("the world is told before registers are read, and only then")
  func visits() throws {
    let meter = ModbusBusFixture.meter()
    let bus = Self.bus([try ModbusBusFixture.answering(meter: meter)])
    var visits: [Instant] = []
    bus.onVisit = { instant in
      visits.append(instant)
      meter.set(.import, to: WattHours(1_000_000))
    }
    var damaged = Self.request
    damaged[7] ^= 1
    _ = bus.ask(damaged, at: Self.noon - .seconds(2))
    _ = bus.ask(ModbusBusFixture.read(9, 4, 0x48, 2), at: Self.noon - .seconds(1))
    #expect(visits.isEmpty)
    let heard = bus.ask(ModbusBusFixture.read(1, 4, 0x48, 2), at: Self.noon)
    #expect(visits == [Self.noon + Self.silence])
    #expect(heard[0].bytes[3...6] == [0x44, 0x7A, 0x00, 0x00], "1000 kWh: what the visit brought")
  }

  @Test("a new unit number is answered to from the next request on")
  func renumbered() throws {
    let bus = Self.bus([try ModbusBusFixture.answering()])
    let write: [UInt8] = [0x10, 0x00, 0x14, 0x00, 0x02, 0x04, 0x40, 0xE0, 0x00, 0x00]  // unit 7.0
    let first = bus.ask(ModbusRTU.encode(pdu: write, unit: 1), at: Self.noon)
    #expect(first[0].bytes.first == 1, "the old number still answers the write")
    #expect(bus.ask(Self.request, at: Self.noon + .seconds(1)).isEmpty)
    #expect(bus.ask(ModbusBusFixture.read(7, 4, 0x48, 4), at: Self.noon + .seconds(2)).count == 1)
  }

  @Test("PR-05: the answer bears another unit's number, or an impostor answers in another's place")
  func wrongUnit() throws {
    let (first, second) = (ModbusBusFixture.meter(), ModbusBusFixture.meter())
    second.set(.import, to: WattHours(1_000_000))
    let meters = [
      try ModbusBusFixture.answering(unit: 1, meter: first),
      try ModbusBusFixture.answering(unit: 2, meter: second),
    ]
    let bus = Self.bus(meters)
    try meters[0].begin(FaultSetting(id: "PR-05", whole: ["unit": 9]))
    #expect(bus.ask(Self.request, at: Self.noon)[0].bytes[0] == 9)
    try meters[0].begin(FaultSetting(id: "PR-05", whole: ["unit": 2], choices: ["kind": "impostor"]))
    let swapped = bus.ask(ModbusBusFixture.read(2, 4, 0x48, 4), at: Self.noon + .seconds(1))
    let pdu = Array(Self.answer[1..<11])
    #expect(
      swapped.map(\.bytes) == [ModbusRTU.encode(pdu: pdu, unit: 2)], "unit 1's energies, as if unit 2's")
    meters[0].end("PR-05")
    let own = bus.ask(ModbusBusFixture.read(2, 4, 0x48, 4), at: Self.noon + .seconds(2))
    #expect(own[0].bytes[3...6] == [0x44, 0x7A, 0x00, 0x00])
  }

  @Test("random bytes never crash the bus and never bring an answer to a bad checksum")
  func fuzz() throws {
    let bus = Self.bus([try ModbusBusFixture.answering()])
    var state: UInt64 = 7
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var answered = 0
    for round in 0..<20_000 {
      var frame = Self.request
      if random(2) == 0 { frame = (0..<random(300)).map { _ in UInt8(random(256)) } }
      for _ in 0..<random(3) where !frame.isEmpty { frame[random(frame.count)] = UInt8(random(256)) }
      let answers = bus.ask(frame, at: Self.noon + .seconds(Int64(round)))
      if answers.isEmpty { continue }
      answered += 1
      #expect(ModbusCRC.of(frame) == 0 && frame[0] == 1)
      #expect(answers.count == 1 && ModbusCRC.of(answers[0].bytes) == 0)
    }
    #expect(answered > 1000, "the good frames among them were answered")
  }

  @Test("the bytes of an answer stand where those of the last one stood: nothing is allocated for a read")
  func reusesItsBuffer() throws {
    let bus = Self.bus([try ModbusBusFixture.answering()])
    var places: Set<UnsafeRawPointer> = []
    var answers: [TimedBytes] = []
    for second in 0..<50 {
      bus.hear(ModbusBusFixture.read(1, 4, 0, 80)[...], at: Self.noon + .seconds(Int64(second)))
      while let wake = bus.wakes { bus.speak(at: wake, into: &answers) }
      try #require(answers.count == 1)
      answers[0].bytes.withUnsafeBytes { _ = places.insert($0.baseAddress!) }
      answers.removeAll(keepingCapacity: true)
    }
    #expect(places.count == 1)
  }
}
