// Whom it is paid to, payments that come back, and charges (R-PAY-08, R-PAY-10, R-ONB-09, R-ACC-03). A water
// wheel at 10 p/kWh; 300 kWh, £30.00, a quarter.

import BackspinTesting
import Testing
import Units

@testable import Settlement

private let reads = [
  ("2026-01-01T00:00Z", "100"), ("2026-03-31T23:00Z", "400"), ("2026-06-30T23:00Z", "700"),
]
private let times = ["2026-03-31T23:00Z", "2026-06-30T23:00Z"]

private func person(_ name: String, joint: String? = nil, account: String? = nil) -> Facts {
  var facts: Facts = [.person: .text(name)]
  facts[.jointWith] = joint.map { .text($0) }
  facts[.accountName] = account.map { .text($0) }
  return facts
}

@Suite("Payees")
struct PayeeTests {
  private func outcome(
    _ facts: Facts, _ events: [CaseEvent] = [], policy: (inout Policy) -> Void = { _ in }
  ) -> Outcome {
    settle(
      paying(
        wheel(facts), to: "2026-07-10T00:00Z", settle: times, reads: reads, events: events, policy: policy))
  }

  @Test("only the person on the plan is paid, or one of two")
  func names() {
    TextTable.each(
      """
      | person   | joint    | account   | paid |
      | Ada Byte | -        | Ada Byte  | yes  |
      # Case and blanks make no other person.
      | Ada Byte | -        | ada  BYTE | yes  |
      | Ada Byte | -        | Bob Byte  | no   |
      | Ada Byte | Bob Byte | Bob Byte  | yes  |
      # Nobody said in whose name the account is: no question.
      | Ada Byte | -        | -         | yes  |
      """
    ) { row in
      func name(_ column: String) throws -> String? {
        let text = try row.text(column)
        return text == "-" ? nil : text
      }
      let one = outcome(
        person(try row.text("person"), joint: try name("joint"), account: try name("account")))
      let isPaid = try row.text("paid") == "yes"
      #expect(one.codes.contains("PAY_WRONG_PAYEE") != isPaid, sourceLocation: row.sourceLocation)
      #expect(
        one.account.balance(isPaid ? .paid : .payable) == Pence(6000), sourceLocation: row.sourceLocation)
      #expect(one.account.isBalanced, sourceLocation: row.sourceLocation)
    }
  }

  @Test("what was held is sent when the account is in the right name")
  func corrected() {
    let one = outcome(
      person("Ada Byte", account: "Bob Byte"),
      [told(.bankDetailsGiven, "2026-04-10T10:00Z", [.accountName: .text("Ada Byte")])])
    #expect(one.payments.map(\.state) == [.paid, .paid])
    #expect(one.payments[0].paid == at("2026-04-10T10:00Z"))
    #expect(one.decision(.payReleased)?.text.contains("£30.00, held since") == true)
  }

  @Test("a death stops payments to the dead, until somebody may act for the estate")
  func death() {
    let died = told(.payeeDied, "2026-03-01T10:00Z", [.person: .text("Ada Byte")])
    let alone = outcome(person("Ada Byte", account: "Ada Byte"), [died])
    #expect(alone.account.balance(.payable) == Pence(6000))
    #expect(alone.decision(.payWrongPayee)?.text.contains("who died") == true)
    let estate = outcome(
      person("Ada Byte", account: "Ada Byte"),
      [
        died, told(.estateConfirmed, "2026-05-01T10:00Z", [.executor: .text("Eve Exe")]),
        told(.bankDetailsGiven, "2026-05-02T10:00Z", [.accountName: .text("Eve Exe")]),
      ])
    #expect(estate.account.balance(.paid) == Pence(6000))
    #expect(estate.payments[0].paid == at("2026-05-02T10:00Z"))
    // The other of two goes on being paid.
    let joint = outcome(person("Ada Byte", joint: "Bob Byte", account: "Bob Byte"), [died])
    #expect(joint.account.balance(.paid) == Pence(6000))
  }

  @Test("a licensee that asks nobody's name pays any account")
  func unchecked() {
    let one = outcome(person("Ada Byte", account: "Bob Byte")) {
      $0.payment.onlyPersonOnPlan = .ours(false, "for this test")
    }
    #expect(one.account.balance(.paid) == Pence(6000))
  }

  @Test("a payment that the bank sends back is owed again, and sent when an account is given")
  func returned() {
    let back = told(.paymentReturned, "2026-04-05T10:00Z", [.why: .text("account closed")])
    let waiting = outcome([:], [back])
    #expect(waiting.payments.map(\.state) == [.returned, .held, .held])
    #expect(waiting.account.balance(.payable) == Pence(6000))
    #expect(waiting.decision(.payReturned)?.text.contains("account closed") == true)
    let sent = outcome(
      [:], [back, told(.bankDetailsGiven, "2026-04-20T10:00Z", [.accountName: .text("Ada")])])
    #expect(sent.payments.map(\.state) == [.returned, .paid, .paid])
    #expect(sent.account.balance(.paid) == Pence(6000))
    #expect(sent.account.isBalanced)
  }

  @Test("a charge is a line of its own on the next statement, and what it exceeds it by is carried")
  func charge() {
    func outcome(_ pence: Int64, _ policy: (inout Policy) -> Void = { _ in }) -> Outcome {
      var core = EmbeddedCore()
      core.probe = Probe(afterRules: { ledger, _ in
        ledger.charges.append(
          Charge(
            at: at("2026-02-01T00:00Z"), amount: Pence(pence), code: .chargeMPANSetup, rule: .onb09,
            text: "set-up"))
      })
      return core.settle(
        paying(wheel(), to: "2026-07-10T00:00Z", settle: times, reads: reads, policy: policy))
    }
    // £30.00 − £12.50 = £17.50, then £30.00.
    let small = outcome(1250)
    #expect(small.payments.map(\.amount) == [Pence(1750), Pence(3000)])
    #expect(
      small.all(.chargeMPANSetup).map(\.text) == [
        "the charge of £12.50 stands on a line of its own, and £17.50 is payable"
      ])
    // £50.00: nothing is paid of the first £30.00, and £20.00 waits for the second.
    let large = outcome(5000)
    #expect(large.payments.map(\.amount) == [Pence(1000)])
    #expect(large.all(.chargeMPANSetup)[0].text.hasSuffix("; -£20.00 is carried to the next statement"))
    #expect(large.statements.map(\.payable) == [Pence(0), Pence(1000)])
    #expect(large.statements.map(\.carriedOut) == [Pence(-2000), Pence(0)])
    #expect(large.summary.first { $0.hasPrefix("charge") } == "charge unknown -£50.00")
    #expect(large.account.balance(.charges) == Pence(0))
    #expect(large.account.balance(.charged) == Pence(5000))
    #expect(large.account.isBalanced)
    // Billed on its own, it leaves the payments alone.
    let billed = outcome(5000) { $0.payment.charges = .ours(.billed, "for this test") }
    #expect(billed.payments.map(\.amount) == [Pence(3000), Pence(3000)])
    #expect(billed.account.balance(.charges) == Pence(-5000))
  }
}
