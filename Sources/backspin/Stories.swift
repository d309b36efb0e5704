// The stories that somebody names by files and folders; the shipped ones where nobody names any.

internal import Foundation
internal import Scenario

enum Stories {
  static func read(_ paths: [String], _ library: Library) throws -> [ScenarioFile] {
    let reader = ScenarioReader(library: library, faults: FaultsCommand.all)
    let asked = paths.isEmpty ? [Shelves.shipped.map { $0 + "/Scenarios" }].compactMap { $0 } : paths
    guard !asked.isEmpty else { throw Failure("name a scenario or a folder: no shipped stories were found") }
    var files: [ScenarioFile] = []
    var problems: [String] = []
    for path in asked {
      guard FileManager.default.fileExists(atPath: path) else {
        problems.append("\(path): no such file or folder")
        continue
      }
      for file in try library.scenarios(at: path) {
        do { files += try reader.read(file) } catch { problems.append("\(error)") }
      }
    }
    let ids = Dictionary(grouping: files, by: \.id).filter { Set($0.value.map(\.file)).count > 1 }
    for (id, twins) in ids.sorted(by: { $0.key < $1.key }) {
      problems.append("the id '\(id)' stands in \(twins.map(\.file).joined(separator: " and ")): rename one")
    }
    guard problems.isEmpty else { throw Failure(problems.joined(separator: "\n") + "\nnothing was run") }
    return files
  }
}
