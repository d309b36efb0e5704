// Which half-hours are meant, and what those without a row are: zero if a person says that the file leaves
// zeros out (DH-01), else missing. Nothing is estimated.

internal import Units

extension ExportFile {
  mutating func settleSpan(_ file: String, _ options: ExportOptions) throws {
    rows = rows.enumerated().sorted {
      ($0.element.halfHour, $0.offset) < ($1.element.halfHour, $1.offset)
    }.map(\.element)
    guard let first = rows.first, let last = rows.last else { return }
    let from = options.from ?? min(first.halfHour.start, options.until ?? .distantFuture)
    let until = max(options.until ?? last.halfHour.end, from)
    span = from..<until
    try refuseDistantRows(file)
    let all = rows.count
    let extent = first.halfHour.start..<last.halfHour.end
    rows.removeAll { $0.halfHour.start < from || $0.halfHour.end > until }
    if rows.isEmpty {
      throw Diagnostic(
        code: "BS-IMP-31", at: Position(file: file, line: 1, column: 1),
        message: "no row lies between \(from) and \(until)",
        help: "the rows are from \(extent.lowerBound) to \(extent.upperBound)")
    }
    if rows.count < all {
      notes.append(
        ImportNote(
          .leftOut,
          "\(ImportNote.count(all - rows.count, "row", ("lies", "lie"))) outside \(from) to \(until)"))
    }
    let empty = rows.count { $0.quality == .missing }
    if empty > 0 {
      notes.append(
        ImportNote(
          .missing, ImportNote.count(empty, "half-hour", ("has", "have")) + " an empty cell: missing"))
    }
    settleGaps(options)
  }

  /// A year with a slip in it.
  private func refuseDistantRows(_ file: String) throws {
    guard let first = rows.first, let last = rows.last else { return }
    let (start, end) = (min(span.lowerBound, first.halfHour.start), max(span.upperBound, last.halfHour.end))
    guard end - start > Self.longest else { return }
    throw Diagnostic(
      code: "BS-IMP-32", at: Position(file: file, line: last.line, column: 1),
      message: "the half-hours reach from \(start) to \(end), the last in this line: over ten years",
      help: "is a year wrong?")
  }

  /// Longer than any file of half-hours (our assumption).
  private static let longest = TimeSpan.days(3660)

  private mutating func settleGaps(_ options: ExportOptions) {
    let absent = halfHoursWithoutRow
    let gap = ImportNote.count(absent.count, "half-hour", ("has", "have"))
    let zeros = rows.count { $0.quality != .missing && $0.energy == .zero }
    if options.zero == .omitted {
      mapping.add("zero", "half-hours without a row are zero", "--zero omitted")
      for halfHour in absent {
        rows.append(Row(halfHour: halfHour, energy: .zero, quality: .actual, imported: nil, line: 0))
      }
      rows = rows.enumerated().sorted {
        ($0.element.halfHour, $0.offset) < ($1.element.halfHour, $1.offset)
      }.map(\.element)
      let odd = zeros > 0 ? "; yet \(ImportNote.count(zeros, "row", ("does", "do"))) hold zero" : ""
      notes.append(
        ImportNote(.zerosFilled, "\(gap) no row: zero, as stated\(odd)"))
    } else if !absent.isEmpty {
      let because = options.zero == nil ? "nothing else is stated" : "--zero missing"
      mapping.add("zero", "half-hours without a row are missing", because)
      let hint =
        zeros == 0 && options.zero == nil
        ? "; as no row holds zero, the file may leave zeros out: then state --zero omitted" : ""
      notes.append(
        ImportNote(.missing, "\(gap) no row: missing, held and never estimated\(hint)"))
    }
  }

  private var halfHoursWithoutRow: [HalfHour] {
    let known = Set(rows.map(\.halfHour))
    let start = HalfHour(containing: span.lowerBound)
    var next = start.start < span.lowerBound ? start.next : start
    var absent: [HalfHour] = []
    while next.end <= span.upperBound {
      if !known.contains(next) { absent.append(next) }
      next = next.next
    }
    return absent
  }
}
