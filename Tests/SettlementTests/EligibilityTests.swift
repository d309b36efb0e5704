// May anything be paid? Export MPAN and meter by its flags (R-ELIG-09, -11, -12, R-MPAN-01, -03, kinds of
// meter R-MET).

import BackspinTesting
import Settlement
import Testing
import Units

@Suite("Eligibility")
struct EligibilityTests {
  private let day = log(sunnyDay, from: "2026-06-01T00:00Z", received: "2026-06-02T00:00Z")

  private func outcome(_ one: Agreement, policy: Policy = Policy(name: "test"), events: [CaseEvent] = [])
    -> Outcome
  {
    settle(
      story(
        one, from: "2026-06-01T00:00Z", to: "2026-06-02T00:00Z", logs: [day], events: events, policy: policy))
  }

  @Test("the export MPAN must be there, whole, and not the import one")
  func mpans() {
    TextTable.each(
      """
      | export                 | import        | code                     | pays |
      | 9900000000015          | 9900000000060 | ELIG_OK                  |   21 |
      | 08 845 571 9900000000015 | 9900000000060 | ELIG_OK                |   21 |
      | S 9900000000015        | 9900000000060 | ELIG_OK                  |   21 |
      | _                      | 9900000000060 | ELIG_NO_EXPORT_MPAN      |    0 |
      | 9900000000060          | 9900000000060 | ELIG_MPAN_IS_IMPORT      |    0 |
      | 990000000006           | 9900000000060 | MPAN_BAD_LENGTH          |    0 |
      | 1234567890123          | 9900000000060 | MPAN_BAD_CHECK           |    0 |
      | 22786A6232781          | 9900000000060 | MPAN_NOT_DIGITS          |    0 |
      # Distributor 20 is one of the regional networks.
      | 2000000000006          | 9900000000060 | ELIG_OK                  |   21 |
      """
    ) { row in
      let one = agreement(
        [flat("4.1")], exportMPAN: try row.optional("export"), importMPAN: try row.text("import"))
      let result = outcome(one)
      // 5.16 kWh × 4.1 p = 21.156 p.
      #expect(result.paid == Pence(try row.whole("pays")), sourceLocation: row.sourceLocation)
      #expect(result.codes.contains(try row.text("code")), sourceLocation: row.sourceLocation)
    }
  }

  @Test("an unknown distributor is told and paid")
  func unknownDistributor() {
    let digits = [4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    let text = digits.map(String.init).joined() + "\(MPAN.checkDigit(digits))"
    let result = outcome(agreement([flat("4.1")], exportMPAN: text))
    #expect(result.decision(.mpanUnknownDistributor)?.severity == .information)
    #expect(result.paid == Pence(21))
  }

  /// A meter with an export register or not, half-hours or not, remote or not.
  private func meter(export: Bool, halfHours: Bool, remote: Bool) -> MeterDetails {
    let register = MeterDetails.Register(modulus: kWh("100000"))
    return MeterDetails(
      serial: "S2", uses: [.export], registers: export ? [.export: register] : [.import: register],
      halfHourlyCapable: halfHours, remote: remote)
  }

  @Test("the flags of the meter decide, never its kind")
  func meters() {
    TextTable.each(
      """
      | export | half-hours | remote | demand                    | code                    |
      | yes    | yes        | yes    | required                  | ELIG_OK                 |
      | no     | yes        | yes    | required                  | ELIG_NO_EXPORT_REGISTER |
      | no     | no         | yes    | required                  | ELIG_NO_EXPORT_REGISTER |
      | no     | no         | no     | required                  | ELIG_METER_NOT_HH       |
      | yes    | no         | no     | required                  | ELIG_METER_NOT_HH       |
      | yes    | no         | no     | export-register-is-enough | ELIG_OK                 |
      | no     | no         | no     | export-register-is-enough | ELIG_METER_NOT_HH       |
      | yes    | no         | yes    | not-stated                | ELIG_OK                 |
      """
    ) { row in
      func yes(_ column: String) throws -> Bool { try row.text(column) == "yes" }
      var policy = Policy(name: "test")
      policy.halfHourlyMeter = .ours(
        try row.value("demand") { Policy.HalfHourlyDemand(rawValue: $0) }, "for this test")
      let one = try meter(export: yes("export"), halfHours: yes("half-hours"), remote: yes("remote"))
      let result = outcome(agreement([flat("4.1")], meters: [one]), policy: policy)
      let code = try row.text("code")
      #expect(result.codes.contains(code), sourceLocation: row.sourceLocation)
      #expect(
        (result.statements[0].status == .held) == (code != "ELIG_OK"), sourceLocation: row.sourceLocation)
      #expect(
        result.codes.contains("ADVICE_SMETS2") == (code != "ELIG_OK"), sourceLocation: row.sourceLocation)
    }
  }

  @Test("an analogue home that offers its generation meter is refused twice over")
  func analogue() {
    let generation = MeterDetails(
      serial: "GEN", uses: [.generation], registers: [.generation: .init(modulus: kWh("100000"))],
      halfHourlyCapable: false, remote: false)
    let result = outcome(agreement([flat("4.1")], meters: [disc(), generation]))
    #expect(result.codes.isSuperset(of: ["ELIG_METER_NOT_HH", "ELIG_GENERATION_METER", "ADVICE_SMETS2"]))
    #expect(result.statements[0].status == .held)
    #expect(result.summary == ["held ELIG_METER_NOT_HH unknown"])
  }

  @Test("an exchange for a meter with an export register makes the home eligible from then on")
  func exchanged() {
    let swap = CaseEvent.meterExchanged(
      old: "DISC", final: [:], new: smets2(), initial: [.export: kWh("0")], at: at("2026-06-01T11:00Z"))
    let result = outcome(agreement([flat("10")], meters: [disc()]), events: [swap])
    #expect(result.decision(.eligOK)?.at == at("2026-06-01T11:00Z"))
    // Rows 22 (11:00Z) to 35: 200, 210 … 330 = 14 × 265 = 3710 Wh × 10 p = 37.1 p.
    #expect(result.paid == Pence(37))
  }
}
