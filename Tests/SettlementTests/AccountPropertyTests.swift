// What must hold of every account, over random statements, requests, bills, returns and charges; each case
// can be made again from its number.

import Testing
import Units

@testable import Settlement

@Suite("Accounts always balance")
struct AccountPropertyTests {
  private func made(_ seed: UInt64) -> (SettlementCase, Int64) {
    var dice = Dice(state: seed)
    let start = at("2026-01-01T00:00Z")
    var (events, reads): ([CaseEvent], [Read]) = ([], [])
    var (count, day): (Int64, Int64) = (100_000, 0)
    while day < 500 {
      reads.append(
        Read(
          serial: "S2", register: .export, value: WattHours(count), at: start + .days(day), source: .remote))
      let step = dice.roll(1...40)
      count += dice.roll(0...(step * 80_000))
      day += step
    }
    let names: [EventName] = [
      .paymentRequested, .billIssued, .paymentReturned, .bankDetailsGiven, .supplyChanged,
      .paymentMethodChosen,
      .payeeDied, .estateConfirmed,
    ]
    for _ in 0..<dice.roll(0...25) {
      let name = names[Int(dice.roll(0...Int64(names.count - 1)))]
      let facts: Facts = [
        .amount: .money(Pence(dice.roll(1...9000))),
        .accountName: .text(dice.roll(0...3) == 0 ? "Eve" : "Ada"),
        .suppliesElectricity: .flag(dice.roll(0...1) == 0), .ableToOffset: .flag(dice.roll(0...3) > 0),
        .paymentMethod: .text(dice.roll(0...1) == 0 ? "bank-transfer" : "supply-account"),
        .person: .text(dice.roll(0...5) == 0 ? "Ada" : "Nobody"), .executor: .text("Eve"),
      ]
      let when = start + .minutes(dice.roll(0...700_000))
      events.append(CaseEvent(name, at: when, received: when, facts))
    }
    if dice.roll(0...1) == 0 {
      events.append(
        CaseEvent(
          .switchRegistered, at: start + .days(dice.roll(100...400)), [.to: .text("next")]))
    }
    var facts: Facts = [.person: .text("Ada"), .accountName: .text("Ada")]
    if dice.roll(0...1) == 0 { facts[.kind] = .text("variable") }
    if dice.roll(0...2) == 0 {
      facts[.termEnd] = .date(LondonClock.date(at: start).advanced(byDays: Int(dice.roll(100...600))))
    }
    if dice.roll(0...1) == 0 { facts[.suppliesGas] = .flag(true) }
    if dice.roll(0...2) == 0 {
      facts[.isVATRegistered] = .flag(true)
      facts[.isSelfBillingSigned] = .flag(true)
    }
    var policy = Policy(name: "made")
    if dice.roll(0...1) == 0 { byTerm(&policy) }
    let offsets = Policy.PaymentTerms.Offset.allCases
    policy.payment.offset = .ours(offsets[Int(dice.roll(0...2))], "for this test")
    let settlements = (0..<dice.roll(1...12)).map { _ in start + .minutes(dice.roll(1...760_000)) }
    let one = SettlementCase(
      policy: policy, agreement: wheel(facts), reads: reads, events: events, calendar: .englandAndWales,
      from: start, settlements: settlements, until: start + .days(540))
    return (one, dice.roll(0...8000))
  }

  private func outcome(_ seed: UInt64) -> Outcome {
    let (one, charge) = made(seed)
    var core = EmbeddedCore()
    if charge > 4000 {
      core.probe = Probe(afterRules: { ledger, _ in
        ledger.charges.append(
          Charge(
            at: at("2026-05-01T00:00Z"), amount: Pence(charge), code: .chargeAccess, rule: .acc03,
            text: "a visit"))
      })
    }
    return core.settle(one)
  }

  @Test("nothing comes from nowhere and nothing is lost", arguments: 0..<200)
  func balances(number: Int) {
    let one = outcome(UInt64(number) + 1)
    let account = one.account
    #expect(account.isBalanced)
    for name in [Account.Name.accrued, .payable, .credit, .paid, .offset, .charged] {
      #expect(account.balance(name) >= Pence(0), "\(name.rawValue) of \(number)")
    }
    for name in [Account.Name.earned, .vat, .carried, .charges] {
      #expect(account.balance(name) <= Pence(0), "\(name.rawValue) of \(number)")
    }
    // What statements let be paid is waiting, with the customer or in bills: charges are off it already.
    let stated = one.statements.reduce(Pence(0)) { $0 + $1.payable }
    let places: [Account.Name] = [.accrued, .payable, .credit, .paid, .offset]
    #expect(places.reduce(Pence(0)) { $0 + account.balance($1) } == stated, "case \(number)")
    // The list of payments says the same.
    func sum(_ method: Payment.Method, _ states: Payment.State...) -> Pence {
      one.payments.filter { $0.method == method && states.contains($0.state) }.reduce(Pence(0)) {
        $0 + $1.amount
      }
    }
    #expect(sum(.bankTransfer, .paid) == account.balance(.paid), "case \(number)")
    #expect(sum(.bankTransfer, .held) == account.balance(.payable), "case \(number)")
    #expect(sum(.supplyAccount, .paid) == account.balance(.offset), "case \(number)")
    #expect(one.payments.allSatisfy { $0.amount > Pence(0) || $0.state == .refused })
  }

  @Test("the order in which events are listed changes nothing", arguments: 0..<40)
  func order(number: Int) {
    let (one, _) = made(UInt64(number) + 5000)
    var other = one
    // Events of one instant keep their order: it is all that tells which came first.
    other.events.sort { $0.received > $1.received }
    #expect(settle(one) == settle(other))
  }
}
