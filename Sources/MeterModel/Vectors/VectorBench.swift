// Drives the real `Meter` with the flow of a vector. A meter lives in whole ms and mW; a vector may ask for
// 12.5 ms or 0.3 mW, so the whole case is scaled up until every number is whole, and its answers down again:
// counting is linear in time and in power, and buckets and windows scale with them.

internal import Timeline
internal import Units

/// A stretch of constant power in a vector.
struct VectorStretch {
  var milliseconds: Fraction
  /// By phase.
  var milliwatts: [Fraction]
}

/// A case, scaled to whole numbers.
struct VectorBench {
  /// Whole segments; they end on whole mains cycles, so that netting by the cycle splits directions exactly.
  let segments: [FlowSegment]
  /// By how much energies are too large.
  let scale: Int128
  /// End of the case in ms.
  let end: Int64

  private static let mainsCycle: Int128 = 20
  /// Within these, the energy of any stretch of the case stays inside 64 bits.
  private static let greatestPower: Int128 = 1_000_000_000_000
  private static let greatestTime: Int128 = 4_000_000_000_000
  private static let greatestEnergy: Int128 = 4_000_000_000_000_000_000
  private static let greatestLength = 4_000_000

  /// `quantum` in mW·ms must become whole too. Nil for a case that is too fine, long or strong to be lived
  /// through.
  init?(_ cycle: [VectorStretch], times: Int, quantum: Fraction? = nil) {
    guard let (scale, steps) = try? Self.scaled(cycle, quantum: quantum) else { return nil }
    guard cycle.count * times <= Self.greatestLength else { return nil }
    for step in steps {
      guard step.milliseconds <= Self.greatestTime, step.levels.allSatisfy({ abs($0) <= Self.greatestPower })
      else { return nil }
    }
    let energy = steps.reduce(0) { $0 + $1.magnitude } * Int128(times)
    let end = steps.reduce(0) { $0 + $1.milliseconds } * Int128(times)
    guard end <= Self.greatestTime, energy <= Self.greatestEnergy else { return nil }
    (segments, self.scale, self.end) = (Self.segments(steps, times: times), scale, Int64(end))
  }

  private static func scaled(_ cycle: [VectorStretch], quantum: Fraction?) throws(FractionError) -> (
    Int128, [Step]
  ) {
    let (time, power) = try scales(cycle, quantum: quantum)
    var steps: [Step] = []
    for one in cycle { steps.append(try Step(one, time: time, power: power)) }
    guard let scale = try (Fraction(time) * Fraction(power)).whole else { throw .tooLarge }
    return (scale, steps)
  }

  /// Energies of a meter that lived through the case; Wh, scaled down again.
  struct Result {
    var imported: Fraction
    var exported: Fraction
    /// What is left in the bucket.
    var held: Fraction
  }

  func run(
    phases: Int = 1, flow: FlowMode, netting: Netting = .cycle, phaseSum: PhaseSum = .vector, row: VectorRow
  ) throws(VectorError) -> Result {
    let profile = Profile(
      name: "vector", title: "Vector", kind: .electronic, phases: phases, flow: flow, netting: netting,
      phaseSum: phaseSum,
      registers: [
        RegisterFace(role: .import, rollover: .digits(12)),
        RegisterFace(role: .export, rollover: .digits(12)),
      ])
    let meter = Meter(profile: profile, serial: "vector", at: .epoch, stream: RandomStream(seed: 0))
    meter.advance(through: segments)
    return try row.exactly { () throws(FractionError) in
      Result(
        imported: try wattHours(meter.exactCount(.import)),
        exported: try wattHours(meter.exactCount(.export)),
        held: try wattHours(Int128(meter.held)))
    }
  }

  private func wattHours(_ fine: Int128) throws(FractionError) -> Fraction {
    try Fraction(fine, over: scale) / Fraction(Int128(FineEnergy.perWattHour))
  }

  /// The least factors of time and power that make every number whole.
  private static func scales(_ cycle: [VectorStretch], quantum: Fraction?) throws(FractionError) -> (
    Int128, Int128
  ) {
    var (time, power): (Int128, Int128) = (1, 1)
    for stretch in cycle {
      let cycles = try stretch.milliseconds / Fraction(mainsCycle)
      time = try Fraction.leastCommonMultiple(time, cycles.denominator)
      for one in stretch.milliwatts { power = try Fraction.leastCommonMultiple(power, one.denominator) }
    }
    if let quantum {
      let both = try quantum * Fraction(time) * Fraction(power)
      power = try (Fraction(power) * Fraction(both.denominator)).numerator
    }
    return (time, power)
  }

  /// `times` rounds of the steps, from the epoch on.
  private static func segments(_ steps: [Step], times: Int) -> [FlowSegment] {
    var segments: [FlowSegment] = []
    segments.reserveCapacity(steps.count * times)
    var end: Int64 = 0
    for _ in 0..<times {
      for step in steps {
        end += Int64(step.milliseconds)
        let phases = step.levels.map { Int64($0) } + [0, 0, 0]
        segments.append(FlowSegment(endMilliseconds: end, l1: phases[0], l2: phases[1], l3: phases[2]))
      }
    }
    return segments
  }

  /// A stretch in whole numbers.
  private struct Step {
    let milliseconds: Int128
    let levels: [Int128]

    init(_ one: VectorStretch, time: Int128, power: Int128) throws(FractionError) {
      milliseconds = try (one.milliseconds * Fraction(time)).numerator
      var levels: [Int128] = []
      for level in one.milliwatts { levels.append(try (level * Fraction(power)).numerator) }
      self.levels = levels
    }

    var magnitude: Int128 { levels.reduce(0) { $0 + abs($1) } * milliseconds }
  }
}
