// A strict splitter for comma-separated text (RFC 4180): rows with as many cells as the header, each cell
// with its place. It reads text, never files. Beyond the RFC it takes LF as well as CRLF, a byte-order mark,
// blank lines, and whole lines that begin with `#` as notes; blanks around an unquoted cell do not count.

/// The header and rows of a CSV text.
public struct CSVTable: Hashable, Sendable {
  /// One cell and where it begins.
  public struct Cell: Hashable, Sendable {
    public var text: String
    /// Counted from 1.
    public var line: Int
    /// Counted from 1, in characters; the quote, if there is one.
    public var column: Int

    public init(text: String, line: Int, column: Int) {
      (self.text, self.line, self.column) = (text, line, column)
    }
  }

  public var header: [Cell]
  public var rows: [[Cell]]

  /// Splits a text at a separator (comma, semicolon or tab); a quoted cell may not hold a line break.
  public init(parsing text: String, separator: UInt8 = UInt8(ascii: ",")) throws(CSVFault) {
    let splitter = CSVSplitter(separator: separator)
    var lines: [[Cell]] = []
    var number = 0
    for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      var line = line[...]
      if number == 1, line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
      if line.last == 0x0D { line = line.dropLast() }
      guard let first = line.first(where: { !splitter.isBlank($0) }), first != UInt8(ascii: "#") else {
        continue
      }
      let cells = try splitter.split(line, number: number)
      guard cells.count == lines.first?.count ?? cells.count else {
        throw CSVFault(
          .tornLine, line: number, column: 1, width: String(Substring(line)).count,
          "this line has \(cells.count) cells where the header has \(lines[0].count)",
          help: "a line is torn, or two run together")
      }
      lines.append(cells)
    }
    guard let header = lines.first else {
      throw CSVFault(.empty, line: 1, "there is no header", help: "name the columns in the first line")
    }
    self.header = header
    rows = Array(lines.dropFirst())
  }
}

/// Splits one line into cells.
private struct CSVSplitter {
  let separator: UInt8

  /// A space or tab that does not separate.
  func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (byte == 0x09 && separator != 0x09) }

  func split(_ line: Substring.UTF8View, number: Int) throws(CSVFault) -> [CSVTable.Cell] {
    var cells: [CSVTable.Cell] = []
    var rest = line
    var column = 1
    while true {
      let blanks = rest.prefix(while: isBlank).count
      rest = rest.dropFirst(blanks)
      column += blanks
      let isQuoted = rest.first == UInt8(ascii: "\"")
      let taken = try isQuoted ? quoted(&rest, line: number, column: column) : plain(&rest)
      cells.append(CSVTable.Cell(text: taken.text, line: number, column: column))
      column += taken.width
      guard rest.first == separator else { return cells }
      rest = rest.dropFirst()
      column += 1
    }
  }

  private func plain(_ rest: inout Substring.UTF8View) -> (text: String, width: Int) {
    let bytes = rest.prefix { $0 != separator }
    rest = rest[bytes.endIndex...]
    let width = String(Substring(bytes)).count
    var cell = bytes
    while let last = cell.last, isBlank(last) { cell = cell.dropLast() }
    return (String(Substring(cell)), width)
  }

  private func quoted(
    _ rest: inout Substring.UTF8View, line: Int, column: Int
  ) throws(CSVFault) -> (text: String, width: Int) {
    let start = rest
    var text: [UInt8] = []
    rest = rest.dropFirst()
    while let byte = rest.first {
      rest = rest.dropFirst()
      if byte == UInt8(ascii: "\"") {
        guard rest.first == byte else {
          rest = rest.drop(while: isBlank)
          if rest.isEmpty || rest.first == separator {
            let whole = start[..<rest.startIndex]
            return (String(decoding: text, as: UTF8.self), String(Substring(whole)).count)
          }
          throw CSVFault(.quoting, line: line, column: column, "text follows a closing quote")
        }
        rest = rest.dropFirst()
      }
      text.append(byte)
    }
    throw CSVFault(.quoting, line: line, column: column, "a quote is opened and never closed")
  }
}
