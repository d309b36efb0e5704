// Which column is which. A header names the quantity and the unit, the cells show whether they hold times or
// numbers; whatever fits two columns, or none, is an error that names the choices (DH-04: export is never
// taken from a column that does not say so).

internal import Truth

/// The columns that are read, by role, each with what told so.
struct FoundColumns {
  var roles: [ExportRole: Int] = [:]
  var because: [ExportRole: String] = [:]

  subscript(_ role: ExportRole) -> Int? { roles[role] }

  mutating func set(_ role: ExportRole, _ column: Int, _ why: String) {
    roles[role] = column
    because[role] = why
  }
}

struct ColumnFinder {
  let source: CSVSource
  let options: ExportOptions
  let seen: [SeenColumn]
  private var stated: [ExportRole: Int] = [:]
  private var refused: Set<ExportRole> = []

  init(_ source: CSVSource, _ options: ExportOptions) throws {
    (self.source, self.options) = (source, options)
    seen = SeenColumn.all(of: source)
    try refuseMissingHeader()
    for (role, name) in options.columns.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      guard let column = try source.column(named: name, for: role) else {
        refused.insert(role)
        continue
      }
      if let twin = stated.first(where: { $0.value == column }) {
        throw source.fault(
          "BS-IMP-07", source.table.header[column],
          "this column cannot be both \(twin.key.rawValue) and \(role.rawValue)",
          help: "name another with --map")
      }
      stated[role] = column
    }
  }

  /// Finds every column that is needed or of use.
  func find() throws -> FoundColumns {
    var found = FoundColumns()
    for (role, column) in stated { found.set(role, column, "--map") }
    if ExportRole.ofTime.isDisjoint(with: stated.keys) { try findTime(&found) }
    try checkTime(found)
    if found[.export] == nil { found.set(.export, try exportColumn(), "header") }
    if found[.import] == nil, !refused.contains(.import), let column = importColumn(besides: found) {
      found.set(.import, column, "header")
    }
    for (role, words) in [(ExportRole.quality, HeaderWords.quality), (.mpan, ["mpan"])] {
      guard found[role] == nil, !refused.contains(role) else { continue }
      var fitting = seen.filter {
        !found.roles.values.contains($0.number) && $0.words.has(words) && !$0.words.isMoney
          && $0.words.unit == nil && $0.isWordsOrNumber(for: role)
      }
      let own = fitting.filter { $0.words.has(HeaderWords.export) }
      if own.count == 1 { fitting = own }
      if let column = try one(of: fitting.map(\.number), role) { found.set(role, column, "header") }
    }
    return found
  }

  func one(of columns: [Int], _ role: ExportRole) throws -> Int? { try source.one(of: columns, role) }

  // MARK: Energy

  private func exportColumn() throws -> Int {
    // Words under a header with a unit are told as numbers that cannot be read.
    let numbers = seen.filter {
      ($0.kind.isNumber || ($0.kind == .text && $0.words.unit != nil)) && !$0.words.isMoney
        && !$0.words.has(HeaderWords.period)
    }
    let named = numbers.filter {
      $0.words.has(HeaderWords.export) && !$0.words.has(HeaderWords.imported)
        && !$0.words.has(HeaderWords.cumulative) && !$0.words.has(["mpan"])
    }
    // A power beside an energy is no second choice.
    let energies = named.filter { column in
      if case .refused = column.words.unit { return false }
      return true
    }
    if let column = try one(of: (energies.isEmpty ? named : energies).map(\.number), .export) {
      return column
    }
    let choices = numbers.filter { $0.words.unit != nil || $0.words.has(Self.energyWords) }.map {
      source.name($0.number)
    }
    if choices.isEmpty {
      throw source.headerFault(
        "BS-IMP-04", "no column is said to hold export",
        help: "name its header with --map export=HEADER, or its place with --map export=#2")
    }
    throw source.headerFault(
      "BS-IMP-04", "no column is said to hold export; energy stands in \(choices.joined(separator: ", "))",
      help: "if one of them is export and neither import nor generation, state --map export=HEADER")
  }

  private static let energyWords = HeaderWords.imported.union(HeaderWords.generation).union(["energy"])

  /// A second register is of use where it is plain; it is never needed.
  private func importColumn(besides found: FoundColumns) -> Int? {
    let fitting = seen.filter {
      !found.roles.values.contains($0.number) && $0.kind.isNumber && !$0.words.isMoney
        && $0.words.has(HeaderWords.imported)
        && !$0.words.has(HeaderWords.export) && !$0.words.has(HeaderWords.cumulative)
    }
    guard fitting.count == 1, case .energy = fitting[0].words.unit else { return nil }
    return fitting[0].number
  }

  private func refuseMissingHeader() throws {
    if seen.count(where: { CellKind($0.header) == .time }) >= 24 {
      throw source.headerFault(
        "BS-IMP-28", "this file has a row for each day and a column for each half-hour",
        help: "give one row for each half-hour")
    }
    for (column, cell) in source.table.header.enumerated() {
      guard case .stamp = CellKind(cell.text) else { continue }
      throw source.fault(
        "BS-IMP-03", source.table.header[column], "there is no header: the first line holds data",
        help: "name the columns in the first line, such as start,export_kwh")
    }
  }
}

extension SeenColumn {
  /// A quality is said in words; a supply is a long number.
  fileprivate func isWordsOrNumber(for role: ExportRole) -> Bool {
    switch kind {
    case .text, .blank: true
    case .whole: role == .mpan
    default: false
    }
  }
}
