// Changes of the installation, its owner and place (R-CHG-01 … -09).

import Settlement
import Testing
import Units

@Suite("Changes")
struct ChangesTests {
  private func capacity(
    _ watts: Int64, _ when: String = "2026-05-10T09:00Z", received: String? = nil, _ facts: Facts = [:]
  ) -> CaseEvent {
    told(
      .capacityChanged, when, received: received,
      facts.updated(by: [.capacity: .power(Power(watts: watts))]))
  }

  private func plant(
    _ watts: Int64, _ technology: DeclaredInstallation.Technology = .solarPV
  ) -> Agreement {
    var one = agreement([flat("10")], technology: technology)
    one.installation.capacity = Power(watts: watts)
    return one
  }

  // MARK: Told

  @Test(
    "told within fourteen days is as soon as possible, on the fifteenth it is late",
    arguments: [
      ("2026-05-24T22:59Z", false, BoundaryTouch.Side.limit), ("2026-05-24T23:00Z", true, .past),
      ("2026-05-01T09:00Z", false, .inside),
    ])
  func late(received: String, isLate: Bool, side: BoundaryTouch.Side) {
    let outcome = events([capacity(3800, received: received)])
    #expect(outcome.codes.contains("CHG_LATE") == isLate)
    #expect(outcome.said(.chgDeclared) == ["\(received) CHG_DECLARED"])
    #expect(outcome.touches.contains { $0.boundary == "changes.tell-days" && $0.side == side })
  }

  @Test(
    "a call must be confirmed in writing in its days where the terms say so, or it counts from the letter"
  )
  func phone() {
    let strict = policy {
      $0.changes.phoneMustBeConfirmed.value = true
      $0.changes.confirmDays.value = 7
    }
    func outcome(_ confirmed: String?, _ policy: Policy) -> Outcome {
      let letter = confirmed.map { told(.changeConfirmed, $0, [.what: .text("capacity")]) }
      return events(
        [capacity(3800, received: "2026-05-20T09:00Z", [.channel: .text("phone")])]
          + [letter].compactMap { $0 },
        policy: policy)
    }
    // Called on the tenth day; a letter of 27 May is in time, one of 28 May is not, and is 18 days after the
    // change.
    #expect(outcome("2026-05-27T09:00Z", strict).said(.chgLate) == [])
    #expect(outcome("2026-05-28T09:00Z", strict).said(.chgLate) == ["2026-05-28T09:00Z CHG_LATE"])
    #expect(outcome("2026-05-27T09:00Z", strict).duty("written-confirmation")?.state == .met)
    #expect(outcome(nil, strict).duty("written-confirmation")?.state == .overdue)
    #expect(!outcome(nil, Policy(name: "test")).obligations.contains { $0.what == "written-confirmation" })
  }

  @Test("evidence that is said to be missing is asked for, and met when it comes")
  func evidence() {
    let change = capacity(3800, "2026-05-10T09:00Z", [.evidence: .flag(false)])
    #expect(events([change], until: "2026-05-20T00:00Z").duty("evidence")?.state == .open)
    #expect(events([change]).duty("evidence")?.state == .overdue)
    #expect(events([change]).duty("evidence")?.by?.description == "2026-05-24")
    let given = told(.evidenceGiven, "2026-05-20T09:00Z", [.what: .text("capacity")])
    #expect(events([change, given]).duty("evidence")?.met == at("2026-05-20T09:00Z"))
    #expect(!events([capacity(3800)]).obligations.contains { $0.what == "evidence" })
  }

  @Test("breakdown and maintenance are recorded and stop nothing")
  func breakdown() {
    let outcome = events([told(.plantChanged, "2026-05-10T09:00Z", [.what: .text("breakdown")])])
    #expect(outcome.decision(.chgDeclared)?.text.contains("breakdown") == true)
    #expect(outcome.stops == [])
  }

  // MARK: Installed

  @Test(
    "after a change 5,000.000 kW is eligible and 5,000.001 kW is not; of micro-CHP 50.000 kW is",
    arguments: [
      (DeclaredInstallation.Technology.solarPV, Int64(5_000_000), true), (.solarPV, 5_000_001, false),
      (.microCHP, 50_000, true), (.microCHP, 50_001, false),
    ])
  func limit(technology: DeclaredInstallation.Technology, watts: Int64, eligible: Bool) {
    let outcome = events([capacity(watts)], agreement: plant(40_000, technology))
    // London's 10 May begins at 23:00Z of the 9th.
    #expect(outcome.stops == (eligible ? [] : ["forfeit ELIG_TIC_EXCEEDED 2026-05-09T23:00Z on"]))
    #expect(outcome.codes.contains("CHG_CAPACITY"))
    #expect(
      outcome.touches.contains { $0.boundary == "changes.capacity" && $0.side == (eligible ? .limit : .past) }
    )
  }

  @Test("4,900 kW and 200 kW more of the same technology are over 5 MW, from that day until it is less again")
  func addsUp() {
    func unit(_ watts: Int64) -> CaseEvent {
      told(
        .unitAdded, "2026-05-10T09:00Z",
        [.technology: .text("solar-pv"), .capacity: .power(Power(watts: watts))])
    }
    let big = plant(4_900_000)
    #expect(
      events([unit(200_000)], agreement: big).stops == ["forfeit ELIG_TIC_EXCEEDED 2026-05-09T23:00Z on"])
    #expect(events([unit(100_000)], agreement: big).stops == [])
    #expect(
      events([unit(200_000), capacity(5_000_000, "2026-06-10T09:00Z")], agreement: big).stops == [
        "forfeit ELIG_TIC_EXCEEDED 2026-05-09T23:00Z to 2026-06-09T23:00Z"
      ])
  }

  @Test("49 kW that become 51 kW cross the limit of certificate and special rates, and that is said")
  func crossing() {
    let crossing = events([capacity(51_000)], agreement: plant(49_000)).decision(.chgCapacity)?.text ?? ""
    #expect(crossing.contains("from 49 kW to 51 kW") && crossing.contains("certificate and special rates"))
    let within = events([capacity(50_000)], agreement: plant(49_000)).decision(.chgCapacity)?.text ?? ""
    #expect(!within.contains("special rates"))
  }

  @Test("another technology behind the same register is held from that moment; with its own meter it is not")
  func separateUnit() {
    func wind(_ facts: Facts = [:]) -> CaseEvent {
      told(
        .unitAdded, "2026-05-10T09:00Z",
        facts.updated(by: [.technology: .text("wind"), .capacity: .power(Power(watts: 2000))]))
    }
    #expect(events([wind()]).stops == ["hold CHG_SEPARATE_UNIT 2026-05-10T09:00Z on"])
    #expect(events([wind([.exportMPAN: .text("9900000000028")])]).stops == [])
    let apart = events([wind(), told(.unitSeparated, "2026-06-10T09:00Z")])
    #expect(apart.stops == ["hold CHG_SEPARATE_UNIT 2026-05-10T09:00Z to 2026-06-10T09:00Z"])
    #expect(apart.decision(.payResumed)?.rule == "R-CHG-05")
  }

  @Test("a battery changes what night export means, from its true date")
  func battery() {
    func change(_ what: String) -> Outcome {
      events([told(.storageChanged, "2026-05-10T09:00Z", received: "2026-05-12T09:00Z", [.what: .text(what)])]
      )
    }
    #expect(change("added").said(.chgBattery) == ["2026-05-12T09:00Z CHG_BATTERY"])
    #expect(change("added").decision(.chgBattery)?.text.contains("by night is possible") == true)
    #expect(change("removed").decision(.chgBattery)?.text.contains("in doubt again") == true)
  }

  @Test("a new import supplier leaves export alone; where it must be told, late is late")
  func importSupplier() {
    let event = CaseEvent.importSupplierChanged(
      to: "Third Energy", at: at("2026-05-01T00:00Z"), received: at("2026-06-01T00:00Z"))
    #expect(events([event]).decision(.chgImportSupplier)?.text.contains("need not have been told") == true)
    #expect(!events([event]).codes.contains("CHG_LATE"))
    let must = policy { $0.changes.importSwitchMustBeTold.value = true }
    #expect(events([event], policy: must).codes.contains("CHG_LATE"))
  }

  // MARK: Owner and place

  @Test(
    "payable to London's midnight of the transfer; a final reading is due; nobody takes the agreement over"
  )
  func owner() {
    let sold = told(
      .ownerChanged, "2026-06-05T11:00Z", received: "2026-06-08T09:00Z",
      [.to: .text("Ms Green"), .takesOver: .flag(true)])
    let outcome = events([sold])
    #expect(outcome.stops == ["forfeit CHG_OWNER 2026-06-04T23:00Z on"])
    #expect(outcome.decisions.filter { $0.code == .chgOwner }.map(\.rule) == ["R-CHG-06", "R-CHG-09"])
    #expect(outcome.decision(.termAuto)?.rule == "R-TERM-03")
    // Fourteen days from the news: 22 June.
    #expect(outcome.duty("final-reading")?.by?.description == "2026-06-22")
    #expect(outcome.duty("final-reading")?.state == .overdue)
    let late = events(
      [sold], reads: [read("100", "2026-05-01T00:00Z"), read("160", "2026-06-26T09:00Z", by: .customer)])
    #expect(late.duty("final-reading")?.met == at("2026-06-26T09:00Z"))
  }

  @Test(
    "a customer who moves and keeps the roof keeps the agreement; without evidence it is suspended, not ended"
  )
  func moved() {
    func move(_ facts: Facts) -> CaseEvent {
      told(.customerMoved, "2026-06-05T11:00Z", facts.updated(by: [.stillOwner: .flag(true)]))
    }
    let proof = told(.evidenceGiven, "2026-06-20T09:00Z", [.what: .text("move")])
    let hold = ["hold CHG_MOVED_STILL_OWNER 2026-06-04T23:00Z on"]
    #expect(events([move([.evidence: .flag(true)])]).stops == [])
    #expect(events([move([:])]).stops == hold)
    #expect(events([move([.evidence: .flag(true), .accessAssured: .flag(false)])]).stops == hold)
    let given = events([move([:]), proof])
    #expect(given.stops == [])
    #expect(given.decision(.payReleased)?.rule == "R-CHG-07")
    #expect(given.duty("evidence")?.state == .met)
  }

  @Test("nothing after the unit is removed; while its removal is not confirmed in writing, it is held")
  func decommissioned() {
    func removed(_ facts: Facts = [:]) -> CaseEvent { told(.decommissioned, "2026-06-05T11:00Z", facts) }
    #expect(events([removed()]).stops == ["forfeit CHG_DECOMMISSIONED 2026-06-05T11:00Z on"])
    let open = removed([.confirmed: .flag(false)])
    #expect(events([open]).stops == ["hold CHG_DECOMMISSIONED 2026-06-05T11:00Z on"])
    let letter = told(.changeConfirmed, "2026-06-15T11:00Z", [.what: .text("decommissioning")])
    #expect(events([open, letter]).stops == ["forfeit CHG_DECOMMISSIONED 2026-06-05T11:00Z on"])
  }

  @Test("a register that moves after its unit is gone is queried; one that stands still is not")
  func exportAfterEnd() {
    let removed = told(.decommissioned, "2026-06-05T11:00Z")
    func outcome(_ last: String) -> Outcome {
      events(
        [removed],
        reads: [
          read("100", "2026-05-01T00:00Z"), read("150", "2026-06-05T11:00Z", by: .visit),
          read(last, "2026-06-12T00:00Z", received: "2026-06-12T09:00Z"),
        ])
    }
    #expect(!outcome("150").codes.contains("VAL_EXPORT_AFTER_END"))
    let moves = outcome("151.5")
    #expect(moves.decision(.valExportAfterEnd)?.at == at("2026-06-12T09:00Z"))
    #expect(moves.decision(.valExportAfterEnd)?.text.contains("1.5 kWh between") == true)
  }
}
