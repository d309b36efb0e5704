// What can be wrong with bytes that ought to be Modbus. A fault carries what was expected and what came, so
// that a trace can say both. Refusals by a healthy peer are no faults: they are `ModbusResponse.exception`.

/// Why bytes make no Modbus message.
public enum ModbusFault: Error, Hashable, Sendable {
  /// RTU: the checksum at the end is not that of the bytes before it.
  case checksum(expected: UInt16, received: UInt16)
  /// The line fell silent inside a frame, after so many bytes.
  case cutShort(received: Int)
  /// More bytes than the standard's largest frame or PDU.
  case tooLong(bytes: Int)
  /// Another unit answered than was asked.
  case unit(expected: UInt8, received: UInt8)
  /// Another function was answered than was asked for.
  case function(expected: UInt8, received: UInt8)
  /// A body of another length, in bytes, than its function and request want.
  case length(expected: Int, received: Int)
  /// The answer to a write does not repeat the request (V1.1b3 sections 6.6 and 6.12).
  case echo
  /// An exception whose code is not in the table of V1.1b3 section 7.
  case undefinedException(UInt8)
  /// TCP: a protocol identifier other than 0 ("Messaging on TCP/IP" V1.0b section 3.1.3).
  case protocolIdentifier(UInt16)
  /// TCP: a length field that no frame can have; the stream is out of step for good.
  case headerLength(UInt16)
  /// A PDU of no bytes: not even a function code.
  case noFunction
}
