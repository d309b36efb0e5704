// A half-hourly export price that follows the wholesale price by a formula (R-RATE-05): so much of it,
// something added, more in the evening peak of the London clock, and never below a floor. The coefficients
// are data (Profiles/formulas).

internal import Truth
public import Units

/// The formula of one region.
public struct PriceFormula: Hashable, Sendable {
  /// In millionths.
  public var multiplier: Int64
  public var adder: UnitRate
  public var peakAdder: UnitRate
  public var floor: UnitRate

  /// The peak by the London clock, in minutes of the day.
  static let peak = 16 * 60..<19 * 60

  public init(multiplier: Int64, adder: UnitRate, peakAdder: UnitRate, floor: UnitRate = .zero) {
    (self.multiplier, self.adder, self.peakAdder, self.floor) = (multiplier, adder, peakAdder, floor)
  }

  /// The export price of the half-hour that starts at an instant, to the nearest 0.000001 p/kWh, half away
  /// from zero.
  public func price(wholesale: UnitRate, at start: Instant) -> UnitRate {
    let product = Int128(wholesale.raw) * Int128(multiplier)
    let half: Int128 = product < 0 ? -500_000 : 500_000
    let share = UnitRate(raw: Int64(clamping: (product + half) / 1_000_000))
    let isPeak = Self.peak.contains(LondonClock.minuteOfDay(at: start))
    return max(floor, share + adder + (isPeak ? peakAdder : .zero))
  }

  /// Reads the row of a region. Throws a `Diagnostic`: BS-IMP-48.
  public init(_ text: String, file: String, region: String) throws {
    func fault(_ cell: CSVTable.Cell, _ message: String, help: String = "") -> Diagnostic {
      Diagnostic(
        code: "BS-IMP-48", at: Position(file: file, line: cell.line, column: cell.column), message: message,
        help: help)
    }
    let table: CSVTable
    do { table = try CSVTable(parsing: text) } catch { throw Diagnostic(error, file: file, text: text) }
    let names = table.header.map(\.text)
    func column(_ name: String) throws -> Int {
      guard let found = names.firstIndex(of: name) else {
        throw fault(
          table.header[0], "a formula has no column '\(name)' here",
          help: "columns: region, multiplier, adder, peak_adder, floor")
      }
      return found
    }
    let letter = try column("region")
    guard let row = table.rows.first(where: { $0[letter].text.uppercased() == region.uppercased() }) else {
      let known = table.rows.map { $0[letter].text }.joined(separator: ", ")
      throw fault(table.header[letter], "the formula has no region '\(region)'", help: "one of: \(known)")
    }
    func number(_ name: String) throws -> Int64 {
      let cell = row[try column(name)]
      guard let whole = (try? DecimalText(parsing: cell.text))?.whole(timesTenTo: 6),
        let value = Int64(exactly: whole), value.magnitude <= 1_000_000_000
      else { throw fault(cell, "'\(cell.text)' is no coefficient with six decimals at most") }
      return value
    }
    self.init(
      multiplier: try number("multiplier"), adder: UnitRate(raw: try number("adder")),
      peakAdder: UnitRate(raw: try number("peak_adder")), floor: UnitRate(raw: try number("floor")))
  }
}

extension RateFile {
  /// Wholesale prices as export prices, half-hour by half-hour: a wholesale price may hold for an hour, and
  /// the peak begins inside none. Throws a `Diagnostic` (BS-IMP-49) for a price without an end.
  public mutating func apply(_ formula: PriceFormula, named name: String, file: String) throws {
    var priced: [TariffTerms.Price] = []
    for price in prices {
      guard let end = price.to else {
        throw Diagnostic(
          code: "BS-IMP-49", at: Position(file: file, line: 1, column: 1),
          message: "the wholesale price from \(price.from) has no end, so no half-hours can be priced by it",
          help: "give a column of ends")
      }
      var halfHour = HalfHour(containing: price.from)
      while halfHour.start < end {
        priced.append(
          TariffTerms.Price(
            from: halfHour.start, to: halfHour.end,
            rate: formula.price(wholesale: price.rate, at: halfHour.start)))
        halfHour = halfHour.next
      }
    }
    prices = priced
    mapping.add("formula", name, "--formula")
  }
}
