// Who agreed what with whom, about which installation and meters.

public import Units

/// One export agreement: effective terms, installation and meters.
public struct Agreement: Hashable, Sendable {
  /// Name of the policy that binds it.
  public var licensee: String
  /// As written on the form: it is checked by rule, not refused by a parser (R-ELIG-12, R-MPAN-01).
  public var exportMPAN: String?
  public var importMPAN: String?
  /// Versions of the tariff, sorted by their start. One is in force from its start until the next.
  public var tariff: [TariffTerms]
  public var start: Instant
  public var installation: DeclaredInstallation
  /// The meters at the start; later ones come by `meter-exchanged` events.
  public var meters: [MeterDetails]
  /// False for a landlord or a rented roof: one more person must be told (R-BACK-02).
  public var generatorIsOccupier: Bool
  public var importSupplier: String
  /// What a kWh of import costs, to price a double benefit; nil if not known.
  public var importRate: UnitRate?
  /// The customer lets half-hours of the import register be read (R-DATA-03).
  public var halfHourlyConsent: Bool
  /// What else is stated of application, plan, payee and supply at the start, by `FactGroup`. A fact that is
  /// not stated raises no question: rules ask only about what somebody said.
  public var facts: Facts

  public init(
    licensee: String, exportMPAN: String?, importMPAN: String? = nil, tariff: [TariffTerms], start: Instant,
    installation: DeclaredInstallation, meters: [MeterDetails], generatorIsOccupier: Bool = true,
    importSupplier: String = "", importRate: UnitRate? = nil, halfHourlyConsent: Bool = true,
    facts: Facts = [:]
  ) {
    (self.licensee, self.exportMPAN, self.importMPAN) = (licensee, exportMPAN, importMPAN)
    self.tariff = tariff.sorted { $0.from < $1.from }
    (self.start, self.installation, self.meters) = (start, installation, meters)
    (self.generatorIsOccupier, self.importSupplier) = (generatorIsOccupier, importSupplier)
    (self.importRate, self.halfHourlyConsent, self.facts) = (importRate, halfHourlyConsent, facts)
  }
}

/// What is declared to generate (R-ELIG-01), how big it is and what the network lets out.
public struct DeclaredInstallation: Hashable, Sendable {
  public enum Technology: String, Hashable, Sendable, CaseIterable {
    case solarPV = "solar-pv"
    case wind
    case hydro
    case microCHP = "micro-chp"
    case anaerobicDigestion = "anaerobic-digestion"
  }

  public var technology: Technology
  /// Total installed capacity (TIC) as on the certificate, never the inverter's rating.
  public var capacity: Power
  /// What the DNO lets out, if it set a limit.
  public var exportLimit: Power?
  /// Declared storage that can export.
  public var hasStorage: Bool

  public init(technology: Technology, capacity: Power, exportLimit: Power? = nil, hasStorage: Bool = false) {
    (self.technology, self.capacity) = (technology, capacity)
    (self.exportLimit, self.hasStorage) = (exportLimit, hasStorage)
  }
}

/// What a settlement party knows of a meter. Rules read these flags, never the kind of meter (R-MET-01 …
/// -06).
public struct MeterDetails: Hashable, Sendable {
  /// What the meter is there for in this agreement.
  public enum Use: String, Hashable, Sendable, CaseIterable { case `import`, export, generation }

  public struct Register: Hashable, Sendable {
    /// The register begins again at zero when it reaches this; e.g. 100,000 kWh for a five-digit dial.
    public var modulus: WattHours
    /// The step in which it is normally read.
    public var resolution: WattHours

    public init(modulus: WattHours, resolution: WattHours = WattHours(1)) {
      (self.modulus, self.resolution) = (modulus, resolution)
    }
  }

  public var serial: String
  public var uses: Set<Use>
  /// An export register is there if `.export` is among the keys.
  public var registers: [RegisterRole: Register]
  public var halfHourlyCapable: Bool
  /// Readable without a visit.
  public var remote: Bool
  /// Stays remotely readable when the import supplier changes (SMETS2, or SMETS1 enrolled in the DCC).
  public var keepsRemoteAfterSwitch: Bool
  public var phases: Int
  /// For people only.
  public var kind: String

  public init(
    serial: String, uses: Set<Use>, registers: [RegisterRole: Register], halfHourlyCapable: Bool,
    remote: Bool, keepsRemoteAfterSwitch: Bool = true, phases: Int = 1, kind: String = ""
  ) {
    (self.serial, self.uses, self.registers) = (serial, uses, registers)
    (self.halfHourlyCapable, self.remote) = (halfHourlyCapable, remote)
    (self.keepsRemoteAfterSwitch, self.phases, self.kind) = (keepsRemoteAfterSwitch, phases, kind)
  }

  public var hasExportRegister: Bool { registers[.export] != nil }

  /// The dial whose fall is looked for: the import register, or a total where there is no other.
  var importDial: RegisterRole? {
    registers[.import] != nil ? .import : registers[.total] != nil ? .total : nil
  }
}
