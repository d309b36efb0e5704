// `backspin test-meter` as a user meets it, and its result as a fact of a case that `settle` takes.

import BackspinTesting
import Foundation
import Testing

@Suite("backspin test-meter") struct TestMeterCommandTests {
  private static let points = """
    name,current,test-start,test-end,reference-start,reference-end
    0.3 A,0.3 A,0.000 kWh,1.004 kWh,0.0000 kWh,1.0000 kWh
    5 A,5 A,1.004 kWh,11.010 kWh,1.0000 kWh,11.0000 kWh
    """

  @Test("a table, JSON, verdicts by limit and what is refused, word for word")
  func transcript() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try scratch.write(Self.points, to: "good.csv")
    try scratch.write(Self.points.replacing("11.010", with: "11.504"), to: "bad.csv")
    try scratch.write(Self.points.replacing("11.010", with: "11.264"), to: "close.csv")
    var transcript = Transcript(scratch)
    for line in [
      "SCRATCH/good.csv --reference-class 0.1", "SCRATCH/bad.csv --reference-class 0.1",
      "SCRATCH/close.csv --reference-class 0.5",
      "SCRATCH/good.csv --reference-class 0.05 --limit mid-b --rating 0.25-5(100)",
      "SCRATCH/good.csv --reference-class 0.1 --limit mid-b", "SCRATCH/good.csv --reference-class 0.1 --json",
      "SCRATCH/bad.csv --reference-class 0.1 --event-at 2026-07-10T09:00Z --serial E-1",
      "SCRATCH/close.csv --reference-class 0.5 --event-at 2026-07-10T09:00Z",
      "SCRATCH/none.csv --reference-class 0.1", "SCRATCH/good.csv", "SCRATCH/good.csv --reference-class x",
      "SCRATCH/good.csv --reference-class 0.1 --limit mid-d",
      "SCRATCH/good.csv --reference-class 0.1 --rating 5",
      "--reference-class 0.1", "--reference-class 0.1 --under-test a",
      "SCRATCH/good.csv --reference-class 0.1 --time 2s",
      "SCRATCH/good.csv --reference-class 0.1 --register x",
    ] { try transcript.run("test-meter " + line) }
    Golden().expect(transcript.text, matches: "test-meter.txt")
  }

  @Test("two meters that are read now: what is wrong with a side is told of that side, in one line")
  func liveRefusals() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try scratch.write("name,current,test-start\n1,5 A,1 kWh\n", to: "points.csv")
    try scratch.write("name,time\n1,0 s\n", to: "nothing.csv")
    let none = "--tcp 127.0.0.1:1 --profile eastron-sdm120"
    var transcript = Transcript(scratch)
    for (under, reference, more) in [
      (none, none, []), (none, none, ["--time", "2s"]), (none, none, ["--time", "0s"]),
      ("--tcp a --serial b", none, ["--time", "2s"]), (none, none, ["--time", "2s", "--age", "1 day"]),
      ("--tcp here", none, ["--time", "2s"]),
      ("--tcp 127.0.0.1:1 --protocol modbus", none, ["--time", "2s"]),
      ("--serial SCRATCH/none --protocol dlms", none, ["--time", "2s"]),
      ("--serial SCRATCH/none --protocol pulse", none, ["--time", "2s"]),
      ("--serial 'SCRATCH", none, ["--time", "2s"]), ("count", none, []), ("count 0", none, []),
      ("--tcp 127.0.0.1:1 --protocol iec62056-21", none, ["--time", "2s"]),
      (none, none, ["SCRATCH/points.csv"]), (none, none, ["SCRATCH/nothing.csv"]),
    ] {
      try transcript.run(
        ["test-meter", "--reference-class", "0.1", "--under-test", under, "--reference", reference] + more)
    }
    Golden().expect(transcript.text, matches: "test-meter-live.txt")
  }

  @Test(
    "the row that it prints is a fact of a case: a good meter's held money is paid, a faulty one's is not")
  func settled() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let example = try String(
      contentsOf: CommandLine.root.appendingPathComponent("docs/examples/case.yaml"), encoding: .utf8)
    let lines = example.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let place = try #require(lines.firstIndex { $0.contains("event: meter-tested") })
    for (end, result, isMet) in [("11.010", "good", true), ("11.504", "faulty", false)] {
      try scratch.write(Self.points.replacing("11.010", with: end), to: "points.csv")
      let test = try CommandLine.backspin([
        "test-meter", scratch.path("points.csv"), "--reference-class", "0.1", "--event-at",
        "2026-07-10T09:00Z",
      ])
      #expect(test.code == 0, "\(test)")
      let row = try #require(test.lines.first)
      #expect(row.contains("result: \(result)"))
      var one = lines
      one[place] = "  " + row
      try scratch.write(one.joined(separator: "\n"), to: "case.yaml")
      let ending = try CommandLine.backspin(["settle", scratch.path("case.yaml")])
      #expect(ending.code == (isMet ? 0 : 1), "\(ending)")
      #expect(ending.output.contains("£25.00 by bank-transfer, paid") == isMet, "\(ending)")
    }
  }
}
