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
  /// Nothing before this instant is payable.
  public var from: Instant
  /// The instants at which somebody settles. Each uses only what was received by then, and pays only what no
  /// settlement before it has paid.
  public var settlements: [Instant]
  /// End of the story: what arrived after the last settlement is still looked at, and decided upon, up to
  /// here.
  public var until: Instant

  public init(
    policy: Policy, agreement: Agreement, reads: [Read] = [], logs: [LogRead] = [], events: [CaseEvent] = [],
    from: Instant, settlements: [Instant], until: Instant? = nil
  ) {
    (self.policy, self.agreement) = (policy, agreement)
    (self.reads, self.logs, self.events) = (reads, logs, events)
    (self.from, self.settlements) = (from, settlements)
    self.until = until ?? settlements.max() ?? from
  }
}

/// Something that happened to the agreement or its meters, and when the settlement party heard of it.
public struct CaseEvent: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// Somebody else supplies the import (R-READ-13).
    case importSupplierChanged(to: String)
    /// Old serial and its final value, the new meter and its initial value; a nil value was not taken
    /// (R-READ-10).
    case meterExchanged(
      old: String, final: [RegisterRole: WattHours], new: MeterDetails, initial: [RegisterRole: WattHours])
    /// A remote reading was tried and failed for good (R-READ-01).
    case remoteReadFailed(serial: String, why: String)
  }

  public var at: Instant
  public var received: Instant
  public var kind: Kind
  public var cause: Cause

  public init(at: Instant, received: Instant? = nil, kind: Kind, cause: Cause = .none) {
    (self.at, self.received, self.kind, self.cause) = (at, received ?? at, kind, cause)
  }
}

/// Whoever settles: ours, or somebody else's core behind a door.
public protocol Target {
  func settle(_ one: SettlementCase) -> Outcome
}
