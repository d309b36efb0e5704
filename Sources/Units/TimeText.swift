// Instants, dates and lengths of time as people write them (ISO 8601 / RFC 3339). An instant always carries
// its offset: a local time without one names two instants each autumn (R-SP-05).

extension CivilDate: CustomStringConvertible {
  /// Parses "2026-05-01"; a date that does not exist is an error.
  public init(parsing text: some StringProtocol) throws(UnitsError) {
    var scanner = TextScanner(text)
    self = try CivilDate(&scanner)
    try scanner.expectEnd("a date ends after the day")
  }

  init(_ scanner: inout TextScanner) throws(UnitsError) {
    let form = "a date is written 2026-05-01"
    let start = scanner.at
    let year = try scanner.digits(4, "a year of four digits")
    try scanner.expect("-", form)
    let monthAt = scanner.at
    let month = try scanner.digits(2, "a month of two digits")
    try scanner.expect("-", form)
    let dayAt = scanner.at
    let day = try scanner.digits(2, "a day of two digits")
    guard year >= 1 else { throw scanner.failure(start..<start + 4, "there is no year 0000") }
    guard (1...12).contains(month) else {
      throw scanner.failure(monthAt..<monthAt + 2, "there is no month \(month)")
    }
    guard let date = CivilDate(year: year, month: month, day: day) else {
      let last = CivilDate.days(inMonth: month, of: year)
      throw scanner.failure(
        dayAt..<dayAt + 2, "there is no day \(day): \(Self.monthNames[month - 1]) \(year) has \(last) days")
    }
    self = date
  }

  private static let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November",
    "December",
  ]

  public var description: String { "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" }
}

extension Instant: CustomStringConvertible {
  /// Parses "2026-05-01T09:00Z", "2026-05-01T09:00:30.25+01:00": seconds may be left out, the offset may not.
  public init(parsing text: some StringProtocol) throws(UnitsError) {
    var scanner = TextScanner(text)
    let date = try CivilDate(&scanner)
    try scanner.expect("T", "a time is wanted after the date: 2026-05-01T09:00Z")
    let time = try TimeSpan(timeOfDay: &scanner)
    let offset = try TimeSpan(offset: &scanner)
    try scanner.expectEnd("an instant ends after its offset")
    self = Instant(seconds: Int64(date.dayNumber) * 86_400) + time - offset
  }

  /// ISO 8601 in UTC, without needless seconds: "2026-05-01T09:00Z".
  public var description: String {
    let day = floorDivide(microseconds, TimeSpan.days(1).microseconds)
    let rest = floorModulo(microseconds, TimeSpan.days(1).microseconds)
    let (minutes, micros) = (Int(rest / 60_000_000), rest % 60_000_000)
    var text = "\(CivilDate(dayNumber: Int(day)))T\(padded(minutes / 60, 2)):\(padded(minutes % 60, 2))"
    if micros != 0 {
      let seconds = DecimalText.print(Int128(micros), decimals: 6)
      text += ":" + (micros < 10_000_000 ? "0" : "") + seconds
    }
    return text + "Z"
  }
}

extension TimeSpan: CustomStringConvertible {
  private static let microsecondsPer: [(symbol: String, microseconds: Int64)] = [
    ("day", 86_400_000_000), ("h", 3_600_000_000), ("m", 60_000_000), ("s", 1_000_000), ("ms", 1000),
    ("us", 1),
  ]
  private static let otherWords: [String: String] = [
    "days": "day", "d": "day", "hour": "h", "hours": "h", "min": "m", "minute": "m", "minutes": "m",
    "second": "s", "seconds": "s", "µs": "us", "μs": "us",
  ]

  /// Parses "30m", "90 s", "250ms", "2h", "1 day", "1.5h". A day is 24 h.
  public init(parsing text: some StringProtocol) throws(UnitsError) {
    var scanner = TextScanner(text)
    let start = scanner.at
    let number = try DecimalText(&scanner)
    let numberPart = start..<scanner.at
    scanner.skipBlanks()
    let symbol = Self.otherWords[scanner.rest] ?? scanner.rest
    guard let unit = Self.microsecondsPer.first(where: { $0.symbol == symbol }) else {
      let known = Self.microsecondsPer.map(\.symbol).joined(separator: ", ")
      let message = symbol.isEmpty ? "a unit of time is wanted here" : "'\(symbol)' is no unit of time"
      throw scanner.failure(from: scanner.at, "\(message); write one of: \(known)")
    }
    let scaled = number.mantissa.multipliedReportingOverflow(by: Int128(unit.microseconds))
    let whole = scaled.overflow ? nil : DecimalText(mantissa: scaled.0, decimals: number.decimals)
    guard let value = whole?.whole(timesTenTo: 0), let narrowed = Int64(exactly: value), narrowed > Int64.min
    else {
      throw scanner.failure(numberPart, "not a whole number of microseconds, or too long")
    }
    self.init(microseconds: narrowed)
  }

  /// In the largest unit that divides it: "30m", "90s", "2 days"; from a second up never in a smaller unit
  /// than seconds: "21.60125s".
  public var description: String {
    guard microseconds != 0 else { return "0s" }
    if microseconds.magnitude > 1_000_000, microseconds % 1_000_000 != 0 {
      return DecimalText.print(Int128(microseconds), decimals: 6) + "s"
    }
    for unit in Self.microsecondsPer where microseconds % unit.microseconds == 0 {
      let count = microseconds / unit.microseconds
      guard unit.symbol == "day" else { return "\(count)\(unit.symbol)" }
      return count == 1 ? "1 day" : "\(count) days"
    }
    return "\(microseconds)us"
  }

  /// Reads "09:00", "09:00:30", "09:00:30.25" as the time since midnight.
  init(timeOfDay scanner: inout TextScanner) throws(UnitsError) {
    let start = scanner.at
    let hour = try scanner.digits(2, "an hour of two digits")
    try scanner.expect(":", "a time is written 09:00")
    let minute = try scanner.digits(2, "minutes of two digits")
    guard hour < 24 else { throw scanner.failure(start..<start + 2, "there is no hour \(hour)") }
    guard minute < 60 else { throw scanner.failure(start + 3..<start + 5, "there is no minute \(minute)") }
    self = .minutes(Int64(hour * 60 + minute))
    guard scanner.take(":") else { return }
    let secondAt = scanner.at
    let second = try scanner.digits(2, "seconds of two digits")
    guard second < 60 else {
      throw scanner.failure(
        secondAt..<secondAt + 2, "there is no second \(second); leap seconds are not kept")
    }
    self = self + .seconds(Int64(second))
    guard scanner.take(".") else { return }
    let fractionAt = scanner.at
    var micros: Int64 = 0
    var step: Int64 = 100_000
    while let digit = scanner.digit() {
      guard step > 0 || digit == 0 else {
        throw scanner.failure(fractionAt..<scanner.at, "finer than a microsecond")
      }
      micros += Int64(digit) * step
      step /= 10
    }
    guard scanner.at > fractionAt else {
      throw scanner.failure(fractionAt..<fractionAt + 1, "a digit is wanted after the point")
    }
    self = self + TimeSpan(microseconds: micros)
  }

  /// Reads "Z" or "+01:00" as what local time is ahead of UTC.
  init(offset scanner: inout TextScanner) throws(UnitsError) {
    if scanner.take("Z") {
      self = .zero
      return
    }
    let start = scanner.at
    let behind = scanner.take("-")
    guard behind || scanner.take("+") else {
      throw scanner.failure(
        start..<start + 1, "a time carries its zone: end it with Z for UTC, or with an offset such as +01:00")
    }
    let hours = try scanner.digits(2, "hours of two digits")
    try scanner.expect(":", "an offset is written +01:00")
    let minutes = try scanner.digits(2, "minutes of two digits")
    guard hours <= 14, minutes < 60 else {
      throw scanner.failure(start..<scanner.at, "an offset is at most 14 hours")
    }
    let ahead = TimeSpan.minutes(Int64(hours * 60 + minutes))
    self = behind ? -ahead : ahead
  }
}

func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
