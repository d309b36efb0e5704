internal import ArgumentParser
internal import Foundation
internal import HostIO
internal import Line
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
      pulses, a stopwatch or a known power. Or both are read now: --under-test and --reference have the options \
      of `backspin read` for each, in quotes (`--tcp 10.0.0.7:502 --profile eastron-sdm120`), or `count 20` \
      for turns that you count yourself; then POINTS holds the loads alone, and without it there is one. \
      docs/bench.md has the words, the formulas and the limits.

      Exit codes: 0 within the limits · 1 outside, or inconclusive, or a meter does not show what is wanted \
      · 2 wrong use or an invalid file · 7 no device, or no meter that answers.
      """)

  @Argument(help: ArgumentHelp("Load points, .yaml or .csv.", valueName: "points")) var points: String?
  @Option(
    parsing: .unconditional, help: ArgumentHelp("Read the meter under test so.", valueName: "read options"))
  var underTest: String?
  @Option(parsing: .unconditional, help: ArgumentHelp("Read the reference so.", valueName: "read options"))
  var reference: String?
  @Option(help: ArgumentHelp("Live: how long each load is held.", valueName: "time")) var time: String?
  @Option(
    help: ArgumentHelp(
      "Live: how old a register may be when it is read: how often a meter brings it up to date.",
      valueName: "time"))
  var age = "1s"
  @Option(help: ArgumentHelp("Live: the register to compare: import or export.", valueName: "register"))
  var register = RegisterRole.import.rawValue
  @Option(
    help: ArgumentHelp("What the verdict rests on: in-service, mid-a, mid-b, mid-c.", valueName: "limit"))
  var limit = TestLimit.inService.rawValue
  @Option(help: ArgumentHelp("Currents on the plate: 0.25-5(100).", valueName: "A")) var rating: String?
  @Flag(help: "The meter works on current transformers: Itr is In/20, not Iref/10.")
  var transformerOperated = false
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
    guard (underTest == nil) == (reference == nil) else {
      throw ValidationError("--under-test and --reference go together")
    }
    guard points != nil || underTest != nil else {
      throw ValidationError("load points are wanted, or --under-test and --reference")
    }
    if underTest == nil,
      let name = [("--time", time != nil), ("--register", register != "import")]
        .first(where: \.1)?.0
    {
      throw ValidationError("\(name) goes with --under-test and --reference")
    }
    guard register == "import" || register == "export" else {
      throw ValidationError("--register must be import or export")
    }
    guard TestLimit(rawValue: limit) != nil else {
      let known = TestLimit.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--limit '\(limit)' is none of \(known)")
    }
    if let rating, TestRating(parsing: rating, onTransformers: transformerOperated) == nil {
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
    let instant = try eventAt.map { try quantity($0, of: "--event-at", Instant.init(parsing:)) }
    let limit = TestLimit(rawValue: limit) ?? .inService
    let rating = rating.flatMap { TestRating(parsing: $0, onTransformers: transformerOperated) }
    let accuracy = (try? DecimalText(parsing: referenceClass)) ?? DecimalText(mantissa: 0, decimals: 0)
    let test = MeterTest(points: try measured(), limit: limit, rating: rating, referenceClass: accuracy)
    do {
      try show(test, try test.results(), eventAt: instant)
    } catch let error as StoryError {
      throw Failure("\(points ?? "the test"): \(error.message)")
    }
  }

  /// The points of the file, or those that are measured now.
  private func measured() throws -> [MeterTestPoint] {
    let constants = (
      test: testConstant.flatMap { TestConstant(parsing: $0) },
      reference: referenceConstant.flatMap { TestConstant(parsing: $0) }
    )
    let file = MeterTestFile(testConstant: constants.test, referenceConstant: constants.reference)
    guard let underTest, let reference else {
      return try file.points(text(of: points ?? ""), file: points ?? "")
    }
    let loads = try points.map { try file.loads(text(of: $0), file: $0) } ?? [MeterTestLoad(name: "the load")]
    let held = try time.map { try quantity($0, of: "--time", TimeSpan.init(parsing:)) }
    if let held, held <= .zero || held > .days(1) { throw Failure("--time is above 0 and at most a day") }
    let age = try quantity(age, of: "--age", TimeSpan.init(parsing:))
    guard age >= .zero, age <= .hours(1) else { throw Failure("--age is 0 s to 1 h") }
    let role = RegisterRole(rawValue: register) ?? .import
    return try LiveMeterTest(
      test: try Self.side("the meter under test", underTest, role, constants.test),
      reference: try Self.side("the reference", reference, role, constants.reference),
      loads: loads, time: held, age: age
    ).points()
  }

  private static func side(_ name: String, _ words: String, _ role: RegisterRole, _ constant: TestConstant?)
    throws -> TestSide
  {
    do {
      return try TestSide(name, words, role: role, constant: constant)
    } catch let error as HostError {
      throw Failure("\(name): \(error)", error.code == .badAddress ? Outcomes.invalid : Outcomes.hardware)
    } catch let error as SerialSettingsError {
      throw Failure("\(name): \(error)")
    } catch let error as Diagnostic {
      throw Failure("\(name): \(error)")
    } catch let failure as Failure where !failure.message.hasPrefix(name) {
      throw Failure("\(name): \(failure.message)", failure.code)
    }
  }

  private func text(of path: String) throws -> String {
    do { return try DiskReader().text(of: path) } catch { throw Failure("cannot read the points: \(error)") }
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
