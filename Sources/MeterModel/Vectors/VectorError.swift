// Why a file of vectors cannot be checked at all: it was damaged, or no shape that we know.

/// A fault of the file, with its line and column. The code is an API, never renamed or reused.
public struct VectorError: Error, Hashable, Sendable, CustomStringConvertible {
  /// `BS-VEC-01` empty, `-02` unknown shape, `-03` torn line, `-04` not a number, `-05` out of range.
  public var code: String
  /// 1-based.
  public var line: Int
  /// The name of the column; nil where the whole line is meant.
  public var column: String?
  /// 1-based, of the cell's first character; 1 where the whole line is meant.
  public var character = 1
  public var message: String

  /// `FILE:line:column: message [code]` follows the name of the file.
  public var description: String {
    let place = column.map { "column \($0): " } ?? ""
    return "\(line):\(character): \(place)\(message) [\(code)]"
  }

  static func empty() -> VectorError {
    VectorError(code: "BS-VEC-01", line: 1, column: nil, message: "the file has no line of column names")
  }
}
