// Columns of date and time as the clock that wrote them showed it: read cell by cell, with the order of day
// and month settled for the column as a whole (DH-06), and then placed in time.

internal import Truth
internal import Units

/// What the clock showed in each row.
struct ClockFaces {
  /// The instant at which a clock on UTC would show it.
  var faces: [Instant]
  /// What each stamp says its clock is ahead of UTC.
  var offsets: [TimeSpan?]
  /// The cells, for errors; of a date and a time apart, the time.
  var cells: [CSVTable.Cell]
  /// Whether a row says 24:00, as only ends do.
  var hasTwentyFour = false
  /// Which of two figures is the day, where that was in question.
  var dates: (order: ExportOptions.Dates, because: String)?
}

struct FaceReader {
  let source: CSVSource
  let rows: [[CSVTable.Cell]]
  var dates: ExportOptions.Dates?
  var zone: ExportOptions.Zone?
  /// How options are called in errors: `--zone`, or `--rate-zone` with the prefix `rate-`.
  var prefix = ""

  /// A column of stamps.
  func faces(_ column: Int) throws -> ClockFaces {
    try faces(rows.map { $0[column] }) { text in
      guard text.day != nil, text.seconds != nil else { return "a date with a time is wanted here" }
      return nil
    }
  }

  /// A column of dates and one of times.
  func faces(date: Int, time: Int) throws -> ClockFaces {
    var found = try faces(rows.map { $0[time] }) { text in
      text.day == nil && text.seconds != nil ? nil : "a time of day is wanted here"
    }
    let days = try self.days(date)
    for index in found.faces.indices {
      found.faces[index] = Self.midnight(days.days[index]) + (found.faces[index] - .epoch)
    }
    found.dates = days.order
    return found
  }

  /// A column of dates.
  func days(_ column: Int) throws -> (days: [CivilDate], order: (ExportOptions.Dates, String)?) {
    let found = try faces(rows.map { $0[column] }) { text in
      text.day != nil && text.seconds == nil ? nil : "a date is wanted here"
    }
    let days = found.faces.map { CivilDate(dayNumber: Int(floorDivide($0.seconds, 86_400))) }
    return (days, found.dates)
  }

  static func midnight(_ date: CivilDate) -> Instant { Instant(seconds: Int64(date.dayNumber) * 86_400) }

  // MARK: Cells

  private func faces(
    _ cells: [CSVTable.Cell], _ problem: (StampText) -> String?
  ) throws -> ClockFaces {
    var faults = RowFaults()
    var texts: [StampText] = []
    for cell in cells {
      do {
        let text = try StampText(parsing: cell.text)
        texts.append(text)
        if let problem = problem(text) {
          faults.add(source.fault("BS-IMP-11", cell, "'\(cell.text)': \(problem)"))
        }
      } catch {
        let what = cell.text.trimmed.isEmpty ? "there is no time in this row" : "'\(cell.text)' is no time"
        faults.add(source.fault("BS-IMP-11", cell, "\(what): \(error.message)"))
      }
    }
    try faults.finish()
    let order = try order(of: texts, cells)
    var found = ClockFaces(faces: [], offsets: texts.map(\.offset), cells: cells, dates: order)
    for (text, cell) in zip(texts, cells) {
      found.faces.append(try midnight(of: text, cell, order?.order) + .seconds(Int64(text.seconds ?? 0)))
      if text.seconds == 86_400 { found.hasTwentyFour = true }
    }
    return found
  }

  private func midnight(
    of text: StampText, _ cell: CSVTable.Cell, _ order: ExportOptions.Dates?
  ) throws -> Instant {
    switch text.day {
    case nil: return .epoch
    case .known(let date): return Self.midnight(date)
    case .figures(let first, let second, let year):
      let (day, month) = order == .monthFirst ? (second, first) : (first, second)
      guard let date = CivilDate(year: year, month: month, day: day) else {
        throw source.fault(
          "BS-IMP-14", cell,
          "'\(cell.text)' is no date with the \(order == .monthFirst ? "month" : "day") first",
          help: "all dates of a column are written one way")
      }
      return Self.midnight(date)
    }
  }

  /// Which of two figures is the day: stated, or shown by one that is more than 12.
  private func order(
    of texts: [StampText], _ cells: [CSVTable.Cell]
  ) throws -> (order: ExportOptions.Dates, because: String)? {
    var ambiguous: CSVTable.Cell?
    var proofs: [ExportOptions.Dates: CSVTable.Cell] = [:]
    for (text, cell) in zip(texts, cells) {
      guard case .figures(let first, let second, _) = text.day else { continue }
      ambiguous = ambiguous ?? cell
      if first > 12 { proofs[.dayFirst] = proofs[.dayFirst] ?? cell }
      if second > 12 { proofs[.monthFirst] = proofs[.monthFirst] ?? cell }
    }
    guard let ambiguous else { return nil }
    if let dates { return (dates, "--\(prefix)dates") }
    if let day = proofs[.dayFirst], let month = proofs[.monthFirst] {
      throw source.fault(
        "BS-IMP-14", month.line > day.line ? month : day,
        "'\(day.text)' has its day first and '\(month.text)' its month",
        help: "all dates of a column are written one way")
    }
    guard let proof = proofs.first else {
      throw source.fault(
        "BS-IMP-13", ambiguous,
        "'\(ambiguous.text)' may be day/month or month/day, and no day here is over 12",
        help: "state --\(prefix)dates dmy or --\(prefix)dates mdy")
    }
    return (proof.key, "'\(proof.value.text)' in line \(proof.value.line)")
  }
}
