// A half-hourly export file as a supplier hands it out, read without guessing: every choice is shown, and
// what is ambiguous is an error that names the choices (R-SP-04, R-SP-05, R-UNIT-01, R-RATE-06,
// DH-01 … DH-08).

public import Units

/// Half-hours from a CSV file, with how the file was understood.
public struct ExportFile: Hashable, Sendable {
  /// One half-hour of the file.
  public struct Row: Hashable, Sendable {
    public var halfHour: HalfHour
    /// Meaningless when `quality` is missing.
    public var energy: WattHours
    public var quality: Quality
    /// What the import column says, if there is one.
    public var imported: WattHours?
    /// The line of the file, from 1; 0 for a half-hour that has no row and counts as zero, as stated.
    public var line: Int
  }

  /// Sorted by time; a row that stands twice is here twice.
  public internal(set) var rows: [Row] = []
  /// What was asked for, or else from the start of the first half-hour to the end of the last.
  public internal(set) var span: Range<Instant> = .epoch..<(.epoch)
  public internal(set) var mapping = ImportMapping()
  public internal(set) var notes: [ImportNote] = []
  /// The supply that the file names, if all of its rows are of one.
  public internal(set) var mpan: String?
  /// The step of the file's own numbers.
  public internal(set) var resolution = WattHours(1)
  /// Which end of a half-hour the file stamps.
  public internal(set) var convention = LogRead.StampConvention.start

  /// Reads a text, CSV or the JSON of a consumption service; `file` names it in errors.
  /// Throws `Diagnostic` or `Diagnostics`.
  public init(_ text: String, file: String, options: ExportOptions = ExportOptions()) throws {
    guard !Self.isJSON(text) else {
      try readConsumption(text, file: file, options)
      return
    }
    let source = try CSVSource(text, file: file)
    let found = try ColumnFinder(source, options).find()
    try read(source, found, options)
  }

  /// The half-hours as log reads of a meter: its export register, and its import register where the file has
  /// one. The cause of an entry is the number of its line.
  public func logs(serial: String, received: Instant) -> [LogRead] {
    var logs = [log(.export, serial, received) { ($0.energy, $0.quality) }]
    if rows.contains(where: { $0.imported != nil }) {
      logs.append(
        log(.import, serial, received) { ($0.imported ?? .zero, $0.imported == nil ? .missing : .actual) })
    }
    return logs
  }

  private func log(
    _ register: RegisterRole, _ serial: String, _ received: Instant,
    _ value: (Row) -> (energy: WattHours, quality: Quality)
  ) -> LogRead {
    let entries = rows.map { row in
      let value = value(row)
      return LogRead.Entry(
        stamp: convention == .end ? row.halfHour.end : row.halfHour.start, energy: value.energy,
        quality: value.quality, cause: Cause(number: UInt32(clamping: row.line)))
    }
    return LogRead(
      serial: serial, register: register, convention: convention, resolution: resolution,
      received: received, entries: entries)
  }
}
