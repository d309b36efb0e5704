// Frames on a serial line: "MODBUS over Serial Line" V1.02, section 2.5.1: unit, PDU, checksum low byte
// first, at most 256 bytes. Where a frame ends is told by silence; where it ought to end, by its function.

public import Units

/// Makes RTU frames, and knows their times and lengths.
public enum ModbusRTU {
  /// Unit, PDU and checksum.
  public static func encode(pdu: some Collection<UInt8>, unit: UInt8) -> [UInt8] {
    var frame: [UInt8] = []
    frame.reserveCapacity(pdu.count + 3)
    frame.append(unit)
    frame.append(contentsOf: pdu)
    appendChecksum(to: &frame)
    return frame
  }

  /// Closes a frame made in place: appends the checksum of all that stands there, low byte first.
  public static func appendChecksum(to frame: inout [UInt8]) {
    let checksum = ModbusCRC.of(frame)
    frame.append(UInt8(truncatingIfNeeded: checksum))
    frame.append(UInt8(checksum >> 8))
  }

  /// The silence between frames, t3.5: three and a half characters of 11 bits, and a fixed 1.750 ms above
  /// 19 200 baud (section 2.5.1.1). Rounded up to whole microseconds.
  public static func frameSilence(baud: Int) -> TimeSpan {
    guard baud > 0, baud <= 19_200 else { return TimeSpan(microseconds: 1750) }
    let divisor = 10 * Int64(baud)
    return TimeSpan(microseconds: (35 * 11 * 1_000_000 + divisor - 1) / divisor)
  }

  /// How the length of a frame is found.
  enum Length: Sendable {
    /// Known from the function code: whole bytes with unit and checksum.
    case fixed(Int)
    /// A byte at `index` counts the data; `beside` bytes stand beside the data.
    case counted(index: Int, beside: Int)
    /// Only silence tells.
    case untilSilence
  }

  /// Lengths of requests by function code (V1.1b3 section 6), also of functions that we refuse.
  static func requestLength(function: UInt8) -> Length {
    switch function {
    case 1...6: .fixed(8)
    case 7, 11, 12, 17: .fixed(4)
    case 15, 16: .counted(index: 6, beside: 9)
    case 20, 21: .counted(index: 2, beside: 5)
    case 22: .fixed(10)
    case 23: .counted(index: 10, beside: 13)
    case 24: .fixed(6)
    default: .untilSilence
    }
  }

  /// Lengths of answers by function code.
  static func responseLength(function: UInt8) -> Length {
    switch function {
    case 1...4, 12, 17, 20, 21, 23: .counted(index: 2, beside: 5)
    case 5, 6, 11, 15, 16: .fixed(8)
    case 7: .fixed(5)
    case 22: .fixed(10)
    case 0x80...: .fixed(5)
    default: .untilSilence
    }
  }
}
