// What is the same for all values of one answer. Each register is read once in it: a fault that spoils single
// reads counts answers, not brackets.

internal import Units

/// One look at a meter through its port.
final class OpticalVisit {
  private let answering: OpticalAnswering
  private let meter: Meter
  private let instant: Instant
  private let clock: Instant
  private var samples: [RegisterRole: WattHours?] = [:]

  init(_ answering: OpticalAnswering, at instant: Instant) {
    (self.answering, meter, self.instant) = (answering, answering.meter, instant)
    clock = meter.told(meter.clock(at: instant))
  }

  /// `1.8.0(0012345.678*kWh)`.
  func text(of line: OpticalLine) -> String { line.address + brackets(of: line) }

  func brackets(of line: OpticalLine) -> String {
    line.values.map { "(\(text(of: $0)))" }.joined()
  }

  private func text(of value: OpticalValue) -> String {
    let form = value.form
    switch value.shows {
    case .energy(let role, let rate):
      return number(rate == 0 ? sample(role) : meter.shown(role, rate: rate), form)
    case .historical(let role, let rate, let back):
      return number(historical(role, rate: rate, back: back), form)
    case .resetStamp(let back, let pattern):
      return snapshot(.import, back: back).map { time(pattern, $0.stamp) } ?? form.dashes
    case .energySum: return form.text(Int128(energy(.import) + energy(.export)))
    case .energyNet: return form.text(Int128(energy(.import) - energy(.export)))
    case .reverseEnergy:
      let whole = (meter.reverseRun?.energy ?? 0) / Int128(FineEnergy.perWattHour)
      return form.text(whole)
    case .reverseEvents: return form.text(Int128(meter.reverseRun?.events ?? 0))
    case .power(let direction): return form.text(Int128(milliwatts(direction)), finer: 3)
    case .serial: return meter.serial
    case .clock(let pattern): return time(pattern, clock)
    case .errors: return form.hexadecimal(answering.errorFlags)
    case .status: return form.hexadecimal(answering.statusFlags)
    case .powerFails: return form.text(Int128(answering.powerFails))
    case .text(let text): return text
    }
  }

  private func number(_ value: WattHours?, _ form: OpticalNumberForm) -> String {
    value.map { form.text(Int128($0.value)) } ?? form.dashes
  }

  private func sample(_ role: RegisterRole) -> WattHours? {
    if let known = samples[role] { return known }
    let value = meter.sample(role)
    samples[role] = value
    return value
  }

  private func energy(_ role: RegisterRole) -> Int64 { sample(role)?.value ?? 0 }

  /// Snapshots are of whole registers; a rate has one only where it is the only rate.
  private func historical(_ role: RegisterRole, rate: Int, back: Int) -> WattHours? {
    guard rate == 0 || meter.rates == nil && rate == 1 else { return nil }
    return snapshot(role, back: back)?.value
  }

  /// Midnights of the meter and resets by hand, the latest first.
  private func snapshot(_ role: RegisterRole, back: Int) -> (stamp: Instant, value: WattHours)? {
    var all = meter.readDailySnapshots(role, from: .epoch, through: clock)
    for reset in answering.resets {
      guard let value = reset.values[role] else { continue }
      let stamp = meter.told(reset.stamp)
      all.insert((stamp, value), at: all.firstIndex { stamp < $0.stamp } ?? all.count)
    }
    return back >= 1 && back <= all.count ? all[all.count - back] : nil
  }

  private func milliwatts(_ direction: OpticalDirection) -> Int64 {
    let power = meter.power
    let sum = power.l1.milliwatts + power.l2.milliwatts + power.l3.milliwatts
    switch direction {
    case .import: return max(sum, 0)
    case .export: return max(-sum, 0)
    case .net: return sum
    }
  }

  private func time(_ pattern: OpticalClockPattern, _ instant: Instant) -> String {
    pattern.text(of: OpticalTime(instant, zone: answering.zone))
  }
}
