// Reproducers: the smallest Modbus part of a profile that is wrong in one way, and where it says so.

import MeterModel
import Scenario
import Testing
import Units

@Suite("The Modbus part of a profile")
struct ModbusMapDecodingTests {
  /// A sound map of one point; `changes` are made to its text before it is decoded.
  static func text(_ changes: [(String, String)] = []) -> String {
    var text = """
      line: {unit: 3, baud: 2400, parity: even, stop-bits: 2}
      registers-per-read: 80
      overflow: wrap
      turnaround: 5 ms
      minimum-gap: 100 ms
      supply: {millivolts: 240000, millihertz: 50000}
      sources: {a: "a document, edition 1"}
      blocks:
        - {functions: [4], from: 0, through: 99, gap: last-value, even-only: true}
        - {functions: [3, 16], from: 0xF900, through: 0xF9FF, gap: exception}
      points:
        - {quantity: active-power-l1, functions: [4], address: 12, type: float32, order: ABCD, unit: kW, scale: 1, positive: export, source: a}
        - {name: model, constant: 71, functions: [4], address: 20, type: uint16, alone: true, source: a}
      settings:
        - {setting: mode, means: measurement-mode, functions: [3, 16], address: 0xF920, type: uint16, values: [1, 2, 3], initial: 2, source: a}
        - {setting: speed, means: baud, functions: [3, 16], address: 0xF930, type: uint16, codes: {0: 2400, 5: 1200}, source: a}
      reads-zero:
        - {name: demand, functions: [4], address: 84, type: float32, order: ABCD, source: a}
      tables:
        - functions: [4]
          order: CDAB
          positive: import
          source: a
          base: 40
          rows:
            - 0 int32 active-power-total W 0.1
            - 2 sunssf =-2 as A_SF
            - 3 text:2 =AB as Opt
            - 5 uint16 absent as DCA
      identification: [maker, code, revision]
      coils:
        - {coil: relay, functions: [1, 5, 15], address: 0, source: a}
      """
    for (old, new) in changes {
      text = text.split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
    }
    return text
  }

  static func decode(_ text: String) throws -> ModbusMap {
    try ModbusMap(try Node.parse(text, file: "meter.yaml"))
  }

  @Test("what is written is what the map holds")
  func whole() throws {
    let map = try Self.decode(Self.text())
    #expect(map.line == .init(unit: 3, baud: 2400, parity: .even, stopBits: 2))
    #expect(map.maximumRegisters == 80)
    #expect(map.overflow == .wrap)
    #expect(map.turnaround == .milliseconds(5))
    #expect(map.minimumGap == .milliseconds(100))
    #expect(map.supply == .init(millivolts: 240_000, millihertz: 50_000))
    #expect(map.blocks[0] == .init(functions: [4], addresses: 0...99, gap: .lastValue, evenOnly: true))
    #expect(map.blocks[1] == .init(functions: [3, 16], addresses: 0xF900...0xF9FF, gap: .exception))
    #expect(map.functions == [1, 3, 4, 5, 15, 16, 43])
    let power = ModbusPoint(
      name: "active-power-l1", shows: .quantity(try #require(ModbusQuantity(.activePower, at: .l1))),
      functions: [4], address: 12, number: .float32, unit: .kilowatt, sign: .export,
      source: "a document, edition 1")
    #expect(map.points[0].address == 40 && map.points[0].order == .leastSignificantFirst)
    #expect(map.points[0].scale == -1 && map.points[0].name == "active-power-total")
    #expect(map.points[1].shows == .constant(-2) && map.points[1].typeName == "sunssf")
    #expect(map.points[2].shows == .text(ModbusText(.fixed("AB"), registers: 2)))
    #expect(map.points[3].shows == .absent)
    #expect(map.points[4] == power)
    #expect(map.points[5].shows == .constant(71))
    #expect(map.points[5].alone)
    #expect(map.points[6].shows == .zero)
    #expect(
      map.coils == [
        ModbusCoil(name: "relay", functions: [1, 5, 15], address: 0, source: "a document, edition 1")
      ])
    #expect(map.settings[0].allowed == .values([1, 2, 3]))
    #expect(map.settings[0].initial == 2)
    #expect(map.settings[1].codes == [0: 2400, 5: 1200])
  }

  struct Wrong: Sendable, CustomTestStringConvertible {
    var code: String
    var line: Int
    var old: String
    var new: String
    var testDescription: String { "\(code): \(new.prefix(60))" }
  }

  static let power = "quantity: active-power-l1, functions: [4], address: 12"
  static let wrong = [
    Wrong(code: "BS-PRF-40", line: 9, old: "from: 0, through: 99", new: "from: 99, through: 0"),
    Wrong(
      code: "BS-PRF-41", line: 18, old: "name: demand, functions: [4], address: 84",
      new: "name: demand, functions: [4], address: 12"),
    Wrong(code: "BS-PRF-42", line: 18, old: "address: 84", new: "address: 100"),
    Wrong(
      code: "BS-PRF-42", line: 12, old: power, new: "quantity: active-power-l1, functions: [3], address: 12"),
    Wrong(code: "BS-PRF-43", line: 18, old: "address: 84", new: "address: 65535"),
    Wrong(
      code: "BS-PRF-44", line: 10, old: "functions: [3, 16], from: 0xF900", new: "functions: [4], from: 50"),
    Wrong(code: "BS-PRF-45", line: 9, old: "functions: [4], from", new: "functions: [1], from"),
    Wrong(
      code: "BS-PRF-45", line: 12, old: power,
      new: "quantity: active-power-l1, functions: [16], address: 12"),
    Wrong(code: "BS-PRF-46", line: 18, old: "address: 84", new: "address: 65536"),
    Wrong(code: "BS-PRF-46", line: 18, old: "address: 84", new: "address: 0xG0"),
    Wrong(code: "BS-PRF-46", line: 18, old: "address: 84", new: "address: -1"),
    Wrong(code: "BS-PRF-47", line: 9, old: "functions: [4], from", new: "functions: [], from"),
    Wrong(code: "BS-PRF-48", line: 4, old: "turnaround: 5 ms", new: "turnaround: -5 ms"),
    Wrong(code: "BS-PRF-49", line: 18, old: "order: ABCD, source: a}", new: "order: ABCD, source: b}"),
    Wrong(code: "BS-PRF-50", line: 13, old: "type: uint16, alone", new: "type: uint16, order: ABCD, alone"),
    Wrong(code: "BS-PRF-51", line: 12, old: "unit: kW", new: "unit: kWh"),
    Wrong(
      code: "BS-PRF-52", line: 12,
      old: "active-power-l1, functions: [4], address: 12, type: float32, order: ABCD, unit: kW",
      new: "voltage-l1, functions: [4], address: 12, type: float32, order: ABCD, unit: V"),
    Wrong(code: "BS-PRF-53", line: 15, old: "initial: 2", new: "initial: 4"),
    Wrong(code: "BS-PRF-54", line: 15, old: "initial: 2", new: "range: [1, 3], initial: 2"),
    Wrong(code: "BS-PRF-55", line: 15, old: "values: [1, 2, 3]", new: "range: [3, 1]"),
    Wrong(code: "BS-PRF-56", line: 16, old: "codes: {0: 2400, 5: 1200}", new: "codes: [2400, 1200]"),
    Wrong(code: "BS-PRF-57", line: 16, old: "codes: {0: 2400", new: "codes: {nought: 2400"),
    Wrong(code: "BS-PRF-58", line: 12, old: "active-power-l1", new: "active-power-l4"),
    Wrong(code: "BS-PRF-59", line: 12, old: "scale: 1,", new: "scale: 2,"),
    Wrong(code: "BS-PRF-83", line: 26, old: "0 int32 active-power-total W 0.1", new: "0 int32"),
    Wrong(code: "BS-PRF-83", line: 27, old: "=-2 as A_SF", new: "=-2"),
    Wrong(code: "BS-PRF-84", line: 26, old: "0 int32 active", new: "0 int33 active"),
    Wrong(code: "BS-PRF-84", line: 28, old: "text:2", new: "text:none"),
    Wrong(code: "BS-PRF-51", line: 26, old: "total W 0.1", new: "total V 0.1"),
    Wrong(code: "BS-PRF-59", line: 26, old: "total W 0.1", new: "total W 0.2"),
    Wrong(code: "BS-PRF-58", line: 26, old: "active-power-total W", new: "active-power-totl W"),
    Wrong(code: "BS-PRF-41", line: 27, old: "2 sunssf", new: "1 sunssf"),
    Wrong(code: "BS-PRF-43", line: 28, old: "3 text:2", new: "65530 text:2"),
    Wrong(code: "BS-PRF-86", line: 30, old: "[maker, code, revision]", new: "[maker]"),
    Wrong(
      code: "BS-PRF-88", line: 5, old: "turnaround: 5 ms", new: "turnaround: 5 ms\ndemand-slides: 7 m"),
    Wrong(code: "BS-PRF-87", line: 32, old: "[1, 5, 15]", new: "[1, 3]"),
    Wrong(code: "BS-SCN-05", line: 26, old: "order: CDAB\n", new: "# no order\n"),
    Wrong(code: "BS-SCN-05", line: 12, old: "scale: 1, ", new: ""),
    Wrong(code: "BS-SCN-05", line: 12, old: "positive: export, ", new: ""),
    Wrong(code: "BS-SCN-05", line: 12, old: "order: ABCD, unit: kW", new: "unit: kW"),
    Wrong(code: "BS-SCN-05", line: 16, old: "codes: {0: 2400, 5: 1200}, ", new: ""),
    Wrong(code: "BS-SCN-06", line: 9, old: "even-only", new: "even-olny"),
    Wrong(code: "BS-SCN-10", line: 2, old: "registers-per-read: 80", new: "registers-per-read: 126"),
    Wrong(code: "BS-SCN-12", line: 12, old: "order: ABCD, unit: kW", new: "order: BADC, unit: kW"),
  ]

  @Test("each way of being wrong is told at its line, with its code", arguments: wrong)
  func refuses(one: Wrong) {
    let text = Self.text([(one.old, one.new)])
    #expect(text != Self.text(), "the reproducer changes something")
    do {
      _ = try Self.decode(text)
      Issue.record("nothing was found wrong")
    } catch let found as Diagnostic {
      #expect(found.code == one.code, "\(found)")
      #expect(found.at.line == one.line, "\(found)")
      #expect(found.excerpt != nil)
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test("an overlap names both registers, the address and the function")
  func overlapMessage() {
    let text = Self.text([("address: 84", "address: 13")])
    #expect {
      _ = try Self.decode(text)
    } throws: { error in
      (error as? Diagnostic)?.message == "'demand' shares register 13 of function 4 with 'active-power-l1'"
    }
  }

  @Test("a misspelt quantity is answered with the nearest one")
  func didYouMean() {
    #expect {
      _ = try Self.decode(Self.text([("active-power-l1", "activ-power-l1")]))
    } throws: { error in
      (error as? Diagnostic)?.help == "did you mean 'active-power-l1'?"
    }
  }
}
