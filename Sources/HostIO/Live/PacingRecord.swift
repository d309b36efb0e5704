// How late characters were: what the pacing promise is judged by (mean rate, 99th percentile).

public import Units

/// Lateness of paced characters, counted by whole microseconds.
public struct PacingRecord: Sendable {
  /// Characters written.
  public private(set) var count = 0
  /// The latest of all.
  public private(set) var worst = TimeSpan(microseconds: 0)
  private var byMicrosecond = [Int32](repeating: 0, count: 10_001)

  public init() {}

  mutating func note(_ late: TimeSpan) {
    count += 1
    worst = max(worst, late)
    byMicrosecond[Int(min(max(late.microseconds, 0), 10_000))] += 1
  }

  /// The lateness that this share of a hundred characters did not exceed; above 10 ms, 10 ms. Nil without
  /// any.
  public func percentile(_ percent: Int) -> TimeSpan? {
    guard count > 0 else { return nil }
    let wanted = (count * percent + 99) / 100
    var seen = 0
    for (microseconds, number) in byMicrosecond.enumerated() {
      seen += Int(number)
      if seen >= wanted { return TimeSpan(microseconds: Int64(microseconds)) }
    }
    return TimeSpan(microseconds: 10_000)
  }
}
