// Numbers and times as a meter's port writes them: cut, never rounded; wrapped where the digits end.

internal import Units

extension OpticalNumberForm {
  /// An amount in Wh or W times `10^-finer`, with its unit: `0012345.678*kWh`.
  func text(_ amount: Int128, finer: Int = 0) -> String { number(amount, finer: finer) + suffix }

  private var suffix: String { unit.isEmpty ? "" : "*" + unit }

  /// The digits alone.
  func number(_ amount: Int128, finer: Int = 0) -> String {
    let shift = decimals - power - finer
    let steps = shift >= 0 ? amount * Self.ten(shift) : Self.cut(amount, Self.ten(-shift))
    let wrapped = digits == 0 ? steps.magnitude : steps.magnitude % Self.ten(digits + decimals).magnitude
    var text = String(wrapped)
    let width = max(digits, 1) + decimals
    text = String(repeating: "0", count: max(width - text.count, 0)) + text
    if decimals > 0 { text = text.dropLast(decimals) + "." + text.suffix(decimals) }
    if isBlankPadded { text = Self.blanked(text) }
    return steps < 0 ? "-" + text : text
  }

  /// What stands where there is no value.
  var dashes: String {
    String(repeating: "-", count: max(digits, 1) + (decimals > 0 ? decimals + 1 : 0))
  }

  /// Hexadecimal digits of the form's width; 8 without one.
  func hexadecimal(_ bits: UInt64) -> String {
    let text = String(bits, radix: 16, uppercase: true)
    let width = digits == 0 ? 8 : digits
    return String(repeating: "0", count: max(width - text.count, 0)) + text.suffix(width)
  }

  private static func cut(_ amount: Int128, _ by: Int128) -> Int128 { amount / by }

  private static func ten(_ power: Int) -> Int128 {
    (0..<min(max(power, 0), 30)).reduce(Int128(1)) { value, _ in value * 10 }
  }

  private static func blanked(_ text: String) -> String {
    let zeros = text.prefix { $0 == "0" }.count
    let rest = text.dropFirst(zeros)
    let keep = rest.first.map { $0.isNumber } ?? false ? 0 : 1
    return String(repeating: " ", count: zeros - min(keep, zeros)) + text.dropFirst(zeros - min(keep, zeros))
  }
}

/// A calendar time of a meter's clock, in the zone of its port.
struct OpticalTime {
  var date: CivilDate
  var second: Int
  /// 0 normal, 1 summer, 2 UTC.
  var season: Int

  init(_ instant: Instant, zone: OpticalPort.Zone) {
    let offset = zone == .utc ? TimeSpan.zero : LondonClock.offset(at: instant)
    let seconds = (instant + offset).seconds
    date = CivilDate(dayNumber: Int(floorDivide(seconds, 86_400)))
    second = Int(floorModulo(seconds, 86_400))
    season = zone == .utc ? 2 : offset > .zero ? 1 : 0
  }

  /// The instant that a wall time means. With a season digit it is certain; without one, a local time that
  /// comes twice means the later (normal) one, as London's midnight does in `LondonClock`.
  static func instant(_ date: CivilDate, second: Int, season: Int?, zone: OpticalPort.Zone) -> Instant {
    let plain = Instant(seconds: Int64(date.dayNumber) * 86_400 + Int64(second))
    switch season {
    case 1?: return plain - .hours(1)
    case 0?, 2?: return plain
    default:
      guard zone == .local else { return plain }
      return LondonClock.offset(at: plain) > .zero ? plain - .hours(1) : plain
    }
  }
}

extension OpticalClockPattern {
  /// The fields that a pattern may hold, longest first.
  private static let fields = ["YYYY", "YY", "MM", "DD", "hh", "mm", "ss", "S", "W"]

  /// Fields and the text between them.
  private var pieces: [(field: String?, text: String)] {
    var pieces: [(field: String?, text: String)] = []
    var rest = text[...]
    while let first = rest.first {
      if let field = Self.fields.first(where: { rest.hasPrefix($0) }) {
        pieces.append((field, field))
        rest = rest.dropFirst(field.count)
      } else {
        pieces.append((nil, String(first)))
        rest = rest.dropFirst()
      }
    }
    return pieces
  }

  func text(of time: OpticalTime) -> String {
    pieces.map { piece in
      guard let field = piece.field else { return piece.text }
      let number = String(time.number(field))
      return String(repeating: "0", count: max(field.count - number.count, 0)) + number.suffix(field.count)
    }.joined()
  }

  /// Reads a text that follows the pattern exactly; nil where it does not. Fields that the pattern has not
  /// are taken from `now`.
  func instant(of text: String, now: Instant, zone: OpticalPort.Zone) -> Instant? {
    var rest = text[...]
    var numbers: [String: Int] = [:]
    for piece in pieces {
      let part = rest.prefix(piece.text.count)
      rest = rest.dropFirst(piece.text.count)
      guard let field = piece.field else {
        if part == piece.text { continue }
        return nil
      }
      guard part.count == field.count, part.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        let number = Int(part)
      else { return nil }
      numbers[field] = number
    }
    guard rest.isEmpty else { return nil }
    return Self.instant(numbers, now: OpticalTime(now, zone: zone), zone: zone)
  }

  private static func instant(_ numbers: [String: Int], now: OpticalTime, zone: OpticalPort.Zone) -> Instant?
  {
    let year = numbers["YYYY"] ?? numbers["YY"].map { 2000 + $0 } ?? now.date.year
    let date = CivilDate(
      year: year, month: numbers["MM"] ?? now.date.month, day: numbers["DD"] ?? now.date.day)
    let hour = numbers["hh"] ?? now.second / 3600
    let minute = numbers["mm"] ?? now.second / 60 % 60
    // A pattern of hours and minutes means the full minute.
    let second = numbers["ss"] ?? (numbers["hh"] == nil ? now.second % 60 : 0)
    guard let date, hour < 24, minute < 60, second < 60 else { return nil }
    let season = numbers["S"].flatMap { (0...2).contains($0) ? $0 : nil }
    if numbers["S"] != nil, season == nil { return nil }
    return OpticalTime.instant(
      date, second: hour * 3600 + minute * 60 + second, season: season, zone: zone)
  }
}

extension OpticalTime {
  fileprivate func number(_ field: String) -> Int {
    switch field {
    case "YYYY": date.year
    case "YY": date.year % 100
    case "MM": date.month
    case "DD": date.day
    case "hh": second / 3600
    case "mm": second / 60 % 60
    case "ss": second % 60
    case "S": season
    default: date.weekday + 1
    }
  }
}
