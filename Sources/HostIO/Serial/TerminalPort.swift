// A serial line through termios alone: pseudo-terminals, and ttys that libserialport does not know.

internal import CHost
internal import Glibc
public import Line

/// A serial line opened with termios.
public final class TerminalPort: SerialPort {
  public let path: String
  public private(set) var descriptor: Int32
  public private(set) var settings: SerialSettings

  public var backend: String { "termios" }

  /// Opens a terminal and sets it raw. A pseudo-terminal has no parity bit and no 7-bit characters: parity is
  /// then only a name, 7 data bits are refused.
  public init(_ path: String, _ settings: SerialSettings) throws(HostError) {
    (self.path, self.settings) = (path, settings)
    descriptor = chost_terminal_open(path)
    guard descriptor >= 0 else { throw .device(path, descriptor) }
    do throws(HostError) {
      try configure(settings)
    } catch {
      Glibc.close(descriptor)
      descriptor = -1
      throw error
    }
  }

  deinit { close() }

  private func configure(_ settings: SerialSettings) throws(HostError) {
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw .device(path, EBUSY) }
    guard chost_terminal_set_raw(descriptor, Int32(settings.baud)) == 0 else {
      throw .unsupported(path, "\(settings.baud) Bd")
    }
    if isPseudoTerminal, settings.dataBits == 8 { return }
    guard !isPseudoTerminal, setFormat(descriptor, settings) == 0 else {
      throw .unsupported(path, settings.format)
    }
  }

  public func read(into bytes: inout [UInt8]) throws(HostError) -> Int {
    let waiting = chost_pending(descriptor)
    guard waiting >= 0 else { throw .hungUp(path) }
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: max(Int(waiting), 1)))
    let got = bytes.withUnsafeMutableBytes {
      chost_read(descriptor, $0.baseAddress! + start, $0.count - start)
    }
    bytes.removeLast(bytes.count - start - max(got, 0))
    guard got >= 0 || got == -Int(EAGAIN) else { throw .hungUp(path) }
    return max(got, 0)
  }

  public func write(_ bytes: ArraySlice<UInt8>) throws(HostError) -> Int {
    let done = bytes.withUnsafeBytes { chost_write(descriptor, $0.baseAddress, $0.count) }
    guard done >= 0 || done == -Int(EAGAIN) else { throw .hungUp(path) }
    return max(done, 0)
  }

  private var isPseudoTerminal: Bool { path.hasPrefix("/dev/pts/") }

  /// On a pseudo-terminal the format is not asked for: the kernel keeps eight bits, and the C library refuses
  /// (EINVAL) or not by what else changed.
  public func change(to wanted: SerialSettings) throws(HostError) -> Bool {
    if isPseudoTerminal, wanted.dataBits != 8 { return false }
    guard chost_terminal_speed(descriptor) >= 0 else { throw .hungUp(path) }
    guard chost_terminal_set_speed(descriptor, Int32(wanted.baud)) == 0,
      isPseudoTerminal || setFormat(descriptor, wanted) == 0
    else {
      _ = chost_terminal_set_speed(descriptor, Int32(settings.baud))
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
    // A pseudo-terminal drains when somebody at its other end reads, which may be never.
    guard !isPseudoTerminal else { return }
    guard chost_terminal_drain(descriptor) == 0 else { throw .hungUp(path) }
  }

  public func discardInput() throws(HostError) {
    guard chost_terminal_flush_input(descriptor) == 0 else { throw .hungUp(path) }
  }

  public func close() {
    guard descriptor >= 0 else { return }
    Glibc.close(descriptor)
    descriptor = -1
  }
}
