// Changes that nobody told (R-WHLD-03): what shows them, who decides, and what becomes of the energy (K-48,
// K-24).

import Settlement
import Testing
import Units

@Suite("Changes that nobody told")
struct UndeclaredTests {
  private let ofgem = policy { $0.changes.undeclared.value = .ofgemDecides }
  private let licensee = policy { $0.changes.undeclared.value = .licenseeDecides }

  private let found = told(
    .changeFound, "2026-05-10T09:00Z", received: "2026-06-01T09:00Z", [.what: .text("storage")])

  private func decided(_ name: EventName, _ outcome: String, part: Int? = nil) -> CaseEvent {
    var facts: Facts = [.outcome: .text(outcome)]
    facts[.part] = part.map { .perMille($0) }
    return told(name, "2026-06-20T09:00Z", facts)
  }

  private let hold = "hold CHG_UNDECLARED 2026-05-10T09:00Z on"

  @Test("Ofgem is told and decides, or the licensee decides, or it is only recorded")
  func whoDecides() {
    let first = events([found], policy: ofgem)
    #expect(first.stops == [hold])
    #expect(first.parties(.notifyOfgem) == [.ofgem])
    #expect(first.decision(.notifyOfgem)?.at == at("2026-06-01T09:00Z"))
    let second = events([found], policy: licensee)
    #expect(second.stops == [hold])
    #expect(second.parties(.notifyOfgem) == [])
    #expect(events([found]).stops == [])
    #expect(events([found]).decision(.chgUndeclared)?.rule == "R-WHLD-03")
  }

  @Test("the licensee's word counts only where the terms leave it to the licensee; Ofgem's always")
  func word() {
    #expect(events([found, decided(.licenseeDecided, "pay")], policy: ofgem).stops == [hold])
    #expect(events([found, decided(.licenseeDecided, "pay")], policy: licensee).stops == [])
    #expect(events([found, decided(.ofgemDecided, "pay")], policy: licensee).stops == [])
    #expect(
      events([found, decided(.licenseeDecided, "pay"), decided(.ofgemDecided, "forfeit")], policy: licensee)
        .stops
        == ["forfeit CHG_UNDECLARED 2026-05-10T09:00Z to 2026-06-20T09:00Z"])
  }

  @Test(
    "what was held is paid, paid at a part, or lost, up to the decision",
    arguments: [
      ("pay", []), ("forfeit", ["forfeit CHG_UNDECLARED 2026-05-10T09:00Z to 2026-06-20T09:00Z"]),
      ("reduce", ["reduce 500 CHG_UNDECLARED 2026-05-10T09:00Z to 2026-06-20T09:00Z"]),
    ])
  func outcomes(outcome: String, spans: [String]) {
    let one = events([found, decided(.ofgemDecided, outcome, part: 500)], policy: ofgem)
    #expect(one.stops == spans)
    #expect(one.codes.contains("PAY_RELEASED") == (outcome != "forfeit"))
  }

  // MARK: What shows it

  /// 100 Wh in the half-hour that begins at 23:00Z, in each of so many nights from 10 May; received at
  /// 06:00Z.
  private func nights(_ count: Int, _ energy: Int64 = 100) -> [LogRead] {
    (10..<10 + count).map {
      log([energy], from: "2026-05-\($0)T23:00Z", received: "2026-05-\($0 + 1)T06:00Z", cause: UInt32($0))
    }
  }

  private func outcome(
    _ logs: [LogRead], _ events: [CaseEvent] = [], reads: [Read] = [], under policy: Policy
  )
    -> Outcome
  {
    settle(
      story(
        agreement([flat("10")]), from: "2026-05-01T00:00Z", to: "2026-06-01T00:00Z", reads: reads, logs: logs,
        events: events, policy: policy))
  }

  @Test(
    "three nights with export show a store; two show nothing", arguments: [(2, false), (3, true), (4, true)])
  func nightExport(count: Int, shown: Bool) {
    let one = outcome(nights(count), under: ofgem)
    #expect(one.codes.contains("CHG_UNDECLARED") == shown)
    #expect(one.stops == (shown ? ["hold CHG_UNDECLARED 2026-05-10T23:00Z on"] : []))
    // Known when the third night's log came, whatever came after it.
    if shown { #expect(one.decision(.chgUndeclared)?.at == at("2026-05-13T06:00Z")) }
    let side: BoundaryTouch.Side = count == 2 ? .limit : count == 3 ? .past : .beyond
    #expect(one.touches.contains { $0.boundary == "changes.undeclared-days" && $0.side == side })
  }

  @Test("a store that was declared in time is no secret; one declared afterwards was")
  func declared() {
    func added(received: String) -> CaseEvent {
      told(.storageChanged, "2026-05-09T09:00Z", received: received, [.what: .text("added")])
    }
    #expect(
      !outcome(nights(4), [added(received: "2026-05-09T09:00Z")], under: ofgem).codes.contains(
        "CHG_UNDECLARED"))
    #expect(
      outcome(nights(4), [added(received: "2026-05-20T09:00Z")], under: ofgem).codes.contains(
        "CHG_UNDECLARED"))
  }

  @Test("where storage need not be told, export by night shows nothing (K-24)")
  func storageNeedNotBeTold() {
    var silent = ofgem
    silent.changes.storageMustBeTold.value = false
    #expect(!outcome(nights(4), under: silent).codes.contains("CHG_UNDECLARED"))
  }

  @Test(
    "three days over capacity show that something was added: 3.95 kW and 5 % let 2,073 Wh out in a half-hour")
  func overCapacity() {
    // 3950 W × 0.5 h × 1.05 = 2073.75 Wh, cut to 2073.
    func days(_ energy: Int64) -> [LogRead] {
      (10..<13).map { log([energy], from: "2026-05-\($0)T12:00Z", received: "2026-05-\($0 + 1)T06:00Z") }
    }
    #expect(!outcome(days(2073), under: ofgem).codes.contains("CHG_UNDECLARED"))
    let over = outcome(days(2074), under: ofgem)
    #expect(over.stops == ["hold CHG_UNDECLARED 2026-05-10T12:00Z on"])
    #expect(over.decision(.chgUndeclared)?.text.contains("over what is installed") == true)
  }

  @Test("two readings of a strange serial number show an exchange, unless it was reported before they came")
  func serials() {
    let reads = [
      read("100", "2026-05-01T00:00Z"), read("120", "2026-05-08T00:00Z"),
      read("5", "2026-05-10T00:00Z", of: "NEW"),
      read("9", "2026-05-11T00:00Z", of: "NEW"),
    ]
    let one = outcome([], reads: reads, under: ofgem)
    // Held from the last reading of the meter that is known: nobody knows when it was exchanged.
    #expect(one.stops == ["hold CHG_UNDECLARED 2026-05-08T00:00Z on"])
    #expect(one.decision(.chgUndeclared)?.at == at("2026-05-11T00:00Z"))
    #expect(!outcome([], reads: Array(reads.dropLast()), under: ofgem).codes.contains("CHG_UNDECLARED"))
    func exchange(received: String) -> CaseEvent {
      .meterExchanged(
        old: "S2", final: [:], new: smets2("NEW"), initial: [:], at: at("2026-05-09T12:00Z"),
        received: at(received))
    }
    #expect(
      !outcome([], [exchange(received: "2026-05-09T20:00Z")], reads: reads, under: ofgem).codes.contains(
        "CHG_UNDECLARED"))
    #expect(
      outcome([], [exchange(received: "2026-05-12T09:00Z")], reads: reads, under: ofgem).codes.contains(
        "CHG_UNDECLARED"))
  }
}
