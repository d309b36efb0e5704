// From what a meter measures to what its registers name. Only power and energy are measured; voltage and
// frequency are the named parameters of the supply, and everything else follows from these at power factor 1
// and without distortion: current = |P| / U, apparent power = |P|, no reactive power, an angle of 0° or,
// exporting, 180°.

internal import Units

/// What is the same for all values of one answer.
struct Visit {
  let instant: Instant
  let phaseCount: Int64
  let l1: Int64
  let l2: Int64
  let l3: Int64

  init(_ meter: any RegisterSource, at instant: Instant) {
    let power = meter.measuredPower
    (self.instant, phaseCount) = (instant, Int64(meter.phaseCount))
    (l1, l2, l3) = (power.l1.milliwatts, power.l2.milliwatts, power.l3.milliwatts)
  }

  /// mW, positive for import; the sum for a place that is no phase.
  func signedMilliwatts(_ place: ModbusQuantity.Place) -> Int64 {
    switch place {
    case .l1: l1
    case .l2: l2
    case .l3: l3
    default: l1 + l2 + l3
    }
  }

  /// mW without sign; the sum of the phases' magnitudes for a place that is no phase.
  func milliwattsEitherWay(_ place: ModbusQuantity.Place) -> Int64 {
    switch place {
    case .l1: abs(l1)
    case .l2: abs(l2)
    case .l3: abs(l3)
    default: abs(l1) + abs(l2) + abs(l3)
    }
  }

  /// The currents as vectors 120° apart, times the voltage: √(a² + b² + c² − ab − bc − ca).
  var neutralMilliwatts: Int64 {
    let (a, b, c) = (Int128(l1), Int128(l2), Int128(l3))
    return squareRoot(a * a + b * b + c * c - a * b - b * c - c * a)
  }
}

extension ModbusAnswering {
  /// A quantity in its base unit (V, A, W, Wh …), exactly. 0 for a phase or register that the meter has not.
  func value(of quantity: ModbusQuantity, _ visit: Visit) -> ExactRatio {
    switch quantity.kind {
    case .voltage: voltage(quantity.place, visit)
    case .current: current(quantity.place, visit)
    case .activePower: ExactRatio(visit.signedMilliwatts(quantity.place), over: 1000)
    case .apparentPower: ExactRatio(visit.milliwattsEitherWay(quantity.place), over: 1000)
    case .powerFactor: powerFactor(quantity.place, visit)
    case .phaseAngle: ExactRatio(visit.signedMilliwatts(quantity.place) < 0 ? 180 : 0)
    case .frequency: ExactRatio(map.supply.millihertz, over: 1000)
    case .activeEnergyImport: energy(.import, quantity.place)
    case .activeEnergyExport: energy(.export, quantity.place)
    case .activeEnergyTotal: energy(.total, quantity.place)
    case .apparentEnergy: energyEitherWay(over: 1)
    case .charge: energyEitherWay(over: map.supply.millivolts, times: 1000)
    case .reactivePower, .reactiveEnergyImport, .reactiveEnergyExport, .reactiveEnergyTotal,
      .voltageDistortion, .currentDistortion:
      .zero
    case .runningTime: ExactRatio((visit.instant - poweredSince).microseconds / 1_000_000, over: 3600)
    case .serialNumber: ExactRatio(Int64(meter.serialNumber))
    }
  }

  /// Volts. The phases are alike, 120° apart: between two of them stands √3 of the voltage to neutral.
  private func voltage(_ place: ModbusQuantity.Place, _ visit: Visit) -> ExactRatio {
    switch place {
    case .l1, .lineNeutralAverage: ExactRatio(map.supply.millivolts, over: 1000)
    case .l2, .l3: ExactRatio(visit.phaseCount > 1 ? map.supply.millivolts : 0, over: 1000)
    default:
      visit.phaseCount > 1
        ? ExactRatio(
          squareRoot(3 * Int128(map.supply.millivolts) * Int128(map.supply.millivolts)), over: 1000)
        : .zero
    }
  }

  /// Amperes without sign; mW / mV.
  private func current(_ place: ModbusQuantity.Place, _ visit: Visit) -> ExactRatio {
    let millivolts = max(map.supply.millivolts, 1)
    switch place {
    case .neutral: return ExactRatio(visit.neutralMilliwatts, over: millivolts)
    case .average: return ExactRatio(visit.milliwattsEitherWay(.total), over: millivolts * visit.phaseCount)
    default: return ExactRatio(visit.milliwattsEitherWay(place), over: millivolts)
    }
  }

  /// Active power through active and apparent power of the place; 1 where nothing flows (our assumption).
  private func powerFactor(_ place: ModbusQuantity.Place, _ visit: Visit) -> ExactRatio {
    let (active, apparent) = (visit.signedMilliwatts(place), visit.milliwattsEitherWay(place))
    guard apparent != 0 else { return ExactRatio(1) }
    // Powers of phases that cancel give a true fraction; shift both down until the denominator is small
    // enough.
    let shift = max(0, 27 - apparent.leadingZeroBitCount)
    return ExactRatio(active >> Int64(shift), over: max(apparent >> Int64(shift), 1))
  }

  private func energy(_ role: RegisterRole, _ place: ModbusQuantity.Place) -> ExactRatio {
    ExactRatio(meter.readEnergy(role, phase: place.phase)?.value ?? 0)
  }

  /// Import and export together: what flowed at power factor 1, whichever way.
  private func energyEitherWay(over denominator: Int64, times factor: Int64 = 1) -> ExactRatio {
    let both = [RegisterRole.import, .export].reduce(Int64(0)) { sum, role in
      sum + (meter.readEnergy(role, phase: nil)?.value ?? 0)
    }
    return ExactRatio(both * factor, over: max(denominator, 1))
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
