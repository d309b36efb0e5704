// `backspin settle` as a user meets it: a statement with its working, JSON,
// and the ways in which it can fail.

import Foundation
import Testing

@Suite("backspin settle")
struct SettleTests {
  /// Runs a settlement of a file of these lines under the terms of a shipped licensee.
  static func settle(
    _ lines: [String], _ arguments: [String] = [], rates: String? = nil, licensee: String = "octopus-seg"
  ) throws -> CommandLine.Ending {
    let place = try Scratch()
    defer { place.remove() }
    try place.write(lines.joined(separator: "\n") + "\n", to: "half-hours.csv")
    var all = ["settle", "--reads", "half-hours.csv", "--licensee", licensee] + arguments
    if let rates {
      try place.write(rates, to: "rates.json")
      all += ["--rates", "rates.json", "--not-seg"]
    } else {
      all += ["--flat", "4.1 p/kWh"]
    }
    return try CommandLine.backspin(all, in: place.folder)
  }

  static let noon = ["start,export_kwh", "2026-05-01T13:00+01:00,0.336", "2026-05-01T13:30+01:00,1.3150001"]

  @Test("a statement shows how the file was read, the working and the decisions")
  func statement() throws {
    // 1.651 kWh × 4.1 p/kWh = 6.7691p, paid as 7p.
    let ending = try Self.settle(Self.noon)
    #expect(ending.code == 0, "\(ending)")
    #expect(ending.errors == "")
    for text in [
      "column 2 \"export_kwh\"", "rounded to the nearest, half to even", "[assumed]",
      "1.651 kWh × 4.1 p/kWh = 6.7691p → £0.07 [PAY_OK R-TAR-01]",
      "£0.07, from 6.7691p before each line was rounded once", "PAY_OK R-TAR-01 information",
    ] { #expect(ending.output.contains(text), "\(text) is not in \(ending.output)") }
  }

  @Test("half-hourly prices from a file show each half-hour with its pence")
  func rates() throws {
    // 336 Wh × 12.25 p/kWh = 4.116p and 1315 Wh × 15.5 p/kWh = 20.3825p: 24.4985p, paid as 24p.
    let ending = try Self.settle(
      Self.noon, ["--half-hours"],
      rates: """
        {"results": [
        {"value_exc_vat": 15.5, "valid_from": "2026-05-01T12:30:00Z", "valid_to": "2026-05-01T13:00:00Z"},
        {"value_exc_vat": 12.25, "valid_from": "2026-05-01T12:00:00Z", "valid_to": "2026-05-01T12:30:00Z"}]}
        """)
    #expect(ending.code == 0, "\(ending)")
    for text in ["4.116p", "20.3825p", "24.4985p → £0.24"] {
      #expect(ending.output.contains(text), "\(ending)")
    }
  }

  @Test("--json gives mapping, notes and the outcome, and nothing else")
  func json() throws {
    let ending = try Self.settle(Self.noon, ["--json", "--mpan", "9900000000015", "--capacity", "4kW"])
    let whole = try #require(
      try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [String: Any], "\(ending)")
    let statements = try #require(whole["statements"] as? [[String: Any]])
    #expect(statements.first?["netPence"] as? Int == 7)
    #expect(statements.first?["exactPence"] as? String == "6.7691")
    let mapping = try #require(whole["mapping"] as? [[String: String]])
    #expect(mapping.contains { $0["what"] == "unit" && $0["value"] == "kWh" })
    let notes = try #require(whole["notes"] as? [[String: String]])
    #expect(notes.compactMap { $0["kind"] } == ["rounded"])
    #expect((whole["halfHours"] as? [Any])?.count == 2)
    #expect((whole["decisions"] as? [Any])?.isEmpty == false)
  }

  @Test("what is held is shown with its reason, and the end is still 0")
  func held() throws {
    let ending = try Self.settle(
      ["start_utc,export_kwh", "2026-05-01T11:00Z,0.3", "2026-05-01T12:30Z,0.4"])
    #expect(ending.code == 0)
    #expect(ending.output.contains("READ_GAP_HH"))
    #expect(ending.output.contains("--zero omitted"))
  }

  @Test("terms that pay on register readings only are told to do so")
  func registersOnly() throws {
    let ending = try Self.settle(Self.noon, licensee: "bulb")
    #expect(ending.code == 0)
    #expect(ending.output.contains("on register readings only"))
    #expect(ending.output.contains("net          £0.00"))
  }

  @Test("an MPAN that is none is refused by rule, in a statement")
  func refused() throws {
    let ending = try Self.settle(Self.noon, ["--mpan", "9900000000014"])
    #expect(ending.code == 0)
    #expect(ending.output.contains("MPAN_BAD_CHECK R-MPAN-01"))
  }

  @Test(
    "wrong use or a wrong file ends with 2, nothing on standard output and the reason on standard error",
    arguments: [
      (noon, ["--zone", "lodon"], "did you mean 'london'?"),
      (noon, ["--map", "exprot=export_kwh"], "did you mean 'export'?"),
      (noon, ["--map", "export=missing"], "BS-IMP-06"),
      (noon, ["--map", "export=#2", "--map", "export=#1"], "given twice"),
      (noon, ["--unit", "mWh"], "a thousandth of a Wh"),
      (noon, ["--from", "2026-05-01T12:10Z"], "not on a half-hour"),
      (noon, ["--from", "2026-05-02", "--until", "2026-05-01"], "is not after"),
      (noon, ["--from", "2026-05-32"], "--from"),
      (noon, ["--capacity", "4"], "a unit of power"),
      (noon, ["--capacity", "0 kW"], "above zero"),
      (noon, ["--technology", "coal"], "--technology is one of"),
      (noon, ["--rates", "rates.json"], "one of --flat and --rates"),
      (noon, ["--rate-unit", "p/kWh"], "about the file of --rates"),
      (["start,export", "2026-05-01T13:00Z,1"], [], "half-hours.csv:1:7: 'export' does not say its unit"),
      (["start,export_kwh", "2026-05-01T13:00Z,1,2"], [], "BS-CSV-06"),
      (["start,export_kwh", "2026-05-01T13:00Z,x", "2026-05-01T13:30Z,y"], [], "half-hours.csv:3:19"),
    ])
  func invalid(lines: [String], arguments: [String], says: String) throws {
    let ending = try Self.settle(lines, arguments)
    #expect(ending.code == 2, "\(ending)")
    #expect(ending.output == "")
    #expect(ending.errors.contains(says), "\(ending.errors)")
  }

  @Test("files that are not there, no text or a folder end with 2")
  func files() throws {
    let place = try Scratch()
    defer { place.remove() }
    try Data([0x61, 0xFF, 0x0A]).write(to: place.folder.appendingPathComponent("latin.csv"))
    for (file, says) in [("missing.csv", "no such file"), ("latin.csv", "not UTF-8"), (".", "folder")] {
      let ending = try CommandLine.backspin(
        ["settle", "--reads", file, "--licensee", "octopus-seg", "--flat", "4.1 p/kWh"], in: place.folder)
      #expect(ending.code == 2)
      #expect(ending.errors.contains(says), "\(ending.errors)")
    }
    let ending = try CommandLine.backspin(
      ["settle", "--reads", "latin.csv", "--licensee", "octopus-sge", "--flat", "4.1 p/kWh"], in: place.folder
    )
    #expect(ending.code == 2)
    #expect(ending.errors.contains("did you mean 'octopus-seg'?"), "\(ending.errors)")
  }

  @Test("a full disk or a reader that went away does not look like success")
  func output() throws {
    let place = try Scratch()
    defer { place.remove() }
    try place.write(Self.noon.joined(separator: "\n"), to: "half-hours.csv")
    let program = try CommandLine.program.path
    let settle = "'\(program)' settle --reads half-hours.csv --licensee octopus-seg --flat '4.1 p/kWh'"
    for (script, codes) in [
      ("\(settle) > /dev/full", [7]), ("\(settle) --json > /dev/full", [7]), ("\(settle) >&-", [7]),
      ("mkfifo gone; (exec 3<gone; sleep 0.2) & exec 4>gone; wait; \(settle) >&4", [130, 141]),
    ] {
      let run = Process()
      run.executableURL = URL(fileURLWithPath: "/bin/sh")
      run.arguments = ["-c", script]
      run.currentDirectoryURL = place.folder
      run.standardError = FileHandle.nullDevice
      let ended = DispatchSemaphore(value: 0)
      run.terminationHandler = { _ in ended.signal() }
      try run.run()
      guard ended.wait(timeout: .now() + .seconds(60)) == .success else {
        kill(run.processIdentifier, SIGKILL)
        Issue.record("\(script) did not end")
        continue
      }
      #expect(codes.contains(Int(run.terminationStatus)), "\(script): \(run.terminationStatus)")
    }
  }
}
