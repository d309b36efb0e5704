// What travels between a head-end and a meter's network: a request; its acknowledgement ("accepted, the
// answer will follow", DUIS response code I99); and the answer, later, paired with the request by its id.

public import Units

/// A request on its way to a meter.
public struct WANRequest: Hashable, Sendable {
  /// Chosen by the originator, never twice.
  public var id: UInt64
  public var service: WANService
  public var role: WANRole

  public init(id: UInt64, service: WANService, role: WANRole) {
    (self.id, self.service, self.role) = (id, service, role)
  }
}

/// What came of a request.
public enum WANOutcome: Hashable, Sendable {
  /// All that the meter holds of what was asked, oldest first. A register is one entry, stamped by the
  /// meter's clock when it was read.
  case values([LogRead.Entry])
  /// The oldest of `total` entries; the rest was lost on the way and can be asked for again.
  case partial([LogRead.Entry], of: Int)
  /// What the meter says to an order, a line for each thing.
  case done([String])
  case refused(WANRefusal)
  /// Whoever asks has no path to this meter: it has gone dumb for them.
  case noRoute
  /// The network gave up trying to reach the meter.
  case undelivered
}

/// Why a request was refused.
public enum WANRefusal: String, Hashable, Sendable, CaseIterable {
  /// The role may not use this service.
  case roleNotAllowed
  /// No service reads this register.
  case noSuchService
  /// The meter has no such register or log.
  case noSuchRegister
}

/// The answer to a request.
public struct WANAnswer: Hashable, Sendable {
  public var requestID: UInt64
  /// When the meter answered, or the network in its place: true time, not the meter's.
  public var made: Instant
  public var outcome: WANOutcome

  public init(requestID: UInt64, made: Instant, outcome: WANOutcome) {
    (self.requestID, self.made, self.outcome) = (requestID, made, outcome)
  }
}

/// A message that reaches the head-end.
public enum WANMessage: Hashable, Sendable {
  case acknowledgement(requestID: UInt64)
  case answer(WANAnswer)

  public var requestID: UInt64 {
    switch self {
    case .acknowledgement(let id): id
    case .answer(let answer): answer.requestID
    }
  }
}

/// The meter at the far end, brought up to the instant before it answers.
public protocol WANMeter: AnyObject {
  /// Entries oldest first; nil when the meter has no such register or log.
  func answer(_ service: WANService, at instant: Instant) -> [LogRead.Entry]?
  /// What it says to an order; nil when it has nothing that the order is about.
  func carryOut(_ order: WANOrder, at instant: Instant) -> [String]?
  /// Whether it has its supply, and so hears what is sent to it.
  var isThere: Bool { get }
  /// The meter whose answers come instead where identifiers are mixed up; nil where there is no other.
  var stranger: (any WANMeter)? { get }
}

extension WANMeter {
  public var stranger: (any WANMeter)? { nil }
}

/// What somebody who watches a WAN link sees of one message.
public struct WANSight: Hashable, Sendable {
  /// Raw values are stable: recorded runs hold them.
  public enum Event: UInt8, Hashable, Sendable, CaseIterable {
    /// The head-end sent a request.
    case requestSent = 1
    /// An acknowledgement reached the head-end.
    case acknowledged = 2
    /// The request reached the meter, which answered.
    case meterAnswered = 3
    /// An answer reached the head-end.
    case answerArrived = 4
    /// A message was lost, or a copy of it made, or its end cut off.
    case lost = 5
    case doubled = 6
    case cut = 7
    /// The request waits for an outage to end.
    case held = 8
  }

  public var event: Event
  public var at: Instant
  public var requestID: UInt64
  /// How many entries the message holds; 0 where it holds none.
  public var entries: Int
}
