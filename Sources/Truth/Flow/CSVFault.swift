// What is wrong with a CSV text, with its line and column. Codes are an API: never renamed, never reused.

/// A CSV text that cannot be used as it is.
public struct CSVFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of fault, with their stable codes.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case empty = "BS-CSV-01"
    case unknownColumn = "BS-CSV-02"
    case missingColumn = "BS-CSV-03"
    case repeatedColumn = "BS-CSV-04"
    case unit = "BS-CSV-05"
    case tornLine = "BS-CSV-06"
    case quoting = "BS-CSV-07"
    case stamp = "BS-CSV-08"
    case number = "BS-CSV-09"
    case outOfRange = "BS-CSV-10"
    case timeGoesBack = "BS-CSV-11"
    case gap = "BS-CSV-12"
    case notOnHalfHour = "BS-CSV-13"
  }

  public var kind: Kind
  /// Counted from 1.
  public var line: Int
  /// Counted from 1, in characters.
  public var column: Int
  /// How many characters to underline, at least 1.
  public var width: Int
  public var message: String
  /// What to do about it; may be empty.
  public var help: String

  public init(
    _ kind: Kind, line: Int, column: Int = 1, width: Int = 1, _ message: String, help: String = ""
  ) {
    (self.kind, self.line, self.column, self.width) = (kind, line, column, max(width, 1))
    (self.message, self.help) = (message, help)
  }

  init(_ kind: Kind, at cell: CSVTable.Cell, _ message: String, help: String = "") {
    self.init(
      kind, line: cell.line, column: cell.column, width: cell.text.count, message, help: help)
  }

  /// The stable code.
  public var code: String { kind.rawValue }

  public var description: String {
    "\(line):\(column): \(message)" + (help.isEmpty ? "" : "; \(help)") + " [\(code)]"
  }
}
