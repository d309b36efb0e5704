internal import ArgumentParser
internal import Foundation
internal import Report
internal import Runner
internal import Timeline

/// `backspin explain RUN`: why this amount, why this failure.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Walk the amounts of a finished run back to reads, frames, registers and watts.",
    discussion: """
      RUN is a record folder (default .backspin/runs/latest) or one journal file of it. With several stories in the \
      record, pick one with --story.
      """)

  @Argument(help: "A run record, or one .bsj file.") var record = ".backspin/runs/latest"
  @Option(help: "The id of the story.") var story: String?
  @Option(help: "Only this statement, from 1.") var statement: Int?
  @Option(help: ArgumentHelp("Explain decisions with this reason code instead.", valueName: "code"))
  var decision: String?
  @Flag(help: "Show every cause, however many.") var all = false
  @OptionGroup var redaction: RedactOptions

  func run() throws {
    try redaction.masking { redactor in
      try redactor?.learn(Self.identifiers(of: record))
      for (name, journal) in try journals() {
        Terminal.line(redactor?.text(name) ?? name)
        let text = ExplanationText(journal, most: all ? nil : 3)
        let words = decision.map(text.decisions) ?? text.statements(statement)
        Terminal.print(redactor?.text(words) ?? words)
      }
    }
  }

  /// What is to be masked: a journal alone does not say which of its words are serial numbers, so the record
  /// that it is of must be there.
  static func identifiers(of record: String) throws -> Identifiers {
    let folder =
      record.hasSuffix(".bsj")
      ? URL(fileURLWithPath: record).deletingLastPathComponent().path + "/.." : record
    let path = folder + "/run.json"
    guard let text = try? DiskReader().text(of: path) else {
      throw Failure("--redact: there is no \(path), which says what is to be masked")
    }
    return try Identifiers(recorded: text, file: path)
  }

  private func journals() throws -> [(String, Journal)] {
    if record.hasSuffix(".bsj") { return [(record, try Self.read(record))] }
    let folder = record + "/stories"
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw Failure(
        "\(record) is no run record; run some stories first, or name a folder under .backspin/runs")
    }
    let known = names.filter { $0.hasSuffix(".bsj") }.sorted()
    guard let story else {
      guard known.count == 1 else {
        let list = known.map { String($0.dropLast(4)).replacingOccurrences(of: "--", with: "/") }
        throw Failure(
          "the record holds \(known.count) stories; pick one with --story: \(list.joined(separator: ", "))")
      }
      return try known.map { ($0, try Self.read("\(folder)/\($0)")) }
    }
    let file = RunFolder.fileName(story) + ".bsj"
    guard known.contains(file) else { throw Failure("no story '\(story)' in \(record)") }
    return [(story, try Self.read("\(folder)/\(file)"))]
  }

  private static func read(_ path: String) throws -> Journal {
    guard let data = FileManager.default.contents(atPath: path) else { throw Failure("cannot read \(path)") }
    do {
      return try Journal(decoding: [UInt8](data))
    } catch let error as JournalFormatError {
      throw Failure("\(path): \(error.message)")
    }
  }
}
