// A serial line through libserialport: real adapters (RS-485, optical heads).

internal import CHost
internal import CSerialPort
internal import Glibc
public import Line

/// A serial line opened with libserialport.
public final class AdapterPort: SerialPort {
  public let path: String
  public private(set) var descriptor: Int32 = -1
  public private(set) var settings: SerialSettings
  private var port: OpaquePointer?

  public var backend: String { "libserialport" }

  /// Whether libserialport knows a device: its name must be in the kernel's class of ttys.
  static func isKnown(_ path: String) -> Bool {
    var port: OpaquePointer?
    guard sp_get_port_by_name(path, &port) == SP_OK else { return false }
    sp_free_port(port)
    return true
  }

  /// Opens an adapter with its speed and format, without flow control.
  public init(_ path: String, _ settings: SerialSettings) throws(HostError) {
    (self.path, self.settings) = (path, settings)
    guard sp_get_port_by_name(path, &port) == SP_OK else { throw .device(path, ENOENT) }
    do throws(HostError) {
      if let forced = Self.forcedError { throw HostError.device(path, forced) }
      guard sp_open(port, SP_MODE_READ_WRITE) == SP_OK else {
        throw HostError.device(path, sp_last_error_code())
      }
      guard sp_get_port_handle(port, &descriptor) == SP_OK else { throw HostError.hungUp(path) }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw HostError.device(path, EBUSY) }
      try configure(settings)
    } catch {
      close()
      throw error
    }
  }

  deinit { close() }

  private static var forcedError: Int32? {
    let error = chost_forced(chost_call_open)
    return error == 0 ? nil : error
  }

  private func configure(_ settings: SerialSettings) throws(HostError) {
    // libserialport does not say when a driver took another speed than was asked.
    guard sp_set_baudrate(port, Int32(settings.baud)) == SP_OK,
      chost_terminal_set_speed(descriptor, Int32(settings.baud)) == 0
    else {
      throw .unsupported(path, "\(settings.baud) Bd")
    }
    let parity: sp_parity =
      switch settings.parity {
      case .none: SP_PARITY_NONE
      case .even: SP_PARITY_EVEN
      case .odd: SP_PARITY_ODD
      }
    guard sp_set_bits(port, Int32(settings.dataBits)) == SP_OK, sp_set_parity(port, parity) == SP_OK,
      sp_set_stopbits(port, Int32(settings.stopBits)) == SP_OK,
      sp_set_flowcontrol(port, SP_FLOWCONTROL_NONE) == SP_OK
    else { throw .unsupported(path, settings.format) }
  }

  public func change(to wanted: SerialSettings) throws(HostError) -> Bool {
    guard chost_terminal_speed(descriptor) >= 0 else { throw .hungUp(path) }
    do throws(HostError) {
      try configure(wanted)
    } catch {
      try configure(settings)
      return false
    }
    settings = wanted
    return true
  }

  public func setModemLines(dtr: Bool?, rts: Bool?) throws(HostError) -> Bool {
    try setLines(descriptor, path, dtr: dtr, rts: rts)
  }

  public var modemLines: ModemLines? { ModemLines(chost_modem_lines(descriptor)) }

  public func drain() throws(HostError) {
    guard sp_drain(port) == SP_OK else { throw .hungUp(path) }
  }

  public func read(into bytes: inout [UInt8]) throws(HostError) -> Int {
    let waiting = sp_input_waiting(port)
    guard waiting.rawValue >= 0 else { throw .hungUp(path) }
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: Int(waiting.rawValue)))
    let got = bytes.withUnsafeMutableBytes {
      sp_nonblocking_read(port, $0.baseAddress! + start, $0.count - start)
    }
    bytes.removeLast(bytes.count - start - Int(max(got.rawValue, 0)))
    guard got.rawValue >= 0 else { throw .hungUp(path) }
    return Int(got.rawValue)
  }

  public func write(_ bytes: ArraySlice<UInt8>) throws(HostError) -> Int {
    let done = bytes.withUnsafeBytes { sp_nonblocking_write(port, $0.baseAddress, $0.count) }
    guard done.rawValue >= 0 else { throw .hungUp(path) }
    return Int(done.rawValue)
  }

  public func discardInput() throws(HostError) {
    guard sp_flush(port, SP_BUF_INPUT) == SP_OK else { throw .hungUp(path) }
  }

  public func close() {
    guard let open = port else { return }
    port = nil
    if descriptor >= 0 { sp_close(open) }
    descriptor = -1
    sp_free_port(open)
  }
}
