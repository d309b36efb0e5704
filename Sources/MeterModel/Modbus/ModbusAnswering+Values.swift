// From what a meter measures to what its registers name. Only power and energy are measured; everything else
// follows from them and from the named supply (`ModbusMap.Supply`).

internal import Units

extension ModbusAnswering {
  /// A quantity in its base unit (V, A, W, Wh …), exactly. 0 for a phase or register that the meter has not.
  func value(of quantity: ModbusQuantity, _ visit: Visit) -> ExactRatio {
    let place = quantity.place
    return switch quantity.kind {
    case .voltage: voltage(place, visit)
    case .current: current(place, visit)
    case .activePower: ExactRatio(visit.active(place), over: 1000)
    case .activePowerImport: ExactRatio(oneWay(1, visit), over: 1000)
    case .activePowerExport: ExactRatio(oneWay(-1, visit), over: 1000)
    case .apparentPower: ExactRatio(visit.apparent(place), over: 1000)
    case .reactivePower: ExactRatio(visit.reactive(place), over: 1000)
    case .powerFactor: powerFactor(place, visit)
    case .powerFactorQuadrant: quadrantCode(place, visit)
    case .phaseAngle: ExactRatio(visit.angle(place), over: 1_000_000)
    case .frequency: ExactRatio(map.supply.millihertz, over: 1000)
    case .voltageDistortion: distortion(map.supply.voltageDistortion, place, visit)
    case .currentDistortion: distortion(map.supply.currentDistortion, place, visit)
    case .runningTime: ExactRatio((visit.instant - poweredSince).microseconds / 1_000_000, over: 3600)
    case .serialNumber: ExactRatio(Int64(meter.serialNumber))
    case .operatingState: ExactRatio(visit.active(place) > 0 ? Self.tracking : Self.sleeping)
    default: quantity.kind.isDemand ? demand(quantity) : energy(quantity)
    }
  }

  /// mW of all phases in one direction, as the meter's energies count it: each phase by itself, or their sum.
  private func oneWay(_ sign: Int64, _ visit: Visit) -> Int64 {
    guard meter.countsByPhase else { return max(sign * visit.active(.total), 0) }
    return [ModbusQuantity.Place.l1, .l2, .l3].reduce(0) { $0 + max(sign * visit.active($1), 0) }
  }

  /// Of SunSpec's `St`: 2 asleep, 4 tracking the power point.
  private static let (sleeping, tracking) = (Int64(2), Int64(4))

  /// Volts. The phases are alike, 120° apart: between two of them stands √3 of the voltage to neutral.
  private func voltage(_ place: ModbusQuantity.Place, _ visit: Visit) -> ExactRatio {
    let millivolts = map.supply.millivolts
    return switch place {
    case .l1, .lineNeutralAverage: ExactRatio(millivolts, over: 1000)
    case .l2, .l3: ExactRatio(visit.phaseCount > 1 ? millivolts : 0, over: 1000)
    default:
      visit.phaseCount > 1
        ? ExactRatio(squareRoot(3 * Int128(millivolts) * Int128(millivolts)), over: 1000) : .zero
    }
  }

  /// Amperes without sign: S / U of the phase.
  private func current(_ place: ModbusQuantity.Place, _ visit: Visit) -> ExactRatio {
    let millivolts = map.supply.millivolts
    return switch place {
    case .neutral: ExactRatio(visit.phaseCount > 1 ? visit.neutral : visit.apparent(.l1), over: millivolts)
    case .average: ExactRatio(visit.apparentSum, over: millivolts * visit.phaseCount)
    case .sum: ExactRatio(visit.apparentSum, over: millivolts)
    default: ExactRatio(visit.apparent(place), over: millivolts)
    }
  }

  /// P / S of the place, signed as active power; 1 where nothing flows (our assumption).
  private func powerFactor(_ place: ModbusQuantity.Place, _ visit: Visit) -> ExactRatio {
    let (active, apparent) = (visit.active(place), visit.apparent(place))
    guard apparent != 0 else { return ExactRatio(1) }
    // Powers of phases that cancel give a true fraction; shift both down until the denominator is small
    // enough.
    let shift = max(0, 27 - apparent.leadingZeroBitCount)
    return ExactRatio(active >> Int64(shift), over: max(apparent >> Int64(shift), 1))
  }

  /// A lagging factor as it is; a leading one as 2 − PF, or −2 − PF below zero (recalled of Schneider's PF
  /// format, our assumption).
  private func quadrantCode(_ place: ModbusQuantity.Place, _ visit: Visit) -> ExactRatio {
    let factor = powerFactor(place, visit)
    let (active, reactive) = (visit.active(place), visit.reactive(place))
    guard reactive != 0, (reactive < 0) != (active < 0) else { return factor }
    let two = 2 * factor.denominator
    return ExactRatio((factor.numerator < 0 ? -two : two) - factor.numerator, over: factor.denominator)
  }

  /// Per cent; 0 on a phase that the meter has not.
  private func distortion(_ tenths: Int64, _ place: ModbusQuantity.Place, _ visit: Visit) -> ExactRatio {
    let isOnlyOnThree = place != .l1 && place != .average
    return isOnlyOnThree && visit.phaseCount == 1 ? .zero : ExactRatio(tenths, over: 10)
  }

  /// A mean of the last period, in W, VA or A.
  private func demand(_ quantity: ModbusQuantity) -> ExactRatio {
    guard let demand = meter.demand else { return .zero }
    let items: [ModbusQuantity.Place: DemandCounter.Item] = [
      .import: .import, .importMax: .import, .export: .export, .exportMax: .export, .l1: .l1, .l2: .l2,
      .l3: .l3,
    ]
    let item = items[quantity.place] ?? .total
    let supply = map.supply
    switch quantity.kind {
    case .activePowerDemand:
      let isMost = [.totalMax, .importMax, .exportMax].contains(quantity.place)
      return ExactRatio(isMost ? demand.largest(item) : demand[item], over: 1000)
    case .currentDemand: return ExactRatio(supply.apparent(of: demand[item]), over: supply.millivolts)
    case .currentDemandMax:
      return ExactRatio(supply.apparent(of: demand.largest(item)), over: supply.millivolts)
    case .apparentPowerDemand: return ExactRatio(supply.apparent(of: demand[.total]), over: 1000)
    case .apparentPowerDemandMax: return ExactRatio(supply.apparent(of: demand.largest(.total)), over: 1000)
    case .neutralCurrentDemand: return ExactRatio(demand[.neutral], over: supply.millivolts)
    default: return ExactRatio(demand.largest(.neutral), over: supply.millivolts)
    }
  }
}
