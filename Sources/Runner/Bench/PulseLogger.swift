// A counter that is clipped to a meter's pulse output. It counts from when it is there, by the constant it
// was told, and shows what it was set to and what has come since, cut to whole Wh. It keeps its count itself:
// no bytes pass when somebody reads its figures. Our assumption: its figures have no end.

internal import HeadEnd
internal import MeterModel
internal import Scenario
internal import Units

/// A pulse logger at work.
final class PulseLogger {
  let role: RegisterRole
  private let start: WattHours
  private let output: PulseOutput
  private(set) var counter: PulseCounter

  /// Nil where the meter has no pulse output. What pulsed before is nobody's.
  init?(_ order: PulseLoggerOrder, at meter: Meter) {
    guard let output = meter.watchPulses(), let plate = meter.profile.pulse?.constant,
      let start = order.start ?? meter.shown(order.role)
    else { return nil }
    let constant = order.constant ?? plate
    (role, self.start, self.output) = (order.role, start, output)
    counter = PulseCounter(
      constant: .init(constant.numerator, over: constant.denominator), debounce: order.debounce)
    _ = output.take(through: meter.now)
  }

  /// Counts the pulses that have begun by an instant.
  func count(through instant: Instant) {
    for pulse in output.take(through: instant) { counter.take(at: pulse.at) }
  }

  /// What it shows.
  var shown: WattHours { start + counter.advance }

  /// One pulse, in whole Wh, rounded up.
  var step: WattHours {
    let (whole, rest) = Int128(1000 * counter.constant.denominator)
      .quotientAndRemainder(dividingBy: Int128(counter.constant.numerator))
    return WattHours(max(Int64(clamping: whole) + (rest > 0 ? 1 : 0), 1))
  }

  /// Its figures, by its own names.
  var values: [MeterValue] {
    [("pulses", counter.count, ""), ("register", shown.value, "Wh"), ("bounces", counter.bounces, "")].map {
      address, number, unit in
      MeterValue(
        address: address, text: "\(number)", number: DecimalText(mantissa: Int128(number), decimals: 0),
        unit: unit, protection: .unprotected)
    }
  }
}
