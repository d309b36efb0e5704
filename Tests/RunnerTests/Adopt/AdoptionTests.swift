// What an adoption makes of a trace is read again by the parts that it is for: profiles decode, stories run.
// Frames were made with Python's struct and a CRC-16 of its own.

import Foundation
import HeadEnd
import Line
import MeterModel
import Runner
import Scenario
import Testing
import Units

@Suite("Adoption of a trace") struct AdoptionTests {
  /// The repository's files, and those of an adoption in the folder `adopted`.
  struct Files: FileReader {
    var made: [String: String] = [:]

    func text(of path: String) throws -> String {
      if let text = made[path] { return text }
      return String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    func names(in folder: String) throws -> [String] {
      let here = made.keys.filter { $0.hasPrefix(folder + "/") }.map {
        String($0.dropFirst(folder.count + 1))
      }
      return here + ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    }
  }

  static func library(_ adoption: Adoption? = nil) -> Library {
    var files = Files()
    for file in adoption?.files ?? [] { files.made["adopted/" + file.path] = file.text }
    return Library(reader: files, folders: ["adopted", StoryBench.root + "/Profiles"])
  }

  private static func trace(_ rows: String) throws -> Trace {
    let head = "backspin-trace 1\norigin: 2026-05-01T10:00:30Z\nline: 2400 8N1\nprotocol: modbus-rtu\n\n"
    return try Trace(parsing: Array((head + rows).utf8))
  }

  /// 449A5225 is 1234.567, 42B1999A is 88.8 (IEEE 754 binary32); the serial number is 20000070.
  private static let known = """
    0.0 > 01 04 00 48 00 02 f1 dd
    0.1 < 01 04 04 44
    0.2 < 9a 52 25 33 e0
    0.3 > 01 04 00 4a 00 02 50 1d
    0.4 < 01 04 04 42 b1 99 9a 55 e0
    0.5 > 01 03 fc 00 00 02 f4 5b
    0.6 < 01 03 04 01 31 2d 46 36 a2
    0.7 > 01 04 00 48 00 02 f1 dd
    0.8 < 01 04 04 44 9a 52 25 33 e1

    """

  @Test(
    "registers of a known make become its profile, values with addresses, and a story that runs and is met")
  func knownMake() throws {
    let adoption = try Adoption(
      try Self.trace(Self.known), name: "mine", from: "mine.trace", library: Self.library(), redactor: nil)
    #expect(adoption.files.map(\.path) == ["meters/mine.yaml", "vectors.csv", "mine.yaml"])
    #expect(
      adoption.files[1].text == """
        seconds,address,name,value,unit,raw
        0.000000,4:72,active-energy-import,1234.567,kWh,449a 5225
        0.300000,4:74,active-energy-export,88.8,kWh,42b1 999a
        0.500000,3:64512,serial-number,20000070,,0131 2d46

        """)
    #expect(adoption.remarks.first?.hasPrefix("its registers are those of eastron-sdm120") == true)
    #expect(adoption.remarks.last == "1 questions have no right answer and are left out")
    let library = Self.library(adoption)
    let profile = try library.profile(named: "mine")
    #expect(profile.model == "SDM120-Modbus")
    let story = try #require(
      try ScenarioReader(library: library, faults: []).read(adoption.files[2].text, path: "adopted/mine.yaml")
        .first)
    let record = StoryBench.run(story)
    #expect(record.verdict == .passed, "\(record.remark ?? "") \(record.checks)")
  }

  @Test("registers that no make has become a skeleton that answers with the words that were read")
  func unknownMake() throws {
    let rows = """
      0.0 > 07 03 13 88 00 03 81 03
      0.1 < 07 03 06 00 01 ff fe 12 34 6b 86
      0.2 > 07 03 20 00 00 01 8f ac
      0.3 < 07 83 02 20 f0

      """
    let adoption = try Adoption(
      try Self.trace(rows), name: "odd", from: "odd.trace", library: Self.library(), redactor: nil)
    let library = Self.library(adoption)
    let map = try #require(try library.profile(named: "odd").modbus)
    #expect(map.line.unit == 7 && map.line.baud == 2400)
    #expect(map.settings.map(\.address) == [5000, 5001, 5002])
    #expect(map.settings.map(\.initial) == [0x0001, 0xFFFE, 0x1234])
    let story = try #require(
      try ScenarioReader(library: library, faults: []).read(adoption.files[2].text, path: "adopted/odd.yaml")
        .first)
    #expect(StoryBench.run(story).verdict == .passed)
    #expect(adoption.files[1].text.contains("0.000000,3:5001,,65534,,fffe\n"))
  }

  @Test("serial numbers are replaced by the same mask everywhere, and their raw registers are left out")
  func masks() throws {
    func text(_ redactor: Redactor?) throws -> String {
      try Adoption(
        Self.trace(Self.known), name: "mine", from: "mine.trace", library: Self.library(), redactor: redactor
      ).files[1].text
    }
    let masked = try text(Redactor(key: (1, 2)))
    #expect(!masked.contains("20000070") && !masked.contains("0131 2d46"))
    #expect(try text(Redactor(key: (1, 2))) == masked)
    #expect(try text(Redactor(key: (3, 4))) != masked)
    #expect(try text(nil).contains("20000070"))
  }

  @Test("where makes read the same registers differently none is chosen, unless somebody says which it is")
  func ambiguous() throws {
    let rows = "0.0 > 01 04 00 48 00 02 f1 dd\n0.1 < 01 04 04 44 9a 52 25 33 e0\n"
    func adopt(_ make: String?) throws -> Adoption {
      try Adoption(
        Self.trace(rows), name: "mine", from: "mine.trace", make: make, library: Self.library(), redactor: nil
      )
    }
    let open = try adopt(nil)
    #expect(open.remarks.first?.contains("read these registers differently") == true, "\(open.remarks)")
    #expect(open.files[1].text.contains("4:72,,17562,,449a"))
    #expect(try adopt("eastron-sdm120").files[1].text.contains("active-energy-import,1234.567,kWh"))
    let error = #expect(throws: StoryError.self) { try adopt("smets2-single-element") }
    #expect(error?.message == "it was asked for registers that smets2-single-element has not")
  }

  @Test("Modbus TCP is paired by transaction, not by order")
  func transactions() throws {
    let text = """
      backspin-trace 1
      origin: 2026-05-01T10:00:30Z
      line: stream
      protocol: modbus-tcp

      0.0 > 00 01 00 00 00 06 01 04 00 48 00 02 00 02 00 00 00 06 01 04 00 4a 00 02
      0.1 < 00 02 00 00 00 07 01 04 04 42 b1 99 9a 00 01 00 00 00 07 01 04 04 44 9a 52 25

      """
    let adoption = try Adoption(
      try Trace(parsing: Array(text.utf8)), name: "mine", from: "mine.trace", make: "eastron-sdm120",
      library: Self.library(), redactor: nil)
    #expect(adoption.files[1].text.contains("4:72,active-energy-import,1234.567,kWh"))
    #expect(adoption.files[1].text.contains("4:74,active-energy-export,88.8,kWh"))
  }

  @Test("a trace without a single right answer, and one of another protocol, are refused")
  func refusals() throws {
    var trace = try Self.trace("0.0 > 01 04 00 48 00 02 f1 dd\n")
    for expected in ["nothing was read in it", "a trace of pulse cannot be adopted"] {
      let error = #expect(throws: StoryError.self) {
        try Adoption(trace, name: "a", from: "a", library: Self.library(), redactor: nil)
      }
      #expect(error?.message.hasPrefix(expected) == true)
      trace.tongue = .pulse
    }
  }
}
