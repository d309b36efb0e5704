// However the same facts come in, the same is kept: in one piece or in many, in any order, all at the end or
// as they arrive, once or again and again.

import Settlement
import Testing
import Units

@testable import SettlementStore

@Suite("Facts in any pieces")
struct SplittingTests {
  private static func end(_ one: SettlementCase) -> Instant { one.until }

  /// The text after everything was taken in at once and settled.
  private static func whole(_ one: SettlementCase) throws -> [String] {
    let store = try Store(inMemory: "whole")
    try store.take([Intake(one)])
    try store.settled(until: one.until)
    return try store.text
  }

  /// Facts as single intakes.
  private static func pieces(_ one: SettlementCase) -> [(received: Instant, Intake)] {
    let name = Intake.name(of: one.agreement)
    return one.reads.map { ($0.received, Intake(to: name, reads: [$0])) }
      + one.logs.map { ($0.received, Intake(to: name, logs: [$0])) }
      + one.events.map { ($0.received, Intake(to: name, events: [$0])) }
  }

  @Test("any split into batches in any order gives the same text", arguments: 0..<24)
  func batches(seed: Int) throws {
    let one = Lives.life(seed)
    let whole = try Self.whole(one)
    #expect(whole.contains { $0.hasPrefix("statement 3 ") }, "nothing to compare")
    var dice = Dice(seed + 1000)
    for _ in 0..<3 {
      let store = try Store(inMemory: "pieces")
      try store.take([Intake(one.bare)])
      var rest = Self.pieces(one).shuffled(using: &dice).map(\.1)
      while !rest.isEmpty {
        let count = min(rest.count, Int(dice.roll(1...6)))
        try store.take(Array(rest.prefix(count)))
        // Now and then the same again, and the terms too.
        if dice.once(in: 3) { try store.take(Array(rest.prefix(count)) + [Intake(one.bare)]) }
        rest.removeFirst(count)
      }
      try store.settled(until: one.until)
      expectSame(try store.text, whole)
    }
  }

  @Test("settling as facts arrive gives the same text as settling once at the end", arguments: 0..<24)
  func arrivals(seed: Int) throws {
    let one = Lives.life(seed)
    var whole = try Self.whole(one)
    var dice = Dice(seed + 2000)
    let store = try Store(inMemory: "pieces")
    try store.take([Intake(one.bare)])
    var rest = Self.pieces(one).shuffled(using: &dice)
    for at in one.settlements + [one.until] {
      let come = rest.filter { $0.received <= at }
      rest.removeAll { $0.received <= at }
      try store.take(come.map(\.1))
      let first = try store.settled(until: at)
      #expect(first?.hasRun == true)
      let again = try store.settled(until: at)
      #expect(again?.hasRun == false && again?.new.statements.isEmpty == true)
    }
    try store.take(rest.map(\.1))
    var text = try store.text
    // Facts received after the end are known to neither.
    expectSame(text, whole)
    #expect(try store.replay().difference == nil)
    #expect(try store.verify() == [])
    // The whole story once more changes nothing.
    try store.take([Intake(one)])
    try store.settled(until: one.until)
    (text, whole) = (try store.text, text)
    expectSame(text, whole)
  }

  @Test("a case of the store settles as the case itself does", arguments: 0..<24)
  func sameAsCore(seed: Int) throws {
    let one = Lives.life(seed)
    let outcome = EmbeddedCore().settle(one)
    let store = try Store(inMemory: "one")
    try store.take([Intake(one)])
    let new = try #require(try store.settled(until: one.until)).new
    // Only the numbers of facts are the store's own.
    func bare(_ line: StatementLine) -> StatementLine {
      var line = line
      line.reads = []
      return line
    }
    #expect(new.statements.flatMap(\.lines).map(bare) == outcome.statements.flatMap(\.lines).map(bare))
    #expect(new.statements.map(\.payable) == outcome.statements.map(\.payable))
    let (said, wanted) = (Set(new.decisions.map(\.text)), Set(outcome.decisions.map(\.text)))
    // A run between two settlements tells of repeats in two sentences and not in one.
    #expect(
      said.symmetricDifference(wanted).allSatisfy {
        $0.contains("and count once") || $0.contains("came after")
      })
  }

  /// Both texts, or the first line in which they differ.
  private func expectSame(_ text: [String], _ wanted: [String], _ here: SourceLocation = #_sourceLocation) {
    guard text != wanted else { return }
    let index = zip(text, wanted).enumerated().first { $1.0 != $1.1 }?.offset ?? min(text.count, wanted.count)
    let (was, now) = (wanted.dropFirst(index).first, text.dropFirst(index).first)
    Issue.record(
      "line \(index + 1): \(now ?? "nothing") instead of \(was ?? "nothing")", sourceLocation: here)
  }
}
