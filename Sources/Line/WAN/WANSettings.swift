// How a WAN behaves while nothing is wrong with it, and how unreliable it is by nature. The times are our
// assumption; by default it loses nothing (the default world is ideal).

public import Units

/// Latencies and unreliability of one WAN link.
public struct WANSettings: Hashable, Sendable {
  /// From a request to its acknowledgement.
  public var acknowledgement: TimeSpan
  /// From a request to the meter's hearing it, and from the end of an outage to its hearing what waited.
  public var delivery: TimeSpan
  /// From the meter to the head-end.
  public var answer: TimeSpan
  /// How long the network tries to reach a meter that has no supply, or no signal.
  public var givesUpAfter: TimeSpan
  /// Each leg takes longer by a drawn time of at most this.
  public var jitter: TimeSpan
  /// Of a million requests, acknowledgements, deliveries and answers, so many are lost.
  public var lossPartsPerMillion: Int64
  /// Of a million answers, so many come twice; the copy comes `answer` and its own jitter after the first.
  public var duplicatePartsPerMillion: Int64
  /// Of a million answers of more than one entry, so many lose their end.
  public var partialPartsPerMillion: Int64
  /// Whether roles are held to their services, as the DCC does; a SMETS1 operator before enrolment serves
  /// whoever has a contract.
  public var checksRoles: Bool

  public init(
    acknowledgement: TimeSpan = .seconds(1), delivery: TimeSpan = .seconds(5), answer: TimeSpan = .seconds(5),
    givesUpAfter: TimeSpan = .minutes(10), jitter: TimeSpan = .zero, lossPartsPerMillion: Int64 = 0,
    duplicatePartsPerMillion: Int64 = 0,
    partialPartsPerMillion: Int64 = 0, checksRoles: Bool = true
  ) {
    (self.acknowledgement, self.delivery, self.answer) = (acknowledgement, delivery, answer)
    self.givesUpAfter = givesUpAfter
    (self.jitter, self.lossPartsPerMillion) = (jitter, lossPartsPerMillion)
    self.duplicatePartsPerMillion = duplicatePartsPerMillion
    (self.partialPartsPerMillion, self.checksRoles) = (partialPartsPerMillion, checksRoles)
  }
}
