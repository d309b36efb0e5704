// Our own settlement core, as a target. It is filled in pass by pass.

internal import Units

/// The settlement core of this project.
public struct EmbeddedCore: Target {
  public init() {}

  public func settle(_ one: SettlementCase) -> Outcome { Outcome() }
}
