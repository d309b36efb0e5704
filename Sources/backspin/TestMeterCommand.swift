internal import ArgumentParser
internal import Foundation
internal import Runner
internal import Scenario
internal import Units

/// `backspin test-meter POINTS`: a meter against a reference.
struct TestMeterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test-meter",
    abstract: "The error of a meter against a reference at each load, its uncertainty, and a verdict.",
    discussion: """
      POINTS is YAML or CSV: what the meter under test and the reference said at each load, by registers, \
      pulses, a stopwatch or a known power. docs/bench.md has the words, the formulas and the limits.

      Exit codes: 0 within the limits · 1 outside, or inconclusive · 2 wrong use or an invalid file.
      """)

  @Argument(help: ArgumentHelp("Load points, .yaml or .csv.", valueName: "points")) var points: String
  @Option(
    help: ArgumentHelp("What the verdict rests on: in-service, mid-a, mid-b, mid-c.", valueName: "limit"))
  var limit = TestLimit.inService.rawValue
  @Option(help: ArgumentHelp("Currents on the plate: 0.25-5(100).", valueName: "A")) var rating: String?
  @Option(
    name: .customLong("reference-class"),
    help: ArgumentHelp("The most that the reference is off, in per cent.", valueName: "%"))
  var referenceClass: String
  @Option(
    name: .customLong("test-constant"),
    help: ArgumentHelp("Pulses or turns of the meter under test for one kWh: 1000, 166 2/3.", valueName: "n"))
  var testConstant: String?
  @Option(
    name: .customLong("reference-constant"), help: ArgumentHelp("The same of the reference.", valueName: "n"))
  var referenceConstant: String?
  @Option(
    name: .customLong("event-at"),
    help: ArgumentHelp(
      "Print only the `meter-tested` row for a case or scenario, of this instant.", valueName: "instant"))
  var eventAt: String?
  @Option(help: ArgumentHelp("The meter in that row: its serial number or its role.", valueName: "meter"))
  var serial = "export"
  @Flag(help: "Print JSON.") var json = false

  func validate() throws {
    guard TestLimit(rawValue: limit) != nil else {
      let known = TestLimit.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--limit '\(limit)' is none of \(known)")
    }
    if let rating, TestRating(parsing: rating) == nil {
      throw ValidationError("--rating '\(rating)' cannot be read: write it as on the plate, 0.25-5(100)")
    }
    for (name, text) in [("test", testConstant), ("reference", referenceConstant)] {
      if let text, TestConstant(parsing: text) == nil {
        throw ValidationError("--\(name)-constant '\(text)' cannot be read: write 1000 or 166 2/3")
      }
    }
    guard let number = try? DecimalText(parsing: referenceClass), number.mantissa >= 0 else {
      throw ValidationError("--reference-class '\(referenceClass)' is no number of per cent")
    }
  }

  func run() throws {
    let file = MeterTestFile(
      testConstant: testConstant.flatMap { TestConstant(parsing: $0) },
      referenceConstant: referenceConstant.flatMap { TestConstant(parsing: $0) })
    let instant = try eventAt.map { try quantity($0, of: "--event-at", Instant.init(parsing:)) }
    let text: String
    do {
      text = try DiskReader().text(of: points)
    } catch {
      throw Failure("cannot read the points: \(error)")
    }
    let test = MeterTest(
      points: try file.points(text, file: points), limit: TestLimit(rawValue: limit) ?? .inService,
      rating: rating.flatMap { TestRating(parsing: $0) },
      referenceClass: (try? DecimalText(parsing: referenceClass)) ?? DecimalText(mantissa: 0, decimals: 0))
    do {
      try show(test, try test.results(), eventAt: instant)
    } catch let error as StoryError {
      throw Failure("\(points): \(error.message)")
    }
  }

  private func show(_ test: MeterTest, _ results: [MeterTest.Result], eventAt instant: Instant?) throws {
    let verdict = MeterTest.verdict(of: results)
    if let instant {
      guard let row = MeterTest.row(results, limit: test.limit, serial: serial, at: instant) else {
        throw Failure(
          "the test is inconclusive, so it is no fact: measure longer, or with a better reference",
          Outcomes.unmet)
      }
      Terminal.line(
        json ? MeterTest.json(results, limit: test.limit, serial: serial, at: instant)?.pretty ?? "" : row)
    } else if json {
      Terminal.print(MeterTestText.document(test, results).pretty)
    } else {
      for line in MeterTestText.rows(test, results) { Terminal.line(line) }
    }
    guard verdict == .within || (verdict == .outside && instant != nil) else { throw Outcomes.unmet }
  }
}
