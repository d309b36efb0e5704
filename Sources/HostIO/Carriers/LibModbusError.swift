// libmodbus' error numbers in the words of a reader. libmodbus has one number for several faults (EMBBADDATA,
// EMBBADEXC); the bytes that it read say which one it was. The same bytes give the same verdict at every
// depth.

internal import CModbus
internal import Glibc
internal import HeadEnd

/// An error number of libmodbus or of the system.
struct LibModbusError: Error, Hashable {
  var number: Int32
  init(_ number: Int32) { self.number = number }

  private static let base: Int32 = 112_345_678
  private static let lastException = base + Int32(MODBUS_EXCEPTION_GATEWAY_TARGET)
  private static let badChecksum = lastException + 1
  private static let badData = lastException + 2
  private static let badException = lastException + 3
  private static let badUnit = lastException + 6

  /// - Parameters:
  ///   - sent: the request as it went through the descriptor.
  ///   - received: the bytes that libmodbus read before it gave up.
  func meaning(asked: RegisterRequest, sent: [UInt8], received: [UInt8], framing: Framing) -> ReadFailure {
    let header = framing == .rtu ? 1 : 7
    let function = received.count > header ? received[header] : nil
    switch number {
    case ETIMEDOUT:
      return received.isEmpty ? .silence : .frame(.short)
    case Self.base...Self.lastException:
      return .exception(UInt8(number - Self.base))
    case Self.badChecksum:
      return .frame(.checksum)
    case Self.badUnit:
      return .frame(.wrongUnit)
    case Self.badData where framing == .tcp && !Self.isSameTransaction(sent, received):
      return .frame(.wrongTransaction)
    case Self.badData:
      return .frame(function == asked.function ? .wrongLength : .wrongFunction)
    case Self.badException:
      guard function == asked.function | 0x80, received.count > header + 1 else {
        return .frame(.wrongFunction)
      }
      return .exception(received[header + 1])
    default:
      return .port(LibModbusContext.word(number))
    }
  }

  /// Transaction number and protocol number 0 (MODBUS Messaging on TCP/IP V1.0b, 3.1.3).
  private static func isSameTransaction(_ sent: [UInt8], _ received: [UInt8]) -> Bool {
    received.count >= 4 && sent.prefix(2) == received.prefix(2) && (received[2] == 0 || received[3] == 0)
  }
}
