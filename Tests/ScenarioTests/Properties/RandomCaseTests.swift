// What must hold of every case, over thousands of made-up ones under the terms of every shipped licensee.

import Settlement
import Testing
import Units

@Suite("What always holds, whatever happens under whichever licensee")
struct RandomCaseTests {
  static let policies: [Policy] = PolicyDecodingTests.names.compactMap {
    try? PolicyDecodingTests.shipped($0)
  }
  private static let blocks = 0..<50
  private static let inBlock = 20

  /// Runs a check over the cases of a block; the number of a failing one is told.
  private func each(_ block: Int, salt: Int, _ check: (Int, RandomCase) -> Void) {
    for number in 0..<Self.inBlock {
      let seed = salt + block * Self.inBlock + number
      check(seed, RandomCase(seed, policies: Self.policies))
    }
  }

  private func settle(_ one: SettlementCase) -> Outcome { EmbeddedCore().settle(one) }

  @Test("all licensees are there")
  func licensees() { #expect(Self.policies.count == PolicyDecodingTests.names.count) }

  @Test(
    "held, paid, forfeited and provisional make up what accrued; each line is rounded by half a penny at most",
    arguments: blocks)
  func sums(block: Int) {
    each(block, salt: 0) { seed, made in
      let outcome = settle(made.one.daily(seed))
      #expect(outcome.balance.isEven, "case \(seed)")
      let exact = outcome.statements.reduce(NanoPence(0)) { $0 + $1.exact }
      #expect(exact == outcome.balance.paid + outcome.balance.provisional, "case \(seed)")
      for line in outcome.statements.flatMap(\.lines) where line.isPayable {
        #expect((NanoPence(line.amount) - line.exact).magnitude * 2 <= NanoPence(Pence(1)), "case \(seed)")
      }
      for statement in outcome.statements { #expect(statement.payable >= Pence(0), "case \(seed)") }
      #expect(outcome.account.isBalanced, "case \(seed)")
    }
  }

  @Test("settling day by day ends where settling in one go does", arguments: blocks)
  func dayByDay(block: Int) {
    each(block, salt: 10_000) { seed, made in
      check(seed, made.one.daily(seed)) { Self.difference(settle($0), settle($0.atOnce)) }
    }
  }

  @Test("when the same reads and half-hours arrive changes nothing in the end", arguments: blocks)
  func arrival(block: Int) {
    each(block, salt: 20_000) { seed, made in
      check(seed, made.one) { Self.difference(settle($0), settle($0.arrivingOtherwise(seed))) }
    }
  }

  /// What these rules hold spares what earlier statements paid ("what was paid before stays paid"), and so
  /// depends on which statements there were, until it is released.
  private static let sparing: Set<ReasonCode> = [
    .swiFinalPendingRead, .swiReadConflict, .dspPayment, .vatAgreementMissing,
  ]

  /// How two positions differ; nil if they do not.
  private static func difference(_ one: Outcome, _ other: Outcome) -> String? {
    let (left, right) = (one.balance, other.balance)
    if one.treatments.contains(where: { sparing.contains($0.reason) }) {
      let isSame =
        left.accrued == right.accrued && left.forfeited == right.forfeited && left.unpriced == right.unpriced
        && left.paid + left.provisional + left.held == right.paid + right.provisional + right.held
      return isSame ? nil : "\(left)\n\(right)"
    }
    if left != right { return "\(left)\n\(right)" }
    let rows = zip(one.halfHours, other.halfHours).first { $0.state != $1.state }
    return rows.map { "\($0.halfHour.start): \($0.state), \($1.state)" }
  }

  /// Tells the least that still fails, and how.
  private func check(_ seed: Int, _ one: SettlementCase, difference: (SettlementCase) -> String?) {
    if difference(one) == nil { return }
    let least = SmallestCase.of(one) { difference($0) != nil }
    Issue.record(
      "case \(seed), of which this is enough:\n\(SmallestCase.text(least))\n\(difference(least) ?? "")")
  }
}
