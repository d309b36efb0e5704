// Why a fault cannot be put into a meter.

internal import Units

/// A fault that was asked for and cannot be.
public enum MeterFaultError: Error, Hashable, Sendable, CustomStringConvertible {
  /// No meter fault has this id.
  case unknown(id: String, known: [String])
  /// The catalogue gives it to other kinds of meter.
  case wrongKind(id: String, profile: String, kind: Profile.Kind, applies: [Profile.Kind])
  /// The kind could have it, this make cannot.
  case cannotHave(id: String, profile: String, because: String)
  case unknownParameter(id: String, name: String, known: [String])
  case notANumber(id: String, name: String, text: String, unit: String)
  case outOfRange(id: String, name: String, value: Int64, unit: String, range: ClosedRange<Int64>)
  case notAChoice(id: String, name: String, word: String, known: [String])
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
    case .unknownParameter(let id, let name, let known):
      let names = known.isEmpty ? "it has none" : "known: \(known.joined(separator: ", "))"
      return "\(id) has no parameter '\(name)'; \(names)"
    case .notANumber(let id, let name, let text, let unit):
      return "\(name) of \(id) must be a whole number of \(unit), not '\(text)'"
    case .outOfRange(let id, let name, let value, let unit, let range):
      return "\(name) of \(id) must be \(range.lowerBound)…\(range.upperBound) \(unit), not \(value)"
    case .notAChoice(let id, let name, let word, let known):
      return "\(name) of \(id) must be one of \(known.joined(separator: ", ")), not '\(word)'"
    case .alreadyPresent(let id):
      return "\(id) is present already; end it before it begins anew"
    }
  }
}
