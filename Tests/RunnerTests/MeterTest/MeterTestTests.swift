// The error of a meter and what is known of it, by numbers worked with a pocket calculator in the comments.

import Runner
import Scenario
import Testing
import Units

@Suite("A meter against a reference") struct MeterTestTests {
  private static func decimal(_ text: String) throws -> DecimalText { try DecimalText(parsing: text) }

  private static func run(
    _ yaml: String, limit: TestLimit = .inService, rating: String? = nil, reference: String = "0.1",
    test: TestConstant? = nil, standard: TestConstant? = nil
  ) throws -> [MeterTest.Result] {
    let file = MeterTestFile(testConstant: test, referenceConstant: standard)
    let points = try file.points(yaml, file: "points.yaml")
    return try MeterTest(
      points: points, limit: limit, rating: rating.flatMap { TestRating(parsing: $0) },
      referenceClass: decimal(reference)
    ).results()
  }

  /// 10.05 kWh against 10.000 kWh: +0.5 %. Cut digits 10 Wh and 1 Wh: 10²/6 Wh² of 10 050 Wh is a variance of
  /// 1.6501e-7, 1²/6 of 10 000 Wh 1.667e-9; class 0.1: (0.001)²/3 = 3.3333e-7. Root of 5.0001e-7: 7.0711e-4;
  /// times 1.005: 7.1065e-4; twice: 0.14213 %, up to 0.143 %.
  @Test("two registers: the error is exact, the uncertainty that of the cut digits and the reference's class")
  func registers() throws {
    let one = try #require(
      try Self.run(
        """
        points:
          - test-start: 1200.00 kWh
            test-end: 1210.05 kWh
            reference-start: 100.000 kWh
            reference-end: 110.000 kWh
        """
      ).first)
    #expect(one.error == 500)
    #expect(one.uncertainty == 143)
    #expect("\(one.tested) \(one.reference)" == "10050.000 10000.000")
    #expect(one.verdict == .within)
    #expect(one.point.name == "1")
  }

  /// 10 turns of 187.5 rev/kWh are 53.3333 Wh; 2000 W for 97.2 s are 54 Wh: −1.23457 %. Time 0.2 s of 97.2 s:
  /// 4.23394e-6/3 = 1.41131e-6; power 1 W of 2000 W: 2.5e-7/12 = 2.0833e-8; class 0.5: 8.33333e-6. Root of
  /// 9.76548e-6: 3.12498e-3; times 0.987654: 3.08640e-3; twice: 0.61728 %, up to 0.618 %.
  @Test("a disc, a stopwatch and a known power")
  func stopwatch() throws {
    let one = try #require(
      try Self.run(
        """
        points:
          - {name: 2 kW, test-pulses: 10, reference-power: 2000 W, time: 97.2 s, timing: 0.2 s}
        """, reference: "0.5", test: TestConstant(parsing: "187 1/2")
      ).first)
    #expect(one.error == -1235)
    #expect(one.uncertainty == 618)
    #expect(one.verdict == .within)
  }

  /// 1000 pulses of 1 Wh against 1.000 kWh of a standard: quanta cut at both ends, 1²/6 of 1000 Wh:
  /// 1.6667e-7; the standard's digit 1 Wh: 1/12 of 1000²: 8.3333e-8; root of 2.5e-7: 5e-4; twice 0.1 %.
  @Test("pulses against a standard's display: a quantum may be cut at both ends")
  func pulses() throws {
    let one = try #require(
      try Self.run(
        "points: [{test-pulses: 1000, reference-energy: 1.000 kWh}]", reference: "0",
        test: TestConstant(1000)
      ).first)
    #expect(one.error == 0)
    // Rounded up at 10⁻⁸ of the root: never less than the exact 0.1 %.
    #expect((100...101).contains(one.uncertainty))
  }

  /// The limits in service are +2.5 % and −3.5 %; U is 0.143 % or a little more at each of these.
  @Test(
    "in service: within and outside only where the whole band of uncertainty is",
    arguments: [
      ("10.30", MeterTest.Verdict.outside), ("10.27", .outside), ("10.26", .inconclusive),
      ("10.25", .inconclusive), ("10.24", .inconclusive), ("10.23", .within), ("10.00", .within),
      ("9.67", .within), ("9.66", .inconclusive), ("9.64", .inconclusive), ("9.63", .outside),
      ("0.00", .outside),
    ])
  func verdicts(_ tested: String, _ expected: MeterTest.Verdict) throws {
    let one = try #require(
      try Self.run(
        """
        points:
          - {test-start: 0.00 kWh, test-end: \(tested) kWh, reference-start: 0.000 kWh, reference-end: 10.000 kWh}
        """
      ).first)
    #expect(one.verdict == expected, "\(one)")
  }

  @Test("one point outside makes a meter faulty; one that cannot tell makes a test inconclusive")
  func overall() throws {
    func verdict(_ ends: [String]) throws -> MeterTest.Verdict {
      let rows = ends.map {
        "  - {test-start: 0.00 kWh, test-end: \($0) kWh, reference-start: 0.000 kWh, reference-end: 10.000 kWh}\n"
      }
      return MeterTest.verdict(of: try Self.run("points:\n" + rows.joined()))
    }
    #expect(try verdict(["10.00", "10.01"]) == .within)
    #expect(try verdict(["10.00", "10.25"]) == .inconclusive)
    #expect(try verdict(["10.00", "10.25", "10.30"]) == .outside)
    #expect(MeterTest.verdict(of: []) == .unlimited)
  }

  /// 2014/32/EU, annex V, table 2, for 0.25-5(100): I_tr is 0.5 A.
  @Test(
    "the limits of a class follow current, power factor, temperature and the phases that carry load",
    arguments: [
      ("current: 0.3 A", TestLimit.classA, "3.5"), ("current: 0.3 A", .classB, "2"),
      ("current: 0.3 A", .classC, "1"), ("current: 0.5 A", .classC, "0.7"),
      ("current: 100 A", .classC, "0.7"),
      ("current: 5 A, temperature: -10 C", .classA, "4.5"),
      ("current: 0.3 A, temperature: 40 C", .classA, "5"),
      ("current: 5 A, temperature: 5 C", .classB, "2"), ("current: 5 A, temperature: 4.9 C", .classB, "2.5"),
      ("current: 5 A, temperature: -40 C", .classB, "4"),
      ("current: 5 A, temperature: 71 C", .classB, "none"),
      ("current: 5 A, one-phase: true", .classA, "4"), ("current: 0.3 A, one-phase: true", .classA, "none"),
      ("current: 0.2 A", .classA, "none"), ("current: 101 A", .classA, "none"),
      ("current: 5 A, power-factor: 0.5 ind", .classB, "2"),
      ("current: 5 A, power-factor: 0.8 cap", .classB, "2"),
      ("current: 5 A, power-factor: 0.5 cap", .classB, "none"),
      ("current: 5 A, power-factor: 0.4 ind", .classB, "none"),
      ("name: no current", .classB, "none"), ("current: 0.2 A", .inService, "2.5"),
    ])
  func classes(_ load: String, _ limit: TestLimit, _ expected: String) throws {
    let one = try #require(
      try Self.run(
        "points: [{\(load), test-energy: 1.0000 kWh, reference-energy: 1.0000 kWh}]", limit: limit,
        rating: "0.25-5(100)"
      ).first)
    guard expected != "none" else {
      #expect(one.band == nil && one.verdict == .unlimited && !one.remark.isEmpty)
      return
    }
    let wanted = try Self.decimal(expected).whole(timesTenTo: 3)
    #expect(one.band.map { Int128($0.above) } == wanted, "\(one)")
  }

  @Test("a class without the plate's currents gives no verdict, and says why")
  func unrated() throws {
    let one = try #require(
      try Self.run("points: [{test-energy: 1 kWh, reference-energy: 1 kWh}]", limit: .classB).first)
    #expect(one.remark == "a class has limits by current: state the rating")
  }

  @Test("a table gives what the same points in YAML give, and places of errors are those of the cell")
  func table() throws {
    let csv = "name,test-start,test-end,reference-energy\nlow,1.00 kWh,2.01 kWh,1.000 kWh\n"
    let yaml = """
      points:
        - {name: low, test-start: 1.00 kWh, test-end: 2.01 kWh, reference-energy: 1.000 kWh}
      """
    let file = MeterTestFile()
    #expect(try file.points(csv, file: "a.csv") == file.points(yaml, file: "a.yaml"))
    let error = #expect(throws: Diagnostic.self) {
      try file.points(csv.replacing("2.01 kWh", with: "2.01 MWh"), file: "a.csv")
    }
    #expect(error.map { "\($0.at.line):\($0.at.column) \($0.code)" } == "2:14 BS-SCN-13")
    let torn = #expect(throws: Diagnostic.self) { try file.points("a,b\n1\n", file: "a.csv") }
    #expect(torn?.at.line == 2)
  }

  @Test(
    "what is missing or wrong in a point is told",
    arguments: [
      ("{test-energy: 1 kWh}", "nothing says what the reference measured"),
      ("{reference-energy: 1 kWh}", "nothing says what the test measured"),
      ("{test-pulses: 10, reference-energy: 1 kWh}", "pulses want their constant"),
      ("{test-energy: 1 kWh, reference-power: 1 W}", "a power wants the time that it was held"),
      ("{test-energy: 1 kWh, reference-energy: 1 kWh, timing: 1 s}", "a timing wants the time"),
      ("{test-energy: 1, reference-energy: 1 kWh}", "an energy is a number with its unit: Wh or kWh"),
      ("{test-energy: 1 kWh, reference-energy: 1 kWh, powerfactor: 1}", "unknown key 'powerfactor'"),
      ("{test-start: 1 kWh, reference-energy: 1 kWh}", "the key 'test-end' is missing here"),
    ])
  func refusals(_ point: String, _ expected: String) {
    let error = #expect(throws: Diagnostic.self) { try Self.run("points: [\(point)]") }
    #expect(error?.message.hasPrefix(expected) == true, "\(String(describing: error))")
  }

  @Test("a reference that measured nothing, and numbers beyond 128 bits, are refused by the point's name")
  func impossible() {
    for (energy, word) in [
      ("0.000 kWh", "no energy"), ("0.000000000000000000000000000000001 kWh", "more digits"),
    ] {
      let error = #expect(throws: StoryError.self) {
        try Self.run("points: [{name: P, test-energy: 1 kWh, reference-energy: \(energy)}]")
      }
      #expect(error?.message.hasPrefix("P: \(word)") == true, "\(String(describing: error))")
    }
  }

  @Test("constants of plates are exact: vulgar fractions too")
  func constants() {
    #expect(TestConstant(parsing: "1000") == TestConstant(1000))
    #expect(TestConstant(parsing: "166 2/3") == TestConstant(500, over: 3))
    #expect(TestConstant(parsing: "500/3") == TestConstant(500, over: 3))
    for wrong in ["", "0", "-1", "1.5", "1 2", "1 2/0", "/3", "1/2/3"] {
      #expect(TestConstant(parsing: wrong) == nil, "\(wrong)")
    }
  }
}
