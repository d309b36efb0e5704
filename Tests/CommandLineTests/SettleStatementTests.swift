// `--statement FILE`: what the customer is sent, on the terminal, as a file and as a page to print; and the
// masks of `--redact` in all of it.

import Foundation
import Testing

@Suite("backspin settle --statement")
struct SettleStatementTests {
  /// 46 days at 130 kWh without VAT, then 170 kWh with: net £13.00 + £17.00, VAT 20 % of £17.00 = £3.40.
  static let invoice = """
    id: mid-quarter
    title: Registered in the middle of a quarter
    from: 2026-01-01T00:00Z
    meters:
      export: {given: {registers: {export: 6 digits}, remote: true}, serial: SN-77, mpan: "9900000000015", uses: [export]}
    agreement:
      licensee: bulb
      installation: {technology: hydro, capacity: 4 kW}
      tariff: {flat: 10 p/kWh}
      payee: {person: A. Generator, account-name: A. Generator, vat-registered: false, self-billing-signed: true}
    timeline:
      - {at: 2026-01-01T00:00Z, reading: export, value: 1000 kWh}
      - {at: 2026-02-16T00:00Z, reading: export, value: 1130 kWh}
      - {at: 2026-02-20T10:00Z, event: vat-registered, from-date: 2026-02-16, number: "GB 999 9999 73"}
      - {at: 2026-03-31T23:00Z, reading: export, value: 1300 kWh}
      - {at: 2026-03-31T23:30Z, settle: export}
    expect: [{statement: only, amount: £30.00, vat: £3.40, gross: £33.40}]
    """

  private func settle(
    _ text: String, _ arguments: [String], _ look: (Scratch, CommandLine.Ending) throws -> Void
  )
    throws
  {
    let place = try Scratch()
    defer { place.remove() }
    try place.write(text, to: "case.yaml")
    try look(place, try CommandLine.backspin(["settle", "case.yaml"] + arguments, in: place.folder))
  }

  @Test("a self-billed invoice names the payee and their VAT number, and VAT stands on the days that bear it")
  func invoice() throws {
    try settle(Self.invoice, ["--statement", "-"]) { _, ending in
      #expect(ending.code == 0, "\(ending)")
      for text in [
        "Self-billed VAT invoice for exported electricity", "99 0000 0000 015", "A. Generator",
        "GB 999 9999 73", "1 Jan 2026 to 15 Feb 2026", "130 kWh, at 10 p/kWh, meter readings, no VAT",
        "170 kWh, at 10 p/kWh, meter readings, VAT 20 %", "meter SN-77 read 1300 kWh on 1 Apr 2026 00:00",
        "The VAT shown is your output tax due to HMRC.",
      ] { #expect(ending.output.contains(text), "\(text) is not in \(ending.output)") }
      let totals = ending.output.split(separator: "\n").map {
        $0.split(separator: " ").joined(separator: " ")
      }
      for total in ["net £30.00", "VAT £3.40", "gross £33.40", "we pay you £33.40"] {
        #expect(totals.contains(total), "\(total) is not in \(ending.output)")
      }
    }
  }

  @Test("without VAT it is a statement, and no invoice")
  func plain() throws {
    try settle(SettleCaseTests.text(), ["--statement", "mine.txt"]) { place, ending in
      #expect(ending.code == 0, "\(ending)")
      let text = try String(contentsOfFile: place.folder.path + "/mine.txt", encoding: .utf8)
      #expect(text.contains("Statement of exported electricity"))
      #expect(!text.contains("VAT"))
      #expect(text.contains("31 Jul 2026"), "the day by which it is paid")
    }
  }

  @Test("as a page it is one file without anything from elsewhere, and nothing in it is taken for a tag")
  func page() throws {
    let text = Self.invoice.replacingOccurrences(of: "A. Generator", with: "\"<b>Mills & Sons</b>\"")
    try settle(text, ["--statement", "mine.html"]) { place, ending in
      #expect(ending.code == 0, "\(ending)")
      let page = try String(contentsOfFile: place.folder.path + "/mine.html", encoding: .utf8)
      #expect(page.hasPrefix("<!doctype html>") && page.hasSuffix("</html>\n"))
      #expect(page.contains("&lt;b&gt;Mills &amp; Sons&lt;/b&gt;"))
      #expect(!page.contains("http") && !page.contains("<script"))
      #expect(page.contains("£33.40"))
    }
  }

  @Test("--redact masks MPAN and serial number on the statement, in the flows and in what is printed")
  func masked() throws {
    let arguments = ["--redact", "--statement", "mine.html", "--flows", "out", "--json"]
    try settle(Self.invoice, arguments) { place, ending in
      #expect(ending.code == 0, "\(ending)")
      let files = try #require(FileManager.default.enumerator(atPath: place.folder.path)).compactMap {
        $0 as? String
      }
      let written = files.filter { $0.hasSuffix(".html") || $0.contains("out/") && $0.contains(".") }
      #expect(written.count >= 2, "\(files)")
      let all =
        try [ending.output, ending.errors]
        + written.map { try String(contentsOfFile: "\(place.folder.path)/\($0)", encoding: .utf8) }
      for text in all {
        for name in ["9900000000015", "99 0000 0000 015", "SN-77"] {
          #expect(!text.contains(name), "\(name) is in \(text)")
        }
      }
    }
  }

  @Test(
    "a file that is neither page nor text, a store, and a place that cannot be written are refused",
    arguments: [
      (["--statement", "mine.pdf"], 2, "--statement is a FILE.html, a FILE.txt or -, not 'mine.pdf'"),
      (["--statement", "mine.txt", "--store", "s.db"], 2, "no --redact, --target, --flows or --statement"),
      (["--statement", "/nowhere/mine.txt"], 7, "cannot write /nowhere/mine.txt"),
      (["--statement", "/dev/full"], 7, "cannot write /dev/full: No space left on device"),
    ])
  func refused(arguments: [String], code: Int32, says: String) throws {
    try settle(Self.invoice, arguments) { place, ending in
      #expect(ending.code == code, "\(ending)")
      #expect(ending.errors.contains(says), "\(ending.errors)")
      #expect(!FileManager.default.fileExists(atPath: place.folder.path + "/s.db"))
    }
  }
}
