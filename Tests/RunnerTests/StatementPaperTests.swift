// The customer's sheet: what became of the money, and one invoice for each person and VAT number
// (R-VAT-02, R-PAY-06, R-PAY-08). A water wheel; sums worked by hand.

import Foundation
import Report
import Settlement
import Testing
import Units

@Suite("What the customer is sent")
struct StatementPaperTests {
  private func at(_ text: String) throws -> Instant { try Instant(parsing: text) }

  private func papers(
    _ facts: Facts, events: [CaseEvent] = [], _ change: (inout Policy) -> Void = { _ in }
  ) throws -> String {
    let serial = "E-1"
    let meter = MeterDetails(
      serial: serial, uses: [.export],
      registers: [.export: .init(modulus: try WattHours(parsing: "1000000 kWh"))], halfHourlyCapable: true,
      remote: true, kind: "SMETS2")
    var home = Agreement(
      licensee: "test", exportMPAN: "9900000000015", importMPAN: nil,
      tariff: [
        TariffTerms(
          name: "flat", from: try at("2020-01-01T00:00Z"), shape: .flat(try UnitRate(parsing: "10 p/kWh")))
      ],
      start: try at("2026-01-01T00:00Z"),
      installation: DeclaredInstallation(
        technology: .hydro, capacity: Power(watts: 3950), exportLimit: nil, hasStorage: false),
      meters: [meter], importSupplier: "Other Energy", importRate: try UnitRate(parsing: "24.5 p/kWh"))
    home.facts = facts
    var policy = Policy(name: "test")
    change(&policy)
    let reads = try [("2026-01-01T00:00Z", "0"), ("2026-02-16T00:00Z", "130"), ("2026-04-01T00:00Z", "300")]
      .map {
        Read(
          serial: serial, register: .export, value: try WattHours(parsing: $0.1 + " kWh"), at: try at($0.0),
          source: .remote)
      }
    let settlement = try at("2026-04-01T09:00Z")
    let one = SettlementCase(
      policy: policy, agreement: home, reads: reads, events: events, from: try at("2026-01-01T00:00Z"),
      settlements: [settlement], until: try at("2026-06-01T00:00Z"))
    let outcome = EmbeddedCore().settle(one)
    let payees = outcome.statements.map { one.payees(knownAt: $0.to) }
    return StatementPaper.text(StatementPaper.all(outcome, title: "Test Energy", payees: payees))
  }

  private func event(_ name: String, _ when: String, _ facts: Facts) throws -> CaseEvent {
    CaseEvent(EventName(name), at: try at(when), received: try at(when), facts)
  }

  @Test("a business that goes to somebody else without a number is an invoice and a statement, each by name")
  func transferred() throws {
    let sale = try event(
      "business-transferred", "2026-02-16T00:00Z",
      [FactKey("to"): .text("Cy Dee")])
    let text = try papers(
      [
        FactKey("person"): .text("Ada Byte"), FactKey("vat-registered"): .flag(true),
        FactKey("vat-number"): .text("GB 999 9999 73"), FactKey("self-billing-signed"): .flag(true),
      ], events: [sale]
    )
    let sheets = text.components(separatedBy: "TEST ENERGY\n").dropFirst()
    #expect(sheets.count == 2)
    // 130 kWh: £13.00 and £2.60 VAT; 170 kWh: £17.00 without; £32.60 in all.
    let (first, last) = (sheets.first ?? "", sheets.last ?? "")
    for part in ["1a", "Ada Byte", "GB 999 9999 73", "£13.00", "£2.60", "£15.60"] {
      #expect(first.contains(part), "\(part) on the first sheet")
    }
    #expect(!first.contains("Cy Dee"))
    for part in ["1b", "Cy Dee", "Statement of exported electricity", "£17.00", "£15.60", "£32.60"] {
      #expect(last.contains(part), "\(part) on the last sheet")
    }
    #expect(!last.contains("GB 999 9999 73"))
  }

  @Test("money that is held, credited or kept for a date is not said to be paid")
  func standing() throws {
    let person: Facts = [FactKey("person"): .text("Ada"), FactKey("account-name"): .text("Eve")]
    let held = try papers(person)
    #expect(held.contains("  held "))
    #expect(held.contains("Held: "))
    let credited = try papers([FactKey("supplies-electricity"): .flag(true)]) {
      $0.payment.offset = .ours(.whenAble, "for this test")
    }
    #expect(credited.contains("credited to your energy account"))
    // Yearly from 1 January 2026.
    let kept = try papers([FactKey("payment-frequency"): .text("yearly")])
    #expect(kept.contains("to be paid on 1 Jan 2027"))
    for text in [held, credited, kept] {
      #expect(!text.contains("we pay you"))
      #expect(!text.contains("we pay by"))
    }
    #expect(try papers([:]).contains("we pay you"))
  }
}
