// What is spoken in a trace, as far as replay and export must know: which parts of a request vary from read
// to read though the question is the same, and how an answer goes with the request that is made now. No
// codec: that is the business of those who decode a trace.

/// The protocol of a trace, by its name in the file.
public enum TraceTongue: String, Hashable, Sendable, CaseIterable {
  case modbusRTU = "modbus-rtu"
  case modbusTCP = "modbus-tcp"
  /// IEC 62056-21, all modes but E.
  case modeC = "iec62056-21"
  case hdlc = "dlms-hdlc"
  case wrapper = "dlms-wrapper"
  case irda
  /// One byte a pulse.
  case pulse
  case unknown

  /// A request without what varies: two requests with one key ask the same.
  ///
  /// - Modbus TCP: the transaction number, which a client counts up ("MODBUS Messaging on TCP/IP" V1.0b,
  ///   3.1.3).
  /// - IEC 62056-21: the parity in bit 7 of a head that does it in software, and the wake-up zeros and lost
  ///   characters before `/`, SOH or ACK.
  func key(_ request: [UInt8]) -> [UInt8] {
    switch self {
    case .modbusTCP: request.count >= 2 ? Array(request[2...]) : request
    case .modeC: Array(request.map { $0 & 0x7F }.drop { $0 == 0x00 || $0 == 0x7F })
    case .modbusRTU, .hdlc, .wrapper, .irda, .pulse, .unknown: request
    }
  }

  /// A recorded answer as it goes with the request that was made now, in the place of the recorded one.
  func adapt(_ answer: [UInt8], from recorded: [UInt8], to request: [UInt8]) -> [UInt8] {
    switch self {
    case .modbusTCP where request.count >= 2 && answer.count >= 2 && recorded.prefix(2) == answer.prefix(2):
      return Array(request[..<2] + answer[2...])
    case .modeC where answer.allSatisfy({ $0 < 0x80 }) && request.contains(where: { $0 >= 0x80 }):
      // The reader's head runs 8N1 with parity in bit 7, the one that was recorded did not.
      return answer.map { $0.nonzeroBitCount % 2 == 1 ? $0 | 0x80 : $0 }
    default: return answer
    }
  }
}
