import HeadEnd
import Line
import Testing
import Units
import Wire

@Suite("Optical port: what goes wrong is repaired or named")
struct OpticalRepairTests {
  struct Row: CustomTestStringConvertible {
    var what: String
    var message: ModeCDefects.Message
    var count: Int?
    /// Nil: repaired.
    var kind: DialogueFailure.Kind?
    var testDescription: String { what }
  }

  static let rows: [Row] = [
    Row(what: "one wrong check", message: .check, count: 1),
    Row(what: "two wrong checks", message: .check, count: 2),
    Row(what: "four wrong checks: a second session", message: .check, count: 4),
    Row(what: "always a wrong check", message: .check, kind: .checksum),
    Row(what: "one other digit", message: .digit, count: 1),
    Row(what: "always another digit", message: .digit, kind: .checksum),
    Row(what: "cut once", message: .cut(after: 30), count: 1),
    Row(what: "always cut", message: .cut(after: 30), kind: .incomplete),
    Row(what: "signs off once", message: .signOff(after: 30), count: 1),
    Row(what: "no end mark once", message: .noEnd, count: 1),
    Row(what: "never an end mark: the check holds, so it is read", message: .noEnd),
  ]

  @Test("a message that is not right is asked for again, and never read", arguments: rows)
  func messages(row: Row) throws {
    let bench = OpticalBench()
    bench.station.defects.message = row.message
    bench.station.defects.messages = row.count
    guard let kind = row.kind else {
      let reading = try bench.reader().readout()
      #expect(reading.texts == OpticalReadoutTests.expected)
      #expect(!reading.remarks.isEmpty, "it is said that something was wrong")
      return
    }
    let failure = #expect(throws: DialogueFailure.self) { try bench.reader { $0.mode = .c }.readout() }
    #expect(failure?.kind == kind)
  }

  @Test(
    "a meter that does not keep the speed it proposed is read at 300 baud", arguments: [300, 2400, 19_200])
  func speedNotKept(speed: Int64) throws {
    let bench = OpticalBench()
    try bench.line.begin(FaultSetting(id: "CL-04", whole: ["speed": speed]))
    let reading = try bench.reader().readout()
    #expect(reading.texts == OpticalReadoutTests.expected)
    #expect(reading.remarks.contains("the meter did not keep the speed it proposed; read at 300 baud"))
  }

  @Test("a meter that changes its speed late is read at 300 baud or after its delay")
  func late() throws {
    let bench = OpticalBench()
    bench.station.defects.changesLate = .milliseconds(700)
    #expect(try bench.reader().readout().texts == OpticalReadoutTests.expected)
  }

  @Test("noise before the identification is passed over", arguments: ["nul", "del", "flash", "any"])
  func noise(kind: String) throws {
    let bench = OpticalBench()
    try bench.line.begin(FaultSetting(id: "CL-10", whole: ["count": 5], choices: ["kind": kind]))
    #expect(try bench.reader().readout().texts == OpticalReadoutTests.expected)
  }

  @Test("a pause under 1500 ms is borne, a longer one is asked for again")
  func gaps() throws {
    for gap in [1400, 1700] as [Int64] {
      let bench = OpticalBench()
      try bench.line.begin(FaultSetting(id: "CL-11", whole: ["after": 40, "gap": gap, "share": 100]))
      let reading = try? bench.reader { $0.mode = .c }.readout()
      #expect((reading != nil) == (gap < 1500))
      if let reading { #expect(reading.texts == OpticalReadoutTests.expected) }
    }
  }

  @Test("a meter without parity is read through a head of eight bits, and said to send none")
  func noParity() throws {
    let bench = OpticalBench(head: OpticalHead(onlyEightBits: true))
    try bench.line.begin(FaultSetting(id: "CL-07", choices: ["parity": "none"]))
    let reading = try bench.reader().readout()
    #expect(reading.texts == OpticalReadoutTests.expected)
    #expect(reading.remarks == ["the meter sends no parity"])
  }

  @Test("nobody there is silence; a stream of noise is unreadable")
  func nobody() {
    let bench = OpticalBench()
    bench.station.defects.message = nil
    let failure = #expect(throws: DialogueFailure.self) {
      try bench.reader {
        $0.address = "1"
        $0.listening = .seconds(1)
      }.readout()
    }
    #expect(failure?.kind == .silence)
  }
}
