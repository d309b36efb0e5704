// Which bytes answer a request for registers. The rules are those of libmodbus 3.1.6, so that our reader and
// that library give the same verdict on the same bytes: how many bytes are waited for, and what is then
// checked, in which order. Where libmodbus has one error number for several faults, the finer word is ours.

internal import Wire

/// One request, and what may be taken for its answer.
struct AnswerRules {
  let asked: RegisterRequest
  let framing: Framing
  /// Used with TCP alone.
  let transaction: UInt16

  enum Length: Hashable {
    /// So many bytes in all are wanted before more can be said.
    case wants(Int)
    /// So many bytes are a frame.
    case whole(Int)
    /// So many bytes say that this is longer than any frame may be.
    case tooLong(Int)
  }

  /// Bytes before the function code: the unit, or the header of "Messaging on TCP/IP" V1.0b, section 3.1.3.
  private var head: Int { framing == .rtu ? 1 : ModbusTCP.headerBytes }
  private var checksum: Int { framing == .rtu ? 2 : 0 }
  private var longest: Int { framing == .rtu ? ModbusLimits.rtuBytes : ModbusLimits.tcpBytes }

  /// The request's frame.
  var request: [UInt8] {
    var frame: [UInt8] = []
    frame.reserveCapacity(12)
    switch framing {
    case .rtu: frame.append(asked.unit)
    case .tcp: ModbusTCP.appendHeader(transaction: transaction, unit: asked.unit, to: &frame)
    }
    frame.append(asked.function)
    for word in [asked.address, asked.count] {
      frame.append(UInt8(word >> 8))
      frame.append(UInt8(truncatingIfNeeded: word))
    }
    switch framing {
    case .rtu: ModbusRTU.appendChecksum(to: &frame)
    case .tcp: ModbusTCP.closeFrame(from: 0, in: &frame)
    }
    return frame
  }

  /// The length of an answer is told by its function code and byte count, never by the header of TCP.
  func length(of bytes: [UInt8]) -> Length {
    guard bytes.count > head else { return .wants(head + 1) }
    let function = bytes[head]
    let beforeData = head + 1 + Self.bytesAfterFunction(function)
    guard bytes.count >= beforeData else { return .wants(beforeData) }
    let isCounted = function <= 4 || function == 17 || function == 23
    let whole = beforeData + (isCounted ? Int(bytes[head + 1]) : 0) + checksum
    guard whole <= longest else { return .tooLong(beforeData) }
    return bytes.count >= whole ? .whole(whole) : .wants(whole)
  }

  /// What follows the function code before data: an echo of two or three words, or one byte.
  private static func bytesAfterFunction(_ function: UInt8) -> Int {
    switch function {
    case 5, 6, 15, 16: 4
    case 22: 6
    default: 1
    }
  }

  /// The verdict on a whole frame, and nothing more than a frame.
  func registers(in frame: [UInt8]) -> Result<[UInt16], ReadFailure> {
    if let fault = framing == .rtu ? lineFault(in: frame) : headerFault(in: frame) {
      return .failure(.frame(fault))
    }
    let function = frame[head]
    if function == asked.function | ModbusPDU.exceptionBit { return .failure(.exception(frame[head + 1])) }
    guard function == asked.function else { return .failure(.frame(.wrongFunction)) }
    let count = Int(asked.count)
    guard frame.count == head + 2 + 2 * count + checksum, frame[head + 1] == 2 * count else {
      return .failure(.frame(.wrongLength))
    }
    return .success(
      (0..<count).map { index in
        let at = head + 2 + 2 * index
        return UInt16(frame[at]) << 8 | UInt16(frame[at + 1])
      })
  }

  /// What is wrong with a frame that says it is too long to be one.
  func faultOfTooLong(_ bytes: [UInt8]) -> ReadFailure.FrameFault {
    if framing == .tcp, let fault = headerFault(in: bytes) { return fault }
    return bytes[head] == asked.function ? .wrongLength : .wrongFunction
  }

  /// libmodbus looks at the unit first, and at the checksum of its own unit's frames and of unit 0's.
  private func lineFault(in frame: [UInt8]) -> ReadFailure.FrameFault? {
    let isForeign = frame[0] != asked.unit
    if isForeign, frame[0] != 0 { return .wrongUnit }
    let received = UInt16(frame[frame.count - 2]) | UInt16(frame[frame.count - 1]) << 8
    guard ModbusCRC.of(frame.dropLast(2)) == received else { return .checksum }
    return isForeign ? .wrongUnit : nil
  }

  /// libmodbus 3.1.6 refuses a protocol identifier only when both its bytes are other than 0, and looks
  /// neither at the length nor at the unit.
  private func headerFault(in frame: [UInt8]) -> ReadFailure.FrameFault? {
    let received = UInt16(frame[0]) << 8 | UInt16(frame[1])
    return received == transaction && (frame[2] == 0 || frame[3] == 0) ? nil : .wrongTransaction
  }
}
