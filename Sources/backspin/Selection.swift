internal import ArgumentParser
internal import Foundation
internal import Scenario

/// Which of the stories that were found are run.
struct Selection: ParsableArguments {
  @Option(name: .long, help: "Only stories with this tag; may be given more than once.") var tag: [String] =
    []
  @Option(help: ArgumentHelp("Only part i of n of them, for many machines.", valueName: "i/n")) var shard:
    Shard?
  @Flag(help: "Only those that failed in the latest record.") var failed = false

  struct Shard: ExpressibleByArgument {
    let part: Int
    let of: Int

    init?(argument: String) {
      let parts = argument.split(separator: "/").compactMap { Int($0) }
      guard parts.count == 2, parts[1] >= 1, (1...parts[1]).contains(parts[0]) else { return nil }
      (part, of) = (parts[0], parts[1])
    }
  }

  func chosen(from files: [ScenarioFile], record: String) throws -> [ScenarioFile] {
    var chosen = files
    if !tag.isEmpty { chosen = chosen.filter { !Set($0.tags).isDisjoint(with: tag) } }
    if failed {
      let ids = try Self.failedIDs(record)
      chosen = chosen.filter { ids.contains($0.id) }
    }
    if let shard {
      chosen = chosen.enumerated().filter { $0.offset % shard.of == shard.part - 1 }.map(\.element)
    }
    return chosen
  }

  /// The ids that were not met in the latest record.
  private static func failedIDs(_ record: String) throws -> Set<String> {
    let path = "\(record)/latest/run.json"
    guard FileManager.default.fileExists(atPath: path) else {
      throw Failure("--failed: no earlier run is recorded in \(record)")
    }
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)),
      let whole = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
      let stories = whole["stories"] as? [[String: Any]]
    else {
      throw Failure("--failed: \(path) cannot be read as a record of a run; run the suite once without it")
    }
    return Set(
      stories.filter { ["failed", "error"].contains($0["verdict"] as? String ?? "") }
        .compactMap { $0["id"] as? String })
  }
}
