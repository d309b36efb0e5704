// What each element of a polyphase meter makes of the three phases, when transformers, voltages or the
// neutral are not as they should be. Element i multiplies its voltage with the current that its leads bring
// it. Taken at the phase angle of the load (power factor 1 unless said otherwise), a voltage and the current
// of another phase stand 120° apart, whose cosine is −1/2.

/// Wiring errors, in millionths. Factors of one kind multiply; each fault has a field of its own, so the
/// order in which they come does not matter.
struct PhaseErrors: Hashable, Sendable {
  /// What the current path of each phase gives of the true current: wrong ratio.
  var current: [Int64] = [Gain.million, Gain.million, Gain.million]
  /// What each voltage path gives of the true voltage: missing potential.
  var voltage: [Int64] = [Gain.million, Gain.million, Gain.million]
  /// Which phase's current reaches element 1, 2, 3; from 0.
  var leads = [0, 1, 2]
  /// Reactive power of the load as a share of active power, for crossed leads.
  var reactive: Int64 = 0
  /// How far the meter's own neutral stands towards phase 1, as a share of the phase voltage.
  var neutral: Int64 = 0

  var isNone: Bool { self == PhaseErrors() }

  mutating func scaleCurrent(_ phase: Int, by numerator: Int64, over denominator: Int64) {
    current[phase] = scaleRounded(current[phase], numerator, over: denominator)
  }

  mutating func scaleVoltage(_ phase: Int, ppm: Int64) {
    voltage[phase] = scaleRounded(voltage[phase], ppm, over: Gain.million)
  }
}

/// The same as a matrix, made once at the edge of a block.
struct PhaseMixing: Sendable {
  /// For each element, the phase it takes its current from and the factor in ppm.
  private let terms: [(phase: Int, factor: Int64)]

  /// √3 / 2 in millionths.
  private static let sine: Int64 = 866_025

  init(_ errors: PhaseErrors, signs: PhaseSigns) {
    let signs = [signs.l1, signs.l2, signs.l3]
    terms = (0..<3).map { element in
      let phase = errors.leads[element]
      // Re(V_i · conj I_j) over the true power of phase j, the neutral's offset taken off the voltage.
      let own = scaleRounded(
        errors.voltage[element], Self.angle(element, phase, errors.reactive), over: Gain.million)
      let offset = scaleRounded(errors.neutral, Self.angle(0, phase, errors.reactive), over: Gain.million)
      return (phase, signs[phase] * scaleRounded(own - offset, errors.current[phase], over: Gain.million))
    }
  }

  /// cos(θ_i − θ_j) − q sin(θ_i − θ_j) in ppm: the share of a phase's power that its current makes with the
  /// voltage of another.
  private static func angle(_ voltage: Int, _ current: Int, _ reactive: Int64) -> Int64 {
    switch (voltage - current + 3) % 3 {
    case 0: Gain.million
    case 1: -Gain.million / 2 + scaleRounded(reactive, sine, over: Gain.million)
    default: -Gain.million / 2 - scaleRounded(reactive, sine, over: Gain.million)
    }
  }

  @inline(__always)
  func power(_ element: Int, _ l1: Int64, _ l2: Int64, _ l3: Int64) -> Int64 {
    let term = terms[element]
    let power = term.phase == 0 ? l1 : term.phase == 1 ? l2 : l3
    return scaleRounded(power, term.factor, over: Gain.million)
  }
}
