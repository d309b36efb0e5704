// Energies beyond import and export. The power factor is one number for a meter's life, so reactive and
// apparent energy follow from the two registers that are counted; whatever befalls these (a reset, a fault of
// a register) shows in them too.

internal import Units

extension ModbusAnswering {
  /// An energy in Wh, varh, VAh or Ah.
  func energy(_ quantity: ModbusQuantity) -> ExactRatio {
    let phase = quantity.place.phase
    let supply = map.supply
    func read(_ role: RegisterRole) -> Int64 { meter.readEnergy(role, phase: phase)?.value ?? 0 }
    func both() -> Int64 { read(.import) + read(.export) }
    /// Reactive energy counted while Q is above or below zero.
    func reactive(_ wattHours: Int64, _ sign: ModbusMap.Supply.Reactive) -> Int64 {
      supply.reactive == sign ? abs(supply.reactive(of: wattHours)) : 0
    }
    if flaws.names?.sums(quantity.kind) == true { return ExactRatio(both()) }
    let value: Int64 =
      switch flaws.names?.shown(for: quantity.kind) ?? quantity.kind {
      case .activeEnergyImport, .activeEnergyImportResettable, .activeEnergyImportPartial,
        .activeEnergyImportFirstRate:
        read(.import)
      case .activeEnergyExport, .activeEnergyExportResettable: read(.export)
      case .activeEnergyTotal, .activeEnergyTotalResettable: total(phase)
      case .activeEnergyNet: read(.import) - read(.export)
      case .activeEnergyImportRest: floorModulo(read(.import), 1000)
      case .activeEnergyExportRest: floorModulo(read(.export), 1000)
      case .reactiveEnergyImport, .reactiveEnergyImportPartial: reactive(both(), .inductive)
      case .reactiveEnergyExport: reactive(both(), .capacitive)
      case .reactiveEnergyTotal: abs(supply.reactive(of: both()))
      case .reactiveEnergyFirst: reactive(read(.import), .inductive)
      case .reactiveEnergySecond: reactive(read(.export), .inductive)
      case .reactiveEnergyThird: reactive(read(.export), .capacitive)
      case .reactiveEnergyFourth: reactive(read(.import), .capacitive)
      case .apparentEnergyImport: supply.apparent(of: read(.import))
      case .apparentEnergyExport: supply.apparent(of: read(.export))
      case .apparentEnergy: supply.apparent(of: both())
      case .charge: supply.apparent(of: both())
      default: 0
      }
    guard quantity.kind == .charge else { return ExactRatio(value) }
    return ExactRatio(value * 1000, over: supply.millivolts)
  }

  /// The total register; of a meter that keeps none, import and export together.
  private func total(_ phase: MeterPhase?) -> Int64 {
    if let total = meter.readEnergy(.total, phase: phase) { return total.value }
    let (imported, exported) = (
      meter.readEnergy(.import, phase: phase), meter.readEnergy(.export, phase: phase)
    )
    return (imported ?? .zero).value + (exported ?? .zero).value
  }
}

/// How the energies of a meter with a choice of digits are shown.
struct EnergyFormat {
  var decimals: Int
  /// 10^decimals over kWh, for Wh.
  var power: Int64 { (0..<decimals).reduce(1) { power, _ in power * 10 } }
}
