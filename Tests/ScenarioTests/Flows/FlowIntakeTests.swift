// From flow files to reads of known registers; a file that came before is not taken again.

import Foundation
import Settlement
import Testing
import Units

@testable import Scenario

@Suite("Flow files taken in")
struct FlowIntakeTests {
  private typealias Sample = FlowSample

  private let meter = MeterDetails(
    serial: "F75A00802", uses: [.export], registers: [.export: .init(modulus: WattHours(1 << 32))],
    halfHourlyCapable: true, remote: true)

  private func intake() -> FlowIntake {
    FlowIntake(exportMPAN: "99 0000 0000 015", importMPAN: "9900000000060", meters: [meter])
  }

  private let received = Instant(seconds: 1_783_000_000)

  @Test(
    "a reading of the export MPAN is of the export register of the meter that is known, whatever its blanks")
  func serials() throws {
    var intake = intake()
    let taken = try intake.take(Sample.read(Sample.file("D0010002", Sample.readings)), received: received) {
      Cause(number: UInt32($0))
    }
    #expect(taken.reads.map(\.serial) == ["F75A00802", "F75A00802"])
    #expect(taken.reads.map(\.register) == [.export, .export])
    #expect(taken.reads.map(\.resolution) == [WattHours(100), WattHours(100)])
    #expect(taken.reads.map(\.cause.number) == [4, 5])
    #expect(taken.events == [] && taken.logs == [])
  }

  @Test("a reading of a time after the file came is received with the file, and settlement sees that")
  func future() throws {
    var intake = intake()
    let early = try Sample.at("2026-06-01T00:00Z")
    let taken = try intake.take(Sample.read(Sample.file("D0010002", Sample.readings)), received: early) {
      Cause(number: UInt32($0))
    }
    // The second reading is of 1 July.
    #expect(taken.reads.map(\.received) == [early, early])
  }

  @Test("AE and AI say what a register counts, then what is stated, then the MPAN")
  func registers() throws {
    let text = Sample.file(
      "D0010002",
      [
        "026|9900000000015|V|", "028|A|R|", "030|ae|20260501000000|1|", "030|AI|20260501000000|2|",
        "026|9900000000060|V|", "028|B|R|", "030|01|20260501000000|3|", "026|2278676232781|V|", "028|C|R|",
        "030|01|20260501000000|4|",
      ])
    var intake = intake()
    let taken = try intake.take(Sample.read(text), received: received) { _ in .none }
    #expect(
      taken.reads.map { "\($0.serial) \($0.register.rawValue)" } == ["A export", "A import", "B import"])
    #expect(taken.notes.map(\.kind) == [.leftOut])
  }

  @Test("two registers of one meter that do not say what they count are refused, unless somebody says so")
  func several() throws {
    let text = Sample.file(
      "D0010002",
      ["026|9900000000015|V|", "028|A|R|", "030|01|20260501000000|1|", "030|02|20260501000000|2|"])
    var first = intake()
    do {
      _ = try first.take(Sample.read(text), received: received) { _ in .none }
      Issue.record("this was taken")
    } catch let wrong as Diagnostic {
      #expect(wrong.code == "BS-FLOW-10" && wrong.message.contains("01, 02"), "\(wrong)")
    }
    let said = try first.take(
      Sample.read(text), registers: ["01": .export, "02": .import], received: received
    ) {
      _ in .none
    }
    #expect(said.reads.map(\.register) == [.export, .import])
  }

  @Test("half-hours are of the meter that is there for them, and reactive energy is left out")
  func halfHours() throws {
    let records =
      Sample.day(["101|9900000000015|AE|M|", "102|20260701|"], "103", count: 48)
      + Sample.day(["101|9900000000015|RE|M|", "102|20260701|"], "103", count: 48)
    var intake = intake()
    let taken = try intake.take(Sample.read(Sample.file("D0036001", records)), received: received) {
      Cause(number: UInt32($0))
    }
    let log = try #require(taken.logs.first)
    #expect(taken.logs.count == 1 && log.serial == "F75A00802" && log.register == .export)
    #expect("\(log.entries[0].stamp)" == "2026-06-30T23:00Z" && log.convention == .start)
    #expect(log.resolution == WattHours(100) && log.entries[0].cause.number == 4)
    #expect(taken.notes.map(\.kind) == [.leftOut])
  }

  @Test(
    "the same file under another name, with other line ends, counts once; other content under its id counts")
  func duplicates() throws {
    let text = Sample.file("D0010002", Sample.readings)
    var intake = intake()
    _ = try intake.take(Sample.read(text), received: received) { _ in .none }
    let again = try FlowFile(text.replacingOccurrences(of: "\n", with: "\r\n"), file: "copy.usr")
    let taken = try intake.take(again, received: received) { _ in .none }
    #expect(taken.reads == [] && taken.notes.map(\.kind) == [.flowDuplicate])
    #expect(taken.events.map { $0.facts.text(.code) } == ["FLOW_DUPLICATE"])
    #expect(taken.events.map(\.received) == [received])
    let other = try Sample.read(text.replacingOccurrences(of: "01250.1", with: "01250.2"))
    #expect(try intake.take(other, received: received) { _ in .none }.reads.count == 2)
    let otherID = try Sample.read(Sample.file("D0010002", id: "8", Sample.readings))
    #expect(try intake.take(otherID, received: received) { _ in .none }.reads.count == 2)
  }

  @Test("lying counts, wrong days and withdrawn readings become events")
  func events() throws {
    let text = Sample.file(
      "D0010002", Sample.readings + ["028|F75A 00802|W|", "030|01|20260501000000|01000.0|"], count: 1)
    var intake = intake()
    let taken = try intake.take(Sample.read(text), received: received) { Cause(number: UInt32($0)) }
    #expect(taken.events.map(\.name) == [.readingWithdrawn, .flowNoted])
    #expect(taken.events[0].facts.text(.serial) == "F75A00802")
    #expect(taken.events[0].facts.instant(.taken) == (try Sample.at("2026-04-30T23:00Z")))
    #expect(taken.events[1].facts.text(.code) == "FLOW_COUNT")
    let short = Sample.day(["101|9900000000015|AE|M|", "102|20260329|"], "103", count: 48)
    let day = try intake.take(Sample.read(Sample.file("D0036001", id: "9", short)), received: received) { _ in
      .none
    }
    #expect(day.events.map { $0.facts.text(.code) } == ["VAL_PERIOD_COUNT"] && day.logs == [])
  }
}
