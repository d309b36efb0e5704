import BackspinTesting
import Testing
import Units
import Wire

@Suite("Modbus RTU frames")
struct ModbusRTUDecoderTests {
  typealias RequestEvent = ModbusRTURequestDecoder.Event

  static var verifier: DecoderVerifier<RequestEvent> {
    DecoderVerifier {
      var decoder = ModbusRTURequestDecoder()
      return { chunk in chunk.compactMap { decoder.take($0) } }
    }
  }

  /// Checksums by a bitwise CRC written apart from this one, in Python; the first is published too.
  static let readHolding: [UInt8] = [
    0x11,  // unit 17
    0x03,  // function: read holding registers
    0x00, 0x6B,  // address
    0x00, 0x03,  // quantity
    0x76, 0x87,  // checksum 0x8776, low byte first
  ]
  static let writeMode: [UInt8] = [
    0x01,  // unit
    0x10,  // function: write registers
    0xF9, 0x20,  // address: measurement mode of an SDM120
    0x00, 0x01,  // quantity
    0x02,  // byte count
    0x00, 0x03,  // mode 3
    0x88, 0x3E,  // checksum
  ]

  @Test("requests are framed however the line cuts them")
  func requests() {
    Self.verifier.expect([
      .init(
        Self.readHolding, [.request(unit: 0x11, .readRegisters(function: 3, address: 0x6B, count: 3))]),
      .init(Self.writeMode, [.request(unit: 1, .writeRegisters(address: 0xF920, values: [3]))]),
      .init(
        [0x01, 0x06, 0xF9, 0x20, 0x00, 0x03, 0xF8, 0x9D],
        [.request(unit: 1, .writeRegister(address: 0xF920, value: 3))]),
      .init(
        [0x01, 0x04, 0x00, 0x00, 0x00, 0x50, 0xF0, 0x36],
        [.request(unit: 1, .readRegisters(function: 4, address: 0, count: 80))]),
      // A byte count that disagrees with the quantity is well framed and malformed.
      .init(
        [0x01, 0x10, 0x00, 0x14, 0x00, 0x02, 0x03, 0x00, 0x00, 0x00, 0xC1, 0x87],
        [.request(unit: 1, .malformed(function: 16))]),
    ])
  }

  @Test("a frame whose length only silence tells is whole at the silence")
  func unknownFunction() {
    let verifier = DecoderVerifier<RequestEvent>(finishing: {
      var decoder = ModbusRTURequestDecoder()
      return (
        { chunk in chunk.compactMap { decoder.take($0) } }, { decoder.silence().map { [$0] } ?? [] }
      )
    })
    let frame: [UInt8] = [0x01, 0x41, 0x00, 0x10, 0x50]  // unit, function 65, one byte, checksum
    var decoder = ModbusRTURequestDecoder()
    #expect(frame.compactMap { decoder.take($0) }.isEmpty)
    #expect(!decoder.isIdle)
    #expect(decoder.silence() == .request(unit: 1, .unknown(function: 0x41)))
    #expect(decoder.isIdle)
    // Diagnostics (8) echoes as much as was sent, so its length is told by silence alone.
    let diagnostics: [UInt8] = [0x01, 0x08, 0x00, 0x00, 0xA5, 0x37, 0xDA, 0x8D]
    let problems = verifier.problems(
      in: [.init(diagnostics, [.request(unit: 1, .diagnose(subFunction: 0, data: [0xA5, 0x37]))])],
      joined: false)
    // Cut short it is a frame of another length with a bad checksum, and reported as such; no more may
    // differ.
    #expect(problems.allSatisfy { $0.message.hasPrefix("cut short") })
  }

  @Test("a bad checksum is refused once, and what follows is dropped until silence")
  func badChecksum() {
    var decoder = ModbusRTURequestDecoder()
    var frame = Self.readHolding
    frame[7] ^= 0x01
    let first = frame.compactMap { decoder.take($0) }
    #expect(first == [.refused(.checksum(expected: 0x8776, received: 0x8676))])
    #expect(Self.readHolding.compactMap { decoder.take($0) }.isEmpty, "still out of step")
    #expect(decoder.silence() == nil, "the fault was reported already")
    let again = Self.readHolding.compactMap { decoder.take($0) }
    #expect(again == [.request(unit: 0x11, .readRegisters(function: 3, address: 0x6B, count: 3))])
  }

  @Test("a noise byte before the unit spoils the frame, and only that frame")
  func noiseBefore() {
    var decoder = ModbusRTURequestDecoder()
    let events =
      ([0x00] + Self.readHolding).compactMap { decoder.take($0) } + [decoder.silence()].compactMap(\.self)
    // 00 11 …: unit 0, function 17, four bytes long, so the "checksum" is the bytes 03 00.
    #expect(events.count == 1)
    #expect(events.allSatisfy { if case .refused(.checksum) = $0 { true } else { false } })
    #expect(!Self.readHolding.compactMap { decoder.take($0) }.isEmpty)
  }

  @Test("a frame that stops is cut short at the silence, after so many bytes", arguments: 1..<8)
  func cutShort(bytes: Int) {
    var decoder = ModbusRTURequestDecoder()
    #expect(Self.readHolding.prefix(bytes).compactMap { decoder.take($0) }.isEmpty)
    #expect(decoder.silence() == .refused(.cutShort(received: bytes)))
    #expect(decoder.isIdle)
    #expect(decoder.silence() == nil, "an idle line is silent without a word")
  }

  @Test("no frame is longer than 256 bytes")
  func limit() {
    var decoder = ModbusRTURequestDecoder()
    // 255 bytes of data and 9 beside them would be 264.
    let head: [UInt8] = [0x01, 0x10, 0x00, 0x00, 0x00, 0x7F, 0xFF]
    #expect(head.compactMap { decoder.take($0) } == [.refused(.tooLong(bytes: 264))])
    _ = decoder.silence()
    let endless = [0x01, 0x41] + [UInt8](repeating: 0, count: 1000)
    #expect(endless.compactMap { decoder.take($0) } == [.refused(.tooLong(bytes: 257))])
  }

  @Test("of damaged frames only those whose checksum is right after all make a request")
  func fuzz() {
    var decoder = ModbusRTURequestDecoder()
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    func random(below bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var (taken, intact) = (0, 0)
    for round in 0..<20_000 {
      var frame = round % 2 == 0 ? Self.readHolding : Self.writeMode
      for _ in 0..<random(below: 4) { frame[random(below: frame.count)] = UInt8(random(below: 256)) }
      if random(below: 4) == 0 { frame.insert(UInt8(random(below: 256)), at: random(below: frame.count + 1)) }
      if random(below: 4) == 0 { frame.removeLast(random(below: frame.count)) }
      var heard: [UInt8] = []
      for byte in frame {
        heard.append(byte)
        if case .request? = decoder.take(byte) {
          #expect(ModbusCRC.of(heard) == 0)
          taken += 1
        }
      }
      if frame == Self.readHolding || frame == Self.writeMode { intact += 1 }
      if case .request? = decoder.silence() { #expect(ModbusCRC.of(frame) == 0) }
    }
    #expect(intact > 1000)
    #expect(taken >= intact, "an intact frame after silence is always taken")
  }
}

@Suite("Modbus RTU answers")
struct ModbusRTUResponseDecoderTests {
  static let request = ModbusRequest.readRegisters(function: 4, address: 0x48, count: 2)
  static let good: [UInt8] = [
    0x01,  // unit
    0x04,  // function: read input registers
    0x04,  // byte count
    0x44, 0x9A, 0x50, 0x00,  // 1234.5 kWh as float32, high word first
    0xF3, 0x5B,  // checksum
  ]

  static func events(_ bytes: [UInt8], silence: Bool = true) -> [ModbusRTUResponseDecoder.Event] {
    var decoder = ModbusRTUResponseDecoder(unit: 1, request: request)
    return bytes.compactMap { decoder.take($0) } + (silence ? [decoder.silence()].compactMap(\.self) : [])
  }

  static func framed(_ pdu: [UInt8], unit: UInt8 = 1) -> [UInt8] { ModbusRTU.encode(pdu: pdu, unit: unit) }

  @Test("answers are framed however the line cuts them")
  func answers() {
    let verifier = DecoderVerifier<ModbusRTUResponseDecoder.Event> {
      var decoder = ModbusRTUResponseDecoder(unit: 1, request: Self.request)
      return { chunk in chunk.compactMap { decoder.take($0) } }
    }
    verifier.expect([
      .init(Self.good, [.response(.registers(function: 4, values: [0x449A, 0x5000]))]),
      .init([0x01, 0x84, 0x02, 0xC2, 0xC1], [.response(.exception(function: 4, code: .illegalDataAddress))]),
    ])
  }

  @Test(
    "another unit's answer, another function's or another length's is refused, though its checksum is right")
  func wrongAnswers() {
    let data: [UInt8] = [0x44, 0x9A, 0x50, 0x00]
    #expect(Self.events(Self.framed([4, 4] + data, unit: 2)) == [.refused(.unit(expected: 1, received: 2))])
    #expect(Self.events(Self.framed([3, 4] + data)) == [.refused(.function(expected: 4, received: 3))])
    #expect(Self.events(Self.framed([4, 2, 0x44, 0x9A])) == [.refused(.length(expected: 4, received: 2))])
    #expect(
      Self.events(Self.framed([4, 6] + data + [0, 0])) == [.refused(.length(expected: 4, received: 6))])
  }

  @Test("a truncated answer is cut short at the silence", arguments: 1..<9)
  func truncated(bytes: Int) {
    #expect(Self.events(Array(Self.good.prefix(bytes)), silence: false).isEmpty)
    #expect(Self.events(Array(Self.good.prefix(bytes))) == [.refused(.cutShort(received: bytes))])
  }

  @Test("every single flipped bit is refused")
  func flips() {
    for index in Self.good.indices {
      for bit in 0..<8 {
        var flipped = Self.good
        flipped[index] ^= 1 << bit
        let events = Self.events(flipped)
        #expect(events.count == 1)
        #expect(events.allSatisfy { if case .refused = $0 { true } else { false } }, "\(index) \(bit)")
      }
    }
  }

  @Test("the silence between frames is 3.5 characters of 11 bits, and fixed above 19 200 baud")
  func silences() {
    // 35 × 11 / 10 / 9600 s = 4010.4 µs, rounded up; the standard's table gives 1.750 ms above 19 200.
    #expect(ModbusRTU.frameSilence(baud: 9600).microseconds == 4011)
    #expect(ModbusRTU.frameSilence(baud: 2400).microseconds == 16_042)
    #expect(ModbusRTU.frameSilence(baud: 19_200).microseconds == 2006)
    #expect(ModbusRTU.frameSilence(baud: 38_400).microseconds == 1750)
  }
}
