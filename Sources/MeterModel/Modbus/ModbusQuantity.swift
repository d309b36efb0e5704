// What a Modbus register can show. One vocabulary for all makes of meter: a kind, and a place where it is
// measured. Written in profiles as `active-power-l1`, `voltage-l1-l2`, `active-energy-import`.

/// A quantity that a register shows.
public struct ModbusQuantity: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case voltage
    case current
    case activePower = "active-power"
    case apparentPower = "apparent-power"
    case reactivePower = "reactive-power"
    case powerFactor = "power-factor"
    case phaseAngle = "phase-angle"
    case frequency
    case activeEnergyImport = "active-energy-import"
    case activeEnergyExport = "active-energy-export"
    case activeEnergyTotal = "active-energy-total"
    case reactiveEnergyImport = "reactive-energy-import"
    case reactiveEnergyExport = "reactive-energy-export"
    case reactiveEnergyTotal = "reactive-energy-total"
    case apparentEnergy = "apparent-energy"
    case charge
    case voltageDistortion = "voltage-thd"
    case currentDistortion = "current-thd"
    case runningTime = "running-time"
    case serialNumber = "serial-number"
    /// Import less export: it falls while exporting.
    case activeEnergyNet = "active-energy-net"
    // Copies beside the register that nobody can reset: here they say the same.
    case activeEnergyImportResettable = "active-energy-import-resettable"
    case activeEnergyExportResettable = "active-energy-export-resettable"
    case activeEnergyTotalResettable = "active-energy-total-resettable"
    case activeEnergyImportPartial = "active-energy-import-partial"
    case reactiveEnergyImportPartial = "reactive-energy-import-partial"
    /// The first of two rates; all is counted there.
    case activeEnergyImportFirstRate = "active-energy-import-tariff1"
    // What is below 1 kWh, for maps that show whole kWh and the rest in two values.
    case activeEnergyImportRest = "active-energy-import-thousandths"
    case activeEnergyExportRest = "active-energy-export-thousandths"
    case apparentEnergyImport = "apparent-energy-import"
    case apparentEnergyExport = "apparent-energy-export"
    // Reactive energy by quadrant of S = P + jQ, import positive.
    case reactiveEnergyFirst = "reactive-energy-q1"
    case reactiveEnergySecond = "reactive-energy-q2"
    case reactiveEnergyThird = "reactive-energy-q3"
    case reactiveEnergyFourth = "reactive-energy-q4"
    // What flows in one direction only; 0 while it flows the other way.
    case activePowerImport = "active-power-import"
    case activePowerExport = "active-power-export"
    case activePowerDemand = "active-power-demand"
    case currentDemand = "current-demand"
    case currentDemandMax = "current-demand-max"
    case apparentPowerDemand = "apparent-power-demand"
    case apparentPowerDemandMax = "apparent-power-demand-max"
    case neutralCurrentDemand = "neutral-current-demand"
    case neutralCurrentDemandMax = "neutral-current-demand-max"
    /// Lead and lag told by numbers beyond ± 1 (Schneider).
    case powerFactorQuadrant = "power-factor-quadrant"
    /// SunSpec's operating state of an inverter (enum16 `St`).
    case operatingState = "operating-state"

    /// Where this kind can be measured.
    public var places: [Place] {
      switch self {
      case .voltage: [.l1, .l2, .l3, .l1l2, .l2l3, .l3l1, .lineNeutralAverage, .lineLineAverage]
      case .current: [.l1, .l2, .l3, .average, .sum, .neutral]
      case .activePower, .apparentPower, .reactivePower, .powerFactor, .phaseAngle: [.l1, .l2, .l3, .total]
      case .activeEnergyImport, .activeEnergyExport, .activeEnergyTotal, .reactiveEnergyImport,
        .reactiveEnergyExport, .reactiveEnergyTotal, .apparentEnergyImport, .apparentEnergyExport,
        .reactiveEnergyFirst, .reactiveEnergySecond, .reactiveEnergyThird, .reactiveEnergyFourth:
        [.whole, .l1, .l2, .l3]
      case .activePowerImport, .activePowerExport, .powerFactorQuadrant: [.total]
      case .activePowerDemand: [.total, .totalMax, .import, .importMax, .export, .exportMax]
      case .currentDemand, .currentDemandMax: [.l1, .l2, .l3]
      case .voltageDistortion: [.l1, .l2, .l3, .l1l2, .l2l3, .l3l1, .average, .lineLineAverage]
      case .currentDistortion: [.l1, .l2, .l3, .average]
      case .frequency, .apparentEnergy, .charge, .runningTime, .serialNumber, .activeEnergyNet,
        .activeEnergyImportResettable, .activeEnergyExportResettable, .activeEnergyTotalResettable,
        .activeEnergyImportPartial, .reactiveEnergyImportPartial, .activeEnergyImportFirstRate,
        .activeEnergyImportRest, .activeEnergyExportRest, .apparentPowerDemand, .apparentPowerDemandMax,
        .neutralCurrentDemand, .neutralCurrentDemandMax, .operatingState:
        [.whole]
      }
    }

    /// The units in which it can be shown.
    public var units: [ModbusUnit] {
      switch self {
      case .voltage: [.volt]
      case .current, .currentDemand, .currentDemandMax, .neutralCurrentDemand, .neutralCurrentDemandMax:
        [.ampere]
      case .activePower, .activePowerImport, .activePowerExport, .activePowerDemand: [.watt, .kilowatt]
      case .apparentPower, .apparentPowerDemand, .apparentPowerDemandMax: [.voltAmpere, .kilovoltAmpere]
      case .reactivePower: [.reactive, .kiloreactive]
      case .powerFactor: [.one, .hundredths]
      case .powerFactorQuadrant, .serialNumber, .operatingState: [.one]
      case .phaseAngle: [.degree]
      case .frequency: [.hertz]
      case .activeEnergyImport, .activeEnergyExport, .activeEnergyTotal, .activeEnergyNet,
        .activeEnergyImportResettable, .activeEnergyExportResettable, .activeEnergyTotalResettable,
        .activeEnergyImportPartial, .activeEnergyImportFirstRate, .activeEnergyImportRest,
        .activeEnergyExportRest:
        [.kilowattHour, .wattHour]
      case .reactiveEnergyImport, .reactiveEnergyExport, .reactiveEnergyTotal, .reactiveEnergyImportPartial,
        .reactiveEnergyFirst, .reactiveEnergySecond, .reactiveEnergyThird, .reactiveEnergyFourth:
        [.kiloreactiveHour, .reactiveHour]
      case .apparentEnergy, .apparentEnergyImport, .apparentEnergyExport:
        [.kilovoltAmpereHour, .voltAmpereHour]
      case .charge: [.ampereHour]
      case .voltageDistortion, .currentDistortion: [.percent]
      case .runningTime: [.hour]
      }
    }

    /// Whether its sign tells a direction of energy, so that a map must say which direction is positive.
    public var isDirected: Bool {
      self == .activePower || self == .powerFactor || self == .powerFactorQuadrant
    }

    /// Whether it counts for the meter's life.
    public var isEnergy: Bool {
      units.contains { [.kilowattHour, .kiloreactiveHour, .kilovoltAmpereHour].contains($0) }
    }

    /// Whether it is a mean over the demand period, or the largest such mean.
    public var isDemand: Bool {
      switch self {
      case .activePowerDemand, .currentDemand, .currentDemandMax, .apparentPowerDemand,
        .apparentPowerDemandMax, .neutralCurrentDemand, .neutralCurrentDemandMax:
        true
      default: false
      }
    }
  }

  public enum Place: String, Hashable, Sendable, CaseIterable {
    /// The meter as a whole, or nowhere in particular.
    case whole = ""
    case l1
    case l2
    case l3
    case l1l2 = "l1-l2"
    case l2l3 = "l2-l3"
    case l3l1 = "l3-l1"
    case lineNeutralAverage = "ln-avg"
    case lineLineAverage = "ll-avg"
    case average = "avg"
    case sum
    case total
    case neutral
    // Of demand: which flow, now and at most.
    case totalMax = "total-max"
    case `import`
    case importMax = "import-max"
    case export
    case exportMax = "export-max"

    /// The phase, where the place is one.
    var phase: MeterPhase? {
      switch self {
      case .l1: .l1
      case .l2: .l2
      case .l3: .l3
      default: nil
      }
    }
  }

  public var kind: Kind
  public var place: Place

  /// Any kind at a place it can be measured at; nothing else can be made.
  public init?(_ kind: Kind, at place: Place = .whole) {
    guard kind.places.contains(place) else { return nil }
    (self.kind, self.place) = (kind, place)
  }

  /// Every quantity there is.
  public static let all: [ModbusQuantity] = Kind.allCases.flatMap { kind in
    kind.places.compactMap { ModbusQuantity(kind, at: $0) }
  }

  /// As written in profiles.
  public var name: String { place == .whole ? kind.rawValue : "\(kind.rawValue)-\(place.rawValue)" }

  /// By its written name.
  public init?(named name: String) {
    guard let known = Self.byName[name] else { return nil }
    self = known
  }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}

/// A phase of the supply. A single-phase meter has `l1` alone.
public enum MeterPhase: Int, Hashable, Sendable, CaseIterable {
  case l1, l2, l3
}
