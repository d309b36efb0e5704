// What has become of a SMETS1 installation: read by its first supplier's operator, gone dumb at a change of
// supplier, enrolled in the DCC, given up there, or out of reach of any network (public accounts of the
// enrolment and adoption programme; none of it is in a standard).

/// How a SMETS1 meter can be reached.
public enum SMETS1State: String, Hashable, Sendable, CaseIterable {
  /// Its supplier has a contract with the operator that fitted it.
  case active
  /// Its supplier has none: manual reads only.
  case dormant
  /// On its way into the DCC: its keys are being exchanged, and neither its operator nor the DCC reads it
  /// until that has succeeded or failed.
  case migrating
  /// In the DCC, through a SMETS1 service provider: read by the services and roles of SMETS2, and smart at
  /// every change of supplier.
  case enrolled
  /// Its migration was given up: keys missing, no signal, five attempts failed.
  case excluded
  /// No network reaches it: 2G and 3G are gone, or there never was a signal.
  case noWAN = "no-wan"

  /// Attempts after which its migration is given up.
  public static let mostAttempts = 5

  /// What may become of it next.
  public var next: Set<SMETS1State> {
    switch self {
    case .active: [.dormant, .migrating, .enrolled, .excluded, .noWAN]
    case .dormant: [.active, .migrating, .enrolled, .excluded, .noWAN]
    case .migrating: [.active, .dormant, .enrolled, .excluded, .noWAN]
    case .enrolled: [.noWAN]
    case .excluded, .noWAN: []
    }
  }
}
