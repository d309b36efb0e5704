// Flows out: what is written reads back to itself, within what the file can say.

import Foundation
import Settlement
import Testing
import Units

@testable import Scenario

@Suite("Flow files written")
struct FlowWriterTests {
  private let made = Instant(seconds: 1_783_000_000)

  private func set(_ reads: [Read], _ logs: [LogRead] = [], mpan: String? = "9900000000015") -> FlowSet {
    FlowSet(reads: reads, logs: logs, exportMPAN: mpan, importMPAN: "9900000000060", made: made, firstID: 41)
  }

  private func taken(_ set: FlowSet) throws -> FlowIntake.Taken {
    var (all, intake) = (
      FlowIntake.Taken(), FlowIntake(exportMPAN: "9900000000015", importMPAN: "9900000000060")
    )
    for file in set.files {
      let one = try intake.take(FlowFile(file.text, file: file.name), received: .epoch) { _ in .none }
      #expect(one.notes.allSatisfy { $0.kind == .testFile || $0.kind == .repeatedHour }, "\(one.notes)")
      all.reads += one.reads
      all.logs += one.logs
    }
    return all
  }

  @Test(
    "reads come back with meter, register, time to the second, source, and value to the tenth of a kWh below")
  func readings() throws {
    var reads: [Read] = []
    for (number, source) in [ReadSource.remote, .customer, .visit].enumerated() {
      for register in [RegisterRole.export, .import] {
        // Every tenth minute over the whole of 2026 would be many:
        // one in 17 hours meets both changes of clocks.
        for step in 0..<520 {
          let at = Instant(seconds: 1_767_225_600 + Int64(step) * 61_201 + Int64(number))
          reads.append(
            Read(
              serial: "M \(number)", register: register, value: WattHours(Int64(step) * 7_777 + 12_345),
              at: at,
              source: source))
        }
      }
    }
    let set = set(reads)
    #expect(set.files.map(\.name) == ["D0010-9900000000015.usr", "D0010-9900000000060.usr"])
    let back = try taken(set).reads
    #expect(back.count == reads.count)
    let key = { (read: Read) in "\(read.serial) \(read.register.rawValue) \(read.at) \(read.source.rawValue)"
    }
    let values = Dictionary(uniqueKeysWithValues: back.map { (key($0), $0.value.value) })
    for read in reads {
      #expect(values[key(read)] == read.value.value / 100 * 100, "\(key(read))")
    }
  }

  @Test(
    "whole days of half-hours come back to the tenth of a kWh, over both changes of clocks; other days are told"
  )
  func halfHours() throws {
    var logs: [LogRead] = []
    for text in ["2026-03-28", "2026-10-24"] {
      let from = SettlementPeriod.halfHours(of: try CivilDate(parsing: text)).lowerBound
      let entries = (0..<150).map { number in
        // 0.000, 0.037 … kWh: each comes back within 0.05 kWh.
        LogRead.Entry(
          stamp: from.advanced(by: number).end, energy: WattHours(Int64(number) * 37),
          quality: number % 9 == 0 ? .estimated : .actual)
      }
      logs.append(LogRead(serial: "M", register: .export, convention: .end, received: made, entries: entries))
    }
    let set = set([], logs)
    #expect(set.files.map(\.name) == ["D0036-9900000000015.usr"])
    let back = try taken(set).logs
    // 28 to 30 March are 48 + 46 + 48 of the 150, 24 to 26 October 48 + 50 + 48: the last days have holes.
    #expect(back.map(\.entries.count) == [48, 46, 48, 48, 50, 48])
    #expect(set.notes.map(\.text) == ["2 days with holes cannot be told in a flow: left out"])
    let rows = Dictionary(
      uniqueKeysWithValues: logs.flatMap(\.entries).map { ($0.stamp - HalfHour.length, $0) })
    for row in back.flatMap(\.entries) {
      let original = try #require(rows[row.stamp])
      #expect((row.energy - original.energy).magnitude <= WattHours(50) && row.quality == original.quality)
      #expect(row.energy.value % 100 == 0)
    }
  }

  @Test("what is written again after it was read is the same text")
  func again() throws {
    let reads = (0..<30).map {
      Read(
        serial: "F75A 00802", register: .export, value: WattHours(Int64($0) * 1234),
        at: Instant(seconds: Int64($0) * 86_400),
        source: .remote)
    }
    let first = set(reads)
    #expect(set(try taken(first).reads).files == first.files)
  }

  @Test("what no flow can say is told: no MPAN, totals, rows off the half-hour, holes")
  func notes() throws {
    let read = Read(serial: "M", register: .export, value: .zero, at: made, source: .remote)
    #expect(set([read], mpan: "9900000000016").files == [])
    #expect(
      set([read], mpan: nil).notes.map(\.text) == [
        "reads of export registers have no MPAN: no flow tells them"
      ])
    var total = read
    total.register = .total
    #expect(set([total]).notes.map(\.text) == ["1 read is of a total or of generation: left out"])
    let stray = LogRead(
      serial: "M", register: .export, convention: .start, received: made,
      entries: [LogRead.Entry(stamp: Instant(seconds: 7), energy: .zero)])
    #expect(set([], [stray]).notes.map(\.text) == ["1 logged row is on no half-hour: left out"])
  }

  @Test("no pipe or line end in a serial number breaks a record")
  func serials() throws {
    let read = Read(serial: "A|B\nC", register: .export, value: .zero, at: made, source: .remote)
    #expect(try taken(set([read])).reads.map(\.serial) == ["A B C"])
  }
}
