// Runs one story from its file to its verdict: build the world, live it, settle, price it by the two
// witnesses, check, and ask of each fault whether it changed anything at all.

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
      let world = try live(file, carrier: carrier, framing: carrier.framing)
      let story: LivedStory
      do {
        story = try settle(file, world)
      } catch let failure as TargetFailure {
        return silent(file, world, failure, carrier: carrier)
      }
      var results = file.expect.map { Checker.result($0, of: story) }
      results += checksFaults ? try idleFaults(file, framing: carrier.framing) : []
      world.note(story.money, results)
      return record(file, story, results: results, carrier: carrier)
    } catch let error as CarrierError {
      var record = unrunnable(file, depth: carrier.depth, because: error.message)
      record.wasRefusedByMachine = true
      return record
    } catch {
      return unrunnable(file, depth: carrier.depth, because: "\(error)")
    }
  }

  /// What a story makes of its agreement for a settlement; nil without one. Throws where it cannot be lived.
  public func settlementCase(of file: ScenarioFile) throws -> SettlementCase? {
    let carrier = makeCarrier()
    return try live(file, carrier: carrier, framing: carrier.framing).settlementCase(of: file)
  }

  /// Lives the story through, and gives its world.
  func live(_ file: ScenarioFile, carrier: any Carrier, framing: Framing) throws -> World {
    let seed = file.seed ?? seed
    let world = try WorldBuilder(file: file, seed: seed, carrier: carrier, framing: framing).build()
    world.clock.run(until: file.until)
    world.flow(to: file.until)
    if let trouble = world.carrierTrouble { throw trouble }
    guard world.refusals.isEmpty else { throw StoryError(world.refusals.joined(separator: "; ")) }
    return world
  }

  private func settle(_ file: ScenarioFile, _ world: World) throws -> LivedStory {
    var outcome = Outcome()
    if let one = world.settlementCase(of: file) {
      outcome = try target.settle(one)
      world.note(outcome, from: one.from)
    }
    let money = try Pricing.money(of: file, world, outcome)
    return LivedStory(
      file: file, world: world, outcome: outcome, money: money, registers: world.askedRegisters)
  }

  private func record(
    _ file: ScenarioFile, _ story: LivedStory, results: [CheckResult], carrier: any Carrier
  ) -> StoryRecord {
    let world = story.world
    var record = StoryRecord(file, depth: carrier.depth, seed: file.seed ?? seed)
    (record.verdict, record.remark) = VerdictRule.verdict(of: file, results, today: today)
    (record.checks, record.evidence, record.outcome) = (results, world.evidence, story.outcome)
    let one = world.settlementCase(of: file)
    record.events = one?.events ?? []
    record.payees = story.outcome.statements.map { one?.payees(knownAt: $0.to) ?? [] }
    (record.money, record.journal) = (story.money, world.journal)
    (record.beliefs, record.divergence) = (world.beliefs, world.beliefs.firstDivergence)
    record.meters = (world.retired + world.order).map(MeterSummary.init) + file.given.map(MeterSummary.init)
    record.identifiers = world.identifiers(of: file).union(record.identifiers)
    record.bytesThroughDescriptors = carrier.bytesThroughDescriptors
    return record
  }

  /// A target that gave no outcome is a verdict on the target, whatever the story declares.
  private func silent(
    _ file: ScenarioFile, _ world: World, _ failure: TargetFailure, carrier: any Carrier
  ) -> StoryRecord {
    let result = CheckResult(
      checker: "target", finding: .unmet, at: file.file, expected: "an outcome from the target",
      got: failure.message, why: failure.evidence)
    let money = Money(trueValue: nil, entitled: nil, paid: .zero)
    world.note(money, [result])
    let story = LivedStory(
      file: file, world: world, outcome: Outcome(), money: money, registers: world.askedRegisters)
    var record = record(file, story, results: [result], carrier: carrier)
    (record.verdict, record.remark) = (.failed, nil)
    return record
  }

  private func unrunnable(_ file: ScenarioFile, depth: String, because reason: String) -> StoryRecord {
    var record = StoryRecord(file, depth: depth, seed: file.seed ?? seed)
    (record.verdict, record.remark) = (.error, reason)
    return record
  }
}

extension Carrier {
  /// How Modbus is framed at this depth.
  var framing: Framing { depth == "tcp" ? .tcp : .rtu }
}

/// Why a story could not be run to its end.
public struct StoryError: Error, Hashable, Sendable, CustomStringConvertible {
  public var message: String
  public init(_ message: String) { self.message = message }
  public var description: String { message }
}
