// D0010: register readings as they come from other hands.

import Foundation
import Testing
import Units

@testable import Scenario

@Suite("A D0010")
struct FlowReadingTests {
  private typealias Sample = FlowSample

  @Test("gives each reading with its MPAN, meter, register, time by the London clock, value and step")
  func plain() throws {
    let file = try Sample.read(Sample.file("D0010002", Sample.readings))
    #expect(file.flow == "D0010" && file.fileID == "0000000007")
    #expect(file.notes == [])
    let first = try #require(file.readings.first)
    #expect(first.mpan == "9900000000015" && first.serial == "F75A 00802" && first.registerID == "01")
    // Midnight of 1 May by the London clock is 23:00 of the day before in UTC.
    #expect(first.at == (try Sample.at("2026-04-30T23:00Z")))
    #expect(first.value == WattHours(1_000_000) && first.step == WattHours(100))
    #expect(first.source == .remote && first.line == 4)
    #expect(file.readings.map(\.value.value) == [1_000_000, 1_250_100])
  }

  @Test(
    "reads the same with CRLF, without its last line end, with fewer pipes, in small letters, with a byte-order mark"
  )
  func tolerant() throws {
    let plain = Sample.file("D0010002", Sample.readings)
    let wanted = try Sample.read(plain)
    let variants = [
      plain.replacingOccurrences(of: "\n", with: "\r\n"), String(plain.dropLast()),
      plain.replacingOccurrences(of: "|||T|N|", with: "").replacingOccurrences(of: "|V|", with: "|V"),
      "\u{FEFF}" + plain, plain + "\n\n", plain.replacingOccurrences(of: "D0010002", with: "d0010002"),
      plain.replacingOccurrences(of: "|R|", with: "|r|").replacingOccurrences(of: "zpt", with: "ZPT"),
      plain.replacingOccurrences(of: "ZPT", with: "zpt"),
    ]
    for text in variants { #expect(try Sample.read(text).readings == wanted.readings, "\(text)") }
    let lower = try Sample.read(
      Sample.file("D0010002", ["026|9900000000015|v|", "028|A|r|", "030|s1|20260501000000|1|||t|n|"]))
    #expect(lower.readings.map(\.registerID) == ["S1"])
  }

  @Test("keeps the step of the decimals written: one is specified, three are seen")
  func steps() throws {
    for (value, energy, step) in [
      ("12", 12_000, 1000), ("12.3", 12_300, 100), ("12.34", 12_340, 10), ("12.345", 12_345, 1),
      ("12.34500", 12_345, 1),
    ] {
      let file = try Sample.read(
        Sample.file("D0010002", ["026|9900000000015|V|", "028|A|R|", "030|01|20260501000000|\(value)|"]))
      #expect(
        file.readings.map(\.value.value) == [Int64(energy)]
          && file.readings.map(\.step.value) == [Int64(step)])
    }
  }

  @Test("tells who read: the customer, a visitor, or nobody on the spot")
  func sources() throws {
    let file = try Sample.read(
      Sample.file(
        "D0010002",
        [
          "026|9900000000015|V|", "028|A|C|", "030|01|20260501000000|1.0|||T|P|", "028|A|R|",
          "030|01|20260502000000|2.0|||T|P|", "030|01|20260503000000|3.0|||T|N|",
        ]))
    #expect(file.readings.map(\.source) == [.customer, .visit, .remote])
  }

  @Test(
    "a reading at a change of supplier or tenancy, and one that was taken remotely, is one like any other")
  func types() throws {
    let records = ["A", "Z", "X", "f"].enumerated().flatMap { number, kind in
      ["028|B|\(kind)|", "030|01|2026050\(number + 1)000000|\(number + 1).0|||T|N|"]
    }
    let file = try Sample.read(Sample.file("D0010002", ["026|9900000000015|V|"] + records))
    #expect(file.readings.map(\.value) == [1000, 2000, 3000, 4000].map { WattHours($0) })
    #expect(file.notes.isEmpty)
  }

  @Test(
    "leaves out failed, deemed, withdrawn and unknown readings, each with a note; several MPANs stay apart")
  func leftOut() throws {
    let file = try Sample.read(
      Sample.file(
        "D0010002",
        [
          "026|9900000000015|F|", "028|A|R|", "030|01|20260501000000|1.0|||T|N|",
          "026|9900000000060|V|", "027|1|", "028|B|R|", "030|01|20260502000000|2.0|||F|N|",
          "030|01|20260503000000|3.0|||T|N|", "032|07|", "028|B|D|", "030|01|20260504000000|4.0|||T|N|",
          "028|B|W|", "030|01|20260503000000|3.0|||T|N|", "028|B|Q|", "030|01|20260505000000|5.0|||T|N|",
        ]))
    #expect(file.readings.map { "\($0.mpan) \($0.value)" } == ["9900000000060 3 kWh"])
    #expect(file.withdrawn.map(\.value) == [WattHours(3000)])
    #expect(file.notes.map(\.kind) == [.failedReading, .deemedReading, .unknownReading])
    #expect(file.notes[0].text == "2 readings are marked as failed: left out (line 4, 8)")
    #expect(file.mpans == ["9900000000060"])
  }

  @Test("warns of a count that lies, of records nobody knows and of a test flag, and reads all the same")
  func odd() throws {
    let records = Sample.readings + ["999|x|", "999|y|", "XYZ|"]
    let text = Sample.file("D0010002", records, count: 4).replacingOccurrences(of: "|OPER|", with: "|TR01|")
    let file = try Sample.read(text)
    #expect(file.readings.count == 2)
    #expect(file.notes.map(\.kind) == [.testFile, .flowCount, .unknownRecord, .unknownRecord])
    #expect(file.notes[1].text == "flow.usr has 7 records between its ends, and its ZPT says 4: all are read")
    #expect(file.notes[2].text.contains("2 records are '999'"))
  }

  @Test("tells the hour that comes twice in autumn by the order of readings")
  func autumn() throws {
    // 25 October 2026: 01:10 and 01:40 come first in BST (00:10Z, 00:40Z), then again in GMT (01:10Z,
    // 01:40Z).
    let times = ["20261025011000", "20261025014000", "20261025011000", "20261025014000", "20261025020000"]
    let file = try Sample.read(
      Sample.file(
        "D0010002",
        ["026|9900000000015|V|", "028|A|R|"]
          + times.enumerated().map { "030|01|\($0.element)|\($0.offset).0|" }))
    let wanted = ["00:10", "00:40", "01:10", "01:40", "02:00"].map { "2026-10-25T\($0)Z" }
    #expect(file.readings.map { "\($0.at)" } == wanted)
    #expect(file.notes.map(\.kind) == [.repeatedHour])
    let utc = try Sample.read(
      Sample.file("D0010002", ["026|9900000000015|V|", "028|A|R|", "030|01|20261025011000|1|"]), clock: .utc)
    #expect(utc.readings.map { "\($0.at)" } == ["2026-10-25T01:10Z"])
  }

  @Test(
    "that is malformed is refused whole, in one line with file, line and field",
    arguments: [
      // record to put in the place of one, what for, the position, what is said
      (
        "030|01|20260701000000|01250.1|||T|N|", "030|01|20260701000000|1x|||T|N|", "in/flow.usr:5:23",
        "field 3 of 030: '1x' is no number of kWh", "BS-FLOW-07"
      ),
      (
        "030|01|20260701000000|01250.1|||T|N|", "030|01|20260701000000|1.00001|||T|N|", "in/flow.usr:5:23",
        "finer than 1 Wh", "BS-FLOW-07"
      ),
      (
        "030|01|20260701000000|01250.1|||T|N|", "030|01|20260701000000|", "in/flow.usr:5:23",
        "field 3 of 030: the value is missing", "BS-FLOW-03"
      ),
      (
        "030|01|20260701000000|01250.1|||T|N|", "030|01|20260732000000|1|||T|N|", "in/flow.usr:5:8",
        "'20260732000000' is no time", "BS-FLOW-06"
      ),
      (
        "030|01|20260701000000|01250.1|||T|N|", "030|01|20260329013000|1|||T|N|", "in/flow.usr:5:8",
        "no London clock showed", "BS-FLOW-06"
      ),
      (
        "030|01|20260701000000|01250.1|||T|N|", "030|01|20260701000000|1|||X|N|", "in/flow.usr:5:27",
        "field 6 of 030: 'X' is no reading flag", "BS-FLOW-08"
      ),
      (
        "026|9900000000015|V|", "026|9900000000016|V|", "in/flow.usr:2:5",
        "field 1 of 026: '9900000000016' is no MPAN: the check digit", "BS-FLOW-05"
      ),
      (
        "026|9900000000015|V|", "026|9900000000015|Y|", "in/flow.usr:2:19",
        "is no validation status; one of: V, U, F", "BS-FLOW-08"
      ),
      ("026|9900000000015|V|\n", "", "in/flow.usr:2:1", "a meter without its MPAN", "BS-FLOW-04"),
      ("028|F75A 00802|R|\n", "", "in/flow.usr:3:1", "a reading without its meter", "BS-FLOW-04"),
      (
        "028|F75A 00802|R|", "028||R|", "in/flow.usr:3:5", "the meter's serial number is missing",
        "BS-FLOW-03"
      ),
      (
        "ZPT|0000000007|4||1|20260702060000|\n", "", "in/flow.usr:5:1", "without its ZPT: it is torn",
        "BS-FLOW-09"
      ),
      ("ZPT|0000000007", "ZPT|0000000008", "in/flow.usr:6:5", "of file 0000000008", "BS-FLOW-09"),
      ("028|F75A 00802|R|", "ZHV|1|D0010002|", "in/flow.usr:3:1", "a second envelope", "BS-FLOW-09"),
      (
        "ZHV|0000000007|D0010002", "ZHV|0000000007|D0150001", "in/flow.usr:1:1", "D0150 is not read here",
        "BS-FLOW-02"
      ),
      (
        "ZHV|0000000007|D0010002", "ZHV|0000000007|metered", "in/flow.usr:1:16", "'METERED' is no flow",
        "BS-FLOW-02"
      ),
      ("ZHV|0000000007", "ABC|0000000007", "in/flow.usr:1:1", "begins with a header", "BS-FLOW-01"),
    ])
  func malformed(part: String, with other: String, at place: String, says: String, code: String) throws {
    let text = FlowSample.file("D0010002", FlowSample.readings)
    let torn = text.replacingOccurrences(of: part, with: other)
    #expect(torn != text)
    do {
      _ = try FlowSample.read(torn)
      Issue.record("this was taken: \(torn)")
    } catch let wrong as Diagnostic {
      #expect(
        "\(wrong)".hasPrefix(place + ":") && "\(wrong)".contains(says) && wrong.code == code, "\(wrong)")
    }
  }

  @Test("every code of flow files has its sentence, and no other")
  func codes() {
    #expect(
      Diagnostic.flowMeanings.keys.sorted() == (1...12).map { "BS-FLOW-" + ($0 < 10 ? "0" : "") + "\($0)" })
  }

  @Test("docs/flows.md has each code with its sentence")
  func page() throws {
    let page = String(
      decoding: try Data(contentsOf: ErrorsTests.root.appendingPathComponent("docs/flows.md")), as: UTF8.self)
    for (code, meaning) in Diagnostic.flowMeanings {
      #expect(page.contains("| \(code) | \(meaning) |"), "\(code)")
    }
  }
}
