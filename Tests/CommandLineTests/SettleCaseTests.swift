// `backspin settle CASE` as a user meets it: a scenario file of facts alone, settled, shown and judged.

import Foundation
import Testing

@Suite("backspin settle CASE")
struct SettleCaseTests {
  /// Two readings a month apart: 24 kWh at 10 p/kWh are £2.40.
  static func text(expected: String = "£2.40", more: String = "") -> String {
    """
    id: two-readings
    title: Two readings, and nothing else
    from: 2026-04-30T23:00Z
    \(more)
    meters: {export: {profile: smets2-single-element, serial: E-1, mpan: "9900000000015"}}
    agreement: {licensee: strict-metered, tariff: {flat: 10 p/kWh}}
    timeline:
      - {at: 2026-05-01T00:00Z, reading: export, value: 100 kWh}
      - {at: 2026-06-01T00:00Z, reading: export, value: 124 kWh}
      - {at: 2026-06-02T09:00Z, settle: export}
    expect: [{paid: \(expected)}, {payment: {amount: £2.40, due: 2026-07-31}}]
    """
  }

  static func settle(_ text: String, _ arguments: [String] = [], command: String = "settle") throws
    -> CommandLine.Ending
  {
    let place = try Scratch()
    defer { place.remove() }
    try place.write(text, to: "case.yaml")
    return try CommandLine.backspin([command, "case.yaml"] + arguments, in: place.folder)
  }

  @Test("it shows statements, decisions with the rows they rest on, what stands at the end, and its verdict")
  func told() throws {
    let ending = try Self.settle(Self.text())
    #expect(ending.code == 0, "\(ending)")
    #expect(ending.errors == "")
    for text in [
      "two-readings: Two readings, and nothing else", "24 kWh × 10 p/kWh = 240p → £2.40 [PAY_OK R-TAR-01]",
      "(rows 1, 2 of the timeline)", "payments\n", "obligations at the end\n",
      "balance at the last settlement\n  accrued 240p, paid 240p", "expected\n  met  paid: £2.40",
      "✓ two-readings",
    ] { #expect(ending.output.contains(text), "\(text) is not in \(ending.output)") }
  }

  @Test("an expectation that is not met ends it with 1, and says what came")
  func unmet() throws {
    let ending = try Self.settle(Self.text(expected: "£2.41"))
    #expect(ending.code == 1)
    #expect(ending.output.contains("got       £2.40"), "\(ending)")
  }

  @Test("run and settle make the same of it, in one shape of JSON")
  func same() throws {
    let settled = try Self.settle(Self.text(), ["--json"])
    let place = try Scratch()
    defer { place.remove() }
    try place.write(Self.text(), to: "case.yaml")
    let run = try CommandLine.backspin(["run", "case.yaml", "--json", "run.json"], in: place.folder)
    #expect(settled.code == 0 && run.code == 0, "\(settled) \(run)")
    let lived = try place.text(of: "run.json")
    #expect(settled.output == lived)
    #expect(lived.contains("\"netPence\": 240"))
  }

  @Test("a story whose meters are emulated is for run, and what the file says is not said again")
  func refused() throws {
    let site = try Self.settle(Self.text(more: "site: {flow: -1 kW}"))
    #expect(site.code == 2 && site.errors.contains("`backspin run` lives and settles it"), "\(site)")
    let stated = try Self.settle(Self.text(), ["--flat", "4 p/kWh"])
    #expect(stated.code == 2 && stated.errors.contains("--flat does not go with a case"), "\(stated)")
    let broken = try Self.settle(Self.text().replacingOccurrences(of: "reading:", with: "readings:"))
    #expect(broken.code == 2 && broken.errors.contains("case.yaml:8:5"), "\(broken)")
  }

  @Test("a case goes into a store once, and is settled at its own instants")
  func store() throws {
    let place = try Scratch()
    defer { place.remove() }
    try place.write(Self.text(), to: "case.yaml")
    let first = try CommandLine.backspin(["settle", "case.yaml", "--store", "book.db"], in: place.folder)
    #expect(first.code == 0 && first.output.contains("2 reads"), "\(first)")
    #expect(first.output.contains("£2.40 (240p) PAY_OK"), "\(first)")
    let again = try CommandLine.backspin(["settle", "case.yaml", "--store", "book.db"], in: place.folder)
    #expect(again.code == 0 && again.output.contains("nothing new"), "\(again)")
  }
}
