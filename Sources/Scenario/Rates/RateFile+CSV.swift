// Rates as CSV: a column of starts, perhaps one of ends, and one of prices for export without VAT.

internal import Truth
internal import Units

extension RateFile {
  mutating func readCSV(_ text: String, file: String, options: RateOptions) throws -> [Row] {
    let source = try CSVSource(text, file: file)
    let columns = try RateColumns(source, options)
    mapping.add("rates", "\(source.table.rows.count) prices, \(source.separator.rawValue)-separated")
    for role in RateRole.allCases {
      guard let column = columns.roles[role] else { continue }
      mapping.add(role.rawValue, source.name(column), columns.because[role] ?? "")
    }
    let rates = try rates(source, columns, options)
    let (starts, ends) = try times(source, columns, options)
    return source.table.rows.indices.map { row in
      let cell = source.table.rows[row][columns.price]
      let fault = source.fault("", cell, "")
      return Row(
        price: TariffTerms.Price(from: starts[row], to: ends[row], rate: rates[row]), at: fault.at,
        excerpt: fault.excerpt, width: fault.width)
    }
  }

  // MARK: Prices

  private mutating func rates(
    _ source: CSVSource, _ columns: RateColumns, _ options: RateOptions
  ) throws -> [UnitRate] {
    let (unit, because) = try columns.unit(options)
    mapping.add("unit", unit.rawValue, because)
    let cells = source.table.rows.map { $0[columns.price] }
    let mark = try DecimalMark.seen(in: cells, source)
    var faults = RowFaults()
    let rates = cells.map { cell -> UnitRate in
      guard let number = try? mark.number(cell.text.trimmed) else {
        faults.add(source.fault("BS-IMP-43", cell, "'\(cell.text)' is no price"))
        return .zero
      }
      guard let whole = number.whole(timesTenTo: unit.power).flatMap(Int64.init(exactly:)) else {
        faults.add(
          source.fault(
            "BS-IMP-43", cell, "'\(cell.text)' \(unit.rawValue) is finer than 0.000001 p/kWh, or too large"))
        return .zero
      }
      return UnitRate(microPencePerKilowattHour: whole)
    }
    try faults.finish()
    return rates
  }

  // MARK: Times

  private mutating func times(
    _ source: CSVSource, _ columns: RateColumns, _ options: RateOptions
  ) throws -> (starts: [Instant], ends: [Instant?]) {
    let rows = source.table.rows
    var reader = FaceReader(
      source: source, rows: rows, dates: options.dates, zone: options.zone, prefix: "rate-")
    let words = HeaderWords(source.table.header[columns.from].text)
    let faces = try reader.faces(columns.from)
    let starts = try reader.instants(of: faces, words: words, isEnd: false)
    mapping.add("zone", starts.zone.words, starts.because)
    notes += starts.notes
    guard let column = columns.roles[.to] else {
      try refuseLongRows(starts.instants, faces.cells, source)
      mapping.add("length", "a row holds for half an hour", "there is no column of ends")
      return (starts.instants, starts.instants.map { $0 + HalfHour.length })
    }
    // An open end is an empty cell, or the word null.
    let closed = rows.indices.filter {
      !["", "null", "none"].contains(rows[$0][column].text.trimmed.lowercased())
    }
    var ends: [Instant?] = Array(repeating: nil, count: rows.count)
    guard !closed.isEmpty else { return (starts.instants, ends) }
    reader = FaceReader(
      source: source, rows: closed.map { rows[$0] }, dates: options.dates ?? faces.dates?.order,
      zone: starts.zone == .utc && faces.offsets.contains { $0 != nil } ? .offset : starts.zone,
      prefix: "rate-")
    let read = try reader.instants(
      of: try reader.faces(column), words: HeaderWords(source.table.header[column].text), isEnd: true)
    for (place, row) in closed.enumerated() { ends[row] = read.instants[place] }
    return (starts.instants, ends)
  }

  /// Without ends, rows must be seen to be half-hours.
  private func refuseLongRows(_ starts: [Instant], _ cells: [CSVTable.Cell], _ source: CSVSource) throws {
    let known = Set(starts)
    guard !known.contains(where: { known.contains($0 + HalfHour.length) }), cells.count > 1 else { return }
    throw source.fault(
      "BS-IMP-18", cells[1], "no two prices are half an hour apart, and there is no column of ends",
      help: "add a column of ends called valid_to, or name it with --rate-map to=HEADER")
  }
}
