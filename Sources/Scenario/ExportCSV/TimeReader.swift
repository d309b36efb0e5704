// When each row is: the columns of time of an export file as stamps of one convention (R-SP-01, R-SP-04,
// DH-08).

internal import Truth
internal import Units

/// A stamp for each row.
struct ReadTimes {
  var stamps: [Instant]
  var convention: LogRead.StampConvention
  /// The cell of each stamp, for errors.
  var cells: [CSVTable.Cell]
  var notes: [ImportNote] = []

  func start(_ row: Int) -> Instant { convention == .end ? stamps[row] - HalfHour.length : stamps[row] }
}

struct TimeReader {
  let source: CSVSource
  let options: ExportOptions
  let found: FoundColumns
  private let reader: FaceReader

  init(_ source: CSVSource, _ options: ExportOptions, _ found: FoundColumns, rows: [[CSVTable.Cell]]) {
    (self.source, self.options, self.found) = (source, options, found)
    reader = FaceReader(source: source, rows: rows, dates: options.dates, zone: options.zone)
  }

  func read(_ mapping: inout ImportMapping) throws -> ReadTimes {
    if let date = found[.date], let period = found[.period] {
      return try periods(date, period, &mapping)
    }
    if let date = found[.date], let time = found[.time] {
      name([.date, .time], &mapping)
      let words = HeaderWords(source.table.header[date].text + " " + source.table.header[time].text)
      return try stamps(try reader.faces(date: date, time: time), words, stated: stated(words), &mapping)
    }
    if let start = found[.start], let end = found[.end] { return try both(start, end, &mapping) }
    let columns: [(ExportRole, ExportOptions.Stamps?)] = [(.start, .start), (.end, .end), (.stamp, nil)]
    for (role, convention) in columns {
      guard let column = found[role] else { continue }
      name([role], &mapping)
      let words = HeaderWords(source.table.header[column].text)
      return try stamps(try reader.faces(column), words, stated: convention, &mapping)
    }
    throw source.headerFault("BS-IMP-08", "no column says when")
  }

  private func stated(_ words: HeaderWords) -> ExportOptions.Stamps? {
    switch (words.has(HeaderWords.start), words.has(HeaderWords.end)) {
    case (true, false): .start
    case (false, true): .end
    default: nil
    }
  }

  private func name(_ roles: [ExportRole], _ mapping: inout ImportMapping) {
    for role in roles {
      guard let column = found[role] else { continue }
      mapping.add(role.rawValue, source.name(column), found.because[role] ?? "")
    }
  }

  // MARK: One column of stamps, or a date and a time

  private func stamps(
    _ raw: ClockFaces, _ words: HeaderWords, stated: ExportOptions.Stamps?, _ mapping: inout ImportMapping
  ) throws -> ReadTimes {
    var faces = raw
    let (convention, because) = try convention(of: faces, stated: stated)
    var notes: [ImportNote] = []
    if let option = options.stamps, let stated, option != stated {
      notes.append(
        ImportNote(.overruled, "stamps are read as of the \(option.rawValue), against the header, as stated"))
    }
    if convention == .end, faces.offsets.allSatisfy({ $0 == nil }), try moveMidnights(&faces) {
      notes.append(ImportNote(.lateMidnight, "00:00 follows 23:30 of its own date, so it ends that date"))
    }
    mapping.add("stamps", convention == .end ? "end of the half-hour" : "start of the half-hour", because)
    if let dates = faces.dates {
      mapping.add("dates", dates.order == .dayFirst ? "day first" : "month first", dates.because)
    }
    let zone = try reader.instants(of: faces, words: words, isEnd: convention == .end)
    mapping.add("zone", zone.zone.words, zone.because)
    return ReadTimes(
      stamps: zone.instants, convention: convention, cells: faces.cells, notes: notes + zone.notes)
  }

  private func convention(
    of faces: ClockFaces, stated: ExportOptions.Stamps?
  ) throws -> (LogRead.StampConvention, String) {
    if let option = options.stamps { return (option == .end ? .end : .start, "--stamps") }
    if let stated { return (stated == .end ? .end : .start, "header") }
    if faces.hasTwentyFour { return (.end, "a row says 24:00") }
    let times = [faces.faces.min(), faces.faces.max()].map { face in
      floorModulo(face?.seconds ?? 0, 86_400) / 60
    }
    let looks = times == [30, 0] ? "end" : times == [0, 1410] ? "start" : nil
    throw source.fault(
      "BS-IMP-09", faces.cells[0], "'\(faces.cells[0].text)' may be the start or the end of its half-hour",
      help: "state --stamps start or --stamps end"
        + (looks.map { "; by its first and last row the file looks like \($0)" } ?? ""))
  }

  // MARK: Start and end

  private func both(_ start: Int, _ end: Int, _ mapping: inout ImportMapping) throws -> ReadTimes {
    if options.stamps == .end {
      name([.end], &mapping)
      return try stamps(
        try reader.faces(end), HeaderWords(source.table.header[end].text), stated: .end, &mapping)
    }
    name([.start, .end], &mapping)
    let words = HeaderWords(source.table.header[start].text)
    let times = try stamps(try reader.faces(start), words, stated: .start, &mapping)
    let ends = try reader.faces(end)
    var faults = RowFaults()
    for row in times.stamps.indices where !isEnd(ends, row, of: times.stamps[row]) {
      faults.add(
        source.fault(
          "BS-IMP-18", ends.cells[row], "this row does not end half an hour after its start",
          help: "half-hours are needed, one a row"))
    }
    try faults.finish()
    return times
  }

  /// Whether an end stamp is half an hour on, by UTC, by the London clock, or by the clock of the start.
  private func isEnd(_ ends: ClockFaces, _ row: Int, of start: Instant) -> Bool {
    let end = start + HalfHour.length
    let face = ends.faces[row]
    if let offset = ends.offsets[row] { return face - offset == end }
    return [end, end + LondonClock.offset(at: end), end + LondonClock.offset(at: start)].contains(face)
  }

  // MARK: Date and settlement period

  private func periods(_ date: Int, _ period: Int, _ mapping: inout ImportMapping) throws -> ReadTimes {
    name([.date, .period], &mapping)
    let (days, order) = try reader.days(date)
    if let order {
      mapping.add("dates", order.0 == .dayFirst ? "day first" : "month first", order.1)
    }
    mapping.add("zone", "settlement days, by the London clock", "settlement periods")
    var faults = RowFaults()
    var times = ReadTimes(stamps: [], convention: .start, cells: reader.rows.map { $0[period] })
    for (day, cell) in zip(days, times.cells) {
      let halfHours = SettlementPeriod.halfHours(of: day)
      let count = halfHours.lowerBound.distance(to: halfHours.upperBound)
      let number = Int(cell.text.trimmed) ?? 0
      if !(1...count).contains(number) {
        faults.add(
          source.fault("BS-IMP-30", cell, "'\(cell.text)' is no period of \(day), which has 1 to \(count)"))
      }
      times.stamps.append(halfHours.lowerBound.advanced(by: max(number, 1) - 1).start)
    }
    try faults.finish()
    return times
  }
}
