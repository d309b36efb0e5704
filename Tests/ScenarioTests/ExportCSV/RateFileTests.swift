// Prices from files, and what is refused in them (R-RATE-01 … -03).

import Scenario
import Settlement
import Testing
import Units

@Suite("Rate files")
struct RateFileTests {
  static let json = """
    {"count": 3, "next": null, "previous": null, "results": [
      {"value_exc_vat": 15.5, "value_inc_vat": 15.50, "valid_from": "2026-05-01T12:30:00Z",
       "valid_to": "2026-05-01T13:00:00Z", "payment_method": null},
      {"value_exc_vat": 12.25, "value_inc_vat": 12.25, "valid_from": "2026-05-01T12:00:00Z",
       "valid_to": "2026-05-01T12:30:00Z", "payment_method": null},
      {"value_exc_vat": 8, "value_inc_vat": 8, "valid_from": "2026-05-01T13:00:00Z", "valid_to": null}
    ]}
    """

  static func list(_ file: RateFile) -> [String] {
    file.prices.map { "\($0.from) \($0.to.map { "\($0)" } ?? "open") \($0.rate)" }
  }

  static let three = [
    "2026-05-01T12:00Z 2026-05-01T12:30Z 12.25 p/kWh", "2026-05-01T12:30Z 2026-05-01T13:00Z 15.5 p/kWh",
    "2026-05-01T13:00Z open 8 p/kWh",
  ]

  @Test("the JSON of unit rates is read exactly and sorted, with an open end")
  func reads() throws {
    let file = try RateFile(Self.json, file: "rates.json")
    #expect(Self.list(file) == Self.three)
    #expect(file.notes.isEmpty)
  }

  @Test(
    "the same prices as CSV, in every shape",
    arguments: [
      [
        "valid_from,valid_to,value_exc_vat,value_inc_vat", "12:00:00Z,12:30:00Z,12.25,12.25",
        "12:30:00Z,13:00:00Z,15.5,15.5", "13:00:00Z,null,8,8",
      ],
      [
        "valid_from_utc,valid_to_utc,local_start,settlement_date,settlement_period,export_p_per_kwh,import_p_per_kwh_inc_vat",
        "12:30:00Z,13:00:00Z,13:30:00+0100,x,28,15.5,30", "12:00:00Z,12:30:00Z,13:00:00+0100,x,27,12.25,20",
        "13:00:00Z,,14:00:00+0100,x,29,8,10",
      ],
      ["from;to;price (£/MWh)", "12:00Z;12:30Z;122,50", "12:30Z;13:00Z;155,00", "13:00Z;;80,00"],
      [
        "Start (UTC)\tEnd (UTC)\tRate (£/kWh)", "12:00\t12:30\t0.1225", "12:30\t13:00\t0.155",
        "13:00\t\t0.08",
      ],
    ])
  func shapes(lines: [String]) throws {
    // Times stand without their day, which is the same in all: 1 May 2026.
    let dated = lines.enumerated().map { index, line in
      index == 0
        ? line
        : line.replacing(#/(?<at>\d\d:\d\d(:\d\d)?[Z+\t;]|\d\d:\d\d\t|\d\d:\d\d$)/#) {
          "2026-05-01T\($0.output.at)"
        }
        .replacing("+2026-05-01T", with: "+").replacing(",x,", with: ",2026-05-01,")
    }
    let file = try RateFile(dated.joined(separator: "\n"), file: "rates.csv")
    #expect(Self.list(file) == Self.three, "\(dated)")
  }

  @Test("each half-hour takes its own price: 336 Wh at 12.25p and 400 Wh at 15.5p are 10.316p")
  func pence() throws {
    // 336 × 12.25 = 4116 and 400 × 15.5 = 6200 thousandths of a penny; the third half-hour, 100 Wh × 8 = 800,
    // has an open end: 11.116p with it.
    let rates = try RateFile(Self.json, file: "rates.json")
    let lines = ["start_utc,export_wh", "2026-05-01T12:00Z,336", "2026-05-01T12:30Z,400"]
    let two = try Export.settle(try Export.file(lines), prices: rates.prices)
    #expect(two.statements.map(\.exact) == [try NanoPence(parsing: "10.316p")])
    let three = try Export.settle(try Export.file(lines + ["2026-05-01T13:00Z,100"]), prices: rates.prices)
    #expect(three.statements.map(\.exact) == [try NanoPence(parsing: "11.116p")])
    #expect(three.statements.map(\.net) == [Pence(11)])
  }

  @Test("a half-hour without a price is held and takes no neighbour's")
  func gap() throws {
    let rates = try RateFile(
      "start_utc,p_per_kwh\n2026-05-01T12:00Z,10\n2026-05-01T12:30Z,10\n2026-05-01T13:30Z,10\n",
      file: "rates.csv")
    #expect(rates.notes.map(\.kind) == [.priceGap])
    let rows = ["12:00", "12:30", "13:00", "13:30"].map { "2026-05-01T\($0)Z,100" }
    let outcome = try Export.settle(try Export.file(["start_utc,export_wh"] + rows), prices: rates.prices)
    // Three times 100 Wh × 10 p/kWh.
    #expect(outcome.statements.map(\.exact) == [try NanoPence(parsing: "3p")])
    #expect(outcome.decisions.map(\.code).contains(.tarPriceMissing))
  }

  @Test("a local file without offsets goes through both changes of the clock")
  func local() throws {
    let spring = try RateFile(
      "local_start,p_per_kwh\n2026-03-29T00:30,1\n2026-03-29T02:00,2\n2026-03-29T02:30,3\n", file: "rates.csv"
    )
    #expect(
      spring.prices.map { "\($0.from)" } == ["2026-03-29T00:30Z", "2026-03-29T01:00Z", "2026-03-29T01:30Z"])
    let autumn = try RateFile(
      "local_start,p_per_kwh\n"
        + ["01:00", "01:30", "01:00", "01:30", "02:00"].map { "2026-10-25T\($0),1\n" }.joined(),
      file: "rates.csv")
    #expect(autumn.prices.first.map { "\($0.from)" } == "2026-10-25T00:00Z")
    #expect(autumn.notes.map(\.kind) == [.repeatedHour])
  }

  @Test("a price that stands twice counts once, and a next page is told")
  func notes() throws {
    let row =
      #"{"value_exc_vat": 8, "valid_from": "2026-05-01T13:00:00Z", "valid_to": "2026-05-01T13:30:00Z"}"#
    let file = try RateFile(
      #"{"next": "https://example.org/?page=2", "results": [\#(row), \#(row)]}"#, file: "r.json")
    #expect(file.prices.count == 1)
    #expect(file.notes.map(\.kind) == [.morePages, .leftOut])
  }

  @Test("an answer in one line, with a mark, escapes and what nobody needs, reads the same")
  func oneLine() throws {
    let line = Self.json.split(whereSeparator: \.isNewline).joined().replacing("2026-", with: #"\u0032026-"#)
    let file = try RateFile(
      "\u{FEFF}"
        + line.replacing("null}", with: #"null, "x": [{}, [], "\\\/\"\n\ud83d\ude00", true, -1.5e-3]}"#),
      file: "rates.json")
    #expect(Self.list(file) == Self.three)
  }

  // MARK: Errors

  struct Wrong: CustomTestStringConvertible, Sendable {
    var code: String
    var at: String
    var says: String
    var text: String
    var testDescription: String { "\(code) \(says)" }
  }

  static func page(_ from: String, _ to: String, _ value: String = "8") -> String {
    "{\"value_exc_vat\": \(value), \"valid_from\": \"\(from)\", \"valid_to\": \"\(to)\"}"
  }

  static let wrongs: [Wrong] = [
    Wrong(code: "BS-IMP-40", at: "1:1", says: "results", text: "{\"prices\": []}"),
    Wrong(code: "BS-IMP-40", at: "1:13", says: "at least one", text: "{\"results\": []}"),
    Wrong(code: "BS-IMP-40", at: "2:1", says: "torn", text: "{\"results\": [\n"),
    Wrong(code: "BS-IMP-40", at: "1:8", says: "inside a string", text: "{\"résul"),
    Wrong(code: "BS-IMP-40", at: "1:5", says: "goes on", text: "[1] ]"),
    Wrong(code: "BS-IMP-40", at: "1:2", says: "key in quotes", text: "{results: []}"),
    Wrong(code: "BS-IMP-40", at: "1:4", says: "a comma", text: "[1 2]"),
    Wrong(code: "BS-IMP-40", at: "1:2", says: "a value", text: "[nil]"),
    Wrong(code: "BS-IMP-40", at: "1:4", says: "no such escape", text: #"["\q"]"#),
    Wrong(code: "BS-IMP-40", at: "1:5", says: "hexadecimal", text: #"["\u12"]"#),
    Wrong(code: "BS-IMP-40", at: "1:61", says: "60 levels", text: String(repeating: "[", count: 5000)),
    Wrong(code: "BS-IMP-40", at: "1:2", says: "no `valid_from`", text: "[{\"value_exc_vat\": 8}]"),
    Wrong(
      code: "BS-IMP-43", at: "1:20", says: "'8.1234567' p/kWh is finer",
      text: "[\(page("2026-05-01T13:00Z", "2026-05-01T13:30Z", "8.1234567"))]"),
    Wrong(
      code: "BS-IMP-11", at: "1:37", says: "zone",
      text: "[\(page("2026-05-01T13:00", "2026-05-01T13:30Z"))]"),
    Wrong(
      code: "BS-IMP-46", at: "1:41", says: "no VAT",
      text: #"[{"value_exc_vat": 10, "value_inc_vat": 10.5, "valid_from": "2026-05-01T13:00Z"}]"#),
    Wrong(
      code: "BS-IMP-44", at: "2:19", says: "(R-RATE-01)",
      text:
        "[\(page("2026-05-01T13:00Z", "2026-05-01T14:00Z")),\n\(page("2026-05-01T13:30Z", "2026-05-01T14:30Z"))]"
    ),
    Wrong(
      code: "BS-IMP-45", at: "1:20", says: "(R-RATE-02)",
      text: "[\(page("2026-05-01T13:15Z", "2026-05-01T13:30Z"))]"),
    Wrong(
      code: "BS-IMP-47", at: "1:20", says: "not after its start",
      text: "[\(page("2026-05-01T13:30Z", "2026-05-01T13:00Z"))]"),
    Wrong(code: "BS-IMP-41", at: "1:1", says: "column 2 \"n\"", text: "start_utc,n\n2026-05-01T13:00Z,8\n"),
    Wrong(code: "BS-IMP-42", at: "1:11", says: "--rate-unit", text: "start_utc,price\n2026-05-01T13:00Z,8\n"),
    Wrong(
      code: "BS-IMP-42", at: "1:11", says: "R-TAR-13", text: "start_utc,£/mWh price\n2026-05-01T13:00Z,8\n"),
    Wrong(
      code: "BS-IMP-43", at: "2:19", says: "'x' is no price",
      text: "start_utc,p_per_kwh\n2026-05-01T13:00Z,x\n"),
    Wrong(
      code: "BS-IMP-46", at: "1:11", says: "R-RATE-03",
      text: "start_utc,import_p_per_kwh\n2026-05-01T13:00Z,8\n"),
    Wrong(
      code: "BS-IMP-05", at: "1:15", says: "--rate-map price=#2 or --rate-map price=#3",
      text: "start_utc,a/p,b p/kWh\n2026-05-01T13:00Z,8,9\n"),
    Wrong(code: "BS-IMP-08", at: "1:1", says: "valid_from", text: "day,p_per_kwh\nmonday,8\n"),
    Wrong(
      code: "BS-IMP-10", at: "2:1", says: "--rate-zone utc", text: "start,p_per_kwh\n2026-05-01T13:00,8\n"),
    Wrong(
      code: "BS-IMP-18", at: "3:1", says: "--rate-map to=",
      text: "start_utc,p_per_kwh\n2026-05-01T13:00Z,8\n2026-05-01T15:00Z,8\n"),
    Wrong(
      code: "BS-IMP-44", at: "3:19", says: "overlaps 8 p/kWh of line 2",
      text: "start_utc,p_per_kwh\n2026-05-01T13:00Z,8\n2026-05-01T13:00Z,9\n2026-05-01T13:30Z,9\n"),
  ]

  @Test("each error is told at its place", arguments: wrongs)
  func fault(wrong: Wrong) throws {
    let faults = Export.told { _ = try RateFile(wrong.text, file: "rates") }
    let fault = try #require(faults.first, "nothing was found wrong")
    #expect(fault.code == wrong.code, "\(fault)")
    #expect("\(fault.at.line):\(fault.at.column)" == wrong.at, "\(fault)")
    #expect("\(fault)".contains(wrong.says), "\(fault)")
  }

  @Test("every code of a rate file has its reproducer")
  func complete() {
    // BS-IMP-48 and -49 are of formulas: their reproducers stand in PriceFormulaTests.
    let shown = Set(Self.wrongs.map(\.code)).union(["BS-IMP-48", "BS-IMP-49"])
    #expect(Diagnostic.importMeanings.keys.filter { $0 >= "BS-IMP-40" && !shown.contains($0) }.sorted() == [])
  }
}
