// Speed and format of characters on a serial line.

internal import CHost

/// How characters go over a serial line.
public struct SerialSettings: Hashable, Sendable {
  public enum Parity: String, Hashable, Sendable, CaseIterable { case none, even, odd }
  public var bauds: Int
  public var dataBits: Int
  public var parity: Parity
  public var stopBits: Int

  public init(bauds: Int = 9600, dataBits: Int = 8, parity: Parity = .none, stopBits: Int = 1) {
    (self.bauds, self.dataBits, self.parity, self.stopBits) = (bauds, dataBits, parity, stopBits)
  }

  /// Bits of a character on the wire: start, data, parity, stop.
  public var bitsPerCharacter: Int { 1 + dataBits + (parity == .none ? 0 : 1) + stopBits }
}
