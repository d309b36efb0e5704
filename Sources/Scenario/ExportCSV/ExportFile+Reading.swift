// Reading in order: whose rows, when, how much, how good; then the half-hours as a whole.

internal import Truth
internal import Units

extension ExportFile {
  mutating func read(_ source: CSVSource, _ found: FoundColumns, _ options: ExportOptions) throws {
    mapping.add("file", "\(source.table.rows.count) rows, \(source.separator.rawValue)-separated")
    let rows = try rowsOfOneSupply(source, found, options)
    let times = try TimeReader(source, options, found, rows: rows).read(&mapping)
    convention = times.convention
    notes += times.notes
    guard let column = found[.export] else { return }
    let exports = try energies(source, rows, column, .export, found, options)
    resolution = exports.resolution
    mapping.add("resolution", "\(resolution)", "the decimals written")
    var imports: ReadEnergies?
    if let column = found[.import] {
      imports = try energies(source, rows, column, .import, found, options)
    }
    var qualities: [Quality]?
    if let column = found[.quality] {
      mapping.add("quality", source.name(column), found.because[.quality] ?? "")
      qualities = try QualityWord.read(column, of: rows, source)
    }
    let unused = source.table.header.indices.filter { !found.roles.values.contains($0) }
    if !unused.isEmpty { mapping.add("not used", unused.map(source.name).joined(separator: ", ")) }
    try SlotCheck(source: source, hasBothEnds: found[.start] != nil && found[.end] != nil).check(times)
    for row in rows.indices {
      let value = exports.values[row]
      self.rows.append(
        Row(
          halfHour: HalfHour(containing: times.start(row)), energy: value ?? .zero,
          quality: value == nil ? .missing : qualities?[row] ?? .actual, imported: imports?.values[row],
          line: times.cells[row].line))
    }
    try SlotCheck.refuseContradictions(self.rows, source, rows.map { $0[column] })
    try settleSpan(source.file, options)
  }

  // MARK: Whose

  private mutating func rowsOfOneSupply(
    _ source: CSVSource, _ found: FoundColumns, _ options: ExportOptions
  ) throws -> [[CSVTable.Cell]] {
    guard let column = found[.mpan] else { return source.table.rows }
    mapping.add("mpan", source.name(column), found.because[.mpan] ?? "")
    func name(_ row: [CSVTable.Cell]) -> String {
      let text = row[column].text.trimmed
      return (try? MPAN(parsing: text))?.core ?? text
    }
    if let wanted = options.mpan {
      let own = source.table.rows.filter { name($0) == wanted.core }
      guard !own.isEmpty else {
        throw source.fault(
          "BS-IMP-27", source.table.rows[0][column], "no row is of the MPAN \(wanted.core)",
          help: "--map mpan=none reads all rows as of one supply")
      }
      let others = source.table.rows.count - own.count
      if others > 0 {
        notes.append(
          ImportNote(.leftOut, "\(ImportNote.count(others, "row", ("is", "are"))) of another MPAN"))
      }
      mpan = wanted.core
      return own
    }
    let first = name(source.table.rows[0])
    if let other = source.table.rows.first(where: { name($0) != first }) {
      throw source.fault(
        "BS-IMP-27", other[column], "the rows are of several MPANs: \(first) and \(name(other))",
        help: "state which with --mpan")
    }
    mpan = first.isEmpty ? nil : first
    return source.table.rows
  }

  // MARK: How much

  private mutating func energies(
    _ source: CSVSource, _ rows: [[CSVTable.Cell]], _ column: Int, _ role: ExportRole, _ found: FoundColumns,
    _ options: ExportOptions
  ) throws -> ReadEnergies {
    mapping.add(role.rawValue, source.name(column), found.because[role] ?? "")
    let (unit, unitBecause) = try unit(source, column, role, options)
    mapping.add(role == .export ? "unit" : "import unit", unit.rawValue, unitBecause)
    let cells = rows.map { $0[column] }
    let mark = try options.decimal ?? DecimalMark.seen(in: cells, source)
    if mark == .comma {
      mapping.add("decimals", "after a comma", options.decimal == nil ? "the numbers" : "--decimal")
    }
    let read = try EnergyReader(source: source, rows: rows, column: column, unit: unit, mark: mark).read()
    notes += read.notes
    return read
  }

  private mutating func unit(
    _ source: CSVSource, _ column: Int, _ role: ExportRole, _ options: ExportOptions
  ) throws -> (ExportOptions.Unit, String) {
    let cell = source.table.header[column]
    let header = HeaderWords(cell.text).unit
    if role == .export, let stated = options.unit {
      if let header, header != .energy(stated) {
        notes.append(
          ImportNote(
            .overruled, "'\(cell.text)' is read in \(stated.rawValue), against its header, as stated"))
      }
      return (stated, "--unit")
    }
    switch header {
    case .energy(let unit): return (unit, "header")
    case .refused(_, let why):
      throw source.fault(
        "BS-IMP-20", cell, why, help: "state --unit kWh, --unit Wh or --unit MWh if the header is wrong")
    case nil:
      if role == .import, let stated = options.unit { return (stated, "--unit") }
      throw source.fault(
        "BS-IMP-19", cell, "'\(cell.text)' does not say its unit",
        help: role == .export
          ? "state --unit kWh or --unit Wh, or end the header in (kWh)" : "--map import=none leaves it out")
    }
  }
}
