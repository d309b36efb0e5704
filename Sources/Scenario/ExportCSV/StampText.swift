// A date, a time, or both, as they stand in a cell, before anybody knows the zone, or the day in 04/05/2026.
// Forms: ISO 8601 / RFC 3339 with `-`, `/`, `.` or without separators, day and month in figures with the year
// last, and month names. A time may say Z, UTC, GMT, BST or an offset; 24:00 ends a day;
// 12-hour times say AM or PM.

internal import Units

/// What a cell of time says.
struct StampText: Hashable {
  enum Day: Hashable {
    case known(CivilDate)
    /// Two figures of which one is the day and one is the month, then the year.
    case figures(first: Int, second: Int, year: Int)
  }

  /// Nil in a cell of time only.
  var day: Day?
  /// Seconds since midnight, 0 … 86,400; nil in a cell of date only.
  var seconds: Int?
  /// What the clock is ahead of UTC, where it is said.
  var offset: TimeSpan?

  init(parsing text: String) throws(UnitsError) {
    var scanner = StampScanner(text.trimmed)
    if !scanner.startsWithTime {
      day = try scanner.day()
      guard !scanner.isAtEnd else { return }
      try scanner.expectGap()
    }
    seconds = try scanner.time()
    offset = try scanner.offset()
    guard scanner.isAtEnd else { throw scanner.failure("a time ends here") }
  }
}

/// Walks over the bytes of a cell of time.
private struct StampScanner {
  let text: String
  private let bytes: [UInt8]
  private var at = 0

  init(_ text: String) {
    self.text = text
    bytes = Array(text.utf8)
  }

  var isAtEnd: Bool { at >= bytes.count }

  private func byte(_ ahead: Int = 0) -> UInt8? { at + ahead < bytes.count ? bytes[at + ahead] : nil }

  private static func isDigit(_ byte: UInt8?) -> Bool { byte.map { (0x30...0x39).contains($0) } ?? false }

  /// One or two digits, then a colon.
  var startsWithTime: Bool {
    let digits = (0..<3).prefix { Self.isDigit(byte($0)) }.count
    return (1...2).contains(digits) && byte(digits) == UInt8(ascii: ":")
  }

  func failure(_ message: String, width: Int = 1) -> UnitsError {
    let before = String(decoding: bytes[..<min(at, bytes.count)], as: UTF8.self).count
    return UnitsError(text: text, offending: before..<before + width, message: message)
  }

  private mutating func take(_ literal: String) -> Bool {
    let wanted = Array(literal.utf8)
    let here = bytes[min(at, bytes.count)...].prefix(wanted.count)
    guard here.count == wanted.count, zip(here, wanted).allSatisfy({ $0 == $1 || $0 | 0x20 == $1 | 0x20 })
    else { return false }
    at += wanted.count
    return true
  }

  private mutating func takeBlanks() -> Bool {
    let start = at
    while byte() == 0x20 || byte() == 0x09 { at += 1 }
    return at > start
  }

  /// Digits from here on, at most eight.
  private mutating func number(_ what: String) throws(UnitsError) -> (value: Int, width: Int) {
    let start = at
    var value = 0
    while Self.isDigit(byte()), at - start < 8 {
      value = value * 10 + Int(bytes[at] - 0x30)
      at += 1
    }
    guard at > start else { throw failure("\(what) is wanted here") }
    return (value, at - start)
  }

  // MARK: Day

  mutating func day() throws(UnitsError) -> StampText.Day {
    let first = try number("a date")
    if first.width == 8 {
      return .known(try date(first.value / 10_000, first.value / 100 % 100, first.value % 100))
    }
    guard let mark = byte(), "-/. ".utf8.contains(mark), first.width == 4 || first.width <= 2 else {
      throw failure("a date is written 2026-05-01, 01/05/2026 or 1 May 2026")
    }
    at += 1
    if first.width == 4 {
      let month = try number("a month")
      guard take(String(UnicodeScalar(mark))) else { throw failure("a day is wanted after the month") }
      let day = try number("a day")
      return .known(try date(first.value, month.value, day.value))
    }
    if let month = monthName() {
      _ = take(String(UnicodeScalar(mark)))
      return .known(try date(try year(), month, first.value))
    }
    let second = try number("a month or day")
    guard take(String(UnicodeScalar(mark))) else { throw failure("a year is wanted after day and month") }
    let year = try year()
    let (low, high) = (min(first.value, second.value), max(first.value, second.value))
    guard (1...12).contains(low), (1...31).contains(high) else {
      throw failure("there is no such day")
    }
    return .figures(first: first.value, second: second.value, year: year)
  }

  private mutating func year() throws(UnitsError) -> Int {
    let year = try number("a year of four digits")
    guard year.width == 4 else { throw failure("a year has four digits") }
    return year.value
  }

  private func date(_ year: Int, _ month: Int, _ day: Int) throws(UnitsError) -> CivilDate {
    guard let date = CivilDate(year: year, month: month, day: day) else {
      throw failure("there is no day \(day) of month \(month) in \(year)")
    }
    return date
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
  ]

  private mutating func monthName() -> Int? {
    for (index, name) in Self.months.enumerated() where take(name) || take(String(name.prefix(3))) {
      return index + 1
    }
    return nil
  }

  // MARK: Time

  /// T, blanks, or a comma with blanks stand between date and time.
  mutating func expectGap() throws(UnitsError) {
    if take("T") { return }
    let hasComma = take(",")
    guard takeBlanks() || hasComma else { throw failure("a time is wanted after the date") }
  }

  mutating func time() throws(UnitsError) -> Int {
    let hour = try number("a time")
    guard hour.width <= 2, take(":") else { throw failure("a time is written 09:30") }
    let minute = try number("minutes")
    guard minute.width == 2, minute.value < 60 else { throw failure("minutes are 00 to 59") }
    var second = 0
    if take(":") {
      let read = try number("seconds")
      guard read.width == 2, read.value < 60 else { throw failure("seconds are 00 to 59") }
      second = read.value
      if take(".") {
        let fraction = try number("a fraction of a second")
        guard fraction.value == 0 else { throw failure("a half-hour begins on a whole second") }
      }
    }
    let hours = try clockHour(hour.value)
    guard hours < 24 || (hours == 24 && minute.value == 0 && second == 0) else {
      throw failure("there is no hour \(hours)")
    }
    return hours * 3600 + minute.value * 60 + second
  }

  private mutating func clockHour(_ hour: Int) throws(UnitsError) -> Int {
    let start = at
    _ = takeBlanks()
    let isMorning = take("AM")
    guard isMorning || take("PM") else {
      at = start
      return hour
    }
    guard (1...12).contains(hour) else { throw failure("an hour with AM or PM is 1 to 12") }
    return hour % 12 + (isMorning ? 0 : 12)
  }

  mutating func offset() throws(UnitsError) -> TimeSpan? {
    _ = takeBlanks()
    if isAtEnd { return nil }
    if take("Z") || take("UTC") || take("GMT") { return .zero }
    if take("BST") { return .hours(1) }
    let isBehind = take("-")
    guard isBehind || take("+") else { throw failure("Z or an offset such as +01:00 may stand here") }
    let hours = try number("hours")
    var minutes = 0
    var ahead = hours.value
    if hours.width == 4 {
      (ahead, minutes) = (hours.value / 100, hours.value % 100)
    } else if take(":") {
      minutes = try number("minutes").value
    }
    guard hours.width == 2 || hours.width == 4, ahead <= 14, minutes < 60 else {
      throw failure("an offset is written +01:00")
    }
    let span = TimeSpan.minutes(Int64(ahead * 60 + minutes))
    return isBehind ? -span : span
  }
}
