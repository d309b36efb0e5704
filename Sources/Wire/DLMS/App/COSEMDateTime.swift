// Date and time of COSEM, 12 octets (IEC 62056-6-2, section 4.1.6.1). The deviation is the trap: the standard
// as it stands says UTC = local + deviation, older editions were read the other way round, and meters of both
// minds are in the field.

public import Units

/// A date and time; any part may be unspecified.
public struct COSEMDateTime: Hashable, Sendable {
  /// How the deviation is to be read.
  public enum Sign: String, Hashable, Sendable, CaseIterable {
    /// UTC = local + deviation: −60 min in British summer.
    case utcMinusLocal = "utc-minus-local"
    /// Local = UTC + deviation: +60 min in British summer.
    case localMinusUTC = "local-minus-utc"
  }

  /// Bits of the clock status.
  public struct Status: OptionSet, Hashable, Sendable {
    public var rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let invalid = Status(rawValue: 0x01)
    public static let doubtful = Status(rawValue: 0x02)
    public static let otherBase = Status(rawValue: 0x04)
    public static let invalidStatus = Status(rawValue: 0x08)
    public static let summerTime = Status(rawValue: 0x80)
    public static let unspecified = Status(rawValue: 0xFF)
  }

  /// FFFF: not specified.
  public var year: UInt16
  /// 1…12; FD end and FE begin of summer time; FF not specified.
  public var month: UInt8
  /// 1…31; FD the last but one of the month, FE the last; FF not specified.
  public var day: UInt8
  /// 1 is Monday; FF not specified.
  public var weekday: UInt8
  public var hour: UInt8
  public var minute: UInt8
  public var second: UInt8
  public var hundredths: UInt8
  /// Minutes, −840…840; nil: not specified (8000).
  public var deviation: Int16?
  public var status: Status

  public init(
    year: UInt16, month: UInt8, day: UInt8, weekday: UInt8 = 0xFF, hour: UInt8, minute: UInt8,
    second: UInt8, hundredths: UInt8 = 0xFF, deviation: Int16? = nil, status: Status = .unspecified
  ) {
    (self.year, self.month, self.day, self.weekday) = (year, month, day, weekday)
    (self.hour, self.minute, self.second, self.hundredths) = (hour, minute, second, hundredths)
    (self.deviation, self.status) = (deviation, status)
  }

  /// Nil unless there are 12 octets.
  public init?(_ octets: [UInt8]) {
    guard octets.count == 12 else { return nil }
    let deviation = Int16(bitPattern: UInt16(octets[9]) << 8 | UInt16(octets[10]))
    self.init(
      year: UInt16(octets[0]) << 8 | UInt16(octets[1]), month: octets[2], day: octets[3],
      weekday: octets[4], hour: octets[5], minute: octets[6], second: octets[7], hundredths: octets[8],
      deviation: deviation == .min ? nil : deviation, status: Status(rawValue: octets[11]))
  }

  /// A local time: what a clock shows that is `offset` ahead of UTC, to the second.
  ///
  /// - Parameter sign: how the deviation is written; nil: not at all.
  public init(_ instant: Instant, offset: TimeSpan, sign: Sign?, status: Status) {
    let seconds = (instant + offset).seconds
    let days = floorDivide(seconds, 86_400)
    let rest = floorModulo(seconds, 86_400)
    let date = CivilDate(dayNumber: Int(days))
    let minutes = Int16(clamping: floorDivide(offset.microseconds, 60_000_000))
    self.init(
      year: UInt16(clamping: date.year), month: UInt8(clamping: date.month), day: UInt8(clamping: date.day),
      weekday: UInt8(clamping: date.weekday + 1), hour: UInt8(clamping: rest / 3600),
      minute: UInt8(clamping: rest / 60 % 60), second: UInt8(clamping: rest % 60), hundredths: 0,
      deviation: sign.map { $0 == .utcMinusLocal ? -minutes : minutes }, status: status)
  }

  public var octets: [UInt8] {
    let bits = UInt16(bitPattern: deviation ?? .min)
    return [
      UInt8(truncatingIfNeeded: year >> 8), UInt8(truncatingIfNeeded: year), month, day, weekday, hour,
      minute, second, hundredths, UInt8(truncatingIfNeeded: bits >> 8), UInt8(truncatingIfNeeded: bits),
      status.rawValue,
    ]
  }

  /// The instant if its clock showed UTC: date and time as they stand. Nil where a part is not specified or
  /// cannot be. An unspecified second or hundredth is 0.
  public var asUTC: Instant? {
    guard let date = CivilDate(year: Int(year), month: Int(month), day: Int(day)), hour < 24, minute < 60,
      second < 60 || second == 0xFF, hundredths < 100 || hundredths == 0xFF
    else { return nil }
    let seconds = second == 0xFF ? 0 : Int64(second)
    let ofDay = Int64(hour) * 3600 + Int64(minute) * 60 + seconds
    let whole = Instant(seconds: Int64(date.dayNumber) * 86_400 + ofDay)
    return whole + .milliseconds(hundredths == 0xFF ? 0 : Int64(hundredths) * 10)
  }

  /// The instant, by one reading of the deviation. Nil where the deviation is not specified, or anything
  /// else that is needed.
  public func instant(_ sign: Sign) -> Instant? {
    guard let local = asUTC, let deviation, abs(Int(deviation)) <= 840 else { return nil }
    let span = TimeSpan.minutes(Int64(deviation))
    return sign == .utcMinusLocal ? local + span : local - span
  }

  /// `2026-05-01 00:30:00`, with `??` for what is not specified, then the deviation as written and the
  /// status in hexadecimal.
  public var text: String {
    let date = "\(Self.padded(Int(year), 4, 0xFFFF))-\(Self.padded(Int(month)))-\(Self.padded(Int(day)))"
    let time = "\(Self.padded(Int(hour))):\(Self.padded(Int(minute))):\(Self.padded(Int(second)))"
    let shift = deviation.map { $0 < 0 ? " \($0)" : " +\($0)" } ?? ""
    let bits = status == .unspecified ? "" : " /" + String(status.rawValue, radix: 16, uppercase: true)
    return "\(date) \(time)\(shift)\(bits)"
  }

  private static func padded(_ number: Int, _ width: Int = 2, _ unspecified: Int = 0xFF) -> String {
    if number == unspecified { return String(repeating: "?", count: width) }
    let digits = String(number)
    return String(repeating: "0", count: max(width - digits.count, 0)) + digits
  }
}
