import BackspinTesting
import Line
import Testing
import Timeline
import Units
import Wire

@testable import HeadEnd

struct ModbusReaderTests {
  private let request = RegisterRequest(unit: 1, function: 4, address: 72, count: 2)

  // MARK: The same bytes, the same verdict as libmodbus

  /// A failure in libmodbus' words. It has one number for a wrong transaction, length or function, and
  /// another for an exception with a wrong function or a code that the standard does not know.
  private func word(_ outcome: Result<[UInt16], ReadFailure>, function: UInt8?) -> String {
    switch outcome {
    case .success(let words):
      return "OK "
        + words.map { word in
          let digits = String(word, radix: 16)
          return String(repeating: "0", count: 4 - digits.count) + digits
        }.joined(separator: " ")
    case .failure(.silence), .failure(.frame(.short)): return "ETIMEDOUT"
    case .failure(.frame(.checksum)): return "EMBBADCRC"
    case .failure(.frame(.wrongUnit)): return "EMBBADSLAVE"
    case .failure(.frame(.wrongTransaction)), .failure(.frame(.wrongLength)): return "EMBBADDATA"
    case .failure(.frame(.wrongFunction)):
      return function.map { $0 >= 0x80 } == true ? "EMBBADEXC" : "EMBBADDATA"
    case .failure(.exception(let code)): return code < 12 ? "EXC \(code)" : "EMBBADEXC"
    case .failure(.port(let text)): return text
    }
  }

  /// Answers each row whole, and byte by byte with pauses; both must give libmodbus' verdict.
  private func compare(_ table: String, _ framing: Framing, functionAt: Int) {
    TextTable.each(table) { row in
      let bytes = hexBytes(try row.optional("bytes") ?? "")
      let asked = RegisterRequest(
        unit: 1, function: UInt8(try row.whole("function")), address: 72,
        count: UInt16(try row.whole("count")))
      _ = try row.text("answer sent")
      let function = bytes.count > functionAt ? bytes[functionAt] : nil
      let whole: [(after: TimeSpan, bytes: [UInt8])] = [(.milliseconds(20), bytes)]
      let single = bytes.indices.map { index in
        (after: TimeSpan.milliseconds(20 + 2 * Int64(index)), bytes: [bytes[index]])
      }
      for pieces in bytes.isEmpty ? [[]] : [whole, single] {
        let door = PreparedDoor()
        door.prepare(pieces)
        let reader = ModbusReader(door: door, framing: framing, rules: ReaderRules(flushes: false))
        let outcome = reader.read(asked)
        #expect(
          try word(outcome, function: function) == row.text("verdict"), sourceLocation: row.sourceLocation)
        #expect(
          try Int64(door.unread + reader.leftBytes) == row.whole("left"), sourceLocation: row.sourceLocation)
      }
    }
  }

  @Test("on RTU every damaged answer gets the verdict of libmodbus, and leaves as many bytes")
  func verdictsRTU() { compare(LibmodbusVerdicts.rtu, .rtu, functionAt: 1) }

  @Test("on TCP every damaged answer gets the verdict of libmodbus, and leaves as many bytes")
  func verdictsTCP() { compare(LibmodbusVerdicts.tcp, .tcp, functionAt: 7) }

  @Test("an answer is found in every way a line may cut it")
  func cuts() {
    let good = ModbusRTU.encode(pdu: [4, 4, 0xDE, 0xAD, 0xBE, 0xEF] as [UInt8], unit: 1)
    let busy = ModbusRTU.encode(pdu: [0x84, 6] as [UInt8], unit: 1)
    let foreign = ModbusRTU.encode(pdu: [4, 4, 1, 2, 3, 4] as [UInt8], unit: 2)
    DecoderVerifier<Result<[UInt16], ReadFailure>> {
      let rules = AnswerRules(asked: request, framing: .rtu, transaction: 0)
      var held: [UInt8] = []
      return { chunk in
        held += chunk
        var outcomes: [Result<[UInt16], ReadFailure>] = []
        while case .whole(let count) = rules.length(of: held) {
          outcomes.append(rules.registers(in: Array(held.prefix(count))))
          held.removeFirst(count)
        }
        return outcomes
      }
    }.expect([
      .init(good, [.success([0xDEAD, 0xBEEF])]),
      .init(busy, [.failure(.exception(6))]),
      .init(foreign, [.failure(.frame(.wrongUnit))]),
    ])
  }

  // MARK: Requests

  @Test("requests are those of the standard, and TCP numbers them from 1")
  func requests() {
    let door = PreparedDoor()
    let rtu = ModbusReader(door: door, framing: .rtu, rules: ReaderRules(firstByte: .milliseconds(10)))
    _ = rtu.read(RegisterRequest(unit: 0x11, function: 3, address: 0x006B, count: 3))
    // MODBUS over Serial Line: the request of V1.1b3 section 6.3 to unit 0x11; checksum 0x8776, low byte
    // first.
    #expect(door.written == [[0x11, 0x03, 0x00, 0x6B, 0x00, 0x03, 0x76, 0x87]])
    let tcp = ModbusReader(door: door, framing: .tcp, rules: ReaderRules(firstByte: .milliseconds(10)))
    _ = tcp.read(request)
    _ = tcp.read(request)
    #expect(door.written[1] == [0, 1, 0, 0, 0, 6, 1, 4, 0, 72, 0, 2])
    #expect(door.written[2] == [0, 2, 0, 0, 0, 6, 1, 4, 0, 72, 0, 2])
  }

  @Test("what no reader sends is refused without a byte")
  func impossible() {
    let door = PreparedDoor()
    let reader = ModbusReader(door: door, framing: .rtu, rules: ReaderRules())
    for (unit, function, count) in [(1, 4, 126), (1, 6, 1), (248, 4, 1)] as [(UInt8, UInt8, UInt16)] {
      let outcome = reader.read(RegisterRequest(unit: unit, function: function, address: 0, count: count))
      guard case .failure(.port) = outcome else {
        Issue.record("\(outcome)")
        continue
      }
    }
    #expect(door.written.isEmpty && door.now == .epoch)
  }

  @Test("the largest answer of the standard is read: 125 registers")
  func largest() throws {
    let meter = SmallMeter(unit: 1) { _ in 0x0001_0002 }
    let bench = ModbusBench([meter])
    let words = try bench.reader().read(RegisterRequest(unit: 1, function: 4, address: 0, count: 125)).get()
    #expect(words.count == 125 && words.first == 1 && words.last == 1)
    // 8 characters 8 334, t3.5 4 011, turnaround 5 000; 255 characters of 1 041.67: 265 625.
    #expect(bench.world.now.microseconds == 8_334 + 4_011 + 5_000 + 265_625)
  }

  // MARK: Time-outs

  @Test("time-outs count as libmodbus counts them: from the request, then from the bytes before")
  func timeouts() {
    // Pieces of a good answer at instants in ms; first byte 500, between bytes 500 unless said.
    let good = ModbusRTU.encode(pdu: [4, 4, 0xDE, 0xAD, 0xBE, 0xEF] as [UInt8], unit: 1)
    func outcome(
      _ instants: [Int64], between: Int64 = 500
    ) -> (result: Result<[UInt16], ReadFailure>, ended: Int64) {
      let door = PreparedDoor()
      door.prepare(zip(instants, good).map { (after: .milliseconds($0), bytes: [$1]) })
      let rules = ReaderRules(betweenBytes: .milliseconds(between))
      let result = ModbusReader(door: door, framing: .rtu, rules: rules).read(request)
      return (result, door.now.microseconds / 1000)
    }
    let words: [UInt16] = [0xDEAD, 0xBEEF]
    // The first byte at the last moment, and each other one at its own: 500 + 8 × 500 ms.
    #expect(outcome((0..<9).map { 500 + 500 * $0 }) == (.success(words), 4500))
    #expect(outcome((0..<9).map { 501 + $0 }) == (.failure(.silence), 500))
    // One pause a millisecond too long, before the fifth byte.
    #expect(outcome([100, 101, 102, 103, 604, 605, 606, 607, 608]) == (.failure(.frame(.short)), 603))
    // Eight bytes and nothing more.
    #expect(outcome(Array(100..<108)) == (.failure(.frame(.short)), 607))
    // Without a time-out between bytes the whole answer must come within the first.
    #expect(outcome([100, 200, 300, 400, 450, 460, 470, 480, 500], between: 0) == (.success(words), 500))
    #expect(
      outcome([100, 200, 300, 400, 450, 460, 470, 480, 501], between: 0) == (.failure(.frame(.short)), 500))
  }

  @Test("a slow line that pauses inside frames is read, and one that pauses too long is not")
  func pauses() throws {
    // CL-03 with 200 ms before each byte: 8 pauses in 9 bytes; between bytes 500 ms are allowed.
    let bench = ModbusBench([SmallMeter(unit: 1) { _ in 7 }])
    try bench.line.begin(FaultSetting(id: "CL-03", whole: ["delay": 0, "pause": 200]))
    #expect(bench.reader().read(request) == .success([0, 7]))
    #expect(bench.world.now.microseconds == 17_345 + 9_375 + 8 * 200_000)
    let hasty = ReaderRules(betweenBytes: .milliseconds(150))
    #expect(bench.reader(hasty).read(request) == .failure(.frame(.short)))
  }
}
