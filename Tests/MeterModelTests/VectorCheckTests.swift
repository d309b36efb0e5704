// The reference vectors and a wider set, to the last printed digit; and that a check can fail: any digit
// changed in any answer is found, in its row and column.

import BackspinTesting
import Foundation
import MeterModel
import Testing

@Suite struct VectorCheckTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Vectors")

  static func text(_ path: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
  }

  @Test("each row of the vectors comes out exactly")
  func exact() {
    TextTable.each(
      """
      file                shape     rows
      disc.csv            disc        6
      register.csv        register   25
      phases.csv          phases      5
      netting.csv         netting     6
      dials.csv           dials       8
      clock.csv           clock       4
      wider/disc.csv      disc       24
      wider/register.csv  register   60
      wider/phases.csv    phases     24
      wider/netting.csv   netting    24
      wider/dials.csv     dials      29
      wider/clock.csv     clock      24
      odd/disc.csv        disc        7
      odd/register.csv    register   35
      odd/phases.csv      phases      4
      odd/netting.csv     netting     6
      odd/dials.csv       dials      10
      odd/clock.csv       clock       4
      """
    ) { row in
      let check = try VectorCheck(csv: try Self.text(row.text("file")))
      #expect(try check.shape.rawValue == row.text("shape"), sourceLocation: row.sourceLocation)
      #expect(try Int64(check.rows.count) == row.whole("rows"), sourceLocation: row.sourceLocation)
      #expect(check.rows.filter { !$0.passes } == [], sourceLocation: row.sourceLocation)
      #expect(check.passes, sourceLocation: row.sourceLocation)
    }
  }

  @Test(
    "a digit changed in any answer is found in that row and column, with what it should be",
    arguments: VectorCheck.Shape.allCases)
  func alteredDigit(shape: VectorCheck.Shape) throws {
    let lines = try Self.text("\(shape.rawValue).csv").split(separator: "\n").map(String.init)
    let columns = lines[0].split(separator: ",").map(String.init)
    let inputs: [VectorCheck.Shape: Int] = [
      .disc: 4, .register: 6, .phases: 5, .netting: 7, .dials: 1, .clock: -1,
    ]
    let answers =
      shape == .clock ? [1, 3, 6] : Array((inputs[shape] ?? 0)..<columns.count)
    var altered = 0
    for line in 1..<lines.count {
      let cells = lines[line].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      for place in answers where cells[place].last?.isNumber == true {
        let digit = cells[place].last?.wholeNumberValue ?? 0
        var changed = cells
        changed[place] = cells[place].dropLast() + String((digit + 1) % 10)
        let check = try VectorCheck(csv: lines[0] + "\n" + changed.joined(separator: ",") + "\n")
        let found = check.rows.first?.differences ?? []
        #expect(found.map(\.column) == [columns[place]])
        #expect(found.first?.expected == changed[place] && found.first?.got == cells[place])
        altered += 1
      }
    }
    #expect(altered > lines.count - 1)
  }

  @Test("the shape is known by its columns in whatever order, and CRLF is read")
  func order() throws {
    let text =
      "days,drift_ppm,seconds_per_day,step_to_kw,step_from_kw,misallocated_kwh_at_one_boundary,offset_s\r\n"
    // 100 ppm is 8.64 s a day; ten days are 86.4 s, and at a step of 2 kW 0.048 kWh are on the wrong side.
    let check = try VectorCheck(csv: text + "10,100,8.6400,0,2.0,0.048000,86.400\r\n")
    #expect(check.shape == .clock)
    #expect(check.passes)
    #expect(check.rows.map(\.results.count) == [3])
  }

  @Test("both neighbours of a tie are right, and nothing else is")
  func tie() throws {
    // 0.5 ppm over 1 day at a step of 1 kW: 0.0432 s × 1 kW / 3600 = 0.000012 kWh exactly; in seven places no
    // tie. 1/2 W for 3.6 s is 0.0000005 kWh: in six places a tie between 0.000000 and 0.000001.
    let header = try Self.text("disc.csv").prefix { $0 != "\n" } + "\n"
    for (printed, passes) in [
      ("0.000000", true), ("0.000001", true), ("0.000002", false), ("-0.000001", false),
    ] {
      let row = "100,0.5,0,3.6,10.000000,72000.000000,0.000050,\(printed)\n"
      #expect(try VectorCheck(csv: header + row).passes == passes)
    }
  }

  @Test("a file without rows passes nothing")
  func noRows() throws {
    let header = try Self.text("disc.csv").prefix { $0 != "\n" }
    let check = try VectorCheck(csv: String(header))
    #expect(check.rows.isEmpty)
    #expect(!check.passes)
  }

  @Test("a damaged file is an error with code, line and column, never a trap")
  func damaged() throws {
    let clock =
      "drift_ppm,seconds_per_day,days,offset_s,step_from_kw,step_to_kw,misallocated_kwh_at_one_boundary"
    let register =
      "case,int_digits,decimals,start,steps_net_kwh,mode,"
      + "import_display,export_display,import_unwrapped_kwh,wraps"
    let disc = try Self.text("disc.csv").prefix { $0 != "\n" }
    let netting = try Self.text("netting.csv").prefix { $0 != "\n" }
    let cases: [(text: String, code: String, line: Int, column: String?)] = [
      ("", "BS-VEC-01", 1, nil),
      (" \n\n", "BS-VEC-01", 1, nil),
      ("a,b,c\n1,2,3\n", "BS-VEC-02", 1, nil),
      (clock.replacingOccurrences(of: ",days", with: "") + "\n", "BS-VEC-02", 1, nil),
      (clock + "\n1,2,3\n", "BS-VEC-03", 2, nil),
      (clock + "\n\nabc,0,1,0,1,1,0\n", "BS-VEC-04", 3, "drift_ppm"),
      (disc + "\n8/x,1,0,1,1,1,1,1\n", "BS-VEC-04", 2, "disc_constant_rev_per_kwh"),
      (disc + "\n0,1,0,1,1,1,1,1\n", "BS-VEC-05", 2, "disc_constant_rev_per_kwh"),
      (disc + "\n100,1,-100,1,1,1,1,1\n", "BS-VEC-05", 2, nil),
      (register + "\n0,5,0,0,1,sideways,0,,0,0\n", "BS-VEC-04", 2, "mode"),
      (register + "\n0,13,0,0,1,backstop,0,,0,0\n", "BS-VEC-05", 2, "int_digits"),
      (netting + "\n0,1,1,1,1,1,0,2,0,0,0,0,0,0,0,0\n", "BS-VEC-05", 2, "quantum_wh"),
      (netting + "\n0,1,1,0,0,1,1,2,0,0,0,0,0,0,0,0\n", "BS-VEC-05", 2, "on_s"),
      (register + "\n0,5,0,0,1e-31,backstop,0,,0,0\n", "BS-VEC-04", 2, "steps_net_kwh"),
      (netting + "\n0,1e30,1,1,1,1,1e-30,2,0,0,0,0,0,0,0,0\n", "BS-VEC-05", 2, nil),
    ]
    for one in cases {
      let error = #expect(throws: VectorError.self, "\(one.text)") { try VectorCheck(csv: one.text) }
      #expect(error?.code == one.code, "\(one.text)")
      #expect(error?.line == one.line, "\(one.text)")
      #expect(error?.column == one.column, "\(one.text)")
    }
  }

  @Test("an error points at the cell, as FILE:line:column goes on")
  func place() throws {
    let disc = try Self.text("disc.csv").prefix { $0 != "\n" }
    let error = #expect(throws: VectorError.self) { try VectorCheck(csv: disc + "\n100,1,x,1,1,1,1,1\n") }
    #expect(
      error?.description == "2:7: column error_percent: 'x' is not a decimal number [BS-VEC-04]")
  }

  @Test("a file that nearly has a shape is told what is missing and what is strange")
  func nearly() {
    let error = #expect(throws: VectorError.self) {
      try VectorCheck(csv: "drift_ppm,seconds_per_day,dayz,offset_s,step_from_kw,step_to_kw\n")
    }
    #expect(
      error?.description == """
        1:1: these columns are no shape of vectors; nearest is clock, which also has days, \
        misallocated_kwh_at_one_boundary, which has no dayz [BS-VEC-02]
        """)
  }

  @Test("a nameplate's constant is kept as the fraction it is")
  func nameplate() {
    #expect(DiscConstant(parsing: "166 2/3") == DiscConstant(numerator: 500, denominator: 3))
    #expect(DiscConstant(parsing: "187.5") == DiscConstant(numerator: 375, denominator: 2))
    #expect(DiscConstant(parsing: "800/3") == DiscConstant(numerator: 800, denominator: 3))
    for wrong in ["", "0", "-1", "1/0", "1 2", "1 2 3/4", "1.5 1/2", "x", "1/2/3"] {
      #expect(DiscConstant(parsing: wrong) == nil, "\(wrong)")
    }
  }
}
