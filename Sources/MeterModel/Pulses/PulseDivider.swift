// From the flow to the instants at which quanta of energy are full. All whole numbers: power is constant
// within a stretch, so the µs in which a quantum is full is found by bisection,
// and what is left over is kept.

internal import Units

/// The energy side of a pulse output.
struct PulseDivider {
  /// Constants may be off by so many parts (ME-22).
  static let perMille: Int128 = 1000

  private let port: PulsePort
  private var lanes: [PulseLane]
  private var phaseSum: PhaseSum
  private var netting: Netting
  private let phases: Int
  /// End of the running netting window, in ms.
  private var windowEnd: Int64
  /// What has come of the next pulse, in mW·µs × numerator × per mille. Below zero while a window that turned
  /// owes something.
  private var phase: Int128 = 0
  /// The latest powers of the lanes.
  private var powers: [Int64]

  init(_ profile: Profile, _ port: PulsePort, at start: Int64) {
    (self.port, phases) = (port, profile.phases)
    (phaseSum, netting) = (profile.phaseSum, profile.netting)
    (lanes, powers, windowEnd) = ([], [], .max)
    layLanes(at: start)
  }

  private mutating func layLanes(at start: Int64) {
    let isSplit = phases > 1 && phaseSum != .vector
    var follows = port.follows
    if isSplit, phaseSum == .absolute, follows == .forward { follows = .both }
    lanes = Array(repeating: PulseLane(netting, follows: follows), count: isSplit ? 3 : 1)
    if powers.count != lanes.count { powers = Array(repeating: 0, count: lanes.count) }
    let window = lanes[0].window
    windowEnd = window == 0 ? .max : (floorDivide(start, window) + 1) * window
  }

  /// Nets and sums in another way from now on (ME-15, ME-16). What a window held is counted already; what a
  /// bucket held goes where its sign says, as into the registers. `factor` is what holds until now.
  mutating func refit(_ netting: Netting, _ phaseSum: PhaseSum, at now: Int64, factor: Int64) {
    guard netting != self.netting || phaseSum != self.phaseSum else { return }
    var rest: Int128 = 0
    for index in lanes.indices { rest += lanes[index].takeRest() }
    if !isIdle { phase += rest * Int128(port.constant.numerator) * Int128(factor) }
    (self.netting, self.phaseSum) = (netting, phaseSum)
    layLanes(at: now)
  }

  /// An element that takes everything for forward has nothing for an output of what flows back.
  private var isIdle: Bool { lanes.count == 3 && phaseSum == .absolute && port.follows == .reverse }

  private var full: Int128 { PulseConstant.kilowattHour * Int128(port.constant.denominator) * Self.perMille }

  /// Feels a stretch of constant power (ms), and calls `pulse` with each µs at which a quantum is full.
  mutating func feel(
    _ segment: FlowSegment, _ signs: PhaseSigns, phases: Int, from start: Int64, to end: Int64,
    factor: Int64, _ pulse: (Int64) -> Void
  ) {
    let each = [signs.l1 * segment.l1, signs.l2 * segment.l2, signs.l3 * segment.l3]
    powers = lanes.count == 3 ? each : [phases == 1 ? each[0] : each[0] + each[1] + each[2]]
    var from = start
    if end >= windowEnd {
      count(from, to: windowEnd, factor, pulse)
      for index in lanes.indices { lanes[index].book() }
      from = windowEnd
      let window = lanes[0].window
      windowEnd += window
      // Over whole windows of one power nothing is netted: they are one stretch.
      let whole = (end - from) / window * window
      if whole > 0 {
        count(from, to: from + whole, factor, pulse)
        for index in lanes.indices { lanes[index].book() }
        from += whole
        windowEnd += whole
      }
    }
    count(from, to: end, factor, pulse)
  }

  private mutating func count(_ from: Int64, to end: Int64, _ factor: Int64, _ pulse: (Int64) -> Void) {
    let length = (end - from) * 1000
    guard length > 0, !isIdle else { return }
    let total = gain(length, factor)
    var (due, lowest) = (full - phase, Int64(0))
    while total >= due {
      lowest = first(atLeast: due, factor, lowest...length)
      pulse(from * 1000 + lowest)
      due += full
    }
    phase = total - (due - full)
    for index in lanes.indices { lanes[index].move(powers[index], length) }
  }

  /// In how many µs the next pulse is due if the power stays; nil if not within `limit`.
  func wait(factor: Int64, within limit: TimeSpan) -> TimeSpan? {
    guard !isIdle, gain(limit.microseconds, factor) >= full - phase else { return nil }
    return TimeSpan(microseconds: first(atLeast: full - phase, factor, 0...limit.microseconds))
  }

  private func gain(_ microseconds: Int64, _ factor: Int64) -> Int128 {
    var sum: Int128 = 0
    for (lane, power) in zip(lanes, powers) { sum += lane.gain(power, microseconds) }
    return sum * Int128(port.constant.numerator) * Int128(factor)
  }

  /// The first µs in a range by whose end enough has come. It has by the range's own end; and since gains are
  /// convex or never fall, it stays so once it is.
  private func first(atLeast due: Int128, _ factor: Int64, _ range: ClosedRange<Int64>) -> Int64 {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = low + (high - low) / 2
      if gain(middle, factor) >= due { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
