internal import ArgumentParser
internal import Foundation
internal import HeadEnd
internal import HostIO
internal import Report
internal import Runner
internal import Scenario
internal import Units

/// `backspin run PATH…`: scenarios or folders of them, judged.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run scenarios, or folders of them, and judge what was paid.",
    discussion: "Without a path the shipped stories are run. The record is left in .backspin/runs/latest.")

  @Argument(help: "Scenario files or folders.") var paths: [String] = []
  @OptionGroup var shelves: Shelves
  @OptionGroup var selection: Selection
  @OptionGroup var target: TargetOptions
  @OptionGroup var redaction: RedactOptions
  @OptionGroup var flowsOut: FlowsOption
  @Option(help: "How far into the machine the bytes go.") var depth: Depth = .memory
  @Option(help: "The seed of every random draw.") var seed: UInt64 = 1
  @Option(help: "Threads; each story stays on one.") var jobs: Int = ProcessInfo.processInfo
    .activeProcessorCount
  @Option(help: ArgumentHelp("Write the run as JSON.", valueName: "file")) var json: String?
  @Option(help: ArgumentHelp("Write the run as JUnit XML.", valueName: "file")) var junit: String?
  @Option(help: ArgumentHelp("Write the run as one HTML page.", valueName: "file")) var html: String?
  @Option(help: ArgumentHelp("Folder for run records.", valueName: "dir")) var record = ".backspin/runs"
  @Flag(help: "Only list what would be run.") var list = false
  @Flag(help: "Run each story twice and compare the journals; a difference exits with 4.") var twice = false

  func validate() throws {
    guard jobs >= 1 else { throw ValidationError("--jobs must be at least 1") }
  }

  func run() throws { try redaction.masking { try run(&$0) } }

  private func run(_ redactor: inout Redactor?) throws {
    let files = try selection.chosen(from: read(), record: record)
    guard !files.isEmpty else { throw Failure("no story is selected", Outcomes.nothingSelected) }
    let (meant, elsewhere) = (
      files.filter { $0.depths.contains(depth.meant) }, files.count { !$0.depths.contains(depth.meant) }
    )
    if list { return meant.forEach { Terminal.line(columns([$0.id, $0.title], widths: [48])) } }
    guard !meant.isEmpty else {
      throw Failure(
        "none of the \(files.count) stories means anything at depth \(depth.rawValue)",
        Outcomes.nothingSelected)
    }
    Interruption.watch()
    let suite = SuiteRun(depth: depth.meant, seed: seed, jobs: jobs, twice: twice, bench: try target.bench())
    let text = TerminalText(colour: Terminal.hasColour)
    Terminal.print(text.head(depth: depth.rawValue, seed: seed, stories: meant.count))
    if elsewhere > 0 { Terminal.line("\(elsewhere) more mean nothing at this depth") }
    var shown: [StoryRecord] = []
    var run = suite.run(meant) { story in
      shown.append(redactor?.redacted(story) ?? story)
      Terminal.print(text.story(shown[shown.count - 1]))
    }
    run.stories = shown
    Terminal.print(text.summary(run))
    try leave(run)
    try judge(run, suite: suite, asked: meant.count)
  }

  private func read() throws -> [ScenarioFile] {
    let library = shelves.library
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
      for file in library.scenarios(at: path) {
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

  private func leave(_ run: RunRecord) throws {
    let folder = try RunFolder.make(into: record)
    try folder.write(run)
    if let json { try RunFolder.write(RunJSON.document(run).pretty, to: json) }
    if let junit { try RunFolder.write(JUnitText.document(run), to: junit) }
    if let html { try RunFolder.write(HTMLPage.document(run), to: html) }
    if let flows = flowsOut.flows { try leaveFlows(run, in: flows) }
    Terminal.line("report: \(folder.path)/report.html")
  }

  /// A folder for each story, as its journal is named.
  private func leaveFlows(_ run: RunRecord, in path: String) throws {
    var folder = FlowsFolder(path)
    for story in run.stories {
      let notes = try folder.write(
        RunFolder.fileName(story.id), reads: story.evidence.reads, logs: story.evidence.logs,
        exportMPAN: story.exportMPAN, importMPAN: story.importMPAN, made: story.until)
      for note in notes { Terminal.error("\(story.id): \(note)") }
    }
  }

  /// The most serious wins.
  private func judge(_ run: RunRecord, suite: SuiteRun, asked: Int) throws {
    if !suite.differing.isEmpty {
      throw Failure("not deterministic: \(suite.differing.joined(separator: ", "))", Outcomes.nondeterminism)
    }
    if Interruption.wasAsked, run.stories.count < asked {
      throw Failure(
        "interrupted after \(run.stories.count) of \(asked) stories; the record holds those",
        Outcomes.interrupted)
    }
    if run.stories.contains(where: { $0.verdict == .error }) { throw Outcomes.invariant }
    guard run.isMet else { throw Outcomes.unmet }
  }
}

/// The depths by name on the command line.
enum Depth: String, CaseIterable, ExpressibleByArgument {
  case memory, pty, tcp

  var meant: ScenarioFile.Depth {
    switch self {
    case .memory: .memory
    case .pty: .pty
    case .tcp: .tcp
    }
  }
}
