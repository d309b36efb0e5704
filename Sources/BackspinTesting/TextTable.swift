// Tests as tables that a domain person can read: one row a case, columns by header, `_` for blank.
//
//     TextTable.each(
//       """
//       | mode | power  | hours | export  |
//       |    1 | -1 kW  |   2   | 2000 Wh |
//       |    2 | 500 W  |   2   | _       |
//       """
//     ) { row in
//       #expect(try row.whole("hours") == 2, sourceLocation: row.sourceLocation)
//     }

internal import Synchronization
public import Testing

/// Why a table or one of its cells cannot be used, and in which line.
public struct TextTableError: Error, CustomStringConvertible {
  public let message: String
  public let sourceLocation: SourceLocation

  public var description: String { message }
}

/// A table written as text.
///
/// The first line names the columns. If it holds a `|`, bars part the cells; otherwise two or more spaces do.
/// Lines that are empty, start with `#`, or are made of bars, dashes, colons and pluses only are skipped.
/// A row's source location is right when the `"""` stands on the line after the call, where swift-format
/// puts it.
public struct TextTable: Sendable {
  public let columns: [String]
  public let rows: [Row]
  private let asked: AskedColumns

  public init(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    asked = AskedColumns()
    var header: [String]?
    var bars = false
    var rows: [Row] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      var location = sourceLocation
      location.line += index + 2
      if Self.isSkipped(line) { continue }
      guard let columns = header else {
        bars = line.contains("|")
        header = try Self.header(Self.cells(of: line, bars: bars), at: location)
        continue
      }
      let cells = Self.cells(of: line, bars: bars)
      guard cells.count == columns.count else {
        throw TextTableError(
          message: "\(cells.count) cells under \(columns.count) columns: \(line)", sourceLocation: location)
      }
      rows.append(Row(columns: columns, cells: cells, sourceLocation: location, asked: asked))
    }
    guard let header, !rows.isEmpty else {
      throw TextTableError(message: "a table needs a header and a row", sourceLocation: sourceLocation)
    }
    (columns, self.rows) = (header, rows)
  }

  /// The rows alone, for `@Test(arguments:)`.
  public static func rows(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> [Row] {
    try TextTable(text, sourceLocation: sourceLocation).rows
  }

  /// Runs `body` for each row. What it throws becomes an issue at the row's own line, and the next row runs.
  /// A column that no row was asked for is an issue too: it would look tested and is not.
  public static func each(
    _ text: String, sourceLocation: SourceLocation = #_sourceLocation, _ body: (Row) throws -> Void
  ) {
    problems(text, sourceLocation: sourceLocation, body).record()
  }

  /// As `each`, with the problems returned.
  public static func problems(
    _ text: String, sourceLocation: SourceLocation = #_sourceLocation, _ body: (Row) throws -> Void
  ) -> [Problem] {
    var problems: [Problem] = []
    do {
      let table = try TextTable(text, sourceLocation: sourceLocation)
      for row in table.rows {
        do { try body(row) } catch let error as TextTableError {
          problems.append(Problem(error.message, at: error.sourceLocation))
        } catch {
          problems.append(Problem("the row threw \(error): \(row)", at: row.sourceLocation))
        }
      }
      for column in table.columns where !table.asked.contains(column) {
        problems.append(Problem("no row was asked for the column '\(column)'", at: sourceLocation))
      }
    } catch let error as TextTableError {
      problems.append(Problem(error.message, at: error.sourceLocation))
    } catch {
      problems.append(Problem("\(error)", at: sourceLocation))
    }
    return problems
  }

  private static func header(_ cells: [String], at location: SourceLocation) throws -> [String] {
    for (index, cell) in cells.enumerated() {
      let twice = cells[..<index].contains(cell)
      guard !cell.isEmpty, cell != "_", !twice else {
        throw TextTableError(
          message: twice ? "the column '\(cell)' stands twice" : "a column has no name",
          sourceLocation: location)
      }
    }
    return cells
  }

  private static func isSkipped(_ line: Substring) -> Bool {
    guard let first = line.first(where: { $0 != " " }) else { return true }
    return first == "#" || (line.contains("-") && line.allSatisfy { " |-:+".contains($0) })
  }

  private static func cells(of line: Substring, bars: Bool) -> [String] {
    guard bars else { return cellsBySpaces(line) }
    var parts = line.split(separator: "|", omittingEmptySubsequences: false).map(trimmed)
    if parts.first?.isEmpty == true { parts.removeFirst() }
    if parts.last?.isEmpty == true { parts.removeLast() }
    return parts
  }

  private static func cellsBySpaces(_ line: Substring) -> [String] {
    var cells: [String] = []
    var cell = ""
    var spaces = 0
    for character in line {
      if character == " " {
        spaces += 1
        continue
      }
      if spaces > 1, !cell.isEmpty {
        cells.append(cell)
        cell = ""
      } else if spaces == 1, !cell.isEmpty {
        cell.append(" ")
      }
      spaces = 0
      cell.append(character)
    }
    return cell.isEmpty ? cells : cells + [cell]
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

/// Which columns somebody has asked for.
final class AskedColumns: Sendable {
  private let names = Mutex<Set<String>>([])

  func insert(_ name: String) { names.withLock { _ = $0.insert(name) } }
  func contains(_ name: String) -> Bool { names.withLock { $0.contains(name) } }
}
