// How characters stand on a serial line, and how long they take. Source: "MODBUS over Serial Line" V1.02,
// section 2.5.1 (characters, silences); the start bit and the order of bits are those of every UART.

public import Units

/// Speed and frame of a character.
public struct SerialSettings: Hashable, Sendable {
  public enum Parity: String, Hashable, Sendable, CaseIterable { case none, even, odd }

  /// Bits a second, all bits of a character counted.
  public let baud: Int
  /// 7 or 8.
  public let dataBits: Int
  public let parity: Parity
  /// 1 or 2.
  public let stopBits: Int

  public static let bauds = 50...4_000_000

  /// Throws when no UART could be set so.
  public init(baud: Int, dataBits: Int = 8, parity: Parity = .none, stopBits: Int = 1)
    throws(SerialSettingsError)
  {
    guard Self.bauds.contains(baud) else {
      throw SerialSettingsError("a speed of \(baud) baud; possible are 50 to 4000000")
    }
    guard (7...8).contains(dataBits) else { throw SerialSettingsError("\(dataBits) data bits; 7 or 8 are") }
    guard (1...2).contains(stopBits) else { throw SerialSettingsError("\(stopBits) stop bits; 1 or 2 are") }
    self.init(checked: baud, dataBits, parity, stopBits)
  }

  private init(checked baud: Int, _ dataBits: Int, _ parity: Parity, _ stopBits: Int) {
    (self.baud, self.dataBits, self.parity, self.stopBits) = (baud, dataBits, parity, stopBits)
  }

  /// 9600 baud 8N1: what most Modbus meters are shipped with.
  public static let usual = SerialSettings(checked: 9600, 8, .none, 1)

  /// Start bit, data bits, parity bit if there is one, stop bits.
  public var bitsPerCharacter: Int { 1 + dataBits + (parity == .none ? 0 : 1) + stopBits }

  /// From the first start bit to the end of the last stop bit of `count` characters without a pause. Computed
  /// from the whole count and rounded up once, so that nothing adds up over a long frame.
  public func time(ofCharacters count: Int) -> TimeSpan {
    TimeSpan(microseconds: Self.ceiling(Int64(count * bitsPerCharacter) * 1_000_000, Int64(baud)))
  }

  /// t1.5, the longest pause inside a frame. The standard's character has 11 bits whatever the meter sends;
  /// above 19 200 baud it is fixed at 0.750 ms (section 2.5.1.1).
  public var pauseWithinFrame: TimeSpan { silence(halfCharacters: 3, fixed: 750) }

  /// t3.5, the shortest silence between frames; above 19 200 baud fixed at 1.750 ms.
  public var pauseBetweenFrames: TimeSpan { silence(halfCharacters: 7, fixed: 1750) }

  private func silence(halfCharacters: Int64, fixed: Int64) -> TimeSpan {
    guard baud <= 19_200 else { return TimeSpan(microseconds: fixed) }
    return TimeSpan(microseconds: Self.ceiling(halfCharacters * 11 * 1_000_000, 2 * Int64(baud)))
  }

  private static func ceiling(_ value: Int64, _ by: Int64) -> Int64 { (value + by - 1) / by }
}

// Seven data bits and a parity bit make the same wave as eight data bits without parity, the highest of them
// being the parity bit. So a UART that cannot do the one does the other.
extension SerialSettings {
  /// Whether seven data bits and a parity bit stand where others have eight data bits.
  public var hasParityInBit7: Bool { dataBits == 7 && parity != .none }

  /// The settings with eight data bits whose wave is the same; for 7N and all of eight bits, these.
  public var onWire: SerialSettings {
    hasParityInBit7 ? SerialSettings(checked: baud, 8, .none, stopBits) : self
  }

  /// The same characters at another speed, clamped to what a UART can.
  public func at(_ baud: Int) -> SerialSettings {
    let limits = Self.bauds
    return SerialSettings(
      checked: min(max(baud, limits.lowerBound), limits.upperBound), dataBits, parity, stopBits)
  }

  /// What IEC 62056-21:2002 (clause 5.4) has for a character: seven data bits, even parity, one stop bit.
  public static func sevenEven(_ baud: Int) -> SerialSettings {
    SerialSettings(checked: 300, 7, .even, 1).at(baud)
  }

  /// What stands on the wire for bytes that a UART with these settings is given, as `onWire` reads it. Of
  /// seven bits without parity, bit 7 is cut off. With parity, a set bit 7 stands for a wrong parity bit: so
  /// a far side says a character that its reader must refuse.
  public func wire(_ bytes: [UInt8]) -> [UInt8] {
    guard dataBits == 7 else { return bytes }
    return bytes.map { parity == .none ? $0 & 0x7F : $0 & 0x80 ^ withParity($0 & 0x7F) }
  }

  /// What a UART with these settings hands on of characters that stand on the wire as `onWire` reads them.
  /// One with a wrong parity bit is handed on as 0 (termios(3): INPCK without IGNPAR and PARMRK).
  public func heard(_ bytes: [UInt8]) -> [UInt8] {
    guard hasParityInBit7 else { return bytes }
    return bytes.map { withParity($0 & 0x7F) == $0 ? $0 & 0x7F : 0 }
  }

  /// The inverse of `wire`: a set bit 7 tells of a wrong parity bit.
  func said(_ bytes: [UInt8]) -> [UInt8] {
    guard hasParityInBit7 else { return bytes }
    return bytes.map { $0 & 0x7F | ($0 ^ withParity($0 & 0x7F)) & 0x80 }
  }

  /// Seven bits with their parity in bit 7.
  private func withParity(_ data: UInt8) -> UInt8 {
    let isOdd = data.nonzeroBitCount % 2 == 1
    return isOdd == (parity == .even) ? data | 0x80 : data
  }
}

extension SerialSettings: CustomStringConvertible {
  /// As people write it: `9600 8N1`.
  public var description: String {
    let letter =
      switch parity {
      case .none: "N"
      case .even: "E"
      case .odd: "O"
      }
    return "\(baud) \(dataBits)\(letter)\(stopBits)"
  }

  /// Reads what `description` writes: `9600 8N1`. Nil where no UART could stand so.
  public init?(parsing text: String) {
    let words = text.split(separator: " ")
    guard words.count == 2, let baud = Int(words[0]) else { return nil }
    let format = Array(words[1].utf8)
    let parities: [UInt8: Parity] = [
      UInt8(ascii: "N"): .none, UInt8(ascii: "E"): .even, UInt8(ascii: "O"): .odd,
    ]
    guard format.count == 3, let parity = parities[format[1]] else { return nil }
    let made = try? SerialSettings(
      baud: baud, dataBits: Int(format[0]) - 0x30, parity: parity, stopBits: Int(format[2]) - 0x30)
    guard let made else { return nil }
    self = made
  }
}

/// Settings that no UART could have.
public struct SerialSettingsError: Error, Hashable, Sendable, CustomStringConvertible {
  public var description: String

  init(_ what: String) { description = "no serial line has \(what)" }
}
