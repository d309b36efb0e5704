// Withholding, recovery, MCS suspension, changes that nobody told (R-WHLD-01 … -05, AD_RECOUP of R-ELIG-14).

import Settlement
import Testing
import Units

@Suite("Withholding")
struct WithholdingTests {
  private func order(_ ground: String, _ facts: Facts = [:]) -> CaseEvent {
    told(
      .withholdingOrdered, "2026-05-10T09:00Z", facts.updated(by: [.ground: .text(ground)]), cause: 1)
  }

  @Test(
    "each ground that the terms name withholds from the order on, under its own code",
    arguments: [
      ("error", "WHLD_ERROR"), ("instruction", "WHLD_ERROR"), ("information", "WHLD_ERROR"),
      ("abuse", "WHLD_ABUSE"), ("suspected-abuse", "WHLD_ABUSE"), ("not-inspected", "WHLD_NO_ACCESS"),
    ])
  func grounds(ground: String, code: String) {
    let outcome = events([order(ground)])
    #expect(outcome.stops == ["hold \(code) 2026-05-10T09:00Z on"])
    #expect(outcome.decisions.filter { $0.rule == "R-WHLD-01" }.map(\.code.rawValue) == [code])
    #expect(outcome.notifications.map(\.to) == [.customer])
  }

  @Test("a ground that the terms do not name withholds nothing, and that is said")
  func noGround() {
    let strict = policy { $0.withholding.grounds.value = [.error, .abuse, .instruction, .information] }
    let outcome = events([order("suspected-abuse")], policy: strict)
    #expect(outcome.stops == [])
    let said = outcome.decision(.whldAbuse)
    #expect(said?.severity == .query)
    #expect(said?.text.hasPrefix("payment is not withheld") == true)
    #expect(outcome.notifications == [])
  }

  @Test("a withholding that is lifted leaves nothing held, and what was accrued is payable (R-WHLD-04)")
  func lifted() {
    let outcome = events([
      order("error"), told(.withholdingLifted, "2026-06-01T09:00Z", received: "2026-06-02T09:00Z"),
    ])
    #expect(outcome.stops == [])
    #expect(outcome.decision(.payReleased)?.rule == "R-WHLD-04")
    #expect(outcome.decision(.payReleased)?.at == at("2026-06-02T09:00Z"))
    // One that names another ground lifts nothing.
    let other = events([
      order("error"), told(.withholdingLifted, "2026-06-01T09:00Z", [.ground: .text("abuse")]),
    ])
    #expect(other.stops == ["hold WHLD_ERROR 2026-05-10T09:00Z on"])
  }

  @Test("a later order withholds again: a right not used, or given up, once is not lost (R-WHLD-05)")
  func again() {
    let outcome = events([
      order("error"), told(.withholdingLifted, "2026-06-01T09:00Z"),
      told(.withholdingOrdered, "2026-07-01T09:00Z", [.ground: .text("error")]),
    ])
    #expect(outcome.stops == ["hold WHLD_ERROR 2026-07-01T09:00Z on"])
  }

  @Test("an order may reach back, end by itself, and reduce in place of withholding")
  func spans() {
    let outcome = events([
      order(
        "information",
        [
          .from: .instant(at("2026-05-02T00:00Z")), .until: .instant(at("2026-05-05T00:00Z")),
          .part: .perMille(750),
        ])
    ])
    #expect(outcome.stops == ["reduce 750 WHLD_ERROR 2026-05-02T00:00Z to 2026-05-05T00:00Z"])
  }

  // MARK: Recovery

  @Test("a recovery of a time makes that time not payable; a recovery of a sum is a charge")
  func recovery() {
    let outcome = events([
      told(
        .recoveryInstructed, "2026-06-01T09:00Z",
        [
          .ground: .text("error"), .from: .instant(at("2026-05-02T00:00Z")),
          .until: .instant(at("2026-05-05T00:00Z")),
        ])
    ])
    #expect(outcome.stops == ["forfeit RECOUP_OVERPAID 2026-05-02T00:00Z to 2026-05-05T00:00Z"])
    #expect(outcome.decision(.recoupOverpaid)?.rule == "R-WHLD-01")
    let sum = events([
      told(.recoveryInstructed, "2026-06-01T09:00Z", [.ground: .text("error"), .amount: .money(Pence(500))])
    ])
    #expect(sum.stops == [])
    #expect(sum.decision(.recoupOverpaid)?.text.hasPrefix("£5.00 comes off the next payments") == true)
    let neither = events([told(.recoveryInstructed, "2026-06-01T09:00Z", [.ground: .text("error")])])
    #expect(neither.decision(.recoupOverpaid)?.severity == .query)
  }

  @Test("payments of a digester are recovered on Ofgem's word, not on the licensee's")
  func digester() {
    func outcome(by: String) -> Outcome {
      events([
        told(
          .recoveryInstructed, "2026-06-01T09:00Z",
          [
            .ground: .text("ad-evidence"), .by: .text(by), .from: .instant(at("2026-05-02T00:00Z")),
          ])
      ])
    }
    let ofgem = outcome(by: "ofgem")
    #expect(ofgem.stops == ["forfeit AD_RECOUP 2026-05-02T00:00Z to 2026-06-01T09:00Z"])
    #expect(ofgem.decision(.adRecoup)?.rule == "R-ELIG-14")
    #expect(outcome(by: "licensee").stops == [])
    #expect(outcome(by: "licensee").decision(.adRecoup)?.severity == .query)
  }
}

@Suite("MCS suspension")
struct SuspensionTests {
  private let suspended = told(.mcsSuspended, "2026-05-10T09:00Z", [.what: .text("removed")])

  private func resumed(_ part: Int? = nil, from: String? = nil, _ when: String = "2026-06-10T09:00Z")
    -> CaseEvent
  {
    var facts = Facts()
    facts[.part] = part.map { .perMille($0) }
    facts[.from] = from.map { .instant(at($0)) }
    return told(.mcsResumed, when, facts)
  }

  @Test("payment waits from the suspension until Ofgem says that it resumes")
  func waits() {
    let outcome = events([suspended])
    #expect(outcome.stops == ["hold WHLD_MCS_SUSPENDED 2026-05-10T09:00Z on"])
    #expect(
      outcome.decision(.whldMCSSuspended)?.text.contains("takes the installation off its register") == true)
    #expect(events([suspended, resumed()]).stops == [])
  }

  @Test("a resumption at a part of the rate applies to what was held too, unless Ofgem names a day")
  func part() {
    #expect(
      events([suspended, resumed(800)]).stops == ["reduce 800 PAY_RESUMED 2026-05-10T09:00Z on"])
    #expect(
      events([suspended, resumed(800, from: "2026-06-10T00:00Z")]).stops == [
        "reduce 800 PAY_RESUMED 2026-06-10T00:00Z on"
      ])
    // The whole rate is given back later: the part ends there.
    #expect(
      events([suspended, resumed(800), resumed(nil, "2026-07-01T00:00Z")]).stops == [
        "reduce 800 PAY_RESUMED 2026-05-10T09:00Z to 2026-07-01T00:00Z"
      ])
  }

  @Test("where the policy forfeits what flowed in between, the part applies from the resumption on")
  func forfeits() {
    let other = policy { $0.withholding.suspension.value = .forfeits }
    #expect(
      events([suspended, resumed(800)], policy: other).stops == [
        "forfeit WHLD_MCS_SUSPENDED 2026-05-10T09:00Z to 2026-06-10T09:00Z",
        "reduce 800 PAY_RESUMED 2026-06-10T09:00Z on",
      ])
  }

  @Test("the order in which suspension and resumption become known changes no span")
  func order() {
    let late = told(.mcsSuspended, "2026-05-10T09:00Z", received: "2026-06-20T09:00Z")
    #expect(events([late, resumed(800)]).stops == events([suspended, resumed(800)]).stops)
    #expect(events([late, resumed(800)]).decision(.payResumed)?.at == at("2026-06-20T09:00Z"))
  }
}
