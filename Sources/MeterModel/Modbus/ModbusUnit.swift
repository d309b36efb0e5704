// The units of Modbus registers.

/// A unit, as profiles write it.
public enum ModbusUnit: String, Hashable, Sendable, CaseIterable {
  case volt = "V"
  case ampere = "A"
  case watt = "W"
  case kilowatt = "kW"
  case voltAmpere = "VA"
  case kilovoltAmpere = "kVA"
  case reactive = "var"
  case kiloreactive = "kvar"
  case hertz = "Hz"
  case wattHour = "Wh"
  case kilowattHour = "kWh"
  case reactiveHour = "varh"
  case kiloreactiveHour = "kvarh"
  case voltAmpereHour = "VAh"
  case kilovoltAmpereHour = "kVAh"
  case ampereHour = "Ah"
  case degree = "deg"
  case percent = "%"
  case hour = "h"
  /// Hundredths of one, as SunSpec has its power factors.
  case hundredths = "Pct"
  /// A plain number.
  case one = "-"

  /// How many of the base unit (V, A, W, VA, var, Hz, Wh …) it holds.
  public var perBase: Int64 {
    switch self {
    case .kilowatt, .kilovoltAmpere, .kiloreactive, .kilowattHour, .kiloreactiveHour, .kilovoltAmpereHour:
      1000
    default: 1
    }
  }

  /// How many of it make one of the base unit, where it is the smaller.
  public var inBase: Int64 { self == .hundredths ? 100 : 1 }
}
