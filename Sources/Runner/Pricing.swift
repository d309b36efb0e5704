// What a story was worth, by its two witnesses, and what was paid. Neither witness asks the core.

internal import Scenario
internal import Settlement
internal import Truth
internal import Units

enum Pricing {
  /// Throws where the story is entitled to its true value and nobody can tell it.
  static func money(of file: ScenarioFile, _ world: World, _ outcome: Outcome) throws -> Money {
    switch file.entitled {
    case .trueValue:
      let value = try trueValue(of: file, world)
      return Money(trueValue: value, entitled: value, paid: outcome.paid)
    case .stated(let amount):
      // A price that changes inside a half-hour has no true value; then what is stated stands alone.
      let value = try? trueValue(of: file, world)
      return Money(trueValue: value ?? nil, entitled: NanoPence(amount), paid: outcome.paid)
    }
  }

  /// True export × the rate in force, from the start of the story to the last settlement (or its end), both
  /// cut to their half-hours. Nil without an agreement or a site, or where a price is missing.
  private static func trueValue(of file: ScenarioFile, _ world: World) throws -> NanoPence? {
    guard let agreement = file.agreement, file.site != nil else { return nil }
    let from = max(file.from, agreement.start)
    let to = HalfHour(containing: file.settlements.max() ?? file.until).start
    guard to > from else { return .zero }
    do {
      return try world.witness.trueValue(from: from, to: to, under: agreement.tariff)
    } catch {
      throw StoryError("the true value cannot be told: \(error.message); state `entitled:` by hand")
    }
  }
}
