// What the columns of a flow file mean, said by their names: `export_kwh`, `power_l2_w`, `start`. The unit
// stands in the name, as a wrong unit is the one error that no later check can see.

internal import Units

/// The meaning of one named column.
struct CSVColumn: Hashable {
  enum Quantity: String { case power, imported = "import", exported = "export" }

  var quantity: Quantity
  /// 0 for L1 …; nil where the name has no phase.
  var phase: Int?
  /// mW or mW·ms in one unit of the column.
  var factor: Int128

  /// Splits `Export L1 (kWh)` into `export`, `l1`, `kwh`.
  static func words(_ name: String) -> [String] {
    name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  static let powerUnits: [String: Int128] = ["w": 1000, "kw": 1_000_000]
  static let energyUnits: [String: Int128] = [
    "wh": Int128(FineEnergy.perWattHour), "kwh": 1000 * Int128(FineEnergy.perWattHour),
  ]

  /// Reads a name; nil for one that is no quantity at all.
  init?(_ cell: CSVTable.Cell, units: [String: Int128]) throws(CSVFault) {
    var words = Self.words(cell.text)
    guard let first = words.first else { return nil }
    if let known = Quantity(rawValue: first) {
      quantity = known
      words.removeFirst()
    } else if units == Self.powerUnits, Self.phase(first) != nil {
      quantity = .power
    } else {
      return nil
    }
    phase = words.first.flatMap(Self.phase)
    if phase != nil { words.removeFirst() }
    let choices = units.keys.sorted().map { "_\($0)" }.joined(separator: " or ")
    guard words.count == 1, let unit = words.first else {
      throw CSVFault(
        .unit, at: cell, "the column '\(cell.text)' does not say its unit",
        help: "end its name in \(choices)")
    }
    guard let factor = units[unit] else {
      throw CSVFault(
        .unit, at: cell, "'\(unit)' is no unit for '\(cell.text)' here",
        help: "end its name in \(choices)")
    }
    self.factor = factor
  }

  private static func phase(_ word: String) -> Int? { ["l1", "l2", "l3"].firstIndex(of: word) }

  /// The cell as a whole number of mW or mW·ms, half rounded away from zero: only digits finer than that are
  /// lost.
  func whole(_ cell: CSVTable.Cell) throws(CSVFault) -> Int64 {
    let number: DecimalText
    do {
      number = try DecimalText(parsing: cell.text, exponent: true)
    } catch {
      throw CSVFault(
        .number, line: cell.line, column: cell.column + error.offending.lowerBound,
        width: error.offending.count, "'\(cell.text)' is not a number: \(error.message)")
    }
    guard let whole = number.scaled(by: factor) else {
      throw CSVFault(.outOfRange, at: cell, "\(cell.text) is more than can be counted here")
    }
    return whole
  }
}

/// The columns of a flow file, found by name.
struct CSVColumns {
  /// Where each quantity stands.
  private(set) var quantities: [(place: Int, column: CSVColumn)] = []
  private(set) var start: Int?
  private(set) var end: Int?

  private static let startWords: Set<String> = [
    "start", "from", "at", "time", "timestamp", "utc", "datetime",
  ]
  private static let endWords: Set<String> = ["end", "to", "until"]
  private static let fillers: Set<String> = ["interval", "period", "utc", "time", "half", "hour", "local"]

  init(_ header: [CSVTable.Cell], units: [String: Int128]) throws(CSVFault) {
    for (place, cell) in header.enumerated() {
      if let column = try CSVColumn(cell, units: units) {
        guard !quantities.contains(where: { $0.column.isSame(as: column) }) else {
          throw CSVFault(.repeatedColumn, at: cell, "the column '\(cell.text)' stands twice")
        }
        quantities.append((place, column))
      } else {
        try takeStamp(cell, place: place)
      }
    }
    let hasPhases = quantities.contains { $0.column.phase != nil }
    if hasPhases, let lone = quantities.first(where: { $0.column.phase == nil }) {
      throw CSVFault(
        .unknownColumn, at: header[lone.place], "some columns name a phase and this one does not",
        help: "name the phase of each, or of none")
    }
  }

  private mutating func takeStamp(_ cell: CSVTable.Cell, place: Int) throws(CSVFault) {
    let words = CSVColumn.words(cell.text)
    let isEnd = words.contains(where: Self.endWords.contains)
    let isStart = !isEnd && words.contains(where: Self.startWords.contains)
    let isKnown = words.allSatisfy {
      Self.startWords.contains($0) || Self.endWords.contains($0) || Self.fillers.contains($0)
    }
    guard isStart || isEnd, isKnown else {
      throw CSVFault(
        .unknownColumn, at: cell, "the column '\(cell.text)' is not known here",
        help: "known: start, end, import_kwh, export_kwh, power_w, each with _l1, _l2, _l3 before the unit")
    }
    guard isEnd ? end == nil : start == nil else {
      throw CSVFault(
        .repeatedColumn, at: cell, "'\(cell.text)' is a second column of \(isEnd ? "end" : "start")s")
    }
    if isEnd { end = place } else { start = place }
  }
}

extension CSVColumn {
  func isSame(as other: CSVColumn) -> Bool { quantity == other.quantity && phase == other.phase }
}

extension CSVTable.Cell {
  /// The cell as an instant; a local time without its offset is refused (R-SP-05).
  func instant() throws(CSVFault) -> Instant {
    do {
      return try Instant(parsing: text.replacing(firstBlankBy: "T"))
    } catch {
      throw CSVFault(
        .stamp, line: line, column: column + error.offending.lowerBound,
        width: error.offending.count, "'\(text)' is no instant: \(error.message)")
    }
  }
}

extension String {
  /// `2026-05-01 09:00Z` as `2026-05-01T09:00Z` (RFC 3339 section 5.6 allows a blank for the T).
  fileprivate func replacing(firstBlankBy mark: Character) -> String {
    guard let blank = firstIndex(of: " ") else { return self }
    return self[..<blank] + String(mark) + self[index(after: blank)...]
  }
}

extension DecimalText {
  /// The number times a factor, half rounded away from zero; nil where 64 bits do not hold it.
  func scaled(by factor: Int128) -> Int64? {
    let (product, overflow) = mantissa.multipliedReportingOverflow(by: factor)
    guard !overflow else { return nil }
    guard decimals >= 0 else {
      return DecimalText(mantissa: product, decimals: decimals).whole(timesTenTo: 0).flatMap(
        Int64.init(exactly:))
    }
    // 10^38 is the largest power of ten in 128 bits; whatever has more decimals is less than half of one.
    guard decimals <= 38 else { return 0 }
    var divisor: Int128 = 1
    for _ in 0..<decimals { divisor *= 10 }
    let (whole, rest) = product.quotientAndRemainder(dividingBy: divisor)
    let part = Int128(rest.magnitude)
    guard part > 0, part >= divisor - part else { return Int64(exactly: whole) }
    return Int64(exactly: whole + (product < 0 ? -1 : 1))
  }
}
