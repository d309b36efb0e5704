// Which columns say when. A stamp of date and time is best; date and settlement period,
// or date and time apart, do too.

internal import Truth

extension ColumnFinder {
  /// Finds the columns of time by what their cells hold, and by their headers where there are several.
  func findTime(_ found: inout FoundColumns) throws {
    let stamps = seen.filter { if case .stamp = $0.kind { true } else { false } }
    if stamps.isEmpty { return try findParts(&found) }
    let starts = stamps.filter { $0.words.has(HeaderWords.start) && !$0.words.has(HeaderWords.end) }
    let ends = stamps.filter { $0.words.has(HeaderWords.end) && !$0.words.has(HeaderWords.start) }
    if let start = try best(starts, .start) { found.set(.start, start, "header") }
    if let end = try best(ends, .end) { found.set(.end, end, "header") }
    guard found[.start] == nil, found[.end] == nil else { return }
    if let stamp = try best(stamps, .stamp) { found.set(.stamp, stamp, "the only column of date and time") }
  }

  /// One column, or of several the only one whose stamps carry their offset.
  private func best(_ columns: [SeenColumn], _ role: ExportRole) throws -> Int? {
    let exact = columns.filter { $0.kind == .stamp(hasOffset: true) }
    return try one(of: (exact.count == 1 ? exact : columns).map(\.number), role)
  }

  private func findParts(_ found: inout FoundColumns) throws {
    guard let date = try one(of: seen.filter { $0.kind == .date }.map(\.number), .date) else {
      let list = seen.map { "\(source.name($0.number)) holds \($0.kind.words)" }.joined(separator: ", ")
      throw source.headerFault(
        "BS-IMP-08", "no column says when: \(list)",
        help: "a stamp such as 2026-05-01T09:00Z, or a date with a time or a settlement period, is needed")
    }
    found.set(.date, date, "the only column of dates")
    let periods = seen.filter { column in
      if case .whole(let number) = column.kind { return column.words.has(HeaderWords.period) && number <= 50 }
      return false
    }
    if let period = try one(of: periods.map(\.number), .period) {
      found.set(.period, period, "header")
      return
    }
    let times = seen.filter { $0.kind == .time }
    let starts = times.filter { $0.words.has(HeaderWords.start) && !$0.words.has(HeaderWords.end) }
    if let time = try one(of: (starts.count == 1 ? starts : times).map(\.number), .time) {
      found.set(.time, time, "beside the date")
      return
    }
    throw source.fault(
      "BS-IMP-08", source.table.header[date], "there are dates here and no times: a row is a day, or more",
      help: "half-hours are needed; a column of settlement periods is mapped with --map period=HEADER")
  }

  /// Columns of time that a person states must make one way of telling it.
  func checkTime(_ found: FoundColumns) throws {
    let given = ExportRole.ofTime.filter { found[$0] != nil }
    let ways: [Set<ExportRole>] = [
      [.start], [.end], [.start, .end], [.stamp], [.date, .time], [.date, .period],
    ]
    guard !ways.contains(given) else { return }
    let names = given.map(\.rawValue).sorted().joined(separator: " and ")
    throw source.headerFault(
      "BS-IMP-08", names.isEmpty ? "no column says when" : "\(names) together do not say when a half-hour is",
      help: "map start, end, both of them, stamp, date with time, or date with period")
  }
}
