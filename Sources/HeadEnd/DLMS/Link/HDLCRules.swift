// How patient a reader on HDLC is. Times are those of IEC 62056-46:2002, 6.4.4.1 and class 23 of
// IEC 62056-62, widened for USB heads, which hand characters on in lumps.

public import Units
public import Wire

/// Settings of an `HDLCChannel`.
public struct HDLCRules: Hashable, Sendable {
  public var client: HDLCAddress
  public var server: HDLCAddress
  /// What SNRM asks for.
  public var parameters: HDLCParameters
  /// From the end of a command to the first character of its answer.
  public var firstByte: TimeSpan
  /// Between two characters of an answer.
  public var betweenBytes: TimeSpan
  /// The longest that characters may go on without making a frame that counts.
  public var longestAnswer: TimeSpan
  /// How often a command is said again before the reader gives up.
  public var repeats: Int
  public var echo: EchoRule

  public init(
    client: HDLCAddress = .publicClient, server: HDLCAddress = .managementDevice,
    parameters: HDLCParameters = HDLCParameters(), firstByte: TimeSpan = .milliseconds(1500),
    betweenBytes: TimeSpan = .milliseconds(200), longestAnswer: TimeSpan = .seconds(10), repeats: Int = 3,
    echo: EchoRule = .auto
  ) {
    (self.client, self.server, self.parameters) = (client, server, parameters)
    (self.firstByte, self.betweenBytes) = (firstByte, betweenBytes)
    (self.longestAnswer, self.repeats, self.echo) = (longestAnswer, repeats, echo)
  }
}
