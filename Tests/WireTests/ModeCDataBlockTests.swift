import Testing
import Wire

@Suite("IEC 62056-21: the grammar of data blocks")
struct ModeCDataBlockTests {
  typealias Value = ModeCDataSet.Value

  /// What real meters write, each row one oddity.
  static let rows: [(what: String, text: String, sets: [ModeCDataSet], mark: Bool)] = [
    ("plain", "1.8.0(0012345.678*kWh)\r\n!\r\n", [.init("1.8.0", [Value("0012345.678", unit: "kWh")])], true),
    ("mark right behind a bracket", "F.F(00000000)!\r\n", [.init("F.F", [Value("00000000")])], true),
    (
      "LF alone", "F.F(00)\n1.8.0(1*kWh)\n!\n",
      [.init("F.F", [Value("00")]), .init("1.8.0", [Value("1", unit: "kWh")])], true
    ),
    ("doubled CR", "F.F(00)\r\r\n!\r\r\n", [.init("F.F", [Value("00")])], true),
    (
      "several sets on a line", "0.0.0(12)0.2.0(V1)\r\n!",
      [.init("0.0.0", [Value("12")]), .init("0.2.0", [Value("V1")])], true
    ),
    (
      "a maximum with its time", "1.6.1(0.234*kW)(2611210930)\r\n!",
      [.init("1.6.1", [Value("0.234", unit: "kW"), Value("2611210930")])], true
    ),
    (
      "historic suffixes", "1.8.1*01(1*kWh)\r\n1.8.1&02(2*kWh)\r\n1.8.1.03(3*kWh)\r\n!",
      [
        .init("1.8.1*01", [Value("1", unit: "kWh")]), .init("1.8.1&02", [Value("2", unit: "kWh")]),
        .init("1.8.1.03", [Value("3", unit: "kWh")]),
      ], true
    ),
    (
      "full addresses", "1-0:1.8.0*255(1*kWh)\r\n1-1:1.8.0(2*Wh)\r\n!",
      [.init("1-0:1.8.0*255", [Value("1", unit: "kWh")]), .init("1-1:1.8.0", [Value("2", unit: "Wh")])], true
    ),
    (
      "blanks, signs, fillers",
      "1.8.0(  12.5 *KWH)\r\n16.7.0(-0.5*kW)\r\n2.8.0(--------)\r\nC.1(????????)\r\n!",
      [
        .init("1.8.0", [Value("  12.5 ", unit: "KWH")]), .init("16.7.0", [Value("-0.5", unit: "kW")]),
        .init("2.8.0", [Value("--------")]), .init("C.1", [Value("????????")]),
      ], true
    ),
    (
      "empty value and empty unit", "0.9.1()\r\n1.8.0(1*)\r\n!",
      [.init("0.9.1", [Value("")]), .init("1.8.0", [Value("1", unit: "")])], true
    ),
    (
      "48 blanks", "C.90(" + String(repeating: " ", count: 48) + ")\r\n!",
      [.init("C.90", [Value(String(repeating: " ", count: 48))])], true
    ),
    (
      "rows without an address", "P.01(1)(08)\r\n(0.1)(0.2)\r\n(0.3)(0.4)\r\n",
      [
        .init("P.01", [Value("1"), Value("08")]), .init("", [Value("0.1"), Value("0.2")]),
        .init("", [Value("0.3"), Value("0.4")]),
      ], false
    ),
    (
      "a line without brackets", "START\r\n1.8.0(1)\r\n!",
      [.init("START", []), .init("1.8.0", [Value("1")])], true
    ),
    ("stars in the unit", "1.8.0(1*k*h)\r\n!", [.init("1.8.0", [Value("1", unit: "k*h")])], true),
    ("mark inside brackets", "C.1(a!b)\r\n!", [.init("C.1", [Value("a!b")])], true),
    ("nothing", "", [], false),
  ]

  @Test("oddities of the field are read as they stand", arguments: rows)
  func reading(row: (what: String, text: String, sets: [ModeCDataSet], mark: Bool)) throws {
    let block = try ModeCDataBlock(parsing: Array(row.text.utf8))
    #expect(block.sets == row.sets, "\(row.what)")
    #expect(block.hasEndMark == row.mark, "\(row.what)")
  }

  @Test(
    "brackets that do not pair and characters that no text has are refused where they stand",
    arguments: [
      ("1.8.0(12", 8), ("1.8.012)", 7), ("1.8.0((12)", 6), ("1.8.0(1\u{0}2)", 7), ("1.8.0(1\r\n)", 7),
      ("\u{2}1.8.0(1)", 0), ("1.8.0(1)\r\n!x", 11),
    ])
  func refusing(row: (text: String, at: Int)) {
    #expect(throws: ModeCFault.grammar(at: row.at)) { try ModeCDataBlock(parsing: Array(row.text.utf8)) }
  }
}
