// Over what stretch a meter nets import against export before it decides a direction. The same flow gives
// different registers: 1.5 kW of sun under an oven of 3 kW that cycles each 2 s is 750 Wh each way to a meter
// that decides each mains cycle, and nothing at all to one with a bucket of 1 Wh.

public import Units

/// The measurement interval in which the direction of energy is decided.
public enum Netting: Hashable, Sendable {
  /// Each mains cycle, 20 ms at 50 Hz.
  case cycle
  /// Each second, the window of a static meter's signal processor: taken for SMETS meters (recalled, no
  /// clause).
  case second
  /// A signed bucket: a quantum is counted only when the bucket holds it. Older static meters, 1 Wh.
  case bucket(FineEnergy)
  /// A whole number of milliseconds, above zero. Thirty minutes is what a user of half-hours imagines; no GB
  /// register works so.
  case window(TimeSpan)

  /// The length of the window in ms; nil for a bucket.
  var windowMilliseconds: Int64? {
    switch self {
    case .cycle: 20
    case .second: 1000
    case .bucket: nil
    case .window(let span): span.microseconds / 1000
    }
  }
}
