// Which mark stands before the decimals. `0,336` is a decimal comma; `1,234` may be one or may group
// thousands, and stays an error until another number of the column, or a person, decides.

internal import Truth
internal import Units

typealias DecimalMark = ExportOptions.Decimal

extension ExportOptions.Decimal {
  /// A number with this mark; an exponent is allowed (`0E-20` is seen), and a point may lead (`.336`).
  func number(_ text: String) throws(UnitsError) -> DecimalText {
    var plain = self == .comma ? text.replacing(",", with: ".") : text
    if self == .comma, text.contains(".") { plain = text }
    if plain.first == "." { plain = "0" + plain }
    if plain.hasPrefix("-.") { plain = "-0" + plain.dropFirst() }
    return try DecimalText(parsing: plain, exponent: true)
  }

  /// What the cells of a column prove.
  static func seen(in cells: [CSVTable.Cell], _ source: CSVSource) throws -> ExportOptions.Decimal {
    let comma = cells.first { $0.text.contains(",") }
    guard let comma else { return .point }
    if let point = cells.first(where: { $0.text.contains(".") }) {
      throw source.fault(
        "BS-IMP-21", max(comma, point), "this column has decimals after a comma and after a point",
        help: "state which with --decimal point or --decimal comma, and write numbers without thousands marks"
      )
    }
    guard cells.contains(where: { isDecimal($0.text) }) else {
      throw source.fault(
        "BS-IMP-21", comma, "'\(comma.text)' may be a number with three decimals or a thousands mark",
        help: "state --decimal comma, or write numbers without thousands marks")
    }
    return .comma
  }

  /// A comma before anything but three digits, or after a lone zero, groups no thousands.
  private static func isDecimal(_ text: String) -> Bool {
    let parts = text.trimmed.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return false }
    let whole = parts[0].drop { $0 == "-" || $0 == "+" }
    return parts[1].count != 3 || whole == "0" || whole.isEmpty || whole.count > 3
  }
}

private func max(_ one: CSVTable.Cell, _ other: CSVTable.Cell) -> CSVTable.Cell {
  one.line >= other.line ? one : other
}
