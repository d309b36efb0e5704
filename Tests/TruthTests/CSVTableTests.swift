import Testing
import Truth

@Suite("CSV is split strictly, and each cell knows its place")
struct CSVTableTests {
  @Test("cells carry their line and column, whatever ends the lines")
  func places() throws {
    let table = try CSVTable(parsing: "\u{FEFF}a, b ,c\r\n# a note\r\n\r\n1,\"x, \"\"y\"\"\", 3\r\n")
    #expect(table.header.map(\.text) == ["a", "b", "c"])
    #expect(table.rows.count == 1)
    #expect(table.rows[0].map(\.text) == ["1", "x, \"y\"", "3"])
    #expect(table.rows[0].map(\.line) == [4, 4, 4])
    #expect(table.rows[0].map(\.column) == [1, 3, 15])
    #expect(table.header.map(\.column) == [1, 4, 7])
  }

  @Test("letters of more than one byte count as one column")
  func letters() throws {
    #expect(try CSVTable(parsing: "£,b\n").header[1].column == 3)
  }

  @Test("an empty cell is a cell")
  func emptyCell() throws {
    #expect(try CSVTable(parsing: "a,b,c\n,,\n").rows[0].map(\.text) == ["", "", ""])
  }

  @Test(
    "what is not a table is refused with its line",
    arguments: [
      ("", "BS-CSV-01", 1, 1),
      ("# only a note\n", "BS-CSV-01", 1, 1),
      ("a,b\n1,2\n3\n", "BS-CSV-06", 3, 1),
      ("a,b\n1,2,3\n", "BS-CSV-06", 2, 1),
      ("a,b\n1,\"2\n", "BS-CSV-07", 2, 3),
      ("a,b\n\"1\"2,3\n", "BS-CSV-07", 2, 1),
    ])
  func refused(text: String, code: String, line: Int, column: Int) throws {
    let fault = try #require(throws: CSVFault.self) { try CSVTable(parsing: text) }
    #expect(fault.code == code)
    #expect(fault.line == line)
    #expect(fault.column == column)
  }
}
