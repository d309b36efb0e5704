// A serial line of this machine, behind one protocol with two backends: termios for pseudo-terminals, and
// libserialport for real adapters (it knows their USB names, but cannot open a pseudo-terminal).

internal import CHost
internal import CSerialPort
internal import Glibc
public import Line

/// An open serial line. It never blocks: whoever waits does so on `descriptor`.
public protocol SerialPort: AnyObject {
  /// The device's path as it was opened.
  var path: String { get }
  /// `termios` or `libserialport`.
  var backend: String { get }
  /// Readable when bytes wait, or when the line was lost.
  var descriptor: Int32 { get }
  /// How it stands now.
  var settings: SerialSettings { get }
  /// Sets it anew; what was handed to the kernel and has not left may leave at either speed. False, and
  /// nothing has changed, where the device cannot stand so. Throws `lineLost`.
  func change(to settings: SerialSettings) throws(HostError) -> Bool
  /// Sets the lines that power many heads; nil leaves one as it is. False where the device has none. Throws
  /// `lineLost`.
  func setModemLines(dtr: Bool?, rts: Bool?) throws(HostError) -> Bool
  /// How its modem lines stand; nil where the device has none.
  var modemLines: ModemLines? { get }
  /// Waits until the kernel has handed on what was written: to an adapter, not to the light.
  /// Throws `lineLost`.
  func drain() throws(HostError)
  /// Appends what has arrived, and says how many bytes that is (0: none). Throws `lineLost`.
  func read(into bytes: inout [UInt8]) throws(HostError) -> Int
  /// Hands bytes to the kernel, and says how many it took. Throws `lineLost`.
  func write(_ bytes: ArraySlice<UInt8>) throws(HostError) -> Int
  /// Drops what has arrived and was not read.
  func discardInput() throws(HostError)
  /// Gives the device back. May be called again.
  func close()
}

/// How the modem lines of a port stand: its own two, and the other end's four.
public struct ModemLines: Hashable, Sendable {
  public var dtr: Bool
  public var rts: Bool
  public var cts: Bool
  public var dsr: Bool
  public var dcd: Bool
  public var ri: Bool

  public init(dtr: Bool, rts: Bool, cts: Bool, dsr: Bool, dcd: Bool, ri: Bool) {
    (self.dtr, self.rts, self.cts, self.dsr, self.dcd, self.ri) = (dtr, rts, cts, dsr, dcd, ri)
  }

  /// From the bits of `chost_modem_lines`; nil from an error.
  init?(_ bits: Int32) {
    guard bits >= 0 else { return nil }
    func has(_ place: Int32) -> Bool { bits >> place & 1 == 1 }
    self.init(dtr: has(0), rts: has(1), cts: has(2), dsr: has(3), dcd: has(4), ri: has(5))
  }
}

/// The serial lines of this machine.
public enum SerialPorts {
  /// Opens a serial line by its path, or by a link to it, with the backend that fits it.
  public static func open(_ path: String, _ settings: SerialSettings) throws(HostError) -> any SerialPort {
    guard let device = realpath(path, nil) else { throw .device(path, errno) }
    defer { free(device) }
    let real = String(cString: device)
    guard chost_is_character_device(real) == 1 else { throw .device(path, ENOTTY) }
    if AdapterPort.isKnown(real) { return try AdapterPort(real, settings) }
    return try TerminalPort(real, settings)
  }

  /// The adapters of this machine, in order of name.
  public static func list() throws(HostError) -> [SerialPortFacts] {
    var found: UnsafeMutablePointer<OpaquePointer?>?
    guard sp_list_ports(&found) == SP_OK, let found else {
      throw HostError(
        .system, "the serial adapters cannot be listed (\(systemWord(sp_last_error_code())))",
        help: "is /sys mounted?")
    }
    defer { sp_free_port_list(found) }
    var facts: [SerialPortFacts] = []
    var next = found
    while let port = next.pointee {
      facts.append(SerialPortFacts(port))
      next += 1
    }
    return facts.sorted { $0.path < $1.path }
  }
}
