// Frames on TCP: "MODBUS Messaging on TCP/IP Implementation Guide" V1.0b, section 3.1.3: an MBAP header of
// transaction, protocol 0, length of what follows, unit; then the PDU, without checksum. At most 260 bytes.

/// Makes Modbus TCP frames.
public enum ModbusTCP {
  /// Transaction, protocol, length and unit.
  public static let headerBytes = 7

  /// Header and PDU. The PDU is at most 253 bytes long; `tooLong` is thrown above that.
  public static func encode(transaction: UInt16, unit: UInt8, pdu: some Collection<UInt8>)
    throws(ModbusFault) -> [UInt8]
  {
    guard pdu.count <= ModbusLimits.pduBytes else { throw .tooLong(bytes: pdu.count) }
    var frame: [UInt8] = []
    frame.reserveCapacity(headerBytes + pdu.count)
    appendHeader(transaction: transaction, unit: unit, to: &frame)
    frame.append(contentsOf: pdu)
    closeFrame(from: 0, in: &frame)
    return frame
  }

  /// Opens a frame to be made in place: a header whose length is still open.
  public static func appendHeader(transaction: UInt16, unit: UInt8, to bytes: inout [UInt8]) {
    bytes.append(UInt8(transaction >> 8))
    bytes.append(UInt8(truncatingIfNeeded: transaction))
    bytes.append(0)
    bytes.append(0)
    bytes.append(0)
    bytes.append(0)
    bytes.append(unit)
  }

  /// Closes a frame that was opened at index `start`: writes the length of unit and PDU into its header.
  public static func closeFrame(from start: Int, in bytes: inout [UInt8]) {
    let length = bytes.count - start - headerBytes + 1
    bytes[start + 4] = UInt8(truncatingIfNeeded: length >> 8)
    bytes[start + 5] = UInt8(truncatingIfNeeded: length)
  }
}

/// One frame of Modbus TCP as it came: a request or an answer.
public struct ModbusTCPFrame: Hashable, Sendable {
  public var transaction: UInt16
  public var unit: UInt8
  /// Function code and data: 1 … 253 bytes.
  public var pdu: ArraySlice<UInt8>

  public init(transaction: UInt16, unit: UInt8, pdu: ArraySlice<UInt8>) {
    (self.transaction, self.unit, self.pdu) = (transaction, unit, pdu)
  }
}
