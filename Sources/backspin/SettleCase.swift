// `backspin settle CASE…`: scenario files whose facts are given, settled without any meter and judged.

internal import ArgumentParser
internal import HeadEnd
internal import Report
internal import Runner
internal import Scenario
internal import Settlement

struct SettleCase {
  let files: [ScenarioFile]

  init(_ paths: [String], _ library: Library) throws {
    let reader = ScenarioReader(library: library, faults: FaultsCommand.all)
    files = try paths.flatMap { try reader.read($0) }
    if let file = files.first(where: { $0.site != nil }) {
      throw Failure(
        "\(file.file): '\(file.id)' has a site, so its meters are emulated: `backspin run` lives and settles it"
      )
    }
    if let file = files.first(where: { $0.agreement == nil }) {
      throw Failure("\(file.file): '\(file.id)' has no agreement, so there is nothing to settle")
    }
  }

  /// Settles and judges; what is not met ends the command with 1.
  func settle(
    _ bench: TargetBench, _ redactor: inout Redactor?, flows: String?, paper: StatementOption,
    halfHours: Bool, json: Bool
  ) throws {
    var records = bench.use { target in
      files.map { file in
        StoryRunner(seed: 1, today: SuiteRun.today, target: target) { MemoryCarrier() }.run(file)
      }
    }
    for index in records.indices { records[index] = redactor?.redacted(records[index]) ?? records[index] }
    let run = RunRecord(depth: ScenarioFile.Depth.memory.rawValue, seed: 1, stories: records)
    if let flows { try FlowsFolder.leave(run, in: flows) }
    try paper.leave(
      zip(files, records).flatMap { file, record in
        StatementPaper.all(
          record.outcome.statements, title: file.policy?.title ?? "", payees: record.payees,
          reads: record.evidence.reads)
      })
    if json {
      Terminal.print(RunJSON.document(run).pretty)
    } else {
      let texts = zip(files, records).map { file, record in
        CaseText(record, licensee: file.policy?.title ?? "")
          .text(halfHours: halfHours, colour: Terminal.hasColour)
      }
      Terminal.print(texts.joined(separator: "\n"))
    }
    try Outcomes.judge(records)
    guard run.isMet else { throw Outcomes.unmet }
  }
}
