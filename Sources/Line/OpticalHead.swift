// The optical head of a bench: a lamp and an eye on a magnet, behind a USB bridge (IEC 62056-21:2002, 4.3).
// It lights its own receiver by reflection, carries one direction at a time, and its bridge may know eight
// data bits only. The figures are our assumption, within what heads in the field show.

internal import Timeline
public import Units

/// What lies between a reader's UART and the light.
public struct OpticalHead: Hashable, Sendable {
  /// How much of what the reader sends comes back to it.
  public enum Echo: Hashable, Sendable {
    case none
    /// All of it.
    case full
    /// So many of a hundred characters, by draw (1 to 99).
    case partial(percent: Int)
  }

  public var echo: Echo
  /// From a character sent to its echo; 1 to 20 ms are usual.
  public var echoDelay: TimeSpan
  /// The meter's light is not seen while the head itself lights. False for a current loop or a pair of wires
  /// for each direction.
  public var isHalfDuplex: Bool
  /// Only eight data bits without parity: the reader then does parity itself, in bit 7.
  public var onlyEightBits: Bool
  /// From the wire to the reader's hands: what a USB bridge keeps back.
  public var latency: TimeSpan

  public init(
    echo: Echo = .none, echoDelay: TimeSpan = .milliseconds(1), isHalfDuplex: Bool = true,
    onlyEightBits: Bool = false, latency: TimeSpan = .zero
  ) {
    (self.echo, self.echoDelay, self.isHalfDuplex) = (echo, echoDelay, isHalfDuplex)
    (self.onlyEightBits, self.latency) = (onlyEightBits, latency)
  }

  /// Whether the port can stand so.
  public func allows(_ settings: SerialSettings) -> Bool {
    !onlyEightBits || settings.dataBits == 8 && settings.parity == .none
  }

  func reflect(_ burst: Burst, _ draws: RandomStream) {
    switch echo {
    case .none: return
    case .full: burst.reflect(after: echoDelay) { _ in true }
    case .partial(let percent):
      burst.reflect(after: echoDelay) {
        draws.happens(burst.draw(byte: $0), partsPerMillion: Int64(percent) * 10_000)
      }
    }
  }
}
