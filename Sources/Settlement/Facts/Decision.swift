// What was decided, by which rule, about what, when, and on which reads it rests.

public import Units

/// One decision of a settlement. Decisions are values, collected; one bad read never stops the rest.
public struct Decision: Hashable, Sendable {
  /// When it could first be decided: the arrival of the read that shows it, or the settlement itself.
  public var at: Instant
  /// Rule id, e.g. `R-READ-09`.
  public var rule: String
  public var code: ReasonCode
  public var severity: Severity
  /// A meter's serial number, an MPAN, or the name of a tariff.
  public var subject: String
  /// The sentence for a person, with the numbers.
  public var text: String
  /// The journal entries it rests on.
  public var reads: [Cause]

  public init(
    at: Instant, rule: Rule, code: ReasonCode, severity: Severity? = nil, subject: String, text: String,
    reads: [Cause] = []
  ) {
    (self.at, self.rule, self.code) = (at, rule.rawValue, code)
    (self.severity, self.subject, self.text) = (severity ?? code.severity, subject, text)
    self.reads = reads.filter { $0 != .none }
  }
}
