// What a story was worth, by its two witnesses, and what was paid. Neither witness asks the core.

internal import Scenario
internal import Settlement
internal import Truth
internal import Units

enum Pricing {
  static func money(of file: ScenarioFile, _ world: World, _ outcome: Outcome) -> Money {
    let trueValue = trueValue(of: file, world)
    let entitled: NanoPence?
    switch file.entitled {
    case .trueValue: entitled = trueValue
    case .stated(let amount): entitled = NanoPence(amount)
    }
    return Money(trueValue: trueValue, entitled: entitled, paid: outcome.paid)
  }

  /// True export × the rate in force, from the start of the story to the last settlement (or its end).
  private static func trueValue(of file: ScenarioFile, _ world: World) -> NanoPence? {
    guard let agreement = file.agreement else { return nil }
    let settled = file.timeline.compactMap { command -> Instant? in
      if case .settle = command.action { command.at } else { nil }
    }
    let from = max(file.from, agreement.start)
    let to = HalfHour(containing: settled.max() ?? file.until).start
    do {
      return try world.witness.trueValue(from: from, to: to, under: agreement.tariff)
    } catch {
      world.refuse("the true value cannot be told: \(error.message)")
      return nil
    }
  }
}
