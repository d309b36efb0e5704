// Half-hours of one register from a start, in columns: what came and what is wrong with it. What became of it stands
// in the position of a settlement, not here.

internal import Units

/// A gap-free run of half-hours.
struct HalfHourTable {
  let first: HalfHour
  let count: Int
  /// One past the last half-hour that has a value.
  private(set) var horizon: HalfHour
  /// No value is further from zero than this: sums of so many are known to fit.
  private(set) var most: Int64 = 0
  /// Nil while nothing came.
  private var columns: HalfHourColumns?
  /// Some values were made from reads of the register.
  private var hasDerived = false
  /// Doubts by number, from 1.
  private var doubtCodes: [ReasonCode] = []

  init(from: Instant, to: Instant) {
    let start = HalfHour(containing: from)
    first = start.start < from ? start.next : start
    count = max(0, first.distance(to: HalfHour(containing: to)))
    horizon = first
  }

  /// Checks that found something, so that each is told once.
  struct Checks: OptionSet {
    var rawValue: UInt8
    static let negative = Checks(rawValue: 1)
    static let overCapacity = Checks(rawValue: 2)
    static let night = Checks(rawValue: 4)
    static let clock = Checks(rawValue: 8)
    static let stuck = Checks(rawValue: 16)
  }

  /// An old and a new meter each counted a part of it.
  static let both: Int16 = -2

  /// Nothing came yet.
  var isBlank: Bool { columns == nil }

  // MARK: Rows

  /// The row of a half-hour, if the table reaches it.
  func index(of halfHour: HalfHour) -> Int? {
    let index = first.distance(to: halfHour)
    return index >= 0 && index < count ? index : nil
  }

  /// The row of the half-hour that begins at an instant; nil inside a half-hour and beyond the table.
  func index(ofStart start: Instant) -> Int? {
    let halfHour = HalfHour(containing: start)
    return halfHour.start == start ? index(of: halfHour) : nil
  }

  func halfHour(_ row: Int) -> HalfHour { first.advanced(by: row) }

  /// Rows of the half-hours that lie wholly in `from ..< to`.
  func indices(from: Instant, to: Instant) -> Range<Int> {
    let start = HalfHour(containing: from)
    let lower = first.distance(to: start.start < from ? start.next : start)
    let upper = first.distance(to: HalfHour(containing: to))
    let low = min(max(lower, 0), count)
    return low..<min(max(upper, low), count)
  }

  /// Rows of the half-hours that overlap `from ..< to`.
  func touching(_ from: Instant, _ to: Instant) -> Range<Int> {
    guard from < to else { return 0..<0 }
    let low = min(max(first.distance(to: HalfHour(containing: from)), 0), count)
    let end = HalfHour(containing: to)
    let high = first.distance(to: end.start < to ? end.next : end)
    return low..<min(max(high, low), count)
  }

  /// Rows that may have a value.
  var reach: Range<Int> { 0..<(isBlank ? 0 : min(max(first.distance(to: horizon), 0), count)) }

  // MARK: One fact of one row

  func isKnown(_ row: Int) -> Bool { mark(row) & HalfHourMarks.quality.rawValue != 0 }
  func isActual(_ row: Int) -> Bool { mark(row) & HalfHourMarks.actual.rawValue != 0 }

  private func mark(_ row: Int) -> UInt8 { columns?.marks[row] ?? 0 }

  func quality(_ row: Int) -> Quality {
    let mark = mark(row)
    if mark & HalfHourMarks.actual.rawValue != 0 { return .actual }
    return mark & HalfHourMarks.estimated.rawValue != 0 ? .estimated : .missing
  }

  /// Wh; 0 where nothing came.
  func energy(_ row: Int) -> Int64 { columns?.energies[row] ?? 0 }
  func step(_ row: Int) -> Int64 { Int64(columns?.steps[row] ?? 1) }
  func cause(_ row: Int) -> Cause { Cause(number: columns?.causes[row] ?? 0) }
  /// Number of the meter in the book; -1 before a value came, `both` where two meters share it.
  func meter(_ row: Int) -> Int16 { isKnown(row) ? columns?.meters[row] ?? -1 : -1 }

  /// Why the value is not payable as it stands, if so.
  func doubt(_ row: Int) -> ReasonCode? {
    guard let columns, columns.doubts[row] > 0 else { return nil }
    return doubtCodes[Int(columns.doubts[row]) - 1]
  }

  /// All that is known of a row.
  func row(_ row: Int) -> SettledHalfHour {
    SettledHalfHour(
      halfHour: halfHour(row), energy: WattHours(energy(row)), quality: quality(row),
      resolution: WattHours(step(row)), cause: cause(row))
  }

  // MARK: Columns

  /// Columns for a kernel; nil while nothing came.
  var view: HalfHourColumns? { columns }

  /// The columns of this table alone.
  private mutating func own() -> HalfHourColumns {
    // Asked before anything else holds the columns, so that sole ownership shows.
    if columns == nil || !isKnownUniquelyReferenced(&columns) {
      columns = columns?.copy() ?? HalfHourColumns(count: count)
    }
    return columns ?? HalfHourColumns(count: count)
  }

  // MARK: Changes

  mutating func put(
    _ row: Int, energy: WattHours, quality: Quality, resolution: WattHours, meter: Int, cause: Cause,
    isDerived: Bool = false
  ) {
    let columns = own()
    columns.energies[row] = energy.value
    var marks: HalfHourMarks = quality == .actual ? .actual : quality == .estimated ? .estimated : []
    if isDerived {
      marks.insert(.derived)
      hasDerived = true
    }
    columns.marks[row] = marks.rawValue
    columns.steps[row] = Int32(clamping: resolution.value)
    columns.causes[row] = cause.number
    columns.meters[row] = Int16(clamping: meter)
    columns.doubts[row] = 0
    columns.told[row] = 0
    most = max(most, Int64(clamping: energy.value.magnitude))
    horizon = max(horizon, halfHour(row).next)
  }

  /// Puts the entries of a log from a place on, as far as they were measured, follow each other, are at most
  /// `limit` from zero and meet rows of which nothing is known. Returns how many went in.
  mutating func fill(
    _ log: LogRead, from place: Int, at row: Int, meter: Int, resolution: WattHours, _ limit: Int64
  ) -> Int {
    let columns = own()
    let first = log.entries[place].stamp.microseconds
    let step = HalfHour.length.microseconds
    let (number, source) = (Int16(clamping: meter), log.cause.number)
    var done = 0
    var reached = most
    log.entries.withUnsafeBufferPointer { entries in
      let room = min(entries.count - place, count - row)
      while done < room {
        let entry = entries[place + done]
        let size = entry.energy.value.magnitude
        guard entry.quality == .actual, entry.stamp.microseconds == first + Int64(done) * step,
          size <= limit.magnitude, columns.marks[row + done] == 0
        else { break }
        columns.energies[row + done] = entry.energy.value
        columns.marks[row + done] = HalfHourMarks.actual.rawValue
        columns.causes[row + done] = entry.cause == .none ? source : entry.cause.number
        columns.meters[row + done] = number
        columns.steps[row + done] = Int32(clamping: resolution.value)
        (columns.doubts[row + done], columns.told[row + done]) = (0, 0)
        reached = max(reached, Int64(size))
        done += 1
      }
    }
    most = reached
    if done > 0 { horizon = max(horizon, halfHour(row + done)) }
    return done
  }

  /// Adds the part that another meter counted of a row.
  mutating func share(_ row: Int, with energy: WattHours) {
    let columns = own()
    columns.energies[row] += energy.value
    columns.meters[row] = Self.both
    most = max(most, Int64(clamping: columns.energies[row].magnitude))
  }

  mutating func setDoubt(_ row: Int, _ code: ReasonCode?) {
    guard let code else {
      if doubt(row) != nil { own().doubts[row] = 0 }
      return
    }
    if !doubtCodes.contains(code) { doubtCodes.append(code) }
    let number = (doubtCodes.firstIndex(of: code) ?? 0) + 1
    own().doubts[row] = UInt8(clamping: number)
  }

  /// Notes that a check was told of a row; true the first time.
  mutating func tell(_ row: Int, _ check: Checks) -> Bool {
    guard !isTold(row, check), !isBlank else { return false }
    own().told[row] |= check.rawValue
    return true
  }

  func isTold(_ row: Int, _ check: Checks) -> Bool { (columns?.told[row] ?? 0) & check.rawValue != 0 }

  /// Lets later values take the place of those in a range of rows.
  mutating func makeReplaceable(_ rows: Range<Int>) {
    guard !isBlank else { return }
    let columns = own()
    for row in rows where isKnown(row) { columns.marks[row] |= HalfHourMarks.replaceable.rawValue }
  }

  func isReplaceable(_ row: Int) -> Bool { mark(row) & HalfHourMarks.replaceable.rawValue != 0 }

  /// Takes out the values made from reads of the register: they are made afresh.
  mutating func forgetDerived() {
    let derived = HalfHourMarks.derived.rawValue
    guard hasDerived else { return }
    hasDerived = false
    let columns = own()
    for row in reach where columns.marks[row] & derived != 0 {
      columns.marks[row] = 0
      columns.energies[row] = 0
    }
  }

  // MARK: Sums

  /// Sum of the measured half-hours from `from` to `to`, both moved to the nearest half-hour; nil if one is
  /// not known.
  func energy(from: Instant, to: Instant) -> Int64? {
    let (start, end) = (Self.nearest(from), Self.nearest(to))
    guard start < end, let low = index(of: start), let high = index(of: end.previous), let columns else {
      return nil
    }
    let rows = low..<(high + 1)
    guard HalfHourKernel.areActual(columns.marks, rows) else { return nil }
    return Int64(clamping: HalfHourKernel.sum(columns.energies, rows, most: most))
  }

  private static func nearest(_ at: Instant) -> HalfHour { HalfHour(containing: at + .minutes(15)) }
}

/// The rows of a table as values, for whoever is in no hurry.
struct HalfHourRows: RandomAccessCollection {
  let table: HalfHourTable

  var startIndex: Int { 0 }
  var endIndex: Int { table.count }
  subscript(row: Int) -> SettledHalfHour { table.row(row) }
}

extension HalfHourTable {
  var rows: HalfHourRows { HalfHourRows(table: self) }
}

extension HalfHourTable: CustomStringConvertible {
  /// One line per half-hour that has a value, for people.
  var description: String {
    reach.filter(isKnown).map { row in
      let doubt = doubt(row).map { "  \($0.rawValue)" } ?? ""
      return "\(halfHour(row).start)  \(quality(row).rawValue)  \(WattHours(energy(row)))\(doubt)"
    }.joined(separator: "\n")
  }
}
