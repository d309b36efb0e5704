// What the machine refused, in one clear line with a stable code and what to do about it.
// Codes are never renamed and never reused: scripts and tests key on them.

internal import CHost
internal import Glibc

/// A refusal of the machine: a device, a port, a descriptor.
public struct HostError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was refused. The raw value is the stable code.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// The device's file does not exist.
    case noSuchDevice = "BS-IO-01"
    /// The device exists, but this user may not use it.
    case noPermission = "BS-IO-02"
    /// Another program holds the device.
    case deviceBusy = "BS-IO-03"
    /// The path names something that is no serial line.
    case notSerial = "BS-IO-04"
    /// The device cannot do what was asked of it (speed, data bits).
    case unsupportedSetting = "BS-IO-05"
    /// The line was hung up or unplugged.
    case lineLost = "BS-IO-06"
    /// A link cannot be made because something else has its name.
    case linkTaken = "BS-IO-07"
    /// A link cannot be made in its folder.
    case linkRefused = "BS-IO-08"
    /// The system has no pseudo-terminal left.
    case noPseudoTerminal = "BS-IO-09"
    /// The process has no descriptor left.
    case noDescriptor = "BS-IO-10"
    /// Somebody already listens on this TCP port.
    case portInUse = "BS-IO-11"
    /// This user may not listen on this TCP port.
    case portForbidden = "BS-IO-12"
    /// No such host, or not an address of this machine.
    case noSuchHost = "BS-IO-13"
    /// Nobody answers at this address.
    case noConnection = "BS-IO-14"
    /// The connection was closed by the other end.
    case connectionLost = "BS-IO-15"
    /// An address is not HOST:PORT.
    case badAddress = "BS-IO-16"
    /// The process already watches signals elsewhere.
    case signalsTaken = "BS-IO-17"
    /// Another program cannot be started.
    case noProgram = "BS-IO-18"
    /// Anything else, with the system's own word.
    case system = "BS-IO-99"
  }

  public var code: Code
  /// What happened, with the name of the thing.
  public var message: String
  /// What to do about it.
  public var help: String

  public init(_ code: Code, _ message: String, help: String) {
    (self.code, self.message, self.help) = (code, message, help)
  }

  /// One line: `BS-IO-11: TCP port 127.0.0.1:502 is already in use: choose another one, …`.
  public var description: String { "\(code.rawValue): \(message): \(help)" }
}

/// The system's word for an error number (positive or negative).
func systemWord(_ number: Int32) -> String { String(cString: strerror(abs(number))) }

/// The text of a C buffer, up to its zero.
func text(of buffer: [CChar]) -> String {
  String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

extension HostError {
  /// A failed open or use of a serial device.
  static func device(_ path: String, _ error: Int32) -> HostError {
    switch abs(error) {
    case ENOENT, ENXIO, ENODEV:
      HostError(
        .noSuchDevice, "there is no device \(path)", help: "plug the adapter in; `backspin ports` lists them")
    case EACCES, EPERM:
      HostError(.noPermission, "no permission to use \(path)", help: permissionHelp(path))
    case EBUSY:
      .busy(path)
    case ENOTTY, EINVAL, EISDIR:
      HostError(.notSerial, "\(path) is not a serial line", help: "name a serial device or a pseudo-terminal")
    case EMFILE, ENFILE:
      .descriptors(error)
    case EIO:
      .hungUp(path)
    default:
      HostError(.system, "\(path): \(systemWord(error))", help: "see the system's log")
    }
  }

  /// Names the program where this user may see it.
  static func busy(_ path: String) -> HostError {
    guard let holder = PortHolder.all(of: path).first else {
      return HostError(
        .deviceBusy, "\(path) is in use by another program",
        help: "close that program; `fuser \(path)` shows it")
    }
    return HostError(.deviceBusy, "\(path) is in use by \(holder)", help: "close that program")
  }

  static func hungUp(_ path: String) -> HostError {
    HostError(
      .lineLost, "\(path) was hung up or unplugged", help: "plug it in, or start its owner, and try again")
  }

  static func descriptors(_ error: Int32) -> HostError {
    HostError(
      .noDescriptor, "no file descriptor is left (\(systemWord(error)))",
      help: "raise the hard limit (`ulimit -Hn`), or use fewer connections")
  }

  /// A failed opening of a pseudo-terminal.
  static func pseudoTerminal(_ error: Int32) -> HostError {
    switch abs(error) {
    case EMFILE, ENFILE:
      .descriptors(error)
    case ENOSPC, EAGAIN:
      HostError(
        .noPseudoTerminal, "the system has no pseudo-terminal left",
        help: "close terminals, use fewer --jobs, or raise the limit: sysctl -w kernel.pty.max=8192")
    default:
      HostError(
        .noPseudoTerminal, "no pseudo-terminal can be opened (\(systemWord(error)))",
        help: "mount devpts at /dev/pts, or run at depth memory")
    }
  }

  /// A failed listen or connect at an address.
  static func address(_ address: HostPort, _ error: Int32, listening: Bool) -> HostError {
    if error < -1000 {
      return HostError(
        .noSuchHost, "host \(address.host) is not known (\(String(cString: chost_resolver_word(error))))",
        help: "check the name, or give an address such as 127.0.0.1")
    }
    switch abs(error) {
    case EADDRINUSE:
      return HostError(
        .portInUse, "TCP port \(address) is already in use",
        help: "choose another port, or 0 for any free one; `ss -ltnp` shows who has it")
    case EACCES, EPERM:
      return HostError(
        .portForbidden, "no permission to listen on \(address)",
        help: "choose a port above 1023, or grant CAP_NET_BIND_SERVICE")
    case EADDRNOTAVAIL where listening:
      return HostError(
        .noSuchHost, "\(address.host) is not an address of this machine",
        help: "use 127.0.0.1, 0.0.0.0 or one that `ip address` shows")
    case EMFILE, ENFILE:
      return .descriptors(error)
    default:
      return HostError(
        .noConnection, "nobody answers at \(address) (\(systemWord(error)))",
        help: "check that the meter or gateway is on and the port is right")
    }
  }

  private static func permissionHelp(_ path: String) -> String {
    var name = [CChar](repeating: 0, count: 256)
    let length = chost_group_of(path, &name, name.count)
    guard length > 0 else { return "ask the machine's administrator" }
    return "join its group: sudo usermod -aG \(text(of: name)) $USER, then log in again"
  }
}
