// What happens to an agreement or its meters, and when the settlement party hears of it.

public import Units

/// The name of an event, as files write it.
public struct EventName: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let name: String

  public init(_ name: String) { self.name = name }

  public var description: String { name }
  public static func < (left: EventName, right: EventName) -> Bool { left.name < right.name }
}

/// One event.
public struct CaseEvent: Hashable, Sendable {
  public var name: EventName
  /// When it happened or takes effect.
  public var at: Instant
  /// When the settlement party was told.
  public var received: Instant
  public var facts: Facts
  public var cause: Cause

  public init(
    _ name: EventName, at: Instant, received: Instant? = nil, _ facts: Facts = [:], cause: Cause = .none
  ) {
    (self.name, self.at, self.received) = (name, at, received ?? at)
    (self.facts, self.cause) = (facts, cause)
  }
}

/// An event that the core knows: its name, what it tells and the rules that act on it.
public struct EventDeclaration: Hashable, Sendable {
  public var name: EventName
  /// One sentence: what happened.
  public var meaning: String
  public var rules: [Rule]
  public var facts: [FactDeclaration]

  public init(_ name: EventName, _ meaning: String, _ rules: [Rule], _ facts: [FactDeclaration] = []) {
    (self.name, self.meaning, self.rules, self.facts) = (name, meaning, rules, facts)
  }

  /// All events, by family. Each family declares its own beside its rules.
  public static let all: [EventDeclaration] =
    meterEvents + measureEvents + entryEvents + obligationEvents + tariffEvents + readingEvents + holdingEvents + faultEvents
    + accessEvents + changeEvents + endingEvents + switchEvents + paymentEvents + vatEvents + disputeEvents
    + dataEvents + flowEvents

  public static func of(_ name: EventName) -> EventDeclaration? { all.first { $0.name == name } }
}

extension EventName {
  public static let importSupplierChanged = EventName("import-supplier-changed")
  public static let meterExchanged = EventName("meter-exchanged")
  public static let remoteReadFailed = EventName("remote-read-failed")
}

extension EventDeclaration {
  /// What befalls the meters.
  static let meterEvents: [EventDeclaration] = [
    EventDeclaration(
      .importSupplierChanged, "somebody else supplies the import", [.read13, .swi05, .chg04],
      [FactDeclaration(.supplier, .text, needed: true, "the new supplier")]),
    EventDeclaration(
      .meterExchanged, "one meter made way for another", [.read10, .chg04],
      [
        FactDeclaration(.old, .text, needed: true, "serial number of the old meter"),
        FactDeclaration(.final, .registers, "its final values; a value that is left out was not taken"),
        FactDeclaration(.new, .meter, needed: true, "the new meter"),
        FactDeclaration(.initial, .registers, "its initial values"),
      ]),
    EventDeclaration(
      .remoteReadFailed, "a remote reading was tried and failed for good", [.read01],
      [
        FactDeclaration(.serial, .text, needed: true, "serial number of the meter"),
        FactDeclaration(.why, .text, "what the reader said"),
      ]),
  ]
}

extension CaseEvent {
  /// Somebody else supplies the import (R-READ-13).
  public static func importSupplierChanged(
    to supplier: String, at: Instant, received: Instant? = nil, cause: Cause = .none
  ) -> CaseEvent {
    CaseEvent(
      .importSupplierChanged, at: at, received: received, [.supplier: .text(supplier)], cause: cause)
  }

  /// Old serial and its final values, the new meter and its initial values; a value left out was not taken
  /// (R-READ-10).
  public static func meterExchanged(
    old: String, final: [RegisterRole: WattHours], new: MeterDetails, initial: [RegisterRole: WattHours],
    at: Instant, received: Instant? = nil, cause: Cause = .none
  ) -> CaseEvent {
    CaseEvent(
      .meterExchanged, at: at, received: received,
      [
        .old: .text(old), .final: .registers(final), .new: .meter(new), .initial: .registers(initial),
      ], cause: cause)
  }

  /// A remote reading was tried and failed for good (R-READ-01).
  public static func remoteReadFailed(
    serial: String, why: String, at: Instant, received: Instant? = nil, cause: Cause = .none
  ) -> CaseEvent {
    CaseEvent(
      .remoteReadFailed, at: at, received: received, [.serial: .text(serial), .why: .text(why)], cause: cause)
  }
}
