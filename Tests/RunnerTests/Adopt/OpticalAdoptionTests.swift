// A recorded optical dialogue with all that goes wrong in the field: a head that echoes, a block that comes
// again after a wrong check, an error answer, a profile in two blocks, lines that no profile can hold.

import Foundation
import HeadEnd
import Line
import MeterModel
import Runner
import Scenario
import Testing
import Units

@Suite("Adoption of an optical dialogue") struct OpticalAdoptionTests {
  /// The check of ISO 1155: all characters after the first, combined by exclusive or.
  private static func framed(_ text: String, spoilt: Bool = false) -> [UInt8] {
    let bytes = Array(text.utf8)
    return bytes + [bytes.dropFirst().reduce(0, ^) ^ (spoilt ? 1 : 0)]
  }

  private static let block = [
    "1-0:0.0.0*255(35123456)", "1-0:1.8.0*255(0012345.678*kWh)", "1-0:1.8.1*255(0012000.000*kWh)",
    "1-0:1.8.2*255(0000345.678*kWh)", "1-0:2.8.0*255(0000087.5*kWh)", "1-0:32.7.0*255(230.1*V)",
    "0.9.2(260501)", "1.6.1(0.234*kW)(2604211930)", "96.1.1(A/B)", "F.F(00000000)", "C.9.8(0\"\\0)",
  ].joined(separator: "\r\n")

  private static func trace() -> Trace {
    let list = "\u{2}\(block)\r\n!\r\n\u{3}"
    let said: [(LineDirection, [UInt8])] = [
      (.request, Array("/?!\r\n".utf8)), (.answer, Array("/?!\r\n/ISk5MT174-0001\r\n".utf8)),
      (.request, Array("\u{6}050\r\n".utf8)),
      (.answer, Array("\u{6}050\r\n".utf8) + framed(list, spoilt: true)),
      (.request, [0x15]), (.answer, [0x15] + framed(list)),
      (.request, Array("/?!\r\n".utf8)), (.answer, Array("/ISk5MT174-0001\r\n".utf8)),
      (.request, Array("\u{6}051\r\n".utf8)), (.answer, framed("\u{1}P0\u{2}(35123456)\u{3}")),
      (.request, framed("\u{1}P1\u{2}(98765432)\u{3}")), (.answer, [0x06]),
      (.request, framed("\u{1}R1\u{2}C.9.9()\u{3}")), (.answer, framed("\u{2}(ER01)\u{3}")),
      (.request, framed("\u{1}R6\u{2}P.01(;)\u{3}")),
      (
        .answer,
        framed("\u{2}P.01(02605010030)(00)(30)(2)(1.5.0)(kW)(2.5.0)(kW)\r\n(0.100)(0.000)\r\n\u{4}")
      ),
      (.request, [0x06]), (.answer, framed("\u{2}(0.200)(1.500)\r\n\u{3}")),
      (.request, framed("\u{1}B0\u{3}")),
    ]
    let events = said.enumerated().map { index, one in
      TraceEvent(at: .milliseconds(Int64(index) * 500), .bytes(one.0, one.1))
    }
    let origin = (try? Instant(parsing: "2026-05-01T10:00:30Z")) ?? .epoch
    return Trace(
      origin: origin, line: try? SerialSettings(baud: 300, dataBits: 7, parity: .even), tongue: .modeC,
      events: events)
  }

  private static func adopted(keeps: Bool = true) throws -> Adoption {
    try Adoption(
      trace(), name: "mine", from: "mine.trace", library: AdoptionTests.library(),
      redactor: keeps ? nil : Redactor(key: (1, 2)))
  }

  @Test("each line is what the meter counts, or stays as it was read; rates of unknown windows stay")
  func lines() throws {
    let adoption = try Self.adopted()
    let profile = try AdoptionTests.library(adoption).profile(named: "mine")
    let port = try #require(profile.optical)
    #expect((port.mode, port.flag, port.text, port.topBaud) == (.c, "ISk", "MT174-0001", 9600))
    let shows = port.lists[0].lines.map { line in
      "\(line.address) " + line.values.map { "\($0.shows) \($0.form.picture)" }.joined(separator: ", ")
    }
    #expect(
      shows == [
        "1-0:0.0.0*255 serial 0", "1-0:1.8.0*255 energy(Units.RegisterRole.import, rate: 0) 0000000.000*kWh",
        "1-0:1.8.1*255 text(\"0012000.000*kWh\") 0", "1-0:1.8.2*255 text(\"0000345.678*kWh\") 0",
        "1-0:2.8.0*255 energy(Units.RegisterRole.export, rate: 0) 0000000.0*kWh",
        "1-0:32.7.0*255 text(\"230.1*V\") 0",
        "0.9.2 clock(MeterModel.OpticalClockPattern(text: \"YYMMDD\")) 0",
        "1.6.1 text(\"0.234*kW\") 0, text(\"2604211930\") 0", "F.F errors 00000000",
        "C.9.8 text(\"0\\\"\\\\0\") 0",
      ])
    #expect(adoption.remarks.contains("lines that a profile cannot hold are left out: 96.1.1"))
    #expect(adoption.remarks.contains("1 questions have no right answer and are left out"))
    #expect(adoption.remarks.contains { $0.hasPrefix("more than one rate counts") })
    #expect(
      adoption.serving == [
        "--set", "import=12345678Wh,export=87500Wh", "--serial-number", "35123456", "--power", "0W",
      ])
  }

  @Test("programming mode has the commands, the seed, the password and the columns that were seen")
  func programming() throws {
    let profile = try AdoptionTests.library(Self.adopted()).profile(named: "mine")
    let port = try #require(profile.optical)
    let programming = try #require(port.programming)
    #expect(programming.commands == ["R1", "R6"])
    #expect(programming.seed == .serial)
    #expect(programming.passwords == [.init("98765432")])
    guard case .halfHours(let columns)? = port.profiles.first?.content else {
      Issue.record("no half-hours")
      return
    }
    #expect(columns.map(\.address) == ["1.5.0", "2.5.0"])
    #expect(columns.map(\.role) == [.import, .export])
    #expect(columns.allSatisfy { $0.shows == .power })
    #expect(port.profiles[0].stamp.text == "SYYMMDDhhmm")
    let vectors = try Self.adopted().files[1].text
    #expect(vectors.contains("7.000000,2.5.0,P.01 02605010030+1,1.500,kW,"))
  }

  @Test("a password is replaced by an example, a serial number by its mask, and the story runs")
  func masks() throws {
    let adoption = try Self.adopted(keeps: false)
    let all = adoption.files.map(\.text).joined()
    #expect(!all.contains("98765432") && !all.contains("35123456"))
    #expect(all.contains("{text: \"12345678\", level: 1}"))
    let library = AdoptionTests.library(adoption)
    let story = try #require(
      try ScenarioReader(library: library, faults: []).read(adoption.files[2].text, path: "adopted/mine.yaml")
        .first)
    let record = StoryBench.run(story)
    #expect(record.verdict == .passed, "\(record.remark ?? "") \(record.checks)")
  }

  @Test("a dialogue in which no meter identified itself is refused")
  func silence() {
    var trace = Self.trace()
    trace.events = [trace.events[0]]
    let error = #expect(throws: StoryError.self) {
      try Adoption(trace, name: "mine", from: "a", library: AdoptionTests.library(), redactor: nil)
    }
    #expect(error?.message == "nothing was read in it: no meter identified itself")
  }
}
