// What faults make of a pulse output. Each field is a number of the fault that sets it; all zero, and the
// constant as written, in a meter in good order.

/// How a pulse output errs.
struct PulseFlaws {
  /// ME-22: what the constant is in truth, in thousandths of what the plate says.
  var constantPerMille: Int64 = 1000
  /// ME-22: pulses of the meter that never come, in per cent.
  var lost: Int64 = 0
  /// ME-22: pulses that come a second time as if they were two, in per cent.
  var doubled: Int64 = 0
  /// ME-22: how far a pulse may be early or late, in ms.
  var jitter: Int64 = 0
  /// ME-22: how often the contact closes again, and how many ms after the last closing.
  var bounces: (count: Int64, gap: Int64) = (0, 0)
  /// DP-06: flashes of other light that the sensor takes for pulses, in an hour.
  var flashes: Int64 = 0
  /// DP-06: pulses that the sensor does not see, and sees twice, in per cent.
  var unseen: Int64 = 0
  var seenTwice: Int64 = 0
}
