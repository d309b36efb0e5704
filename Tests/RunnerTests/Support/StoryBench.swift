// Stories for tests: written where they are needed, or shipped; read with the shipped meters and licensees,
// and run at any depth.

import Foundation
import HeadEnd
import HostIO
import Line
import MeterModel
import Runner
import Scenario
import Settlement
import Testing
import Units

enum StoryBench {
  /// The root of the repository.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  /// A day on which no known gap of a test has run out.
  static let today = CivilDate(dayNumber: 20_454)  // 2026-01-01

  /// The stories of a text, as if it stood in `Scenarios/`.
  static func stories(_ text: String) throws -> [ScenarioFile] {
    try reader.read(text, path: root + "/Scenarios/test.yaml")
  }

  /// The one story of a text.
  static func story(_ text: String) throws -> ScenarioFile {
    try #require(try stories(text).first)
  }

  /// Every shipped story.
  static func shipped() throws -> [ScenarioFile] {
    let library = library
    return try library.scenarios(at: root + "/Scenarios").flatMap { try reader.read($0) }
  }

  /// Every shipped licensee.
  static func policies() throws -> [Policy] {
    let library = library
    return try library.names(.licensees).map { try library.policy(named: $0) }
  }

  static func run(
    _ file: ScenarioFile, depth: ScenarioFile.Depth = .memory, seed: UInt64 = 1, checksFaults: Bool = false
  ) -> StoryRecord {
    StoryRunner(seed: seed, today: today, checksFaults: checksFaults) { carrier(depth) }.run(file)
  }

  /// Runs the story of a text in memory. What could not be run is an issue of the test.
  static func run(_ text: String, checksFaults: Bool = false) throws -> StoryRecord {
    let record = run(try story(text), checksFaults: checksFaults)
    if record.verdict == .error { Issue.record("could not be run: \(record.remark ?? "")") }
    return record
  }

  static func carrier(_ depth: ScenarioFile.Depth) -> any Carrier {
    switch depth {
    case .memory: MemoryCarrier()
    case .pty: PtyCarrier()
    case .tcp: TCPCarrier()
    }
  }

  static var library: Library { Library(reader: DiskFiles(), folders: [root + "/Profiles"]) }

  private static var reader: ScenarioReader {
    ScenarioReader(library: library, faults: FaultCatalogue.all)
  }
}

/// Files as the scenario language wants them.
private struct DiskFiles: FileReader {
  func text(of path: String) throws -> String {
    try String(contentsOf: URL(filePath: path), encoding: .utf8)
  }

  func names(in folder: String) -> [String] {
    let urls = try? FileManager.default.contentsOfDirectory(
      at: URL(filePath: folder), includingPropertiesForKeys: [.isDirectoryKey])
    return (urls ?? []).map { $0.hasDirectoryPath ? $0.lastPathComponent + "/" : $0.lastPathComponent }
  }
}
