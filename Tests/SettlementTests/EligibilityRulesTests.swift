// What an application states, rule by rule (R-ELIG-01 … -05, -10, -13, -16, -19, -20, R-ONB-11, R-MPAN-05).

import BackspinTesting
import Settlement
import Testing
import Units

@Suite("Eligibility by what is stated")
struct EligibilityRulesTests {
  /// Rows of facts under a policy: what code, and what becomes of the money. `paid` is £0.52 (5.16 kWh × 10 p
  /// = 51.6 p) where nothing bars it.
  private func check(_ table: String, _ here: SourceLocation = #_sourceLocation) {
    TextTable.each(table, sourceLocation: here) { row in
      let technology = try row.value("technology") { DeclaredInstallation.Technology(rawValue: $0) }
      let capacity = try row.value("capacity") { try Power(parsing: $0) }
      let stated = facts(try row.optional("facts") ?? "", row.sourceLocation)
      let result = applying(
        stated, technology: technology, capacity: capacity,
        policy: policy(try row.optional("policy") ?? "", row.sourceLocation))
      let outcome = try row.text("money")
      let code = try row.text("code")
      #expect(result.codes.contains(code), sourceLocation: row.sourceLocation)
      switch outcome {
      case "paid":
        #expect(result.paid == Pence(52), sourceLocation: row.sourceLocation)
        #expect(result.stretches == [], sourceLocation: row.sourceLocation)
      case "refused":
        #expect(result.statements[0].flags.contains("refused"), sourceLocation: row.sourceLocation)
        #expect(result.paid == Pence(0), sourceLocation: row.sourceLocation)
        #expect(result.statements[0].lines[0].reason.rawValue == code, sourceLocation: row.sourceLocation)
        #expect(!result.codes.contains("ELIG_OK"), sourceLocation: row.sourceLocation)
      default:
        #expect(result.stretches == ["hold \(code) 2026-06-01T00:00Z -"], sourceLocation: row.sourceLocation)
      }
    }
  }

  @Test("the list of technologies decides, whatever is burnt")
  func technologies() {
    check(
      """
      | technology          | capacity | facts                             | policy | code            | money   |
      | solar-pv            | 4 kW     |                                   |        | ELIG_OK         | paid    |
      | wind                | 4 kW     | technology: onshore-wind          |        | ELIG_OK         | paid    |
      | hydro               | 4 kW     |                                   |        | ELIG_OK         | paid    |
      | micro-chp           | 50 kW    | fuel: natural gas                 |        | ELIG_OK         | paid    |
      | anaerobic-digestion | 4 kW     |                                   |        | ELIG_OK         | paid    |
      | wind                | 4 kW     | technology: offshore-wind         |        | ELIG_TECHNOLOGY | refused |
      | solar-pv            | 4 kW     | technology: battery               |        | ELIG_TECHNOLOGY | refused |
      | hydro               | 4 kW     | technology: geothermal            |        | ELIG_TECHNOLOGY | refused |
      | hydro               | 4 kW     | technology: diesel; fuel: biofuel |        | ELIG_TECHNOLOGY | refused |
      """)
  }

  @Test("5 MW and, for micro-CHP, 50 kW electrical are in the scheme; one watt more is not")
  func capacities() {
    check(
      """
      | technology | capacity    | facts                           | policy | code              | money   |
      | hydro      | 5000.000 kW |                                 |        | ELIG_OK           | paid    |
      | hydro      | 5000.001 kW |                                 |        | ELIG_TIC_EXCEEDED | refused |
      | micro-chp  | 50.000 kW   |                                 |        | ELIG_OK           | paid    |
      | micro-chp  | 50.001 kW   |                                 |        | ELIG_TIC_EXCEEDED | refused |
      # K-22: micro-CHP counts electrically; declared net capacity counts only where the policy says so.
      | micro-chp  | 62 kW       | electrical-capacity: 50 kW      |        | ELIG_OK           | paid    |
      | micro-chp  | 50 kW       | electrical-capacity: 50.001 kW  |        | ELIG_TIC_EXCEEDED | refused |
      | hydro      | 5100 kW     | declared-net-capacity: 4900 kW  |        | ELIG_TIC_EXCEEDED | refused |
      | hydro      | 5100 kW     | declared-net-capacity: 4900 kW  | eligibility.capacity-basis: declared-net | ELIG_OK | paid |
      """)
  }

  @Test("the limits of capacity are met from both sides")
  func capacityTouches() {
    for (watts, side) in [
      (4_999_999, "inside"), (5_000_000, "limit"), (5_000_001, "past"), (5_000_002, "beyond"),
    ] {
      let result = applying(
        facts("fuel: none"), technology: .hydro, capacity: Power(watts: Int64(watts)))
      #expect(result.touched("scheme.capacity") == [side])
    }
    let half = applying(facts("fuel: gas"), technology: .microCHP, capacity: Power(milliwatts: 50_000_001))
    #expect(half.touched("scheme.micro-chp-capacity") == ["past"])
  }

  @Test("the site is in Great Britain, by its nation and by its postcode")
  func places() {
    check(
      """
      | technology | capacity | facts                                | policy | code        | money   |
      | solar-pv   | 4 kW     | nation: england; postcode: SE15 4AA  |        | ELIG_OK     | paid    |
      | solar-pv   | 4 kW     | nation: scotland; postcode: IV1 1AA  |        | ELIG_OK     | paid    |
      | solar-pv   | 4 kW     | nation: northern-ireland             |        | ELIG_NOT_GB | refused |
      | solar-pv   | 4 kW     | nation: isle-of-man                  |        | ELIG_NOT_GB | refused |
      | solar-pv   | 4 kW     | nation: channel-islands              |        | ELIG_NOT_GB | refused |
      # A postcode of Belfast, typed as England; Jersey, Guernsey, Isle of Man; Bath is BA, not BT.
      | solar-pv   | 4 kW     | nation: england; postcode: bt7 1nn   |        | ELIG_NOT_GB | refused |
      | solar-pv   | 4 kW     | postcode: JE2 3AB                    |        | ELIG_NOT_GB | refused |
      | solar-pv   | 4 kW     | postcode: GY1 1AA                    |        | ELIG_NOT_GB | refused |
      | solar-pv   | 4 kW     | postcode: IM1 1AA                    |        | ELIG_NOT_GB | refused |
      | solar-pv   | 4 kW     | postcode: BA1 1AA                    |        | ELIG_OK     | paid    |
      """)
  }

  @Test(
    "a nation that is not the MPAN's is queried, and so is another price region; nothing is refused for it")
  func regions() {
    // 2000000000006: network 20, region H, southern England. 9900000000015 is made up and has no region.
    TextTable.each(
      """
      | mpan          | facts            | code            |
      | 2000000000006 | nation: scotland | ELIG_NOT_GB     |
      | 2000000000006 | nation: england  | _               |
      | 9900000000015 | nation: scotland | _               |
      | 2000000000006 | price-region: C  | TAR_INELIGIBLE  |
      | 2000000000006 | price-region: H  | _               |
      | 9900000000015 | price-region: C  | _               |
      """
    ) { row in
      var one = agreement([flat("10")], exportMPAN: try row.text("mpan"))
      one.facts = facts(try row.text("facts"), row.sourceLocation)
      let day = log(sunnyDay, from: "2026-06-01T00:00Z", received: "2026-06-02T00:00Z")
      let result = settle(story(one, from: "2026-06-01T00:00Z", to: "2026-06-02T00:00Z", logs: [day]))
      let code = try row.optional("code")
      let told = result.decisions.filter { $0.severity == .query }.map(\.code.rawValue)
      #expect(told == [code].compactMap { $0 }, sourceLocation: row.sourceLocation)
      #expect(result.paid == Pence(52), sourceLocation: row.sourceLocation)
    }
  }

  @Test("an independent network has no price region: the customer is asked for it")
  func independentNetwork() {
    let digits = [2, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
    let mpan = digits.map(String.init).joined() + "\(MPAN.checkDigit(digits))"
    var one = agreement(
      [halfHourly([("2026-06-01T00:00Z", nil, "10")], isSEG: false)], exportMPAN: mpan)
    one.facts = facts("fit-declared: none")
    let asked = settle(story(one, from: "2026-06-01T00:00Z", to: "2026-06-02T00:00Z"))
    #expect(asked.dutyStates("price-region") == ["customer open -"])
    one.facts = facts("price-region: C")
    let known = settle(story(one, from: "2026-06-01T00:00Z", to: "2026-06-02T00:00Z"))
    #expect(known.dutyStates("price-region") == [])
  }

  @Test("certificates: one list, or two by technology and size; 50 kW is of the first")
  func certificates() {
    let one = "eligibility.certificate-choice: one-list; eligibility.certificates: mcs flexiorb"
    let hand = one + "; eligibility.certificate-by-hand: yes"
    check(
      """
      | technology          | capacity  | facts                       | policy | code             | money   |
      | solar-pv            | 50.000 kW | certificate: mcs            |        | ELIG_OK          | paid    |
      | solar-pv            | 50.001 kW | certificate: mcs            |        | ELIG_CERT_SCHEME | refused |
      | solar-pv            | 50.000 kW | certificate: en-45011       |        | ELIG_CERT_SCHEME | refused |
      | solar-pv            | 50.001 kW | certificate: en-45011       |        | ELIG_OK          | paid    |
      | micro-chp           | 20 kW     | certificate: mcs-equivalent |        | ELIG_OK          | paid    |
      | wind                | 20 kW     | certificate: mcs            |        | ELIG_OK          | paid    |
      # Hydro and digesters never take the first list.
      | hydro               | 4 kW      | certificate: mcs            |        | ELIG_CERT_SCHEME | refused |
      | hydro               | 4 kW      | certificate: iso-iec-17065  |        | ELIG_OK          | paid    |
      | anaerobic-digestion | 4 kW      | certificate: mcs            |        | ELIG_CERT_SCHEME | refused |
      # One list, whatever it is and however big.
      | hydro               | 400 kW    | certificate: mcs            | \(one)  | ELIG_OK          | paid    |
      | solar-pv            | 4 kW      | certificate: flexiorb       | \(one)  | ELIG_OK          | paid    |
      | solar-pv            | 4 kW      | certificate: other          | \(one)  | ELIG_CERT_SCHEME | refused |
      | solar-pv            | 4 kW      | certificate: other          | \(hand) | ELIG_CERT_SCHEME | refused |
      | solar-pv            | 4 kW      | certificate: other; accepted-by-hand: yes | \(hand) | ELIG_OK | paid |
      | solar-pv            | 4 kW      | certificate: other; accepted-by-hand: yes | \(one)  | ELIG_CERT_SCHEME | refused |
      """)
  }

  @Test("without a certificate: refused, or held where the licensee is only not obliged to pay")
  func uncertified() {
    let hold = "eligibility.uncertified: hold"
    let strict = "eligibility.certificate-declaration: no"
    check(
      """
      | technology | capacity | facts                                 | policy    | code                      | money   |
      | solar-pv   | 4 kW     | certificate: none                     |           | ELIG_CERT_MISSING         | refused |
      | solar-pv   | 4 kW     | certificate: none                     | \(hold)   | ELIG_CERT_MISSING         | hold    |
      | solar-pv   | 4 kW     | certificate: flexiorb                 | \(hold)   | ELIG_CERT_SCHEME          | hold    |
      | solar-pv   | 4 kW     | certificate: mcs; certificate-number: none | \(hold) | ELIG_CERT_MISSING       | hold    |
      | solar-pv   | 4 kW     | certificate: mcs; installer-certified: no |       | ELIG_CERT_MISSING         | refused |
      | hydro      | 4 kW     | certificate: no-scheme-exists         |           | ELIG_DECLARATION_REQUIRED | refused |
      | hydro      | 4 kW     | certificate: no-scheme-exists; scheme-declaration: yes | | ELIG_OK            | paid    |
      | hydro      | 4 kW     | certificate: no-scheme-exists; scheme-declaration: yes | \(strict) | ELIG_CERT_MISSING | refused |
      """)
  }

  @Test("who claims owns the installation, or shows the owner's declaration where that will do")
  func owners() {
    let declared = "eligibility.claimant: owner-or-declared"
    let rented = "owner: Roof Ltd; claimant: A Tenant"
    check(
      """
      | technology | capacity | facts                                   | policy       | code                      | money   |
      | solar-pv   | 4 kW     | owner: A Tenant; claimant: A Tenant     |              | ELIG_OK                   | paid    |
      | solar-pv   | 4 kW     | \(rented)                               |              | ELIG_NOT_OWNER            | refused |
      | solar-pv   | 4 kW     | \(rented); owner-declaration: yes       |              | ELIG_NOT_OWNER            | refused |
      | solar-pv   | 4 kW     | \(rented)                               | \(declared)  | ELIG_DECLARATION_REQUIRED | refused |
      | solar-pv   | 4 kW     | \(rented); owner-declaration: yes       | \(declared)  | ELIG_OK                   | paid    |
      | solar-pv   | 4 kW     | \(rented); owner-declaration: yes; owner-contact: no | \(declared) | ELIG_DECLARATION_REQUIRED | refused |
      | solar-pv   | 4 kW     | \(rented); owner-declaration: yes; owner-gives-access: no | \(declared) | ELIG_DECLARATION_REQUIRED | refused |
      """)
  }

  @Test("agent, network, meter, contact, units, digester")
  func others() {
    check(
      """
      | technology | capacity | facts                                   | policy                          | code                   | money   |
      | solar-pv   | 4 kW     | applied-by: agent                       | eligibility.agent-allowed: no   | ELIG_AGENT             | refused |
      | solar-pv   | 4 kW     | applied-by: agent                       |                                 | ELIG_OK                | paid    |
      | solar-pv   | 4 kW     | applied-by: customer                    | eligibility.agent-allowed: no   | ELIG_OK                | paid    |
      | solar-pv   | 4 kW     | grid-connected: no                      |                                 | ELIG_OFF_GRID          | refused |
      | solar-pv   | 4 kW     | grid-connected: yes; dno-notified: no   |                                 | ONB_DNO_NOT_NOTIFIED   | hold    |
      | solar-pv   | 4 kW     | dno-notified: yes                       |                                 | ELIG_OK                | paid    |
      | solar-pv   | 4 kW     | meter-approved: no                      |                                 | ELIG_METER_NOT_APPROVED | refused |
      | solar-pv   | 4 kW     | smart-meter: no                         |                                 | ELIG_METER_NOT_HH      | refused |
      | solar-pv   | 4 kW     | smart-meter: no                         | eligibility.smart-meter: not-required | ELIG_OK          | paid    |
      | solar-pv   | 4 kW     | e-mail: none; phone: 020 7946 0000      | onboarding.contact-needed: yes  | ONB_CONTACT_MISSING    | refused |
      | solar-pv   | 4 kW     | e-mail: a@b.example; phone: 12345       | onboarding.contact-needed: yes  | ONB_CONTACT_MISSING    | refused |
      | solar-pv   | 4 kW     | e-mail: a@b.example; phone: 020 7946 0000 | onboarding.contact-needed: yes | ELIG_OK               | paid    |
      | solar-pv   | 4 kW     | e-mail: none; phone: none               |                                 | ELIG_OK                | paid    |
      | solar-pv   | 4 kW     | units-on-plan: 1; units-behind-meter: 2 |                                 | ELIG_UNIT_NOT_ON_PLAN  | hold    |
      | solar-pv   | 4 kW     | units-on-plan: 2; units-behind-meter: 2 |                                 | ELIG_OK                | paid    |
      | anaerobic-digestion | 4 kW | ad-criteria-confirmed: no          |                                 | ELIG_DECLARATION_REQUIRED | hold |
      | solar-pv   | 4 kW     | connection-agreement: no                |                                 | INFO_NTC               | paid    |
      | solar-pv   | 4 kW     | import-customer: yes                    | eligibility.better-tariff: Fixed 15p | ADVICE_BETTER_RATE | paid   |
      """)
  }

  @Test("a meter that is no smart meter is told of the free exchange")
  func advice() {
    #expect(applying(facts("smart-meter: no")).codes.contains("ADVICE_SMETS2"))
    #expect(!applying(facts("smart-meter: yes")).codes.contains("ADVICE_SMETS2"))
  }

  @Test("a generation meter that is offered for export is refused as what it is")
  func generationMeter() {
    let meter = MeterDetails(
      serial: "GEN", uses: [.export, .generation], registers: [.generation: .init(modulus: kWh("100000"))],
      halfHourlyCapable: true, remote: true)
    let result = settle(
      story(agreement([flat("10")], meters: [meter]), from: "2026-06-01T00:00Z", to: "2026-06-02T00:00Z"))
    #expect(result.decision(.eligGenerationMeter)?.subject == "GEN")
    #expect(result.statements[0].lines[0].reason == .eligGenerationMeter)
  }

  @Test("who states nothing is asked nothing")
  func silent() {
    let plain = applying(Facts())
    #expect(plain.paid == Pence(52))
    #expect(plain.stretches == [])
    #expect(!plain.obligations.contains { $0.rule.hasPrefix("R-ELIG") || $0.rule.hasPrefix("R-ONB") })
    let families = ["eligibility.", "onboarding.", "entry.", "scheme."]
    #expect(!plain.touches.contains { touch in families.contains { touch.boundary.hasPrefix($0) } })
  }

  @Test("a refusal from the start ends with the correction that cures it; what flowed before stays unpaid")
  func cured() {
    // Told at noon, so it holds for the whole London day: midnight of 1 June is 23:00Z of 31 May, and all is
    // payable from then; told on 2 June it would cure nothing of the day.
    let first = applying(
      facts("certificate: none"),
      events: [event("application-corrected", "2026-06-01T12:00Z", "certificate: mcs")])
    #expect(first.stretches == [])
    #expect(first.decided(.eligOK) == ["R-ELIG-09 2026-06-01T12:00Z"])
    #expect(first.paid == Pence(52))
    let late = applying(
      facts("owner: Roof Ltd; claimant: A Tenant"),
      events: [event("owner-declared", "2026-06-01T23:30Z")],
      policy: policy("eligibility.claimant: owner-or-declared"))
    #expect(
      late.stretches == ["forfeit ELIG_DECLARATION_REQUIRED 2026-06-01T00:00Z 2026-06-01T23:00Z"])
  }

  @Test("a declaration that is withdrawn bars from that day on")
  func withdrawn() {
    let result = applying(
      facts("owner: Roof Ltd; claimant: A Tenant; owner-declaration: yes"),
      events: [event("owner-declaration-withdrawn", "2026-06-01T15:00Z")],
      policy: policy("eligibility.claimant: owner-or-declared"))
    #expect(result.stretches == ["forfeit ELIG_DECLARATION_REQUIRED 2026-06-01T00:00Z -"])
    #expect(result.decided(.eligDeclarationRequired) == ["R-ELIG-05 2026-06-01T15:00Z"])
  }

  @Test("growth past 50 kW asks for the other certificate from its day on")
  func grown() {
    let result = applying(
      facts("certificate: mcs"), capacity: Power(watts: 49_000),
      events: [event("capacity-changed", "2026-06-01T15:00Z", "capacity: 51 kW")])
    #expect(result.stretches.contains("forfeit ELIG_CERT_SCHEME 2026-06-01T00:00Z -"))
    #expect(result.touched("eligibility.certificate-limit") == ["inside", "beyond"])
  }
}
