// A meter of a scenario: which make, where it sits, what its registers say at the start, and how it is
// reached.

public import MeterModel
public import Settlement
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
  /// The export MPAN that stands in its memory at the start, 13 digits (GBCS 1-0:0.0.2); nil: none. That of
  /// the story where nothing is said, of a smart meter that is there for export.
  public var heldMPAN: String?
  /// What the registers say at the start of the story; the others begin at zero.
  public var reads: [RegisterRole: WattHours]
  public var place: Place
  /// What the agreement takes it for.
  public var uses: Set<MeterDetails.Use>
  /// Modbus unit id, 1…247; nil for a meter that is not on a line.
  public var unit: UInt8?
  /// Name of the line it is on; nil for a meter that is not on a line.
  public var line: String?
  public var at: Position

  public init(
    name: String, profile: Profile, serial: String? = nil, mpan: String? = nil,
    reads: [RegisterRole: WattHours] = [:], place: Place = .boundary,
    uses: Set<MeterDetails.Use> = [.import, .export], unit: UInt8? = nil, line: String? = nil,
    at: Position = .nowhere
  ) {
    (self.name, self.profile, self.serial) = (name, profile, serial ?? name.uppercased())
    (self.mpan, self.reads, self.place, self.uses) = (mpan, reads, place, uses)
    (self.unit, self.line, self.at) = (unit, line, at)
  }

  /// The register that is meant where a story names none: export for a meter that is there for export, else
  /// the dial.
  public var usualRole: RegisterRole {
    if uses.contains(.export), profile.register(.export) != nil { return .export }
    let order: [RegisterRole] = [.import, .total, .export, .generation]
    return order.first { profile.register($0) != nil } ?? .import
  }
}

extension MeterDetails {
  /// What a settlement party knows of a meter of a story.
  public init(_ setup: MeterSetup) {
    let profile = setup.profile
    let registers = profile.registers.map { face in
      (face.role, Register(modulus: face.rollover.modulus, resolution: face.resolution))
    }
    self.init(
      serial: setup.serial, uses: setup.uses,
      registers: Dictionary(registers) { first, _ in first },
      // A sub-meter keeps no half-hours itself: a logger makes them of its register (R-MET-06).
      halfHourlyCapable: profile.logsExportHalfHours || profile.kind == .modbus,
      remote: profile.remote || setup.line != nil,
      // R-READ-13: a SMETS1 meter may lose its remote reading at a change of supplier.
      keepsRemoteAfterSwitch: profile.kind != .smets1, phases: profile.phases, kind: profile.kind.rawValue)
  }
}
