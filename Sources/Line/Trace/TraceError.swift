// Why a file is no trace, with its place.

/// An error in a trace's text. Codes are stable.
public struct TraceError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// The first line is not that of a trace.
    case noTrace = "BS-TRC-01"
    /// A version of the form that this program does not know.
    case version = "BS-TRC-02"
    /// A line of the head.
    case head = "BS-TRC-03"
    /// A time that is none, or lies before the one above it.
    case time = "BS-TRC-04"
    /// Neither `>`, `<`, `+`, `reader`, `meter` nor `note`.
    case word = "BS-TRC-05"
    /// Bytes that are not two hexadecimal digits each, or do not go on where they should.
    case bytes = "BS-TRC-06"
    /// Settings that no serial line has.
    case settings = "BS-TRC-07"
  }

  public var code: Code
  /// From 1.
  public var line: Int
  /// From 1.
  public var column: Int
  public var message: String

  public init(_ code: Code, line: Int, column: Int, _ message: String) {
    (self.code, self.line, self.column, self.message) = (code, line, column, message)
  }

  /// `3:1: no time stands here [BS-TRC-04]`; the file's name goes before.
  public var description: String { "\(line):\(column): \(message) [\(code.rawValue)]" }
}
