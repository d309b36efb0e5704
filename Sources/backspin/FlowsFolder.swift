// `--flows DIR`: what meters were read to say, as flow files for a supplier's own system. All files of a
// story are written, or none.

internal import ArgumentParser
internal import Foundation
internal import Runner
internal import Scenario
internal import Units

struct FlowsOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write the reads and half-hours as D0010 and D0036, one file of each for an MPAN, into this folder.",
      valueName: "dir"))
  var flows: String?
}

/// Writes flow files, all of one set or none.
struct FlowsFolder {
  let path: String
  private var nextID = 1

  init(_ path: String) { self.path = path }

  /// Writes the files of a run: a folder for each story, as its journal is named.
  static func leave(_ run: RunRecord, in path: String) throws {
    var folder = FlowsFolder(path)
    for story in run.stories {
      let notes = try folder.write(
        RunFolder.fileName(story.id), reads: story.evidence.reads, logs: story.evidence.logs,
        exportMPAN: story.exportMPAN, importMPAN: story.importMPAN, made: story.until)
      for note in notes { Terminal.error("\(story.id): \(note)") }
    }
  }

  /// Writes the files of one story into a folder of its own (`name`; empty for the folder itself). Gives what
  /// a person should know.
  mutating func write(
    _ name: String, reads: [Read], logs: [LogRead], exportMPAN: String?, importMPAN: String?, made: Instant
  ) throws -> [ImportNote] {
    let set = FlowSet(
      reads: reads, logs: logs, exportMPAN: exportMPAN, importMPAN: importMPAN, made: made, firstID: nextID)
    nextID += set.files.count
    guard !set.files.isEmpty else { return set.notes }
    let folder = name.isEmpty ? path : "\(path)/\(name)"
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure("cannot make \(folder): \(RunFolder.words(error))", Outcomes.hardware)
    }
    var written: [String] = []
    do {
      for file in set.files {
        try RunFolder.write(file.text, to: "\(folder)/\(file.name)")
        written.append("\(folder)/\(file.name)")
      }
    } catch {
      for file in written { try? FileManager.default.removeItem(atPath: file) }
      throw error
    }
    return set.notes
  }
}
