// Which columns of a rate file hold times and which the price: for export and without VAT (R-RATE-03).

internal import Truth

struct RateColumns {
  let source: CSVSource
  private(set) var roles: [RateRole: Int] = [:]
  private(set) var because: [RateRole: String] = [:]

  var from: Int { roles[.from] ?? 0 }
  var price: Int { roles[.price] ?? 0 }

  private static let priceWords: Set<String> = [
    "price", "prices", "rate", "rates", "value", "p", "pence", "gbp", "tariff",
  ]
  private static let taxed: Set<String> = ["inc", "incl", "including", "inclusive", "with"]

  init(_ source: CSVSource, _ options: RateOptions) throws {
    self.source = source
    let seen = SeenColumn.all(of: source)
    for (role, name) in options.columns.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      let column = try source.column(named: name, for: role)
      (roles[role], because[role]) = (column, "--rate-map")
    }
    let stamps = seen.filter { if case .stamp = $0.kind { true } else { false } }
    if roles[.from] == nil {
      let starts = stamps.filter { !$0.words.has(HeaderWords.end) }
      guard let column = try one(of: Self.preferred(starts, HeaderWords.start), .from) else {
        throw source.headerFault(
          "BS-IMP-08", "no column says from when a price holds", help: "name it valid_from")
      }
      (roles[.from], because[.from]) = (column, "header")
    }
    if roles[.to] == nil, options.columns[.to] == nil {
      let ends = seen.filter {
        guard $0.words.has(HeaderWords.end), !$0.words.has(HeaderWords.start) else { return false }
        if case .stamp = $0.kind { return true }
        return $0.kind == .blank || $0.kind == .text
      }
      if let column = try one(of: Self.preferred(ends, HeaderWords.end), .to) {
        (roles[.to], because[.to]) = (column, "header")
      }
    }
    if roles[.price] == nil { (roles[.price], because[.price]) = (try Self.price(seen, source), "header") }
  }

  private static func preferred(_ columns: [SeenColumn], _ words: Set<String>) -> [SeenColumn] {
    for preferred in [Set(["valid"]), words] {
      let better = columns.filter { $0.words.has(preferred) }
      if better.count == 1 { return better }
    }
    return columns
  }

  private func one(of columns: [SeenColumn], _ role: RateRole) throws -> Int? {
    try source.one(of: columns.map(\.number), role)
  }

  private static func price(_ seen: [SeenColumn], _ source: CSVSource) throws -> Int {
    // Words under a header with a unit are told as prices that cannot be read.
    let priced = seen.filter {
      $0.kind.isNumber || ($0.kind == .text && $0.words.unit != nil)
    }.filter {
      $0.kind != .blank && ($0.words.isMoney || $0.words.has(priceWords))
        && !$0.words.has(HeaderWords.period)
    }
    let own = priced.filter { !$0.words.has(HeaderWords.imported) && !$0.words.has(taxed) }
    let export = own.filter { $0.words.has(HeaderWords.export) }
    if let column = try source.one(of: (export.isEmpty ? own : export).map(\.number), RateRole.price) {
      return column
    }
    if let other = priced.first(where: { $0.words.has(HeaderWords.imported) }) {
      throw source.fault(
        "BS-IMP-46", source.table.header[other.number], "the only prices are of import (R-RATE-03)",
        help: "give the rates of the export product")
    }
    let list = seen.filter { $0.kind.isNumber }.map { source.name($0.number) }.joined(separator: ", ")
    throw source.headerFault(
      "BS-IMP-41",
      "no column is said to hold prices without VAT; numbers stand in \(list.isEmpty ? "none" : list)",
      help: "let its header say price, or state --rate-map price=HEADER")
  }

  /// What the numbers of the price column are.
  func unit(_ options: RateOptions) throws -> (RateOptions.Unit, String) {
    if let stated = options.unit { return (stated, "--rate-unit") }
    let cell = source.table.header[price]
    let words = HeaderWords(cell.text)
    if words.has(["exc"]), words.has(["vat"]), words.unit == nil {
      return (.pencePerKilowattHour, "value_exc_vat is in p/kWh")
    }
    let isPounds = cell.text.contains("£") || words.has(["gbp", "pounds"])
    switch words.unit {
    case .energy(.kilowattHours):
      if isPounds { return (.poundsPerKilowattHour, "header") }
      if words.has(["p", "pence"]) { return (.pencePerKilowattHour, "header") }
    case .energy(.megawattHours) where isPounds: return (.poundsPerMegawattHour, "header")
    case .refused(_, let why):
      throw source.fault(
        "BS-IMP-42", cell, "\(why) (R-TAR-13)", help: "write kWh or MWh, or state --rate-unit p/kWh")
    default: break
    }
    throw source.fault(
      "BS-IMP-42", cell, "'\(cell.text)' does not say its unit",
      help: "let it end in (p/kWh), (£/kWh) or (£/MWh), or state one of them with --rate-unit")
  }
}
