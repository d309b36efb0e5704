// A file of vectors as lines of cells. Plain comma-separated text with a line of column names, LF or CRLF.

/// The cells of one row, by column.
struct VectorRow {
  /// 1-based line of the file.
  let line: Int
  let columns: [String: Int]
  let cells: [Substring]

  /// An error at a cell, or at the whole line.
  func notANumber(_ column: String, _ text: String, wanted: String) -> VectorError {
    error("BS-VEC-04", column, "'\(text)' is not \(wanted)")
  }

  func outOfRange(_ column: String?, _ message: String) -> VectorError {
    error("BS-VEC-05", column, message)
  }

  private func error(_ code: String, _ column: String?, _ message: String) -> VectorError {
    let place = column.flatMap { columns[$0] } ?? 0
    let before = cells[..<place].reduce(0) { $0 + $1.count + 1 }
    return VectorError(code: code, line: line, column: column, character: before + 1, message: message)
  }

  /// The text of a column that the shape is known to have.
  func text(_ column: String) -> String { String(cells[columns[column]!]) }

  func number(_ column: String) throws(VectorError) -> Fraction {
    guard let decimal = Fraction.decimal(text(column)) else {
      throw notANumber(column, text(column), wanted: "a decimal number")
    }
    return decimal.value
  }

  func ratio(_ column: String) throws(VectorError) -> Fraction {
    guard let ratio = Fraction.ratio(text(column)) else {
      throw notANumber(column, text(column), wanted: "a number or a fraction such as 800/3")
    }
    return ratio
  }

  func whole(_ column: String, in range: ClosedRange<Int>) throws(VectorError) -> Int {
    guard let value = Int(text(column)) else {
      throw notANumber(column, text(column), wanted: "a whole number")
    }
    guard range.contains(value) else {
      throw outOfRange(column, "\(value) is outside \(range.lowerBound)…\(range.upperBound)")
    }
    return value
  }

  /// A number above zero.
  func positive(_ column: String) throws(VectorError) -> Fraction {
    let value = try number(column)
    guard value.numerator > 0 else { throw outOfRange(column, "\(text(column)) is not above zero") }
    return value
  }

  /// A number that is not below zero.
  func notNegative(_ column: String) throws(VectorError) -> Fraction {
    let value = try number(column)
    guard value.numerator >= 0 else { throw outOfRange(column, "\(text(column)) is below zero") }
    return value
  }

  /// Runs exact arithmetic; numbers too large for it are an error of this row.
  func exactly<Value>(_ work: () throws(FractionError) -> Value) throws(VectorError) -> Value {
    do { return try work() } catch {
      switch error {
      case .tooLarge: throw outOfRange(nil, "these numbers need more than 128 bits")
      case .divisionByZero: throw outOfRange(nil, "this divides by zero")
      }
    }
  }
}

/// A whole file.
struct VectorTable {
  let columns: [String]
  let rows: [VectorRow]

  init(_ text: String) throws(VectorError) {
    var columns: [String] = []
    var places: [String: Int] = [:]
    var rows: [VectorRow] = []
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    for (index, line) in lines.enumerated() where !line.allSatisfy(\.isWhitespace) {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      if columns.isEmpty {
        columns = cells.map { $0.filter { !$0.isWhitespace && $0 != "\u{FEFF}" } }
        for (place, name) in columns.enumerated() { places[name] = place }
        continue
      }
      guard cells.count == columns.count else {
        throw VectorError(
          code: "BS-VEC-03", line: index + 1, column: nil,
          message: "\(cells.count) cells where there are \(columns.count) columns")
      }
      rows.append(VectorRow(line: index + 1, columns: places, cells: cells))
    }
    guard !columns.isEmpty else { throw .empty() }
    (self.columns, self.rows) = (columns, rows)
  }
}
