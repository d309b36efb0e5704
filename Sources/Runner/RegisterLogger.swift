// A logger that makes half-hours of a cumulative register: the difference of two reads at consecutive :00 and :30.
// A read that is late by more than the tolerance bounds no half-hour, and leaves a gap (never a guess).

internal import Units

/// The half-hours of one meter, by register.
final class RegisterLogger {
  private let tolerance: TimeSpan
  private var last: [RegisterRole: (boundary: Instant, value: WattHours)] = [:]

  init(tolerance: TimeSpan) { self.tolerance = tolerance }

  /// Takes a read that was due at a half-hour boundary; gives the half-hour that it closes, if it closes one.
  func take(_ read: Read, due: Instant, cause: Cause) -> LogRead.Entry? {
    let boundary = HalfHour(containing: due).start
    guard boundary == due, read.at - boundary <= tolerance else {
      miss(read.register)
      return nil
    }
    defer { last[read.register] = (boundary, read.value) }
    guard let before = last[read.register], before.boundary + HalfHour.length == boundary else { return nil }
    return LogRead.Entry(stamp: boundary, energy: read.value - before.value, cause: cause)
  }

  /// A boundary without a read.
  func miss(_ role: RegisterRole) { last[role] = nil }
}
