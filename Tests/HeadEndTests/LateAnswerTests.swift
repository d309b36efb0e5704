// An answer that comes after its reader has given up. RTU has no transaction number: only a reader that drops
// what is left before it asks can tell today's answer from yesterday's.

import HeadEnd
import Line
import Testing
import Timeline
import Units

struct LateAnswerTests {
  private let request = RegisterRequest(unit: 1, function: 4, address: 72, count: 2)
  private let days: [UInt32] = [9984, 9990, 9997, 10_004]

  /// Four daily polls; the second day's answer comes 700 ms late, 200 ms after the reader has given up.
  private func poll(flushes: Bool) throws -> [UInt32?] {
    let day = TimeSpan.days(1)
    let meter = SmallMeter(unit: 1) { [days] in days[Int(($0 - .epoch).microseconds / day.microseconds)] }
    let bench = ModbusBench([meter])
    let reader = bench.reader(ReaderRules(firstByte: .milliseconds(500), flushes: flushes))
    var values: [UInt32?] = []
    for number in 0..<4 {
      bench.world.run(until: .epoch + day * Int64(number))
      if number == 1 { try bench.line.begin(FaultSetting(id: "CL-03", whole: ["delay": 700])) }
      if number == 2 { bench.line.end("CL-03") }
      let words = try? reader.read(request).get()
      values.append(words.map { UInt32($0[0]) << 16 | UInt32($0[1]) })
    }
    return values
  }

  @Test("a reader that flushes gives each day its own value, and none to the day that was late")
  func flushing() throws { #expect(try poll(flushes: true) == [9984, nil, 9997, 10_004]) }

  @Test("a reader that does not flush gives each later day the value of the day before, without a failure")
  func stale() throws { #expect(try poll(flushes: false) == [9984, nil, 9990, 9997]) }

  @Test(
    "on TCP a reader that does not flush refuses the late answer by its transaction, and every one after it")
  func transactions() {
    let door = PreparedDoor()
    let reader = ModbusReader(door: door, framing: .tcp, rules: ReaderRules(flushes: false))
    func answer(_ number: UInt8) -> [UInt8] { [0, number, 0, 0, 0, 7, 1, 4, 4, 0, 0, 0, number] }
    door.prepare([(after: .milliseconds(700), bytes: answer(1))])
    #expect(reader.read(request) == .failure(.silence))
    for number in 2...4 as ClosedRange<UInt8> {
      door.prepare([(after: .milliseconds(300), bytes: answer(number))])
      #expect(reader.read(request) == .failure(.frame(.wrongTransaction)))
    }
  }

  @Test("on TCP a reader that flushes loses only the late one")
  func transactionsFlushed() {
    let door = PreparedDoor()
    let reader = ModbusReader(door: door, framing: .tcp, rules: ReaderRules())
    func answer(_ number: UInt8) -> [UInt8] { [0, number, 0, 0, 0, 7, 1, 4, 4, 0, 0, 0, number] }
    door.prepare([(after: .milliseconds(700), bytes: answer(1))])
    #expect(reader.read(request) == .failure(.silence))
    door.rest(until: Instant(seconds: 1))
    door.prepare([(after: .milliseconds(30), bytes: answer(2))])
    #expect(reader.read(request) == .success([0, 2]))
  }

  @Test(
    "a retry takes the late answer to the attempt before: the question is the same, so the value is right"
  )
  func retries() throws {
    let meter = SmallMeter(unit: 1) { _ in 42 }
    let bench = ModbusBench([meter])
    // The reader gives up at 500 and asks again from 600 to 608.334 ms. The first answer starts at 17.345 +
    // 596.
    try bench.line.begin(FaultSetting(id: "CL-03", whole: ["delay": 596]))
    let rules = ReaderRules(retries: 5)
    let record = RegisterPoll(reader: bench.reader(rules), rules: rules, world: bench.world).read(request)
    #expect(record.attempts.map(\.outcome) == [.failure(.silence), .success([0, 42])])
    #expect(record.attempts[1].ended.microseconds == 613_345 + 9_375)
  }
}
