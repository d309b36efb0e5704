// A case in, an outcome out: all that a settlement may know, as values. Whoever runs it brings no clock, file
// or meter.

public import Units

/// Everything there is to settle for one export MPAN.
public struct SettlementCase: Hashable, Sendable {
  public var policy: Policy
  public var agreement: Agreement
  /// Register reads of every meter of the agreement (export, import, generation), in any order.
  public var reads: [Read]
  /// Half-hourly logs as they came, in any order.
  public var logs: [LogRead]
  public var events: [CaseEvent]
  /// Which days are working days; without one no due date that counts them is given (R-PAY-04).
  public var calendar: WorkingDays?
  /// Nothing before this instant is payable.
  public var from: Instant
  /// The instants at which somebody settles. Each uses only what was received by then, and pays only what no
  /// settlement before it has paid.
  public var settlements: [Instant]
  /// The instants at which what has arrived is looked at and decided upon, and nothing is settled.
  public var looks: [Instant]
  /// End of the story: what arrived after the last settlement is still looked at, and decided upon, up to
  /// here.
  public var until: Instant

  public init(
    policy: Policy, agreement: Agreement, reads: [Read] = [], logs: [LogRead] = [], events: [CaseEvent] = [],
    calendar: WorkingDays? = nil, from: Instant, settlements: [Instant], looks: [Instant] = [],
    until: Instant? = nil
  ) {
    (self.policy, self.agreement) = (policy, agreement)
    (self.reads, self.logs, self.events) = (reads, logs, events)
    self.calendar = calendar
    (self.from, self.settlements, self.looks) = (from, settlements, looks)
    self.until = until ?? (settlements + looks).max() ?? from
  }
}

/// Whoever settles: ours, or somebody else's core behind a door.
public protocol Target {
  func settle(_ one: SettlementCase) throws(TargetFailure) -> Outcome
}

/// A target gave no outcome: a finding about the target, not about us.
public struct TargetFailure: Error, Hashable, Sendable {
  public var message: String
  /// What was sent, what came, how it ended.
  public var evidence: [String]

  public init(_ message: String, evidence: [String] = []) {
    (self.message, self.evidence) = (message, evidence)
  }
}
