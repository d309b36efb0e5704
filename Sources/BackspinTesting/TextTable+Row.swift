// One row of a text table: cells asked for by the name of their column.

public import Testing

extension TextTable {
  /// A row. A cell that is asked for and is not there, or does not read as asked, throws at the row's line.
  public struct Row: Sendable, CustomTestStringConvertible, CustomStringConvertible {
    public let columns: [String]
    let cells: [String]
    public let sourceLocation: SourceLocation
    let asked: AskedColumns

    /// The cell's text; nothing where it is blank (`_`, or empty between bars).
    public func optional(_ column: String) throws -> String? {
      guard let index = columns.firstIndex(of: column) else {
        throw error("no column '\(column)'; there are: \(columns.joined(separator: ", "))")
      }
      asked.insert(column)
      return cells[index].isEmpty || cells[index] == "_" ? nil : cells[index]
    }

    /// The cell's text; blank is an error.
    public func text(_ column: String) throws -> String {
      guard let text = try optional(column) else { throw error("the column '\(column)' is blank here") }
      return text
    }

    /// The cell as a whole number, decimal or after `0x`; underscores may group its digits.
    public func whole(_ column: String) throws -> Int64 { try Self.whole(text(column), self) }

    /// As `whole`; nothing where the cell is blank.
    public func optionalWhole(_ column: String) throws -> Int64? {
      try optional(column).map { try Self.whole($0, self) }
    }

    /// The cell as anything that parses text; nothing from `parse` is an error.
    public func value<Value>(_ column: String, _ parse: (String) throws -> Value?) throws -> Value {
      let text = try text(column)
      let value: Value?
      do { value = try parse(text) } catch { throw self.error("'\(text)' under '\(column)': \(error)") }
      guard let value else { throw error("'\(text)' under '\(column)' cannot be read") }
      return value
    }

    public var description: String {
      zip(columns, cells).map { "\($0): \($1)" }.joined(separator: ", ")
    }

    public var testDescription: String { description }

    private static func whole(_ text: String, _ row: Row) throws -> Int64 {
      let digits = text.filter { $0 != "_" }
      let value = digits.hasPrefix("0x") ? Int64(digits.dropFirst(2), radix: 16) : Int64(digits)
      guard let value else { throw row.error("'\(text)' is no whole number") }
      return value
    }

    private func error(_ message: String) -> TextTableError {
      TextTableError(message: message, sourceLocation: sourceLocation)
    }
  }
}
