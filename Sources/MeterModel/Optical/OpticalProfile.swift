// The load profile of an optical port: what P.01 answers (the VDEW convention, which GB meters with P.01
// follow; the standard leaves the data set of R5 and R6 to the maker).

public import Units

/// A profile that R5 or R6 reads by its address.
public struct OpticalProfile: Hashable, Sendable {
  public struct Column: Hashable, Sendable {
    public enum Shows: String, Hashable, Sendable, CaseIterable {
      /// The energy of the interval.
      case energy
      /// The mean power of the interval: twice the energy for half-hours.
      case power
    }

    /// As the header writes it: `1.5.0`, `2.8.0`.
    public var address: String
    public var role: RegisterRole
    public var shows: Shows
    public var form: OpticalNumberForm

    public init(
      _ address: String, _ role: RegisterRole, shows: Shows = .energy, form: OpticalNumberForm
    ) {
      (self.address, self.role, self.shows, self.form) = (address, role, shows, form)
    }
  }

  /// Which end of the interval the header's stamp marks.
  public enum Mark: String, Hashable, Sendable, CaseIterable { case start, end }

  /// What it holds.
  public enum Content: Hashable, Sendable {
    /// The half-hours of the meter's log, in these columns.
    case halfHours([Column])
    /// The event log (P.98): a header for each event with its status, and no rows of numbers.
    case events
  }

  /// `P.01`, `P.02`, `P.98`.
  public var address: String
  public var content: Content
  /// `YYMMDDhhmm` with or without the season digit before it.
  public var stamp: OpticalClockPattern
  public var mark: Mark
  /// The most rows in one block of R6; 0: one block for all.
  public var rowsPerBlock: Int

  public init(
    address: String = "P.01", content: Content, stamp: OpticalClockPattern = .init("SYYMMDDhhmm"),
    mark: Mark = .end, rowsPerBlock: Int = 0
  ) {
    (self.address, self.content, self.stamp) = (address, content, stamp)
    (self.mark, self.rowsPerBlock) = (mark, rowsPerBlock)
  }
}
