// Files and meters for these tests: a dictionary for a disk, and three makes of meter made by hand.

import Foundation
import MeterModel
import Scenario
import Settlement
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

enum Shelf {
  static let disc = Profile(
    name: "disc-187.5-rev-5-digit", title: "A disc without backstop", kind: .analogue, flow: .backwards,
    registers: [RegisterFace(role: .import, resolution: WattHours(100), rollover: .digits(5))])
  static let smart = Profile(
    name: "smets2-single-element", title: "A SMETS2 meter", kind: .smets2, flow: .bidirectional,
    registers: [
      RegisterFace(role: .import, rollover: .u32), RegisterFace(role: .export, rollover: .u32),
    ], logs: LogCapacity(exportHalfHours: 4464, importHalfHours: 19_056), clock: ClockFace(), remote: true)
  static let sub = Profile(
    name: "eastron-sdm120", title: "A Modbus sub-meter", kind: .modbus, flow: .bidirectional,
    registers: [
      RegisterFace(role: .import, resolution: WattHours(10), rollover: .digits(6)),
      RegisterFace(role: .export, resolution: WattHours(10), rollover: .digits(6)),
      RegisterFace(role: .total, resolution: WattHours(10), rollover: .digits(6)),
    ], accumulation: .importPlusExport)

  static let faults: [FaultDeclaration] =
    MeterFaults.all + [
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
      reader: files, folders: [], profiles: [disc, smart, sub],
      policies: ["bulb", "octopus-seg"].map { Policy(name: $0, title: $0, status: .synthetic) })
    return ScenarioReader(library: library, faults: faults)
  }

  static func story(_ text: String, _ texts: [String: String] = [:]) throws -> ScenarioFile {
    let stories = try reader(MemoryFiles(texts: texts)).read(text, path: "Scenarios/story.yaml")
    guard let first = stories.first, stories.count == 1 else { throw Several(count: stories.count) }
    return first
  }

  struct Several: Error { var count: Int }
}
