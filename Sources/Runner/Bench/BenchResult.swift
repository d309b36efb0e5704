// What one read at the bench brought, whatever it went over: the values as they were written, what the reader
// remarks on, or why nothing came.

public import HeadEnd
public import MeterModel
public import Units

/// One read at the bench.
public struct BenchResult: Hashable, Sendable {
  public var meter: String
  public var port: MeterProtocol
  /// When it ended.
  public var at: Instant
  /// Empty for a read that failed.
  public var values: [MeterValue]
  public var remarks: [String]
  /// Nil for a read that brought what it was sent for.
  public var failure: DialogueFailure?

  public init(
    meter: String, port: MeterProtocol, at: Instant, values: [MeterValue] = [], remarks: [String] = [],
    failure: DialogueFailure? = nil
  ) {
    (self.meter, self.port, self.at) = (meter, port, at)
    (self.values, self.remarks, self.failure) = (values, remarks, failure)
  }

  /// What is the same at every depth: a reader's remarks tell of its own port.
  var digits: [String] {
    [meter, port.rawValue, failure?.kind.rawValue ?? ""] + values.flatMap { [$0.address, $0.text, $0.unit] }
  }
}
