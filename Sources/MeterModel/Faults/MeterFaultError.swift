// Why a fault cannot be put into a meter.

public import Units

/// A fault that was asked for and cannot be.
public enum MeterFaultError: Error, Hashable, Sendable, CustomStringConvertible {
  /// No meter fault has this id.
  case unknown(id: String, known: [String])
  /// The catalogue gives it to other kinds of meter.
  case wrongKind(id: String, profile: String, kind: Profile.Kind, applies: [Profile.Kind])
  /// The kind could have it, this make cannot.
  case cannotHave(id: String, profile: String, because: String)
  /// A parameter is unknown or out of range.
  case refused(FaultRefusal)
  /// It is present already: end it first.
  case alreadyPresent(id: String)

  public var description: String {
    switch self {
    case .unknown(let id, let known):
      return "no meter fault is called '\(id)'; known: \(known.joined(separator: ", "))"
    case .wrongKind(let id, let profile, let kind, let applies):
      let kinds = applies.map(\.rawValue).joined(separator: ", ")
      return "\(id) cannot befall \(profile), a meter of kind \(kind.rawValue): it is a fault of \(kinds)"
    case .cannotHave(let id, let profile, let because):
      return "\(id) cannot befall \(profile): \(because)"
    case .refused(let refusal):
      return refusal.description
    case .alreadyPresent(let id):
      return "\(id) is present already; end it before it begins anew"
    }
  }
}
