// The options of `backspin settle` about the file of half-hours.

internal import ArgumentParser
internal import Scenario
internal import Units

struct SettleReads: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Half-hourly export as a supplier hands it out: CSV, or the JSON of a consumption service.",
      valueName: "file"))
  var reads: String?
  @Option(
    help: ArgumentHelp(
      "Which column is which, by header or place: start=Begin,export=#4; none for no column. Roles: "
        + ExportRole.allCases.map(\.rawValue).joined(separator: ", ") + ".", valueName: "role=column,…"))
  var map: [String] = []
  @Option(help: ArgumentHelp("Which end of its half-hour a stamp marks: start or end.", valueName: "end"))
  var stamps: String?
  @Option(help: ArgumentHelp("The clock of the stamps: utc, london or offset.", valueName: "clock")) var zone:
    String?
  @Option(help: ArgumentHelp("What the numbers are: kWh, Wh or MWh.", valueName: "unit")) var unit: String?
  @Option(
    help: ArgumentHelp(
      "What a half-hour without a row is: missing, or zero because the file leaves zeros out (omitted).",
      valueName: "omitted|missing"))
  var zero: String?
  @Option(help: ArgumentHelp("How 04/05/2026 is read: dmy or mdy.", valueName: "order")) var dates: String?
  @Option(help: ArgumentHelp("The mark before decimals: point or comma.", valueName: "mark")) var decimal:
    String?

  func file(mpan: MPAN?, span: (from: Instant?, until: Instant?)) throws -> ExportFile {
    let options = ExportOptions(
      columns: try Self.columns(map), stamps: try SettleCommand.choice(stamps, "--stamps"),
      zone: try SettleCommand.choice(zone, "--zone"), unit: try unitStated(),
      zero: try SettleCommand.choice(zero, "--zero"), dates: try SettleCommand.choice(dates, "--dates"),
      decimal: try SettleCommand.choice(decimal, "--decimal"), mpan: mpan, from: span.from, until: span.until)
    let path = reads ?? ""
    return try SettleCommand.told {
      try ExportFile(try DiskReader().text(of: path), file: path, options: options)
    }
  }

  private func unitStated() throws -> ExportOptions.Unit? {
    // A thousandth of a Wh and a million Wh differ in one letter's size (R-TAR-13).
    if let unit, unit.lowercased() == "mwh", unit != "MWh" {
      throw Failure("--unit: '\(unit)' is a thousandth of a Wh as written; write MWh")
    }
    return try SettleCommand.choice(unit, "--unit")
  }

  /// The columns that somebody names, over all of one option's uses.
  static func columns<Role: ColumnRole>(_ texts: [String]) throws -> [Role: ColumnName] {
    var columns: [Role: ColumnName] = [:]
    for text in texts {
      do {
        for (role, name) in try Role.columns(parsing: text)
        where columns.updateValue(name, forKey: role) != nil {
          throw Failure("\(Role.option): '\(role.rawValue)' is given twice")
        }
      } catch let error as ColumnMapError {
        throw Failure("\(Role.option): \(error)")
      }
    }
    return columns
  }
}
