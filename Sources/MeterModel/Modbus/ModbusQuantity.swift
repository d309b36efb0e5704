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

    /// Where this kind can be measured.
    public var places: [Place] {
      switch self {
      case .voltage: [.l1, .l2, .l3, .l1l2, .l2l3, .l3l1, .lineNeutralAverage, .lineLineAverage]
      case .current: [.l1, .l2, .l3, .average, .sum, .neutral]
      case .activePower, .apparentPower, .reactivePower, .powerFactor, .phaseAngle: [.l1, .l2, .l3, .total]
      case .activeEnergyImport, .activeEnergyExport, .activeEnergyTotal, .reactiveEnergyImport,
        .reactiveEnergyExport, .reactiveEnergyTotal:
        [.whole, .l1, .l2, .l3]
      case .voltageDistortion: [.l1, .l2, .l3, .l1l2, .l2l3, .l3l1, .average, .lineLineAverage]
      case .currentDistortion: [.l1, .l2, .l3, .average]
      case .frequency, .apparentEnergy, .charge, .runningTime, .serialNumber: [.whole]
      }
    }

    /// The units in which it can be shown.
    public var units: [ModbusUnit] {
      switch self {
      case .voltage: [.volt]
      case .current: [.ampere]
      case .activePower: [.watt, .kilowatt]
      case .apparentPower: [.voltAmpere]
      case .reactivePower: [.reactive]
      case .powerFactor, .serialNumber: [.one]
      case .phaseAngle: [.degree]
      case .frequency: [.hertz]
      case .activeEnergyImport, .activeEnergyExport, .activeEnergyTotal: [.kilowattHour, .wattHour]
      case .reactiveEnergyImport, .reactiveEnergyExport, .reactiveEnergyTotal: [.kiloreactiveHour]
      case .apparentEnergy: [.kilovoltAmpereHour]
      case .charge: [.ampereHour]
      case .voltageDistortion, .currentDistortion: [.percent]
      case .runningTime: [.hour]
      }
    }

    /// Whether its sign tells a direction of energy, so that a map must say which direction is positive.
    public var isDirected: Bool { self == .activePower || self == .powerFactor }
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

/// The units of Modbus registers, as profiles write them.
public enum ModbusUnit: String, Hashable, Sendable, CaseIterable {
  case volt = "V"
  case ampere = "A"
  case watt = "W"
  case kilowatt = "kW"
  case voltAmpere = "VA"
  case reactive = "var"
  case hertz = "Hz"
  case wattHour = "Wh"
  case kilowattHour = "kWh"
  case kiloreactiveHour = "kvarh"
  case kilovoltAmpereHour = "kVAh"
  case ampereHour = "Ah"
  case degree = "deg"
  case percent = "%"
  case hour = "h"
  /// A plain number.
  case one = "-"

  /// How many of the base unit (V, A, W, VA, var, Hz, Wh …) it holds.
  public var perBase: Int64 {
    switch self {
    case .kilowatt, .kilowattHour, .kiloreactiveHour, .kilovoltAmpereHour: 1000
    default: 1
    }
  }
}
