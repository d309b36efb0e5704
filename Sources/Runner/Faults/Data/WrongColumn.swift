// DH-04: the column of money, or of import, is taken for export; or separators and marks are those of another
// country. What the file's own header contradicts must be stated by somebody, who is wrong.

internal import Scenario
internal import Units

/// The wrong numbers, or the right ones in another dress.
struct WrongColumn: DataFault {
  static let declaration = FaultDeclaration(
    id: "DH-04", title: "Wrong column, separator or decimal mark", layer: .data,
    symptoms: "pence or import for export, by a constant factor or upside down; or nothing but another dress",
    parameters: [
      .init(
        name: "kind",
        meaning:
          "import: the import column is read; cost: the column of money (15 p for each kWh) is read as "
          + "kWh; comma: semicolons, decimal commas and a byte-order mark, which change no number",
        kind: .choice(["import", "cost", "comma"], default: "import"))
    ],
    caughtBy: ["R-VAL-02", "R-VAL-07", "R-VAL-11"], detectors: [.unit, .sign])

  /// Pence for a kWh in the column of money (our assumption: a usual rate).
  private static let rate: Int64 = 15

  private let kind: String

  init(_ values: FaultValues) { kind = values.choice("kind") }

  func spoil(_ sheet: inout FeedSheet, of source: FeedSource) {
    switch kind {
    case "import":
      sheet.more.append(("Import (kWh)", { FeedSheet.kilowattHours(source.imported($0.stamp)) }))
      sheet.reader.columns = [.export: .header("Import (kWh)"), .import: .none]
    case "cost":
      sheet.more.append(
        ("Cost (p)", { FeedSheet.kilowattHours(WattHours($0.energy.value * Self.rate)) }))
      sheet.reader.columns = [.export: .header("Cost (p)")]
    default:
      (sheet.separator, sheet.mark, sheet.hasByteOrderMark) = (";", ",", true)
      sheet.reader.decimal = .comma
    }
  }
}
