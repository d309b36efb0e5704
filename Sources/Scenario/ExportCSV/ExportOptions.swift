// What a person may state about an export file. What is stated wins over what is seen; what is neither stated
// nor plain to see is an error that names the choices.

public import Units

/// Everything that can be stated about a file of half-hourly export.
public struct ExportOptions: Hashable, Sendable {
  /// Which end of the half-hour a stamp marks (R-SP-04).
  public enum Stamps: String, Hashable, Sendable, CaseIterable { case start, end }

  /// The clock that stamps are read on.
  public enum Zone: String, Hashable, Sendable, CaseIterable {
    case utc
    /// The wall clock in Britain, without an offset.
    case london
    /// Each stamp carries its own offset.
    case offset
  }

  public enum Unit: String, Hashable, Sendable, CaseIterable {
    case kilowattHours = "kWh"
    case wattHours = "Wh"
    case megawattHours = "MWh"

    /// Power of ten over 1 Wh.
    var power: Int {
      switch self {
      case .kilowattHours: 3
      case .wattHours: 0
      case .megawattHours: 6
      }
    }
  }

  /// What a half-hour without a row is (DH-01).
  public enum Zero: String, Hashable, Sendable, CaseIterable {
    /// The file leaves out half-hours in which nothing was exported.
    case omitted
    /// It is missing, and stays so.
    case missing
  }

  /// How 04/05/2026 is read (DH-06).
  public enum Dates: String, Hashable, Sendable, CaseIterable {
    case dayFirst = "dmy"
    case monthFirst = "mdy"
  }

  /// Which mark stands before the decimals.
  public enum Decimal: String, Hashable, Sendable, CaseIterable { case point, comma }

  public var columns: [ExportRole: ColumnName]
  public var stamps: Stamps?
  public var zone: Zone?
  public var unit: Unit?
  public var zero: Zero?
  public var dates: Dates?
  public var decimal: Decimal?
  /// The supply to read, in a file of several.
  public var mpan: MPAN?
  /// The span asked for; the extent of the rows where it is not stated.
  public var from: Instant?
  public var until: Instant?

  public init(
    columns: [ExportRole: ColumnName] = [:], stamps: Stamps? = nil, zone: Zone? = nil, unit: Unit? = nil,
    zero: Zero? = nil, dates: Dates? = nil, decimal: Decimal? = nil, mpan: MPAN? = nil, from: Instant? = nil,
    until: Instant? = nil
  ) {
    (self.columns, self.stamps, self.zone, self.unit) = (columns, stamps, zone, unit)
    (self.zero, self.dates, self.decimal) = (zero, dates, decimal)
    (self.mpan, self.from, self.until) = (mpan, from, until)
  }
}
