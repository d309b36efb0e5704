// A story that has been lived and settled, as its checkers see it.

internal import Scenario
internal import Settlement
internal import Units

/// What happened, what was said of it, and what it was worth.
struct LivedStory {
  let file: ScenarioFile
  let world: World
  let outcome: Outcome
  let money: Money
  /// Everything a `register` expectation asked for, taken while the story was lived.
  let registers: [ExpectedRegister: WattHours]

  /// Whether a decision is about what an expectation names: a meter by its name in the story, or the words
  /// themselves.
  func isAbout(_ subject: String?, _ decision: Decision) -> Bool {
    guard let subject else { return true }
    return decision.subject == subject || world.stations[subject]?.serial == decision.subject
      || file.meter(subject)?.serial == decision.subject
  }
}
