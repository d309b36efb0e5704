// Meter profiles: what each key says, what is wrong with a wrong file and where, and that the shipped ones
// say what their sources say.

import Foundation
import MeterModel
import Scenario
import Testing
import Units

@Suite struct ProfileDecodingTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Profiles/meters")

  private static func shipped(_ name: String) throws -> Profile {
    let file = name + ".yaml"
    let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
    return try Profile(try Node.parse(text, file: "Profiles/meters/" + file))
  }

  private static func decode(_ text: String) throws -> Profile {
    try Profile(try Node.parse(text, file: "x.yaml"), name: "x")
  }

  @Test("each key of a profile is read into its property")
  func everyKey() throws {
    let profile = try Self.decode(
      """
      title: A meter
      maker: M
      model: N
      kind: electronic
      phases: 3
      connection: current-transformer
      flow: bidirectional
      netting: {window: 30 m}
      phase-sum: per-phase
      registers:
        - {role: import, resolution: 100 Wh, digits: 6}
        - {role: export, width: u32}
        - {role: total, resolution: 1 kWh, digits: 7}
      accumulation: import-minus-export
      display: {digits: 6, decimals: 1}
      logs: {half-hours: {export: 10, import: 20}, daily-snapshots: {export: 3, import: 4}}
      clock: {drift: -5.787 ppm}
      remote: true
      twin: other
      sources: [one, two]
      notes: [three]
      """)
    let expected = Profile(
      name: "x", title: "A meter", maker: "M", model: "N", kind: .electronic, phases: 3,
      connection: .currentTransformer, flow: .bidirectional, netting: .window(.minutes(30)),
      phaseSum: .perPhase,
      registers: [
        RegisterFace(role: .import, resolution: WattHours(100), rollover: .digits(6)),
        RegisterFace(role: .export, rollover: .u32),
        RegisterFace(role: .total, resolution: WattHours(1000), rollover: .digits(7)),
      ], accumulation: .importMinusExport, display: DisplayFace(digits: 6, decimals: 1),
      logs: LogCapacity(
        exportHalfHours: 10, importHalfHours: 20, exportDailySnapshots: 3, importDailySnapshots: 4),
      clock: ClockFace(driftPartsPerBillion: -5787), remote: true, twin: "other", sources: ["one", "two"],
      notes: ["three"])
    #expect(profile == expected)
  }

  @Test(
    "what a profile leaves out is single-phase, whole-current, by the second, vector, without clock or log")
  func defaults() throws {
    let profile = try Self.decode(Self.good)
    #expect(profile.phases == 1 && profile.connection == .wholeCurrent && profile.netting == .second)
    #expect(profile.phaseSum == .vector && profile.clock == nil && profile.logs == .none)
    #expect(profile.registers == [RegisterFace(role: .import, rollover: .digits(5))])
    #expect(!profile.remote && profile.disc == nil && profile.display == nil && profile.twin == nil)
  }

  @Test("a disc constant is written as on the nameplate, and netting by name or size")
  func words() throws {
    let disc = try Self.decode(
      """
      title: D
      kind: analogue
      flow: backstop
      netting: {bucket: 1 Wh}
      disc: 166 2/3 rev/kWh
      registers: [{role: import, digits: 5}]
      """)
    #expect(disc.disc == DiscConstant(numerator: 500, denominator: 3))
    #expect(disc.netting == .bucket(FineEnergy(WattHours(1))))
    let cycle = try Self.decode(Self.good + "netting: cycle\n")
    #expect(cycle.netting == .cycle)
  }

  /// The least profile that is right.
  private static let good = """
    title: G
    kind: electronic
    flow: import-only
    registers: [{role: import, digits: 5}]

    """

  private static func replacing(_ old: String, _ new: String) -> String {
    good.replacingOccurrences(of: old, with: new)
  }

  @Test("each thing that can be wrong has its code, at its line and column")
  func reproducers() {
    let total = "registers: [{role: import, digits: 5}, {role: total, digits: 5}]"
    let logged = "logs: {half-hours: {import: 48}}\n"
    let cases: [(code: String, line: Int, column: Int, text: String)] = [
      ("BS-PRF-01", 5, 9, Self.good + "phases: 2\n"),
      ("BS-PRF-02", 4, 40, Self.replacing("5}]", "5}, {role: import, digits: 6}]")),
      ("BS-PRF-03", 4, 12, Self.replacing("[{role: import, digits: 5}]", "[]")),
      ("BS-PRF-04", 4, 13, Self.replacing("digits: 5", "digits: 5, width: u32")),
      ("BS-PRF-04", 4, 13, Self.replacing(", digits: 5", "")),
      ("BS-PRF-05", 4, 51, Self.replacing("digits: 5", "digits: 5, resolution: 0 Wh")),
      ("BS-PRF-05", 4, 51, Self.replacing("digits: 5", "digits: 5, resolution: 3 Wh")),
      ("BS-PRF-05", 4, 51, Self.replacing("digits: 5", "digits: 5, resolution: 1 GWh")),
      ("BS-PRF-06", 3, 7, Self.replacing("import-only", "bidirectional")),
      ("BS-PRF-07", 5, 15, Self.good + "accumulation: import\n"),
      ("BS-PRF-07", 1, 1, Self.replacing("registers: [{role: import, digits: 5}]", total)),
      ("BS-PRF-08", 5, 12, Self.good + "phase-sum: absolute\n"),
      ("BS-PRF-09", 5, 10, Self.good + "netting: secnd\n"),
      ("BS-PRF-10", 5, 19, Self.good + "netting: {bucket: 0 Wh}\n"),
      ("BS-PRF-10", 5, 19, Self.good + "netting: {window: 0 s}\n"),
      ("BS-PRF-10", 5, 19, Self.good + "netting: {window: 2 days}\n"),
      ("BS-PRF-11", 6, 7, Self.good + "clock: {}\nlogs: {half-hours: {export: 48}}\n"),
      ("BS-PRF-11", 6, 7, Self.good + "clock: {}\nlogs: {daily-snapshots: {export: 1}}\n"),
      ("BS-PRF-12", 5, 7, Self.good + logged),
      ("BS-PRF-13", 6, 7, Self.replacing("import-only", "backwards") + "clock: {}\n" + logged),
      ("BS-PRF-14", 5, 7, Self.good + "disc: 200 rev/kWh\n"),
      ("BS-PRF-14", 1, 1, Self.replacing("electronic", "analogue")),
      ("BS-PRF-15", 1, 1, Self.replacing("electronic", "modbus")),
      ("BS-PRF-16", 4, 20, Self.replacing("import, digits", "generation, digits")),
      ("BS-PRF-17", 5, 16, Self.good + "clock: {drift: 5 s}\n"),
      ("BS-PRF-17", 5, 16, Self.good + "clock: {drift: 5000 ppm}\n"),
      ("BS-PRF-17", 5, 16, Self.good + "clock: {drift: 0.0001 ppm}\n"),
      ("BS-PRF-18", 5, 7, Self.good + "disc: 0 rev/kWh\n"),
      ("BS-PRF-18", 5, 7, Self.good + "disc: 200\n"),
      ("BS-PRF-36", 6, 7, Self.good + "display: {digits: 5}\nface: {style: drums}\n"),
      ("BS-PRF-37", 5, 7, Self.good + "face: {year: 1990}\n"),
      ("BS-PRF-38", 6, 7, Self.good + "display: {digits: 5}\nface: {tenth: true}\n"),
      (
        "BS-PRF-39", 6, 15,
        Self.good + "display: {digits: 5}\nface: {brand: \(String(repeating: "x", count: 33))}\n"
      ),
      ("BS-SCN-05", 1, 1, Self.replacing("title: G\n", "")),
      ("BS-SCN-06", 5, 1, Self.good + "fases: 1\n"),
      ("BS-SCN-06", 4, 39, Self.replacing("digits: 5", "digits: 5, x: 1")),
      ("BS-SCN-10", 4, 36, Self.replacing("digits: 5", "digits: 13")),
      ("BS-SCN-10", 5, 32, Self.good + "display: {digits: 5, decimals: 4}\n"),
      ("BS-SCN-12", 2, 7, Self.replacing("electronic", "eletronic")),
      ("BS-SCN-12", 3, 7, Self.replacing("import-only", "importonly")),
      ("BS-SCN-13", 5, 21, Self.good + "netting: {window: 5 kWh}\n"),
    ]
    for one in cases {
      let error = #expect(throws: Diagnostic.self, "\(one.text)") { try Self.decode(one.text) }
      #expect(error?.code == one.code, "\(one.text)")
      #expect(
        error.map { [$0.at.line, $0.at.column] } == [one.line, one.column],
        "\(one.text) \(String(describing: error))")
    }
  }

  @Test("a misspelt word is answered with the one that was meant")
  func didYouMean() {
    let error = #expect(throws: Diagnostic.self) {
      try Self.decode(Self.replacing("import-only", "backstp"))
    }
    #expect(error?.help == "did you mean 'backstop'?")
  }

  @Test("the shipped profiles say what their sources say")
  func shippedFacts() throws {
    let smets2 = try Self.shipped("smets2-single-element")
    #expect(smets2.name == "smets2-single-element")
    #expect(smets2.kind == .smets2 && smets2.flow == .bidirectional && smets2.remote)
    #expect(smets2.logs.exportHalfHours == 93 * 48 && smets2.logs.importHalfHours == 397 * 48)
    #expect(smets2.logs.exportDailySnapshots == 31)
    #expect(smets2.registers.allSatisfy { $0.rollover == .u32 && $0.resolution == WattHours(1) })
    let withExport = try Self.shipped("smets1-with-export")
    #expect(withExport.kind == .smets1 && withExport.hasExportRegister && withExport.logsExportHalfHours)
    let without = try Self.shipped("smets1-without-export-register")
    #expect(!without.hasExportRegister && without.flow == .importOnly && !without.logsExportHalfHours)
    let disc = try Self.shipped("disc-187.5-rev-5-digit")
    #expect(disc.name == "disc-187.5-rev-5-digit")
    #expect(disc.flow == .backwards && disc.disc == DiscConstant(numerator: 375, denominator: 2))
    #expect(disc.register(.import)?.rollover.modulus == WattHours(100_000_000) && disc.clock == nil)
    #expect(try Self.shipped("disc-187.5-rev-5-digit-backstop").flow == .backstop)
    #expect(try Self.shipped("electronic-import-only").flow == .importOnly)
    #expect(try Self.shipped("electronic-absolute").flow == .absolute)
  }

  @Test("each shipped profile is read, cites a source, and names a twin only if it has no port, one that has")
  func shippedFiles() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
      .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
    #expect(names.count >= 7)
    for name in names {
      let profile = try Self.shipped(name)
      #expect(profile.name == name)
      #expect(!profile.sources.isEmpty, "\(name)")
      #expect((profile.twin == nil) == !profile.protocols.isEmpty, "\(name)")
      guard let twin = profile.twin, names.contains(where: { $0.hasPrefix("eastron") }) else { continue }
      #expect(try Self.shipped(twin).modbus != nil, "\(name)")
    }
  }
}
