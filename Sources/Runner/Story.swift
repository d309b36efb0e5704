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
  func isAbout(_ named: String?, _ subject: String) -> Bool {
    guard let named else { return true }
    return subject == named || world.stations[named]?.serial == subject || file.serial(of: named) == subject
  }

  /// The serial numbers under which a meter of the story was read.
  func serials(of meter: String) -> Set<String> {
    let told = file.timeline.compactMap { command -> String? in
      if case .reading(meter, let read) = command.action { read.serial } else { nil }
    }
    return world.serials(of: meter).union(told)
  }
}
