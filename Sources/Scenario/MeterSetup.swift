// A meter of a scenario: which make, where it sits, what its registers say at the start, and how it is reached.

public import MeterModel
public import Units

/// One meter of a story, by the name the story gives it.
public struct MeterSetup: Hashable, Sendable {
  /// What the meter measures.
  public enum Place: String, Hashable, Sendable, CaseIterable {
    /// The flow between site and grid, signed.
    case boundary
    /// What the generators make, always as import of the meter (R-READ-08: never an export reading).
    case generation
  }

  /// How the story calls it: `export`, `import`, `sub-1`.
  public var name: String
  public var profile: Profile
  /// On its nameplate; the story's name in capitals where nothing is said.
  public var serial: String
  /// As written: a wrong one is for the settlement rules to refuse, not for the file reader (R-MPAN-01).
  public var mpan: String?
  /// What the registers say at the start of the story; the others begin at zero.
  public var reads: [RegisterRole: WattHours]
  public var place: Place
  /// Modbus unit id, 1…247; nil for a meter that is not on a line.
  public var unit: UInt8?
  /// Name of the line it is on; nil for a meter that is not on a line.
  public var line: String?
  public var at: Position

  public init(
    name: String, profile: Profile, serial: String? = nil, mpan: String? = nil,
    reads: [RegisterRole: WattHours] = [:], place: Place = .boundary, unit: UInt8? = nil, line: String? = nil,
    at: Position = .nowhere
  ) {
    (self.name, self.profile, self.serial) = (name, profile, serial ?? name.uppercased())
    (self.mpan, self.reads, self.place) = (mpan, reads, place)
    (self.unit, self.line, self.at) = (unit, line, at)
  }
}
