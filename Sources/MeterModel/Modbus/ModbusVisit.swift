// What is the same for all values of one answer: active, reactive and apparent power of each phase. Only
// active power is measured; the rest follows from the supply, so that on every phase S² = P² + Q² and I = S/U
// hold to the last mW, and the phases' P and Q add up to the total.

internal import Units

/// The powers of a meter at one moment, in mW, mvar and mVA.
struct Visit {
  let instant: Instant
  let phaseCount: Int64
  let l1: Int64
  let l2: Int64
  let l3: Int64
  let supply: ModbusMap.Supply

  init(_ meter: any RegisterSource, _ supply: ModbusMap.Supply, at instant: Instant) {
    let power = meter.measuredPower
    (self.instant, phaseCount, self.supply) = (instant, Int64(meter.phaseCount), supply)
    (l1, l2, l3) = (power.l1.milliwatts, power.l2.milliwatts, power.l3.milliwatts)
  }

  /// Positive for import; the sum for a place that is no phase.
  func active(_ place: ModbusQuantity.Place) -> Int64 {
    switch place {
    case .l1: l1
    case .l2: l2
    case .l3: l3
    default: l1 + l2 + l3
    }
  }

  /// Positive where the current lags while importing; the sum for a place that is no phase.
  func reactive(_ place: ModbusQuantity.Place) -> Int64 {
    switch place {
    case .l1, .l2, .l3: supply.reactive(of: active(place))
    default: supply.reactive(of: l1) + supply.reactive(of: l2) + supply.reactive(of: l3)
    }
  }

  /// Never negative; for a place that is no phase, as the supply says.
  func apparent(_ place: ModbusQuantity.Place) -> Int64 {
    switch place {
    case .l1, .l2, .l3: return supply.apparent(of: active(place))
    default:
      guard supply.apparent == .vector else { return apparentSum }
      let (active, reactive) = (Int128(active(.total)), Int128(reactive(.total)))
      return squareRoot(active * active + reactive * reactive)
    }
  }

  /// The phases' apparent powers added up: the currents' sum times the voltage.
  var apparentSum: Int64 { supply.apparent(of: l1) + supply.apparent(of: l2) + supply.apparent(of: l3) }

  /// The current of the neutral times the voltage.
  var neutral: Int64 { Self.neutral(l1, l2, l3, supply) }

  /// The phasors (P − jQ) of three phases, 120° apart, added up: |Σ|² = Σ|Z|² − Σ Re(Zj Zk*) ± √3 Σ Im.
  static func neutral(_ l1: Int64, _ l2: Int64, _ l3: Int64, _ supply: ModbusMap.Supply) -> Int64 {
    guard l2 != 0 || l3 != 0 else { return supply.apparent(of: l1) }
    let active = SIMD3(Double(l1), Double(l2), Double(l3))
    let reactive = SIMD3(
      Double(supply.reactive(of: l1)), Double(supply.reactive(of: l2)), Double(supply.reactive(of: l3)))
    var square = 0.0
    for phase in 0..<3 {
      let next = (phase + 1) % 3
      square += active[phase] * active[phase] + reactive[phase] * reactive[phase]
      square -= active[phase] * active[next] + reactive[phase] * reactive[next]
      // Im(Zj Zk*) with Z = P − jQ, turned by −120° from each phase to the next.
      square -= 3.0.squareRoot() * (active[phase] * reactive[next] - reactive[phase] * active[next])
    }
    return Int64(max(square, 0).squareRoot().rounded())
  }

  /// Of S = P + jQ, in millionths of a degree: 0 importing at power factor 1, 180° exporting.
  func angle(_ place: ModbusQuantity.Place) -> Int64 {
    Int64((Self.angle(Double(active(place)), Double(reactive(place))) * 1_000_000).rounded())
  }

  /// The arctangent of y / x in degrees, −180…180, without a mathematical library: halved thrice, then by its
  /// series, to 10⁻⁹.
  static func angle(_ x: Double, _ y: Double) -> Double {
    guard x != 0 || y != 0 else { return 0 }
    let isSteep = abs(y) > abs(x)
    var tangent = isSteep ? abs(x) / abs(y) : abs(y) / abs(x)
    for _ in 0..<3 { tangent /= 1 + (1 + tangent * tangent).squareRoot() }
    var (sum, power) = (0.0, tangent)
    for odd in stride(from: 1.0, through: 15, by: 2) {
      sum += power / odd
      power *= -tangent * tangent
    }
    let first = sum * 8 * 180 / Double.pi
    let quarter = isSteep ? 90 - first : first
    let half = x < 0 ? 180 - quarter : quarter
    return y < 0 ? -half : half
  }
}

/// The whole part of a square root, by Newton's method; 0 for what is not above zero.
func squareRoot(_ square: Int128) -> Int64 {
  guard square > 0 else { return 0 }
  var guess = Int128(1) << Int128((128 - square.leadingZeroBitCount + 1) / 2)
  while true {
    let next = (guess + square / guess) / 2
    if next >= guess { return Int64(guess) }
    guess = next
  }
}
