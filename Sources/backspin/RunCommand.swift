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
    let files = try selection.chosen(from: Stories.read(paths, shelves.library), record: record)
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

  private func leave(_ run: RunRecord) throws {
    let folder = try RunFolder.make(into: record)
    try folder.write(run)
    if let json { try RunFolder.write(RunJSON.document(run).pretty, to: json) }
    if let junit { try RunFolder.write(JUnitText.document(run), to: junit) }
    if let html { try RunFolder.write(HTMLPage.document(run), to: html) }
    if let flows = flowsOut.flows { try FlowsFolder.leave(run, in: flows) }
    Terminal.line("report: \(folder.path)/report.html")
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
    try Outcomes.judge(run.stories)
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
