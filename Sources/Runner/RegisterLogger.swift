// A logger that makes half-hours of a cumulative register: the difference of two reads at consecutive :00 and
// :30. A read that is late by more than the tolerance bounds no half-hour, and leaves a gap (never a guess).

internal import Units

/// The half-hours of one meter, by register.
final class RegisterLogger {
  /// A half-hour, and what stood at its opening.
  struct Made {
    var end: Instant
    var energy: WattHours
    var opening: Cause
  }

  private let tolerance: TimeSpan
  private var last: [RegisterRole: (boundary: Instant, value: WattHours, cause: Cause)] = [:]

  init(tolerance: TimeSpan) { self.tolerance = tolerance }

  /// Takes a read that was due at an instant; gives the half-hour that it closes, if it closes one. A read
  /// that was not due at :00 or :30 bounds nothing.
  func take(_ read: Read, due: Instant, cause: Cause) -> Made? {
    let boundary = HalfHour(containing: due).start
    guard boundary == due, read.at - boundary <= tolerance else { return nil }
    defer { last[read.register] = (boundary, read.value, cause) }
    guard let before = last[read.register], before.boundary + HalfHour.length == boundary else { return nil }
    return Made(end: boundary, energy: read.value - before.value, opening: before.cause)
  }
}
