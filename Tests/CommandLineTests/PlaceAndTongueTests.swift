// The program knows London and nothing of where it runs: clock, language, numbers and capitals of the machine
// change no byte of what it says. Turkish has another i, German another decimal mark, Tokyo another day.

import Foundation
import Testing

@Suite("Wherever the machine stands, and whatever it speaks")
struct PlaceAndTongueTests {
  private static let places: [[String: String]] = [
    ["TZ": "Asia/Tokyo", "LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"],
    ["TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"],
    [
      "TZ": "Europe/London", "LC_ALL": "", "LC_NUMERIC": "fr_FR.UTF-8", "LC_TIME": "ar_EG.UTF-8", "LANG": "C",
    ],
  ]

  /// What a command does in a folder of its own, wherever it stands.
  private static func output(
    _ arguments: [String], files: [String: String] = [:], leaving: String? = nil,
    in place: [String: String]
  ) throws -> String {
    let scratch = try Scratch()
    defer { scratch.remove() }
    for (name, text) in files { try scratch.write(text, to: name) }
    let ending = try CommandLine.backspin(arguments, in: scratch.folder, environment: place)
    let left = try leaving.map { try scratch.text(of: $0) } ?? ""
    return "exit \(ending.code)\n\(ending.output)\(ending.errors)\(left)"
  }

  private static func isTheSame(
    _ arguments: [String], files: [String: String] = [:], leaving: String? = nil, saying text: String
  ) throws {
    let here = try output(arguments, files: files, leaving: leaving, in: [:])
    #expect(here.contains(text), "\(here)")
    for place in places {
      let there = try output(arguments, files: files, leaving: leaving, in: place)
      #expect(there == here, "\(place)")
    }
  }

  /// The noon of the day on which summer time ends, as two clocks tell it.
  private static let autumn =
    "start,export_kwh\n2026-10-25T12:00+00:00,0.336\n2026-10-25T13:30+01:00,1.680\n"

  @Test(
    "half-hours from a file are settled to the same bytes, as text and as JSON", arguments: [[], ["--json"]])
  func halfHours(more: [String]) throws {
    // 336 Wh + 1680 Wh = 2.016 kWh × 4.1 p/kWh = 8.2656p.
    try Self.isTheSame(
      ["settle", "--reads", "h.csv", "--licensee", "octopus-seg", "--flat", "4.1 p/kWh"] + more,
      files: ["h.csv": Self.autumn], saying: "8.2656")
  }

  @Test("dates without a zone are London's, and written months and marks are those of the options")
  func readings() throws {
    try Self.isTheSame(
      [
        "settle", "--reads", "h.csv", "--licensee", "octopus-seg", "--flat", "4.1 p/kWh", "--zone", "london",
        "--dates", "dmy", "--decimal", "comma",
      ],
      files: ["h.csv": "start;export_kwh\n04/05/2026 12:00;0,336\n04/05/2026 12:30;1,664\n"], saying: "8.2p")
  }

  @Test("a case with two readings, payments and due dates", arguments: ["settle", "run"])
  func settlementCase(command: String) throws {
    try Self.isTheSame([command, "case.yaml"], files: ["case.yaml": SettleCaseTests.text()], saying: "£2.40")
  }

  @Test("a story with a meter, its journal and its report")
  func story() throws {
    let meter = SettleCaseTests.text()
    try Self.isTheSame(
      ["run", "case.yaml", "--json", "run.json"], files: ["case.yaml": meter], leaving: "run.json",
      saying: "two-readings")
  }

  @Test("a store is dumped to the same bytes")
  func store() throws {
    func dump(_ place: [String: String]) throws -> String {
      let scratch = try Scratch()
      defer { scratch.remove() }
      try scratch.write(Self.autumn, to: "h.csv")
      let take = try CommandLine.backspin(
        [
          "settle", "--store", "s.db", "--reads", "h.csv", "--licensee", "octopus-seg", "--flat", "4.1 p/kWh",
        ], in: scratch.folder, environment: place)
      let dump = try CommandLine.backspin(
        ["settle", "--store", "s.db", "--dump"], in: scratch.folder, environment: place)
      return take.output + take.errors + dump.output
    }
    let here = try dump([:])
    #expect(here.contains("8.2656"), "\(here)")
    for place in Self.places { #expect(try dump(place) == here, "\(place)") }
  }
}
