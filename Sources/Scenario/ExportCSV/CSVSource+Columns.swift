// Columns by the names that people give them, and the one error for two that fit.

internal import Truth

extension CSVSource {
  /// The column that somebody names; nil where they name none.
  func column<Role: ColumnRole>(named name: ColumnName, for role: Role) throws -> Int? {
    let headers = table.header.map { $0.text.trimmed }
    switch name {
    case .none: return nil
    case .number(let number):
      if headers.indices.contains(number - 1) { return number - 1 }
      throw headerFault(
        "BS-IMP-06", "there is no column #\(number) for \(role.rawValue)",
        help: "the columns are #1 to #\(headers.count)")
    case .header(let text):
      let fitting = headers.indices.filter { headers[$0].lowercased() == text.trimmed.lowercased() }
      if let column = try one(of: fitting, role) { return column }
      let near = Spelling.nearest(to: text, among: headers).map { "did you mean '\($0)'?" }
      throw headerFault(
        "BS-IMP-06", "no column is called '\(text)', for \(role.rawValue)",
        help: near ?? "there are: \(headers.joined(separator: ", "))")
    }
  }

  /// The only column of several, nothing of none, and an error of more.
  func one<Role: ColumnRole>(of columns: [Int], _ role: Role) throws -> Int? {
    guard columns.count > 1 else { return columns.first }
    let names = columns.map(name).joined(separator: " and ")
    let ways = columns.prefix(2).map { "\(Role.option) \(role.rawValue)=#\($0 + 1)" }
    throw fault(
      "BS-IMP-05", table.header[columns[1]], "\(names) may each be the \(role.rawValue) column",
      help: "state which with \(ways.joined(separator: " or "))")
  }
}
