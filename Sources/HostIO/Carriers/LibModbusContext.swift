// libmodbus 3.1 as far as we use it: a client context, its time-outs, one read. No error recovery and no RTS
// mode: those are the two places where libmodbus waits otherwise than in `select`.

internal import CModbus
internal import Glibc
internal import HeadEnd
internal import Units

/// An owned `modbus_t`, connected.
final class LibModbusContext {
  let framing: Framing
  private var raw: OpaquePointer?

  /// A connected RTU context on a terminal. Throws `CarrierError`.
  static func rtu(path: String) throws -> LibModbusContext {
    // The speed and format mean nothing on a pseudo-terminal: wire time is the door's.
    try LibModbusContext(.rtu, modbus_new_rtu(path, 9600, CChar(UInt8(ascii: "N")), 8, 1), place: path)
  }

  /// A context connected to a listener of this machine. Throws `CarrierError`.
  static func tcp(port: Int32) throws -> LibModbusContext {
    try LibModbusContext(.tcp, modbus_new_tcp("127.0.0.1", port), place: "127.0.0.1:\(port)")
  }

  private init(_ framing: Framing, _ raw: OpaquePointer?, place: String) throws {
    (self.framing, self.raw) = (framing, raw)
    guard raw != nil else {
      throw CarrierError("libmodbus has no context for \(place): \(systemWord(errno))")
    }
    // The connection itself is made in real time.
    modbus_set_response_timeout(raw, 5, 0)
    guard modbus_connect(raw) == 0 else {
      throw CarrierError("libmodbus cannot connect to \(place): \(Self.word(errno))")
    }
    guard descriptor < FD_SETSIZE else {
      throw CarrierError(
        "descriptor \(descriptor) is beyond what libmodbus can wait for (\(FD_SETSIZE - 1)): use fewer --jobs"
      )
    }
  }

  deinit { close() }

  func close() {
    guard let open = raw else { return }
    raw = nil
    modbus_close(open)
    modbus_free(open)
  }

  var descriptor: Int32 { modbus_get_socket(raw) }

  /// The length of a request for registers: address, function, start, count, with checksum or MBAP header.
  var readRequestBytes: Int { framing == .rtu ? 8 : 12 }

  /// libmodbus refuses a first-byte time-out of 0: the least is 1 us. 0 between bytes means "no rule of its
  /// own".
  func setTimeouts(firstByte: TimeSpan, betweenBytes: TimeSpan) throws {
    func parts(_ span: TimeSpan) -> (UInt32, UInt32) {
      let whole = max(span.microseconds, 0)
      return (UInt32(clamping: whole / 1_000_000), UInt32(whole % 1_000_000))
    }
    let first = parts(max(firstByte, TimeSpan(microseconds: 1)))
    let between = parts(betweenBytes)
    guard modbus_set_response_timeout(raw, first.0, first.1) == 0,
      modbus_set_byte_timeout(raw, between.0, between.1) == 0
    else { throw CarrierError("libmodbus refuses its time-outs: \(Self.word(errno))") }
  }

  /// Drops what has arrived and was not read.
  func flush() { modbus_flush(raw) }

  /// One attempt to read registers.
  func read(_ asked: RegisterRequest) -> Result<[UInt16], LibModbusError> {
    guard modbus_set_slave(raw, Int32(asked.unit)) == 0 else { return .failure(LibModbusError(errno)) }
    var values = [UInt16](repeating: 0, count: max(Int(asked.count), 1))
    let address = Int32(asked.address)
    let wanted = Int32(asked.count)
    let got =
      asked.function == 4
      ? modbus_read_input_registers(raw, address, wanted, &values)
      : modbus_read_registers(raw, address, wanted, &values)
    return got == wanted ? .success(Array(values.prefix(Int(wanted)))) : .failure(LibModbusError(errno))
  }

  static func word(_ error: Int32) -> String { String(cString: modbus_strerror(error)) }
}
