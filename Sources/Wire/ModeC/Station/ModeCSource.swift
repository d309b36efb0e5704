// What a meter's dialogue asks of the meter behind it. The dialogue knows messages, speeds and patience; what
// a register says, it asks for.

public import Units

/// The meter behind an optical port.
public protocol ModeCSource: AnyObject {
  /// The lines of a readout list with their line ends, without `!`; nil where there is no such list.
  func readout(option: UInt8, at instant: Instant) -> [UInt8]?
  /// Carries out a read, write or execute command whose check was right, at an access level: 0 before any
  /// password.
  func answer(_ command: ModeCCommand, level: Int, at instant: Instant) -> ModeCReply
  /// What stands between the brackets of P0; nil where the meter sends none.
  var seed: String? { get }
}

/// A meter's answer to a command.
public enum ModeCReply: Hashable, Sendable {
  /// Data sets; more than one is sent in partial blocks, each waiting for ACK.
  case blocks([[UInt8]])
  case acknowledge
  /// An error text in brackets; NAK where it is empty.
  case error(String)
}
