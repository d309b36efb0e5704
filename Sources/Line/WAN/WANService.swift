// What a head-end may ask of a smart meter over the WAN, and who may ask it. Typed messages stand in for GBCS
// and DUIS, whose service request variants and roles they keep (DUIS: services 4.1.1, 4.2, 4.6.1, 4.6.2,
// 4.8.1, 4.8.3).

public import Units

/// One read that a meter can be asked for. Windows are inclusive at both ends, as the meter's logs are read.
public enum WANService: Hashable, Sendable {
  /// The cumulative register, now.
  case register(RegisterRole)
  /// Half-hours whose stamps lie in `from ... through`: 24 h give 49 of them.
  case halfHours(RegisterRole, from: Instant, through: Instant)
  /// The cumulative register at UTC midnights in `from ... through`.
  case dailySnapshots(RegisterRole, from: Instant, through: Instant)
  /// Something that the meter is told, or asked beside its registers.
  case order(WANOrder)

  /// The register it is about; nil for an order.
  public var register: RegisterRole? {
    switch self {
    case .register(let role), .halfHours(let role, _, _), .dailySnapshots(let role, _, _): role
    case .order: nil
    }
  }

  /// The service request variant; nil where there is none for the register.
  public var reference: String? {
    if case .order(let order) = self { return order.service.reference }
    return switch (self, register) {
    case (.register, .import), (.register, .secondaryImport): "4.1.1"
    case (.register, .export): "4.2"
    case (.halfHours, .import), (.halfHours, .secondaryImport): "4.8.1"
    case (.halfHours, .export): "4.8.3"
    case (.dailySnapshots, .import), (.dailySnapshots, .secondaryImport): "4.6.1"
    case (.dailySnapshots, .export): "4.6.2"
    default: nil
    }
  }

  /// Who may ask for it. Export is for the export supplier, not for the import supplier.
  public var roles: Set<WANRole> {
    if case .order(let order) = self { return order.service.roles }
    return switch reference {
    case "4.1.1": [.importSupplier, .distributor]
    case "4.2": [.exportSupplier, .distributor]
    case "4.8.1": [.importSupplier, .distributor, .otherUser]
    case "4.8.3": [.exportSupplier, .distributor, .otherUser]
    case "4.6.1": [.importSupplier]
    case "4.6.2": [.exportSupplier]
    default: []
    }
  }

  /// The same question about what follows a stamp; nil when nothing can follow it.
  public func remainder(after stamp: Instant) -> WANService? {
    // Stamps are whole seconds (seconds since 2000-01-01 in the meter's own time).
    let from = stamp + .seconds(1)
    switch self {
    case .register, .order: return nil
    case .halfHours(let role, _, let through):
      return from <= through ? .halfHours(role, from: from, through: through) : nil
    case .dailySnapshots(let role, _, let through):
      return from <= through ? .dailySnapshots(role, from: from, through: through) : nil
    }
  }
}

/// The part in which somebody sends a request.
public enum WANRole: String, Hashable, Sendable, CaseIterable {
  case importSupplier = "IS"
  case exportSupplier = "ES"
  case distributor = "ED"
  case otherUser = "OU"
}
