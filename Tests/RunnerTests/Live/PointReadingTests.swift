// What registers say, as text: exact for whole numbers, no more digits than a float has.

import BackspinTesting
import HeadEnd
import Line
import MeterModel
import Testing
import Units

@testable import Runner

struct PointReadingTests {
  @Test("registers become numbers by type, word order and scale")
  func numbers() throws {
    // Big-endian words; 0x449A5000 is 1234.5 (sign 0, exponent 137, 1.2055664…).
    TextTable.each(
      """
      | type    | order | scale | registers               | text                   |
      | float32 | ABCD  |     0 | 449A 5000               | 1234.5                 |
      | float32 | CDAB  |     0 | 5000 449A               | 1234.5                 |
      | float32 | ABCD  |    -1 | 449A 5000               | 123.45                 |
      | int16   | ABCD  |     0 | FFFF                    | -1                     |
      | uint16  | ABCD  |     0 | FFFF                    | 65535                  |
      | int16   | ABCD  |    -1 | FFF6                    | -1.0                   |
      | int16   | ABCD  |    -3 | FFFF                    | -0.001                 |
      | int32   | CDAB  |    -1 | D687 0012               | 123456.7               |
      | int32   | CDAB  |    -1 | FFFD FFFF               | -0.3                   |
      | uint32  | ABCD  |     2 | 0000 000C               | 1200                   |
      | int32   | ABCD  |     3 | 0000 0000               | 0                      |
      | int64   | ABCD  |     0 | 8000 0000 0000 0000     | -9223372036854775808   |
      | uint64  | ABCD  |    -3 | FFFF FFFF FFFF FFFF     | 18446744073709551.615  |
      """
    ) { row in
      let number = try #require(ModbusNumber(rawValue: try row.text("type")))
      let words = try row.text("registers").split(separator: " ").compactMap { UInt16($0, radix: 16) }
      let point = ModbusPoint(
        name: "a point", shows: .zero, functions: [3], address: 0, number: number,
        order: try row.text("order") == "ABCD" ? .mostSignificantFirst : .leastSignificantFirst,
        scale: Int(try row.whole("scale")), source: "a test")
      let said = PointReading.text(of: words, point)
      #expect(said == (try row.text("text")), sourceLocation: row.sourceLocation)
    }
  }

  /// Answers what it is told to, and counts the questions.
  private final class Scripted: RegisterReader {
    var asked: [UInt16] = []
    let answer: (RegisterRequest) -> Result<[UInt16], ReadFailure>
    init(_ answer: @escaping (RegisterRequest) -> Result<[UInt16], ReadFailure>) { self.answer = answer }
    func read(_ request: RegisterRequest) -> Result<[UInt16], ReadFailure> {
      asked.append(request.address)
      return answer(request)
    }
  }

  private static func readings(_ name: String, all: Bool, _ reader: Scripted) throws -> [PointReading] {
    let rules = ReaderRules(retries: 0)
    let poll = RegisterPoll(reader: reader, rules: rules, now: { .epoch }, rest: { _ in })
    return PointReading.read(try ModbusBusFixture.map(name), unit: 1, all: all, over: poll)
  }

  @Test("where nobody answers the first question no other is asked")
  func silence() throws {
    for failure in [
      ReadFailure.silence, .frame(.checksum), .exception(0x0A), .exception(0x0B), .port("gone"),
    ] {
      let reader = Scripted { _ in .failure(failure) }
      let readings = try Self.readings("eastron-sdm230", all: true, reader)
      #expect(readings.count == 1 && reader.asked.count == 1 && readings[0].isUnheard)
    }
  }

  @Test("a meter that refuses one point answers the others")
  func refusal() throws {
    let reader = Scripted { $0.address == 12 ? .failure(.exception(2)) : .success([0, 0]) }
    let readings = try Self.readings("eastron-sdm230", all: false, reader)
    #expect(reader.asked == [12, 72, 74, 342])
    #expect(readings.map(\.isUnheard) == [false, false, false, false])
    #expect(readings.filter { $0.value == .success("0.0") }.count == 3)
  }

  @Test("energies and power of the whole are enough, those of phases only where there is no whole")
  func selection() throws {
    let three = Scripted { _ in .success([0, 0]) }
    let names = try Self.readings("eastron-sdm630-v2", all: false, three).map(\.point.name)
    #expect(
      names.sorted() == [
        "active-energy-export", "active-energy-import", "active-energy-total", "active-power-total",
      ])
    let one = try Self.readings("eastron-sdm120", all: false, Scripted { _ in .success([0, 0]) })
    #expect(one.map(\.point.name).contains("active-power-l1"))
  }
}
