// The voltage that a meter measures: it comes from the network at the site beside the flow. Where nobody says
// what it is, it is nominal.

public import Units

extension Meter {
  /// Whether it watches its voltage.
  public var watchesVoltage: Bool { !voltageWatches.isEmpty }

  /// Lives through the voltage that goes with the flow which comes next: call it before `advance` with
  /// segments that begin where that flow begins and end no later.
  public func feel(_ voltage: [VoltageSegment]) {
    guard let last = voltage.last else { return }
    guard !feelsVoltage else {
      felt = voltage
      return
    }
    for segment in voltage { watch(to: segment.endMilliseconds, at: segment.millivolts) }
    millivolts = last.millivolts
  }

  /// Whether the voltage drives what it counts: a disc with torques.
  public var feelsVoltage: Bool { profile.torque != nil }

  /// By how much the voltage must have changed for a disc to be reckoned anew, mV (our assumption).
  private static let step: Int64 = 1000

  /// Lives through a flow up to the last step of the voltage in it, and has the voltage from then on.
  func advanceToLastStep(_ segments: [FlowSegment]) {
    let steps = felt
    felt.removeAll(keepingCapacity: true)
    var start = now.milliseconds
    for one in steps {
      if abs(one.millivolts - millivolts) >= Self.step {
        advance(through: Self.cut(segments, at: start))
        setVoltage(millivolts: one.millivolts)
      }
      start = one.endMilliseconds
    }
  }

  /// The part of a flow that ends no later than a time.
  private static func cut(_ segments: [FlowSegment], at end: Int64) -> [FlowSegment] {
    var part = Array(segments.prefix { $0.endMilliseconds <= end })
    if part.count < segments.count, part.last?.endMilliseconds != end {
      var last = segments[part.count]
      last.endMilliseconds = end
      part.append(last)
    }
    return part
  }

  /// Brings what watches the voltage up to a time.
  func watch(to end: Int64, at voltage: Int64) {
    let clock = ownClock
    var told: [(time: Int64, phase: UInt8, code: MeterEvent.Code, decivolts: UInt32)] = []
    for index in voltageWatches.indices {
      let phase = voltageWatches.count > 1 ? UInt8(index + 1) : 0
      func tell(_ code: MeterEvent.Code, _ time: Int64, _ decivolts: UInt32) {
        told.append((time, phase, code, decivolts))
      }
      guard isPowered else {
        voltageWatches[index].pass(to: end, clock, tell)
        continue
      }
      let share = measuring.element.wiring.voltage[index]
      let seen = share == Gain.million ? voltage : scaleRounded(voltage, share, over: Gain.million)
      voltageWatches[index].live(to: end, at: seen, clock, tell)
    }
    // Phase by phase, and so to be put in order of time.
    told.sort { ($0.time, $0.phase) < ($1.time, $1.phase) }
    for one in told {
      let stamp = clock.reading(at: Instant(milliseconds: one.time))
      note(one.code, at: stamp, phase: one.phase, detail: one.decivolts)
    }
  }

  /// Other limits for the voltage, from `now` on. False for a meter that does not watch it.
  @discardableResult
  public func setVoltageLimits(_ limits: VoltageLimits) -> Bool {
    guard watchesVoltage else { return false }
    voltageLimits = limits
    for index in voltageWatches.indices { voltageWatches[index].take(limits) }
    return true
  }

  /// Averages whose stamps lie in `from ... through`, oldest first: tenths of a volt. Empty for a phase that
  /// it does not watch; phases count from 1.
  public func averageVoltages(phase: Int = 1, from: Instant, through: Instant)
    -> [(stamp: Instant, decivolts: Int32)]
  {
    guard voltageWatches.indices.contains(phase - 1) else { return [] }
    var found: [(stamp: Instant, decivolts: Int32)] = []
    voltageWatches[phase - 1].log.forEach { average in
      guard average.stamp >= from, average.stamp <= through else { return }
      found.append((average.stamp, average.decivolts))
    }
    return found
  }

  /// How many averages of a phase lay above, and below, their thresholds.
  public func voltageCounters(phase: Int = 1) -> (over: UInt32, under: UInt32) {
    guard voltageWatches.indices.contains(phase - 1) else { return (0, 0) }
    let watch = voltageWatches[phase - 1]
    return (watch.averagesOver, watch.averagesUnder)
  }
}
