// How fast and how patient an optical port is: the windows of IEC 62056-21:2002, clause 6.4 and annex A, as
// named parameters of a make of meter.

public import Units

/// The time windows of an optical port.
public struct OpticalTiming: Hashable, Sendable {
  /// From the end of a message heard to the start of the answer, 20…1500 ms. Nil: 200 ms, or 20 ms where the
  /// third letter of the FLAG code is small.
  public var reaction: TimeSpan?
  /// The longest pause inside a message from the reader; the standard's limit is 1500 ms.
  public var characterGap: TimeSpan
  /// How long it waits for an acknowledgement after its identification; the standard's limit is 1500 ms.
  public var acknowledgement: TimeSpan
  /// How long without valid traffic ends a session; 60…120 s.
  public var inactivity: TimeSpan
  /// How often it says one message at most when a reader asks for a repeat; three is usual.
  public var tries: Int
  /// Whether it sleeps until wake-up zeros have come, as battery meters do (annex B).
  public var sleeps: Bool

  public init(
    reaction: TimeSpan? = nil, characterGap: TimeSpan = .milliseconds(1500),
    acknowledgement: TimeSpan = .milliseconds(1500), inactivity: TimeSpan = .seconds(60), tries: Int = 3,
    sleeps: Bool = false
  ) {
    (self.reaction, self.characterGap, self.acknowledgement) = (reaction, characterGap, acknowledgement)
    (self.inactivity, self.tries, self.sleeps) = (inactivity, tries, sleeps)
  }
}
