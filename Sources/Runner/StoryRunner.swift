// Runs one story from its file to its verdict: build the world, live it, settle, price it by the two witnesses,
// check, and ask of each fault whether it changed anything at all.

public import HeadEnd
public import Scenario
public import Settlement
internal import Timeline
internal import Truth
public import Units

/// How to run stories: with which carrier, target and seed. One runner serves one thread.
public struct StoryRunner {
  /// Gives each world a carrier of its own.
  public var makeCarrier: () -> any Carrier
  public var target: any Target
  public var seed: UInt64
  /// The day on which the run takes place: a known gap may be too old.
  public var today: CivilDate
  /// Whether each fault is taken away once, to see that it changed something.
  public var checksFaults: Bool

  public init(
    seed: UInt64, today: CivilDate, target: any Target = EmbeddedCore(), checksFaults: Bool = true,
    makeCarrier: @escaping () -> any Carrier = { MemoryCarrier() }
  ) {
    (self.seed, self.today, self.target) = (seed, today, target)
    (self.checksFaults, self.makeCarrier) = (checksFaults, makeCarrier)
  }

  /// Runs a story to its verdict. What cannot be run is a record too, with the reason.
  public func run(_ file: ScenarioFile) -> StoryRecord {
    let carrier = makeCarrier()
    do {
      let world = try live(file, carrier: carrier)
      let story = settle(file, world)
      var results = file.expect.map { Checker.result($0, of: story) }
      results += checksFaults ? try idleFaults(file, world) : []
      return record(file, story, results: results, carrier: carrier)
    } catch {
      return unrunnable(file, depth: carrier.depth, because: "\(error)")
    }
  }

  /// Lives the story through, and gives its world.
  func live(_ file: ScenarioFile, carrier: any Carrier) throws -> World {
    let world = try WorldBuilder(file: file, seed: file.seed ?? seed, carrier: carrier).build()
    world.clock.run(until: file.until)
    world.flow(to: file.until)
    guard world.refusals.isEmpty else { throw StoryError(world.refusals.joined(separator: "; ")) }
    return world
  }

  private func settle(_ file: ScenarioFile, _ world: World) -> LivedStory {
    let outcome = world.settlementCase(of: file).map(target.settle) ?? Outcome()
    world.note(outcome)
    let money = Pricing.money(of: file, world, outcome)
    if let divergence = world.beliefs.firstDivergence { world.note(divergence) }
    return LivedStory(file: file, world: world, outcome: outcome, money: money, registers: world.askedRegisters)
  }

  private func record(
    _ file: ScenarioFile, _ story: LivedStory, results: [CheckResult], carrier: any Carrier
  ) -> StoryRecord {
    let world = story.world
    let (verdict, remark) = VerdictRule.verdict(of: file, results, today: today)
    return StoryRecord(
      id: file.id, title: file.title, file: file.file, tags: file.tags, because: file.because,
      depth: carrier.depth, seed: file.seed ?? seed, from: file.from, until: file.until, verdict: verdict,
      checks: results, remark: remark, evidence: world.evidence, outcome: story.outcome, money: story.money,
      beliefs: world.beliefs, divergence: world.beliefs.firstDivergence, journal: world.journal,
      bytesThroughDescriptors: carrier.bytesThroughDescriptors)
  }

  private func unrunnable(_ file: ScenarioFile, depth: String, because reason: String) -> StoryRecord {
    StoryRecord(
      id: file.id, title: file.title, file: file.file, tags: file.tags, because: file.because, depth: depth,
      seed: file.seed ?? seed, from: file.from, until: file.until, verdict: .error, checks: [], remark: reason,
      evidence: Evidence(), outcome: Outcome(), money: Money(trueValue: nil, entitled: nil, paid: Pence(0)),
      beliefs: Beliefs(from: file.from), divergence: nil, journal: Journal(), bytesThroughDescriptors: 0)
  }
}

/// Why a story could not be run to its end.
public struct StoryError: Error, Hashable, Sendable, CustomStringConvertible {
  public var message: String
  public init(_ message: String) { self.message = message }
  public var description: String { message }
}
