// The message that an Elster A100C sends every second over its one-way infra-red port (the maker's handbook):
// `01 00 LEN 02 data 03 check`, 104 data bytes; binary numbers with the low byte first, BCD with the high
// digits first, text from left to right. The check is the arithmetic sum of everything before it.

/// One message of an A100C.
public struct A100CMessage: Hashable, Sendable {
  /// One rate's registers, each of ten BCD digits.
  public struct Rate: Hashable, Sendable {
    public var imported: UInt64
    /// Reserved by the maker; import/export builds keep export here.
    public var exported: UInt64
    public var reverse: UInt64

    public init(imported: UInt64 = 0, exported: UInt64 = 0, reverse: UInt64 = 0) {
      (self.imported, self.exported, self.reverse) = (imported, exported, reverse)
    }
  }

  /// 12, 9 and 16 characters; longer text is cut, shorter filled with blanks.
  public var product = ""
  public var firmware = ""
  public var utilitySerial = ""
  /// 24 bits.
  public var makerSerial: UInt32 = 0
  public var configuration: UInt16 = 0
  /// 24 bits.
  public var definition: UInt32 = 0
  public var rate1 = Rate()
  public var rate2 = Rate()
  public var status: UInt8 = 0
  /// Bit 5 program memory, 4 and 3 tables 1 and 0, 2 billing data, 0 bus.
  public var errors: UInt8 = 0
  /// Six BCD digits each.
  public var antiCreepHours: UInt32 = 0
  public var rate1Hours: UInt32 = 0
  public var rate2Hours: UInt32 = 0
  public var powerUpHours: UInt32 = 0
  /// Comes round after 65 535.
  public var powerFails: UInt16 = 0
  /// Stays at 255.
  public var watchdogs: UInt8 = 0
  /// Up to 255, then from 1 again.
  public var reverseEvents: UInt8 = 0

  public init() {}

  public static let dataBytes = 104
  static let head: [UInt8] = [0x01, 0x00, UInt8(dataBytes), 0x02]
  static let end: UInt8 = 0x03
  static let bytes = dataBytes + 6

  /// Modulus of a register of ten digits.
  public static let registerModulus: UInt64 = 10_000_000_000

  /// As sent.
  public var bytes: [UInt8] {
    var out = Self.head
    out.reserveCapacity(Self.bytes)
    Self.append(text: product, 12, to: &out)
    Self.append(text: firmware, 9, to: &out)
    Self.append(number: UInt64(makerSerial), 3, to: &out)
    Self.append(number: UInt64(configuration), 2, to: &out)
    Self.append(text: utilitySerial, 16, to: &out)
    Self.append(number: UInt64(definition), 3, to: &out)
    for rate in [rate1, rate2] {
      for value in [rate.imported, rate.exported, rate.reverse] { Self.append(digits: value, 5, to: &out) }
    }
    out += [0, status, errors]
    for hours in [antiCreepHours, rate1Hours, rate2Hours, powerUpHours] {
      Self.append(digits: UInt64(hours), 3, to: &out)
    }
    Self.append(number: UInt64(powerFails), 2, to: &out)
    out += [watchdogs, reverseEvents]
    out += [UInt8](repeating: 0, count: 10)
    out.append(Self.end)
    out.append(out.reduce(0) { $0 &+ $1 })
    return out
  }

  /// From the data bytes of a message whose check was right. Nil where a BCD digit is none.
  init?(data: ArraySlice<UInt8>) {
    guard data.count == Self.dataBytes else { return nil }
    var reader = Fields(rest: data)
    product = reader.text(12)
    firmware = reader.text(9)
    makerSerial = UInt32(truncatingIfNeeded: reader.number(3))
    configuration = UInt16(truncatingIfNeeded: reader.number(2))
    utilitySerial = reader.text(16)
    definition = UInt32(truncatingIfNeeded: reader.number(3))
    var registers: [UInt64] = []
    for _ in 0..<6 {
      guard let value = reader.digits(5) else { return nil }
      registers.append(value)
    }
    rate1 = Rate(imported: registers[0], exported: registers[1], reverse: registers[2])
    rate2 = Rate(imported: registers[3], exported: registers[4], reverse: registers[5])
    _ = reader.number(1)
    status = UInt8(truncatingIfNeeded: reader.number(1))
    errors = UInt8(truncatingIfNeeded: reader.number(1))
    var hours: [UInt32] = []
    for _ in 0..<4 {
      guard let value = reader.digits(3) else { return nil }
      hours.append(UInt32(truncatingIfNeeded: value))
    }
    (antiCreepHours, rate1Hours, rate2Hours, powerUpHours) = (hours[0], hours[1], hours[2], hours[3])
    powerFails = UInt16(truncatingIfNeeded: reader.number(2))
    watchdogs = UInt8(truncatingIfNeeded: reader.number(1))
    reverseEvents = UInt8(truncatingIfNeeded: reader.number(1))
  }

  private static func append(text: String, _ count: Int, to out: inout [UInt8]) {
    let bytes = text.utf8.map { ModeCText.isPrintable($0) ? $0 : 0x3F }.prefix(count)
    out += bytes
    out += [UInt8](repeating: 0x20, count: count - bytes.count)
  }

  private static func append(number: UInt64, _ count: Int, to out: inout [UInt8]) {
    for index in 0..<count { out.append(UInt8(truncatingIfNeeded: number >> UInt64(8 * index))) }
  }

  private static func append(digits value: UInt64, _ count: Int, to out: inout [UInt8]) {
    var (rest, bytes) = (value, [UInt8](repeating: 0, count: count))
    for index in (0..<count).reversed() {
      bytes[index] = UInt8(rest % 10) | UInt8(rest / 10 % 10) << 4
      rest /= 100
    }
    out += bytes
  }

  private struct Fields {
    var rest: ArraySlice<UInt8>

    mutating func take(_ count: Int) -> ArraySlice<UInt8> {
      defer { rest = rest.dropFirst(count) }
      return rest.prefix(count)
    }

    /// Blanks and zeros at the end are filling; a character that cannot be shown is a question mark.
    mutating func text(_ count: Int) -> String {
      var bytes = take(count)
      while bytes.last == 0x20 || bytes.last == 0 { bytes = bytes.dropLast() }
      return ModeCText.text(bytes.map { ModeCText.isPrintable($0) ? $0 : 0x3F })
    }

    mutating func number(_ count: Int) -> UInt64 { take(count).reversed().reduce(0) { $0 << 8 | UInt64($1) } }

    mutating func digits(_ count: Int) -> UInt64? {
      var value: UInt64 = 0
      for byte in take(count) {
        guard byte >> 4 < 10, byte & 15 < 10 else { return nil }
        value = value * 100 + UInt64(byte >> 4) * 10 + UInt64(byte & 15)
      }
      return value
    }
  }
}
