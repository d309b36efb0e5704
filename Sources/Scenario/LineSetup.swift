// A serial line of a scenario and the reader at its end. What is not said is as most Modbus meters leave the
// works: 9600 baud, no parity, one stop bit, and a patient reader.

public import Units

/// One line with its reader; one or more meters are on it.
public struct LineSetup: Hashable, Sendable {
  public enum Parity: String, Hashable, Sendable, CaseIterable { case none, even, odd }

  /// The reader's own rules: how long it waits and how often it tries.
  public struct Reader: Hashable, Sendable {
    /// How long it waits for the first byte of an answer.
    public var firstByte = TimeSpan.milliseconds(500)
    /// How long a pause inside an answer may be.
    public var betweenBytes = TimeSpan.milliseconds(500)
    /// Attempts after the first that failed, 0…20.
    public var retries = 2
    public var retryPause = TimeSpan.milliseconds(100)
    /// Whether it drops what is left over before it asks. False is a fault of real pollers.
    public var flushes = true

    public init() {}
  }

  /// The line on which Modbus meters are when their story names none.
  public static let usualName = "bus"

  public var name: String
  /// Bits per second.
  public var baud: Int
  public var parity: Parity
  /// 1 or 2.
  public var stopBits: Int
  public var reader: Reader
  /// At depth tcp: frames as on the serial line, through a serial server that hands its bytes on, instead of
  /// a gateway that speaks Modbus TCP.
  public var isTransparent = false
  public var at: Position

  public static let bauds = [300, 600, 1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200]

  public init(
    name: String = LineSetup.usualName, baud: Int = 9600, parity: Parity = .none, stopBits: Int = 1,
    reader: Reader = Reader(), at: Position = .nowhere
  ) {
    (self.name, self.baud, self.parity, self.stopBits) = (name, baud, parity, stopBits)
    (self.reader, self.at) = (reader, at)
  }
}
