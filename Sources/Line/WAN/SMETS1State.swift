// What has become of a SMETS1 installation: read by its first supplier's operator, gone dumb at a change of
// supplier, enrolled in the DCC, given up there, or out of reach of any network (public accounts of the
// enrolment and adoption programme; none of it is in a standard).

/// How a SMETS1 meter can be reached.
public enum SMETS1State: String, Hashable, Sendable, CaseIterable {
  /// Its supplier has a contract with the operator that fitted it.
  case active
  /// Its supplier has none: manual reads only.
  case dormant
  /// In the DCC, through a SMETS1 service provider: read by the services and roles of SMETS2, and smart at
  /// every change of supplier.
  case enrolled
  /// Its migration was given up: keys missing, no signal, five attempts failed.
  case excluded
  /// No network reaches it: 2G and 3G are gone, or there never was a signal.
  case noWAN = "no-wan"

  /// What may become of it next.
  public var next: Set<SMETS1State> {
    switch self {
    case .active: [.dormant, .enrolled, .excluded, .noWAN]
    case .dormant: [.active, .enrolled, .excluded, .noWAN]
    case .enrolled: [.noWAN]
    case .excluded, .noWAN: []
    }
  }
}
