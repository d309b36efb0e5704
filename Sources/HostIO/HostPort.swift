// HOST:PORT as people write it.

/// A TCP address: `127.0.0.1:502`, `[::1]:1502`, `:502` (all addresses of this machine), port 0 for any free
/// one.
public struct HostPort: Hashable, Sendable, CustomStringConvertible {
  public var host: String
  public var port: UInt16

  public init(host: String, port: UInt16) { (self.host, self.port) = (host, port) }

  /// Reads HOST:PORT; an IPv6 address needs brackets.
  public init(parsing text: some StringProtocol) throws(HostError) {
    let bad = HostError(
      .badAddress, "`\(text)` is not HOST:PORT", help: "write it like 127.0.0.1:1502 or [::1]:1502")
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
      throw bad
    }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      throw bad
    }
    self.init(host: String(host), port: port)
  }

  public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
