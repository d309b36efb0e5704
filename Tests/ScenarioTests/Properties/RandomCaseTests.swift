// What must hold of every case, over thousands of made-up ones under the terms of every shipped licensee.

import Settlement
import Testing
import Units

@Suite("What always holds, whatever happens under whichever licensee")
struct RandomCaseTests {
  static let policies: [Policy] = PolicyDecodingTests.names.compactMap {
    try? PolicyDecodingTests.shipped($0)
  }
  private static let blocks = 0..<40
  private static let inBlock = 10

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
      // Charges and recoveries of a sum stand on statements and are no energy.
      let exact = outcome.statements.flatMap(\.lines).reduce(NanoPence(0)) {
        $1.isPayable && $1.kind != .charge ? $0 + $1.exact : $0
      }
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
      check(seed, made.one) {
        let (one, other) = (settle($0), settle($0.arrivingOtherwise(seed)))
        // Half-hours over capacity show a change that nobody told only if they come before it is told.
        let isSign = (one.treatments + other.treatments).contains { $0.reason == .chgUndeclared }
        return isSign ? nil : Self.difference(one, other)
      }
    }
  }

  @Test("the order in which reads, logs and events are listed changes no byte", arguments: blocks)
  func listing(block: Int) {
    each(block, salt: 30_000) { seed, made in
      check(seed, made.one.daily(seed)) {
        let (one, other) = (settle($0), settle($0.listedOtherwise))
        return one == other ? nil : "another outcome"
      }
    }
  }

  @Test(
    "under the strict policy no more is paid than what was metered at the highest rate", arguments: blocks)
  func strict(block: Int) {
    let strict = Self.policies.filter { $0.name == "strict-metered" }
    for number in 0..<Self.inBlock {
      let seed = 40_000 + block * Self.inBlock + number
      var one = RandomCase(seed, policies: strict).one.daily(seed)
      one.policy = strict[0]
      check(seed, one) {
        let outcome = settle($0)
        let exact = outcome.statements.reduce(NanoPence(0)) { $0 + $1.exact }
        let most = $0.mostMetered * $0.highestRate
        return exact <= most ? nil : "\(exact) were paid, and \(most) is the most"
      }
    }
  }

  @Test("across a switch no half-hour is paid twice, and none is left to nobody", arguments: blocks)
  func switches(block: Int) {
    each(block, salt: 50_000) { seed, made in
      var draw = RandomDraw(seed)
      let (old, new) = made.switched(to: draw.one(of: Self.policies), &draw)
      let outcomes = [settle(old), settle(new)]
      for (left, right) in zip(outcomes[0].halfHours, outcomes[1].halfHours) {
        if left.state.isPaid && right.state.isPaid || left.state.isNobodys && right.state.isNobodys {
          Issue.record(
            "case \(seed): \(left.halfHour.start) is \(left.state) and \(right.state)\n\(SmallestCase.text(new))"
          )
          return
        }
      }
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
    if (one.treatments + other.treatments).contains(where: { sparing.contains($0.reason) }) {
      let isSame = left.accrued == right.accrued && left.unpriced == right.unpriced
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

extension SettledHalfHour.State {
  fileprivate var isPaid: Bool { self == .paid || self == .provisional }
  /// Another licensee has it.
  fileprivate var isNobodys: Bool { self == .forfeited(.swiEffective) }
}
