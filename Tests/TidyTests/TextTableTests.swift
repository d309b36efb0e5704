// The table parser itself: what it reads, and what it must refuse.

import BackspinTesting
import Testing

struct TextTableTests {
  @Test("cells are parted by bars or by two spaces, and are found by the name of their column")
  func forms() throws {
    let bars = try TextTable(
      """
      # the rule under the header is not a row
      | mode | rate      | note |
      |------|-----------|------|
      | 1    | 4.1 p/kWh | _    |
      | 0x10 |           | a b  |
      """)
    #expect(bars.columns == ["mode", "rate", "note"])
    #expect(bars.rows.count == 2)
    #expect(try bars.rows[0].text("rate") == "4.1 p/kWh")
    #expect(try bars.rows[0].optional("note") == nil)
    #expect(try bars.rows[1].optional("rate") == nil)
    #expect(try bars.rows[1].whole("mode") == 16)

    let spaces = try TextTable(
      """
        mode   rate        wh

        1      4.1 p/kWh   -12_000
        2      _           _
      """)
    #expect(spaces.columns == ["mode", "rate", "wh"])
    #expect(try spaces.rows.map { try $0.optionalWhole("wh") } == [-12_000, nil])
    #expect(try spaces.rows[0].text("rate") == "4.1 p/kWh")
  }

  @Test("a row knows its own line")
  func lines() throws {
    let line = #_sourceLocation.line + 1
    let table = try TextTable(
      """
      a
      # a remark
      1
      """)
    #expect(table.rows[0].sourceLocation.line == line + 4)
  }

  @Test(
    "each row of a table can be an argument",
    arguments: try TextTable.rows(
      """
      wh    half
      10    5
      -4    -2
      """))
  func arguments(row: TextTable.Row) throws {
    #expect(try row.whole("wh") == 2 * row.whole("half"), sourceLocation: row.sourceLocation)
  }

  @Test("a table that cannot be read is refused with what is wrong")
  func refused() {
    let refused = [
      ("", "needs a header and a row"), ("a  b", "needs a header and a row"),
      ("a  a\n1  2", "stands twice"), ("| a | |\n| 1 | 2 |", "has no name"), ("a  b\n1", "1 cells under 2"),
      ("a  b\n1  2  3", "3 cells under 2"), ("| a | b |\n| 1 |", "1 cells under 2"),
    ]
    for (text, message) in refused {
      #expect("\(text)") { try TextTable(text) } throws: { "\($0)".contains(message) }
    }
  }

  @Test(
    "a cell that is not there or does not read as asked is a problem at its row, and the next row still runs")
  func cells() {
    var rows = 0
    let text = """
      a   b
      x   _
      2   3
      """
    func problems(_ body: (TextTable.Row) throws -> Void) -> [String] {
      TextTable.problems(text) { row in
        rows += 1
        _ = try (row.optional("a"), row.optional("b"))
        try body(row)
      }.map(\.message)
    }
    #expect(problems { _ = try $0.whole("a") } == ["'x' is no whole number"])
    #expect(problems { _ = try $0.text("b") } == ["the column 'b' is blank here"])
    #expect(problems { _ = try $0.text("c") }.first?.contains("no column 'c'; there are: a, b") == true)
    #expect(problems { _ = try $0.value("a") { Int($0) } } == ["'x' under 'a' cannot be read"])
    #expect(rows == 8)
  }

  @Test("a column nobody asks for is a problem")
  func unasked() {
    let problems = TextTable.problems("a  b\n1  2") { _ = try $0.whole("a") }
    #expect(problems.map(\.message) == ["no row was asked for the column 'b'"])
  }

  @Test("a failing row makes an issue of the running test")
  func canary() {
    withKnownIssue { TextTable.each("a\nx") { _ = try $0.whole("a") } }
  }
}
