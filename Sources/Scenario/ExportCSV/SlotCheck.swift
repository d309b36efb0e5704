// Rows as half-hours: on :00 and :30, half an hour long, and saying one thing of one half-hour (R-SP-01,
// R-READ-11).

internal import Truth
internal import Units

struct SlotCheck {
  let source: CSVSource
  /// Whether start and end of each row were compared already.
  let hasBothEnds: Bool

  /// Fewer rows do not show how long a row is.
  private static let fewestRows = 6

  func check(_ times: ReadTimes) throws {
    var faults = RowFaults()
    for row in times.stamps.indices {
      let start = times.start(row)
      guard HalfHour(containing: start).start != start else { continue }
      faults.add(
        source.fault(
          "BS-IMP-17", times.cells[row], "'\(times.cells[row].text)' is not on a half-hour",
          help: "half-hours begin and end at :00 and :30; finer rows are not added up here"))
    }
    try faults.finish()
    let starts = Set(times.stamps.indices.map { times.start($0) })
    let minutes = Set(starts.map { floorModulo($0.seconds, 3600) })
    guard !hasBothEnds, starts.count >= Self.fewestRows, minutes.count == 1 else { return }
    throw source.fault(
      "BS-IMP-18", times.cells[1],
      "no two of \(starts.count) rows are half an hour apart: a row looks like an hour",
      help: "half-hours are needed; a column with the end of each row would show that rows are half-hours")
  }

  /// Two different measured values for one half-hour: which is right cannot be seen here.
  static func refuseContradictions(
    _ rows: [ExportFile.Row], _ source: CSVSource, _ cells: [CSVTable.Cell]
  ) throws {
    var faults = RowFaults()
    var first: [HalfHour: Int] = [:]
    for (index, row) in rows.enumerated() where row.quality == .actual {
      guard let known = first[row.halfHour] else {
        first[row.halfHour] = index
        continue
      }
      guard rows[known].energy != row.energy else { continue }
      faults.add(
        source.fault(
          "BS-IMP-24", cells[index],
          "the half-hour from \(row.halfHour.start) holds \(row.energy) here and \(rows[known].energy) in line "
            + "\(rows[known].line)", help: "remove the row that is wrong"))
    }
    try faults.finish()
  }
}
