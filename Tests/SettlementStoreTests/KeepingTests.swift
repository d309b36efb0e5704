// What a store promises: nothing twice, nothing changed, nothing settled that was not known, and a clear word
// where what is asked contradicts what is kept.

import Foundation
import GRDB
import Settlement
import Testing
import Units

@testable import SettlementStore

@Suite("A store keeps")
struct KeepingTests {
  private static func at(_ day: Int64) -> Instant { Lives.start + .days(day) }

  /// A register that gains 100 kWh a day, read each midnight, and half-hours that say so.
  private static func plain(_ days: ClosedRange<Int64>, settlements: [Int64] = []) -> SettlementCase {
    var one = SettlementCase(
      policy: Policy(name: "made"), agreement: Lives.agreement([Lives.flat(41)]), from: Lives.start,
      settlements: settlements.map(at), until: at(days.upperBound))
    one.reads = days.map { day in
      Read(
        serial: "S2", register: .export, value: WattHours(500_000 + 10_000 * day), at: at(day),
        source: .remote,
        cause: Cause(number: UInt32(day + 1)))
    }
    return one
  }

  private func refused(_ kind: StoreError.Kind, _ words: String, _ body: () throws -> Void) {
    do {
      try body()
      Issue.record("nothing was refused")
    } catch let error as StoreError {
      #expect(error.kind == kind, "\(error)")
      #expect(error.message.contains(words), "\(error)")
      #expect(!error.message.contains("\n"), "one line")
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test("the same intake again changes nothing, and says so")
  func again() throws {
    let store = try Store(inMemory: "store")
    let intake = Intake(Self.plain(0...4, settlements: [4]), file: SourceFile(name: "a.csv", bytes: [1, 2]))
    let first = try #require(try store.take([intake]).first)
    #expect(first.isNewAgreement && first.reads.new == 5 && first.settlements.new == 1 && !first.isKnownFile)
    try store.settled(until: Self.at(4))
    let text = try store.text
    let second = try #require(try store.take([intake]).first)
    #expect(!second.hasNews && second.reads.known == 5 && second.isKnownFile)
    #expect(try store.settled(until: Self.at(4))?.hasRun == false)
    #expect(try store.text == text)
  }

  @Test("a statement is issued once, and later ones go on from it")
  func statements() throws {
    let store = try Store(inMemory: "store")
    try store.take([Intake(Self.plain(0...3))])
    // 30 kWh at 4.1 p/kWh = 123p.
    let first = try #require(try store.settled(until: Self.at(3))).new.statements
    #expect(first.map(\.net) == [Pence(123)])
    try store.take([Intake(Self.plain(0...6))])
    // Again 30 kWh, and nothing of the first 30.
    let second = try #require(try store.settled(until: Self.at(6))).new.statements
    #expect(second.map(\.net) == [Pence(123)])
    #expect(try store.settled(until: Self.at(5))?.hasRun == false)
    #expect(try store.verify() == [])
  }

  @Test("what says it was received by a settlement that is done counts as known after it, as a difference")
  func late() throws {
    let store = try Store(inMemory: "store")
    var one = Self.plain(0...4)
    let missing = one.reads.remove(at: 4)
    try store.take([Intake(one)])
    // Read to day 3 only: 30 kWh at 4.1 p/kWh = 123p.
    #expect(try store.settled(until: Self.at(4))?.new.statements.map(\.net) == [Pence(123)])
    let taken = try store.take([Intake(to: Intake.name(of: one.agreement), reads: [missing])])
    #expect(taken.first?.late == 1)
    let text = try store.text
    #expect(text.contains { $0.hasPrefix("read ") && $0.contains("known=2026-03-31T00:00:00.000001Z") })
    // The last 10 kWh: 41p.
    #expect(try store.settled(until: Self.at(5))?.new.statements.map(\.net) == [Pence(41)])
    #expect(try store.replay().difference == nil)
    #expect(try store.verify() == [])
  }

  @Test("the end of what is asked for is looked at, and settles nothing of an agreement that states when")
  func looks() throws {
    let store = try Store(inMemory: "store")
    var one = Self.plain(0...4, settlements: [3])
    one.events = [.importSupplierChanged(to: "Else", at: Self.at(4))]
    try store.take([Intake(one)])
    let done = try #require(try store.settled(until: Self.at(5)))
    #expect(done.settled == [Self.at(3)] && done.through == Self.at(5))
    #expect(done.new.statements.count == 1)
    #expect(try store.text.contains { $0.hasPrefix("look 2026-04-01T00:00Z ") })
    #expect(try store.replay().settlements == 1)
    // A settlement may be added after what was looked at, and not before.
    refused(.contradiction, "cannot be added before that") {
      try store.take([Intake(Self.plain(0...4, settlements: [3, 4]))])
    }
    try store.take([Intake(Self.plain(0...7, settlements: [3, 7]))])
    #expect(try store.settled(until: Self.at(7))?.settled == [Self.at(7)])
    #expect(try store.replay().difference == nil)
  }

  @Test("new terms are taken where nothing comes out otherwise, and refused where something would")
  func terms() throws {
    let store = try Store(inMemory: "store")
    try store.take([Intake(Self.plain(0...3))])
    try store.settled(until: Self.at(3))
    var later = Self.plain(0...6)
    later.agreement.tariff.append(Lives.flat(52, from: Self.at(3)))
    #expect(try store.take([Intake(later)]).first?.isNewVersion == true)
    // 30 kWh at 5.2 p/kWh = 156p.
    #expect(try store.settled(until: Self.at(6))?.new.statements.map(\.net) == [Pence(156)])
    #expect(try store.replay().difference == nil)
    var other = later
    other.agreement.tariff[0] = Lives.flat(42)
    let text = try store.text
    refused(.contradiction, "its 'exact' was \"123\" and is now \"126\"") { try store.take([Intake(other)]) }
    #expect(try store.text == text)
    // A policy that says otherwise what was asked of nobody.
    later.policy.reading.fuse = .clause(Power(watts: 18_400), "an 80 A fuse")
    #expect(try store.take([Intake(later)]).first?.isNewVersion == true)
    #expect(try store.verify() == [])
  }

  @Test("facts of an agreement that is not there are refused, and nothing of the call is kept")
  func unknown() throws {
    let store = try Store(inMemory: "store")
    let one = Self.plain(0...3)
    refused(.contradiction, "has no agreement 'nobody'") {
      try store.take([Intake(one), Intake(to: "nobody", reads: one.reads)])
    }
    #expect(try store.agreements() == [])
  }

  @Test("a number in a decision leads back to file and line")
  func places() throws {
    let store = try Store(inMemory: "store")
    let one = Self.plain(0...3)
    let file = SourceFile(name: "reads.csv", bytes: [7])
    try store.take([Intake(one, file: file)])
    let new = try #require(try store.settled(until: Self.at(3))).new
    let line = try #require(new.statements.first?.lines.first)
    let places = try store.places(of: Intake.name(of: one.agreement))
    let found = line.reads.compactMap { places[$0] }
    #expect(found.count == line.reads.count && !found.isEmpty)
    #expect(found.allSatisfy { $0.file == "reads.csv" && (1...4).contains($0.cause.number) })
    #expect(places[Cause(number: 99)] == nil && places[.none] == nil)
    // Half-hours stand in lines of their own.
    let lives = Lives.life(3)
    let other = try Store(inMemory: "other")
    try other.take([Intake(lives, file: file)])
    let all = try other.places(of: Intake.name(of: lives.agreement))
    let numbers = (1...UInt32(2000)).compactMap { all[Cause(number: $0)]?.cause.number }
    let wanted =
      lives.logs.flatMap { [$0.cause.number] + $0.entries.map(\.cause.number) }
      + lives.reads.map(\.cause.number) + lives.events.map(\.cause.number)
    #expect(numbers.sorted() == wanted.sorted())
  }

  @Test("energy is accrued, and of that paid, held, provisional or forfeited; entries move it and balance")
  func entries() throws {
    let store = try Store(inMemory: "store")
    try store.take([Intake(Self.plain(0...3))])
    try store.settled(until: Self.at(3))
    let text = try store.text.filter { $0.hasPrefix("entry ") }
    // 30 kWh × 4.1 p/kWh = 123p = 123e9 nano-pence.
    #expect(
      text.contains {
        $0.contains(#"book="energy""#) && $0.contains(#"from="accrued" to="paid" nanopence=123000000000 "#)
      })
    #expect(
      text.contains {
        $0.contains(#"book="account""#) && $0.contains(#"from="earned" to="accrued" nanopence=123000000000 "#)
      })
  }

  @Test("what moves between two balances is what differs, and an uneven balance is no balance")
  func moves() throws {
    func pence(_ number: Int128) -> NanoPence { NanoPence(number * NanoPence.perPenny) }
    let old = Balance(accrued: pence(100), paid: pence(60), held: pence(40))
    let new = Balance(
      accrued: pence(130), paid: pence(90), provisional: pence(25), held: pence(5), forfeited: pence(10))
    let moves = try Entry.moves(from: old, to: new, at: .epoch)
    // 30p more are worth something, 35p are let go: 25p provisional, 30p paid, 10p forfeited.
    #expect(
      moves.map { "\($0.from) \($0.to) \($0.nanopence / 1_000_000_000)" } == [
        "accrued provisional 25", "accrued paid 5", "held paid 25", "held forfeited 10",
      ])
    #expect(try Entry.moves(from: new, to: new, at: .epoch) == [])
    refused(.invariant, "not even") {
      _ = try Entry.moves(from: old, to: Balance(accrued: pence(1)), at: .epoch)
    }
  }
}
