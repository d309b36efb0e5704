// What a person may state about a rate file.

/// What a column of a rate file says.
public enum RateRole: String, Hashable, Sendable, CaseIterable, ColumnRole {
  /// From when a price holds.
  case from
  /// Until when; a row without it holds for one half-hour.
  case to
  case price

  public static let option = "--rate-map"
}

/// Everything that can be stated about a file of unit rates.
public struct RateOptions: Hashable, Sendable {
  /// What a number of the price column is.
  public enum Unit: String, Hashable, Sendable, CaseIterable {
    case pencePerKilowattHour = "p/kWh"
    case poundsPerKilowattHour = "£/kWh"
    case poundsPerMegawattHour = "£/MWh"

    /// Power of ten over 1e-6 p/kWh.
    var power: Int {
      switch self {
      case .pencePerKilowattHour: 6
      case .poundsPerKilowattHour: 8
      case .poundsPerMegawattHour: 5
      }
    }
  }

  public var columns: [RateRole: ColumnName]
  public var unit: Unit?
  public var zone: ExportOptions.Zone?
  public var dates: ExportOptions.Dates?

  public init(
    columns: [RateRole: ColumnName] = [:], unit: Unit? = nil, zone: ExportOptions.Zone? = nil,
    dates: ExportOptions.Dates? = nil
  ) {
    (self.columns, self.unit, self.zone, self.dates) = (columns, unit, zone, dates)
  }
}
