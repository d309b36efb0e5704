// What a story's readers brought home: the only thing settlement ever sees of the world.

public import MeterModel
public import Units

/// A read that gave no value, after all its attempts.
public struct FailedRead: Hashable, Sendable {
  public var meter: String
  public var at: Instant
  /// In words for people: `no answer`, `refused: illegal data address`, `no route` …
  public var reason: String
  public var cause: Cause

  public init(meter: String, at: Instant, reason: String, cause: Cause) {
    (self.meter, self.at, self.reason, self.cause) = (meter, at, reason, cause)
  }
}

/// What came of one order over the WAN.
public struct RemoteAnswer: Hashable, Sendable {
  public var meter: String
  public var at: Instant
  public var words: String

  public init(meter: String, at: Instant, words: String) {
    (self.meter, self.at, self.words) = (meter, at, words)
  }
}

/// A picture that came with a read of a display.
public struct TakenPhotograph: Hashable, Sendable {
  /// The meter that was meant.
  public var meter: String
  public var at: Instant
  /// What settlement is told of it.
  public var photo: Photo
  public var photograph: Photograph
  public var cause: Cause
}

/// Everything readers reported, in order of arrival.
public struct Evidence: Sendable {
  public var reads: [Read] = []
  public var logs: [LogRead] = []
  /// In order of taking.
  public var photographs: [TakenPhotograph] = []
  public var failures: [FailedRead] = []
  /// What smart meters said to orders over the WAN, and why they said nothing.
  public var answers: [RemoteAnswer] = []
  /// Modbus attempts made, answered, and refused because what came was no valid frame.
  public var attempts = 0
  public var framesRefused = 0
  public var silences = 0
  /// Registers that were read at the bench, whether settlement learned of them or not.
  public var benchReads: [BenchRecord] = []
  /// What each of these reads brought, or why it brought nothing, in order.
  public var benchResults: [BenchResult] = []
  /// Bytes that passed at the bench, both ways.
  public var benchBytes = 0

  public init() {}
}
