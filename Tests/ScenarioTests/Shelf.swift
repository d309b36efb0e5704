// Files for these tests: a dictionary for a disk, and the shipped meters and licensees.

import Foundation
import MeterModel
import Scenario
import Units

/// A disk of texts.
struct MemoryFiles: FileReader {
  struct Missing: Error, CustomStringConvertible { var description: String { "no such file" } }

  var texts: [String: String] = [:]

  func text(of path: String) throws -> String {
    guard let text = texts[path] else { throw Missing() }
    return text
  }

  func names(in folder: String) -> [String] {
    let prefix = folder + "/"
    let names = texts.keys.filter { $0.hasPrefix(prefix) }.map { path -> String in
      let rest = path.dropFirst(prefix.count)
      guard let slash = rest.firstIndex(of: "/") else { return String(rest) }
      return rest[..<slash] + "/"
    }
    return Array(Set(names))
  }
}

/// The shipped profiles and licensees.
enum Shelf {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The disk for files under `Profiles/`; for all others, what a test brings.
  struct Files: FileReader {
    var others: any FileReader

    func text(of path: String) throws -> String {
      guard path.hasPrefix("Profiles/") else { return try others.text(of: path) }
      return String(decoding: try Data(contentsOf: root.appendingPathComponent(path)), as: UTF8.self)
    }

    func names(in folder: String) throws -> [String] {
      guard folder.hasPrefix("Profiles/") else { return try others.names(in: folder) }
      return (try? FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path))
        ?? []
    }
  }

  static let faults: [FaultDeclaration] =
    MeterFaults.all + ModbusFaults.all + [
      FaultDeclaration(
        id: "CL-01", title: "Bit errors", layer: .line, symptoms: "frames are refused",
        parameters: [
          .init(name: "rate", meaning: "bits", kind: .whole(unit: "ppm", range: 1...10_000, default: 1000))
        ], caughtBy: []),
      FaultDeclaration(
        id: "CL-03", title: "Late answers", layer: .line, symptoms: "time-outs",
        parameters: [
          .init(name: "delay", meaning: "late", kind: .whole(unit: "ms", range: 0...10_000, default: 1000)),
          .init(
            name: "share", meaning: "of answers", kind: .whole(unit: "per cent", range: 1...100, default: 100)
          ),
        ], caughtBy: []),
      FaultDeclaration(
        id: "WN-01", title: "WAN outage", layer: .wan, symptoms: "a gap", caughtBy: []),
    ]

  static func reader(_ files: any FileReader = MemoryFiles()) -> ScenarioReader {
    let library = Library(
      reader: Files(others: files), folders: ["Profiles"])
    return ScenarioReader(library: library, faults: faults)
  }

  static func story(_ text: String, _ texts: [String: String] = [:]) throws -> ScenarioFile {
    let stories = try reader(MemoryFiles(texts: texts)).read(text, path: "Scenarios/story.yaml")
    guard let first = stories.first, stories.count == 1 else { throw Several(count: stories.count) }
    return first
  }

  struct Several: Error { var count: Int }
}
