// Why a description of a site cannot be brought to life. Codes are an API: never renamed, never reused
// (the first of them told of technologies without a model; every one has a model now).

public import Units

/// What is wrong with a description of a site.
public enum SiteFault: Error, Hashable, Sendable {
  /// A number is outside its range; the name is the scenario's key.
  case outOfRange(name: String, allowed: String)
  /// Generators or loads stand on a phase that a single-phase supply does not have.
  case phaseMissing
  case powerTooLarge(Power)
  case edgeNotOnMillisecond(Instant)
  case timeGoesBack(Instant)
  /// The base load alone uses more than the annual figure.
  case baseAboveAnnual
  /// A generator needs to know where the sun stands.
  case placeMissing
  /// The story runs where nobody said what flows.
  case notCovered(Instant)

  /// The stable code.
  public var code: String {
    switch self {
    case .outOfRange: "BS-SITE-02"
    case .phaseMissing: "BS-SITE-03"
    case .powerTooLarge: "BS-SITE-04"
    case .edgeNotOnMillisecond: "BS-SITE-05"
    case .timeGoesBack: "BS-SITE-06"
    case .baseAboveAnnual: "BS-SITE-07"
    case .notCovered: "BS-SITE-08"
    case .placeMissing: "BS-SITE-09"
    }
  }

  /// One sentence for a person.
  public var message: String {
    switch self {
    case .outOfRange(let name, let allowed): "\(name) must be \(allowed)"
    case .phaseMissing: "a single-phase supply has only L1"
    case .powerTooLarge(let power): "\(power) is more than a phase may carry here (1 GW)"
    case .edgeNotOnMillisecond(let at):
      "a flow changes on whole milliseconds, not at \(at)"
    case .timeGoesBack(let at):
      "the flow at \(at) does not lie after the one before"
    case .baseAboveAnnual: "the base load alone uses more than the household's annual energy"
    case .placeMissing: "a generator needs a place, for the sun"
    case .notCovered(let at): "nobody said what flows at \(at)"
    }
  }
}
