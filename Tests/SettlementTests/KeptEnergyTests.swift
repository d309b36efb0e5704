// Energy that is not paid stays in sight: withheld in part, after a reading that counts no more, after a
// misread (R-WHLD-01, R-WHLD-04, R-READ-04, R-READ-07, R-READ-09). 10 p/kWh throughout.

import Settlement
import Testing
import Units

@Suite("Energy that is kept")
struct KeptEnergyTests {
  private let hydro = agreement([flat("10")], technology: .hydro)
  private let opening = read("100", "2026-05-01T00:00Z")

  private func half(_ from: String = "2026-05-01T00:00Z") -> CaseEvent {
    told(
      .withholdingOrdered, "2026-05-02T09:00Z",
      [.ground: .text("suspected-abuse"), .from: .instant(at(from)), .part: .perMille(500)])
  }

  @Test("a withholding of half keeps half at the whole price, and pays it when it is lifted")
  func lifted() {
    let outcome = events(
      [half(), told(.withholdingLifted, "2026-06-10T09:00Z")],
      reads: [opening, read("350", "2026-06-01T00:00Z")], agreement: hydro, until: "2026-07-01T09:00Z",
      settle: ["2026-06-01T09:00Z", "2026-07-01T09:00Z"])
    // 250 kWh: 125 paid, £12.50, and 125 held; then those.
    let first = outcome.statements[0].lines.map(\.summary)
    #expect(first.contains("paid 125 kWh £12.50"))
    #expect(first.contains("held WHLD_ABUSE 125 kWh"))
    #expect(outcome.statements[0].lines.first?.rate == pence("10"))
    let release = outcome.statements[1].lines.first
    #expect(release?.summary == "adjustment 125 kWh £12.50")
    #expect(release?.reason == .payReleased)
    #expect(outcome.balance.paid == NanoPence(Pence(2500)))
    #expect(outcome.balance.isEven)
  }

  @Test("half-hours are withheld in part as readings are, and the balance says so")
  func halfHours() {
    let outcome = settle(
      story(
        hydro, from: "2026-05-01T00:00Z", to: "2026-05-03T09:00Z",
        logs: [log(constant(1000), from: "2026-05-01T00:00Z", received: "2026-05-02T00:00Z")],
        events: [half()]))
    // 48 kWh: 24 paid, £2.40, and 24 held.
    #expect(outcome.paid == Pence(240))
    #expect(outcome.balance.held == NanoPence(Pence(240)))
    #expect(outcome.balance.forfeited == .zero)
    #expect(outcome.balance.isEven)
  }

  @Test("after a reading that is withdrawn, or not proven, the time it closed is held in the same statement")
  func fellBack() {
    let closing = read("400", "2026-06-01T00:00Z", by: .customer)
    let facts: Facts = [.serial: .text("S2"), .taken: .instant(at("2026-06-01T00:00Z"))]
    let withdrawn = events(
      [told(.readingWithdrawn, "2026-06-05T09:00Z", facts)], reads: [opening, closing], agreement: hydro,
      until: "2026-06-06T09:00Z", settle: ["2026-06-01T09:00Z", "2026-06-06T09:00Z"])
    let lines = withdrawn.statements[1].lines
    #expect(lines.contains { $0.summary == "adjustment -300 kWh -£30.00" })
    #expect(lines.contains { $0.summary == "held WHLD_NO_READING unknown" && $0.from == opening.at })
    let refused = events(
      [
        told(.proofRequested, "2026-06-01T08:00Z", facts),
        told(
          .proofGiven, "2026-06-05T09:00Z",
          [.serial: .text("S2"), .proof: .text("dated-photo"), .accepted: .flag(false)]),
      ], reads: [opening, closing], agreement: hydro, until: "2026-06-06T09:00Z",
      settle: ["2026-06-01T09:00Z", "2026-06-06T09:00Z"])
    #expect(refused.statements[1].lines.map(\.summary) == ["held WHLD_UNPROVEN unknown"])
  }

  @Test("half-hours of a policy that pays readings alone do not shorten what is held")
  func registersOnly() {
    let registers = policy { $0.payableBasis.value = [.registers] }
    let outcome = settle(
      story(
        hydro, from: "2026-05-01T00:00Z", to: "2026-05-20T09:00Z", reads: [opening],
        logs: [log(constant(1000), from: "2026-05-01T00:00Z", received: "2026-05-02T00:00Z")],
        policy: registers))
    #expect(outcome.summary == ["held WHLD_NO_READING unknown"])
    #expect(outcome.statements[0].lines[0].from == opening.at)
  }

  @Test("a customer's reading that a later remote one shows to be impossible is queried and not paid")
  func misread() {
    let outcome = settle(
      story(
        hydro, from: "2026-05-01T00:00Z", to: "2026-06-01T09:00Z",
        reads: [
          opening, read("1400", "2026-05-15T00:00Z", by: .customer, step: 1000),
          read("400", "2026-06-01T00:00Z"),
        ]))
    // 300 kWh by the remote readings; 14 days of 3.95 kW could have been 1327 kWh, so it was no breach.
    #expect(outcome.paid == Pence(3000))
    #expect(outcome.decision(.valQueried)?.rule == "R-READ-07")
    #expect(outcome.decision(.valQueried)?.at == at("2026-06-01T00:00Z"))
    #expect(!outcome.codes.contains("VAL_OVER_CAPACITY"))
  }

  @Test("a split is never dated before the plan that makes it was told")
  func dates() {
    let plan = told(
      .planIssued, "2026-06-12T09:00Z",
      [.effective: day("2026-05-10"), .tariff: .tariff([flat("12.5")])])
    let outcome = events(
      [plan], reads: [opening, read("350", "2026-06-01T00:00Z")],
      agreement: hydro, until: "2026-06-13T09:00Z", settle: ["2026-06-01T09:00Z", "2026-06-13T09:00Z"])
    #expect(outcome.decision(.tarSplitProvisional)?.at == at("2026-06-12T09:00Z"))
  }

  @Test("a half-hour over capacity is held inside an advance, as a dark one is (R-VAL-02)")
  func overCapacity() {
    // 20 kWh in all, of which one half-hour claims 9, where 3.95 kW makes at most 2.073.
    let outcome = settle(
      story(
        hydro, from: "2026-05-01T00:00Z", to: "2026-05-03T09:00Z",
        reads: [opening, read("120", "2026-05-02T00:00Z")],
        logs: [log([9000], from: "2026-05-01T12:00Z", received: "2026-05-02T00:00Z")]))
    #expect(outcome.paid == Pence(110))
    #expect(outcome.balance.held == NanoPence(Pence(90)))
  }

  @Test("eligibility is not said to be met beside a test that fails (section 18)")
  func eligible() {
    var home = agreement([flat("10")])
    home.facts = facts("certificate: none")
    let outcome = events(
      [], policy: policy("eligibility.uncertified: hold"), reads: [opening], agreement: home)
    #expect(outcome.codes.contains("ELIG_CERT_MISSING"))
    #expect(!outcome.codes.contains("ELIG_OK"))
    #expect(events([], reads: [opening]).codes.contains("ELIG_OK"))
  }

  @Test("an application that was withdrawn stays so, though it is registered later")
  func withdrawn() {
    let way = [
      event("application-submitted", "2026-05-05T09:00Z"), event("documents-checked", "2026-05-06T09:00Z"),
      event("application-withdrawn", "2026-05-07T09:00Z"), event("registered", "2026-05-20T09:00Z"),
    ]
    func seen(_ value: String, _ when: String) -> Read {
      read(
        value, when, by: .customer, step: 1000,
        photo: Photo(serial: "S2", register: .export, value: kWh(value)))
    }
    let reads = [seen("100", "2026-05-21T00:00Z"), seen("200", "2026-06-21T00:00Z")]
    let stops = events(way, reads: reads, agreement: hydro).treatments
    #expect(stops.contains { $0.reason == .payBeforeEligible && $0.to == .distantFuture })
  }
}
