// What a column of an export file can be for, and the words by which people name such columns.

/// What a column says.
public enum ExportRole: String, Hashable, Sendable, CaseIterable, ColumnRole {
  /// When the half-hour starts.
  case start
  /// When it ends.
  case end
  /// A stamp that does not say of which end it is.
  case stamp
  /// A date whose time stands in another column, or whose settlement period does.
  case date
  case time
  /// The number of the half-hour in its settlement day, from 1 (R-SP-01).
  case period
  /// Energy sent to the grid.
  case export
  /// Energy taken from the grid.
  case `import`
  /// Measured, estimated or missing.
  case quality
  /// Whose row it is, in files of several supplies.
  case mpan

  public static let option = "--map"

  static let ofTime: Set<ExportRole> = [.start, .end, .stamp, .date, .time, .period]
}
