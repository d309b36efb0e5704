// How a serial line is put on a TCP port.

/// What the bytes of a connection are.
public enum TCPForm: String, Hashable, Sendable, CaseIterable {
  /// The characters of the line and nothing else: no speed, no format.
  case raw
  /// Telnet with the COM-PORT option (RFC 2217): the client says how its UART stands.
  case rfc2217
}
