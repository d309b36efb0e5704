// Prices of half-hours from a file: the answer of Octopus's REST interface (JSON, `results` with value_exc_vat,
// value_inc_vat, valid_from, valid_to, newest first), or a CSV with the same columns or with `…_p_per_kwh`.
// R-RATE-01 overlaps are refused and gaps are left; R-RATE-02 rows longer than a half-hour are kept as stretches, rows
// that begin inside one are refused, a missing end means until further notice; R-RATE-03 the price without VAT counts,
// and rows with VAT on them are import prices; R-RATE-06 a stamp carries its offset.

internal import Truth
public import Units

public enum RateFile {
  /// A price and where it stands.
  struct Row {
    var price: TariffTerms.Price
    var cell: CSVTable.Cell
  }

  /// Reads prices, sorted by start. Throws a `Diagnostic` at the line of the file: BS-TAR-01 …, or the code of a torn CSV.
  public static func prices(_ text: String, path: String) throws -> [TariffTerms.Price] {
    let source = Node.Source(file: path, text: text)
    let first = text.first { !$0.isWhitespace && $0 != "\u{FEFF}" }
    let rows =
      first == "{" || first == "["
      ? try json(text, source) : try csv(text, source)
    guard !rows.isEmpty else { throw wrong("BS-TAR-09", nil, source, "there is no price in this file") }
    let sorted = rows.sorted { $0.price.from < $1.price.from }
    for row in sorted { try check(row, source) }
    for (one, next) in zip(sorted, sorted.dropFirst())
    where (one.price.to ?? .distantFuture) > next.price.from {
      throw wrong(
        "BS-TAR-01", next.cell, source,
        "this price begins on \(next.price.from), while the one from \(one.price.from) (line \(one.cell.line)) still "
          + "holds", help: "of two prices for one time none can be chosen (R-RATE-01)")
    }
    return sorted.map(\.price)
  }

  private static func check(_ row: Row, _ source: Node.Source) throws {
    for end in [row.price.from, row.price.to].compactMap({ $0 }) where HalfHour(containing: end).start != end
    {
      throw wrong(
        "BS-TAR-02", row.cell, source, "this price begins or ends at \(end), inside a half-hour",
        help: "prices stand on :00 and :30 (R-RATE-02)")
    }
    if let to = row.price.to, to <= row.price.from {
      throw wrong(
        "BS-TAR-10", row.cell, source, "this price ends on \(to), not after its start \(row.price.from)")
    }
  }

  // MARK: CSV

  /// Names of columns, in lower case with single blanks.
  private static let fromNames = ["valid from", "valid from utc", "from", "start", "interval start"]
  private static let toNames = ["valid to", "valid to utc", "to", "end", "interval end"]
  private static let rateNames = [
    "value exc vat", "export p per kwh", "p per kwh", "price p per kwh", "rate p per kwh", "export p kwh",
    "p kwh",
  ]
  private static let taxedNames = ["value inc vat"]

  private static func csv(_ text: String, _ source: Node.Source) throws -> [Row] {
    let table: CSVTable
    do { table = try CSVTable(parsing: text) } catch {
      throw Diagnostic(error, file: source.file, text: text)
    }
    let from = try column(fromNames, table, source, "the start of a price")
    let rate = try column(rateNames, table, source, "the price in p/kWh")
    let to = try optionalColumn(toNames, table, source)
    let taxed = try optionalColumn(taxedNames, table, source)
    return try table.rows.map { cells in
      try row(
        from: cells[from], to: to.map { cells[$0] }, rate: cells[rate], taxed: taxed.map { cells[$0] }, source
      )
    }
  }

  private static func column(
    _ names: [String], _ table: CSVTable, _ source: Node.Source, _ what: String
  ) throws -> Int {
    if let found = try optionalColumn(names, table, source) { return found }
    throw wrong(
      "BS-TAR-06", table.header.first, source, "no column gives \(what)",
      help: "name it \(names.map { $0.replacing(" ", with: "_") }.prefix(3).joined(separator: " or "))")
  }

  private static func optionalColumn(
    _ names: [String], _ table: CSVTable, _ source: Node.Source
  ) throws -> Int? {
    let found = table.header.indices.filter { names.contains(plain(table.header[$0].text)) }
    guard found.count < 2 else {
      throw wrong(
        "BS-TAR-06", table.header[found[1]], source,
        "the columns '\(table.header[found[0]].text)' and '\(table.header[found[1]].text)' both could be meant"
      )
    }
    return found.first
  }

  private static func plain(_ name: String) -> String {
    name.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
  }

  // MARK: JSON

  private static func json(_ text: String, _ source: Node.Source) throws -> [Row] {
    let whole: JSONPart
    do { whole = try JSONPart(parsing: text) } catch {
      let place = CSVTable.Cell(text: "?", line: error.line, column: error.column)
      throw wrong("BS-TAR-05", place, source, "this is not JSON: \(error.message)")
    }
    guard let list = whole.items ?? whole["results"]?.items else {
      throw wrong(
        "BS-TAR-06", whole.cell, source, "there is no list of results", help: "as `{\"results\": […]}`")
    }
    return try list.map { item in
      func field(_ name: String) throws -> CSVTable.Cell {
        if let part = item[name], part.text != nil { return part.cell }
        throw wrong("BS-TAR-06", item.cell, source, "this row has no '\(name)'")
      }
      let to = item["valid_to"].flatMap { $0.text == nil ? nil : $0.cell }
      let taxed = item["value_inc_vat"].flatMap { $0.text == nil ? nil : $0.cell }
      // A missing end is no half-hour here: it means until further notice.
      let open = CSVTable.Cell(text: "", line: item.cell.line, column: item.cell.column)
      return try row(
        from: field("valid_from"), to: to ?? open, rate: field("value_exc_vat"), taxed: taxed, source)
    }
  }

  // MARK: One row

  /// A blank end means until further notice; no column of ends at all means half-hours.
  private static func row(
    from: CSVTable.Cell, to: CSVTable.Cell?, rate: CSVTable.Cell, taxed: CSVTable.Cell?, _ source: Node.Source
  ) throws -> Row {
    let start = try instant(from, source)
    let end: Instant? =
      switch to {
      case nil: start + HalfHour.length
      case let cell? where cell.text.isEmpty || cell.text == "null": nil
      case let cell?: try instant(cell, source)
      }
    let price = try self.rate(rate, source)
    if let taxed, !taxed.text.isEmpty, try self.rate(taxed, source) != price {
      throw wrong(
        "BS-TAR-08", taxed, source,
        "\(taxed.text) with VAT is not \(rate.text) without: this is an import tariff",
        help: "export prices carry no VAT (R-RATE-03)")
    }
    return Row(price: TariffTerms.Price(from: start, to: end, rate: price), cell: from)
  }

  private static func instant(_ cell: CSVTable.Cell, _ source: Node.Source) throws -> Instant {
    do { return try Instant(parsing: cell.text) } catch {
      throw wrong("BS-TAR-07", cell, source, "'\(cell.text)' is no instant: \(error.message)")
    }
  }

  private static func rate(_ cell: CSVTable.Cell, _ source: Node.Source) throws -> UnitRate {
    do {
      let number = try DecimalText(parsing: cell.text, exponent: true)
      if let whole = number.whole(timesTenTo: 6), let value = Int64(exactly: whole) {
        return UnitRate(microPencePerKilowattHour: value)
      }
    } catch {
      throw wrong("BS-TAR-07", cell, source, "'\(cell.text)' is no price in p/kWh: \(error.message)")
    }
    throw wrong(
      "BS-TAR-07", cell, source, "the price \(cell.text) has more than six decimals, or too many digits")
  }

  private static func wrong(
    _ code: String, _ cell: CSVTable.Cell?, _ source: Node.Source, _ message: String, help: String = ""
  ) -> Diagnostic {
    let (line, column) = (cell?.line ?? 1, cell?.column ?? 1)
    return Diagnostic(
      code: code, at: Position(file: source.file, line: line, column: column), message: message, help: help,
      excerpt: source.line(line), width: max(cell?.text.count ?? 1, 1))
  }
}
