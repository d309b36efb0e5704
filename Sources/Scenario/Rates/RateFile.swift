// A file of unit rates, one price for each stretch of time: the JSON that a public tariff service answers, or
// a CSV of the same. Prices are sorted; overlaps and stretches off the half-hour are refused, gaps stay gaps
// (R-RATE-01, -02); prices without VAT are used, and those of import products refused (R-RATE-03:
// export carries no VAT).

public import Units

/// Prices from a file, with how the file was understood.
public struct RateFile: Hashable, Sendable {
  /// Sorted by start, without overlaps.
  public internal(set) var prices: [TariffTerms.Price] = []
  public internal(set) var mapping = ImportMapping()
  public internal(set) var notes: [ImportNote] = []

  /// A price and where it stands.
  struct Row {
    var price: TariffTerms.Price
    var at: Position
    var excerpt: String?
    var width = 1

    func fault(_ code: String, _ message: String, help: String = "") -> Diagnostic {
      Diagnostic(code: code, at: at, message: message, help: help, excerpt: excerpt, width: width)
    }
  }

  /// Reads a text; `file` names it in errors. Throws `Diagnostic` or `Diagnostics`.
  public init(_ text: String, file: String, options: RateOptions = RateOptions()) throws {
    let first = text.utf8.first { !" \t\r\n\u{FEFF}".utf8.contains($0) }
    let isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    let rows = try isJSON ? readJSON(text, file: file) : readCSV(text, file: file, options: options)
    try check(rows)
    tellGaps()
  }

  /// The prices as one version of a tariff.
  public func terms(name: String, from: Instant, isSEG: Bool) -> TariffTerms {
    TariffTerms(name: name, from: from, shape: .halfHourly(prices), isSEG: isSEG)
  }

  // MARK: Checks

  private mutating func check(_ rows: [Row]) throws {
    var faults = RowFaults()
    for row in rows {
      let (from, to) = (row.price.from, row.price.to)
      for end in [from, to ?? from] where HalfHour(containing: end).start != end {
        faults.add(row.fault("BS-IMP-45", "a price begins or ends at \(end), inside a half-hour (R-RATE-02)"))
      }
      if let to, to <= from {
        faults.add(row.fault("BS-IMP-47", "this price ends at \(to), not after its start"))
      }
    }
    try faults.finish()
    let sorted = rows.enumerated().sorted {
      ($0.element.price.from, $0.offset) < ($1.element.price.from, $1.offset)
    }.map(\.element)
    var kept: [Row] = []
    for row in sorted {
      if let last = kept.last, last.price == row.price { continue }
      if let last = kept.last, (last.price.to ?? .distantFuture) > row.price.from {
        let end = last.price.to.map { "\($0)" } ?? "further notice"
        faults.add(
          row.fault(
            "BS-IMP-44",
            "the price \(row.price.rate) from \(row.price.from) overlaps \(last.price.rate) of line "
              + "\(last.at.line), which holds to \(end) (R-RATE-01)"
          ))
        continue
      }
      kept.append(row)
    }
    try faults.finish()
    prices = kept.map(\.price)
    let repeats = rows.count - kept.count
    if repeats > 0 {
      notes.append(
        ImportNote(
          .leftOut, ImportNote.count(repeats, "price", ("stands", "stand")) + " twice and counts once"))
    }
  }

  private mutating func tellGaps() {
    let gaps = zip(prices, prices.dropFirst()).compactMap { one, next -> (Instant, Instant)? in
      guard let to = one.to, to < next.from else { return nil }
      return (to, next.from)
    }
    guard let first = gaps.first else { return }
    let more = gaps.count > 1 ? ", and in \(gaps.count - 1) more stretches" : ""
    notes.append(
      ImportNote(
        .priceGap, "there is no price from \(first.0) to \(first.1)\(more); energy of that time is held"))
  }
}
