// A suite run in memory, for what it exercises; its verdicts are not asked for here.

internal import Foundation
internal import HeadEnd
internal import HostIO
internal import Runner
internal import Scenario
internal import Settlement

struct CoverageRun {
  private let library: Library

  init(_ shelves: Shelves) { library = shelves.library }

  func coverage(of paths: [String]) throws -> Coverage {
    let files = try Stories.read(paths, library).filter { $0.depths.contains(.memory) }
    guard !files.isEmpty else { throw Failure("no story is selected", Outcomes.nothingSelected) }
    let policies = try library.names(.licensees).map { try library.policy(named: $0) }
    var records: [Int: StoryRecord] = [:]
    let today = SuiteRun.today
    Workers.run(count: files.count, threads: ProcessInfo.processInfo.activeProcessorCount) { index in
      StoryRunner(seed: 1, today: today, checksFaults: false) { MemoryCarrier() }.run(files[index])
    } done: { index, record in
      records[index] = record
      return !Interruption.wasAsked
    }
    for (index, file) in files.enumerated() where records[index]?.verdict == .error {
      throw Failure("\(file.file): \(file.id) could not be run: \(records[index]?.remark ?? "")")
    }
    let stories = files.indices.compactMap { index in records[index].map { (files[index], $0) } }
    return Coverage(stories, policies: policies)
  }
}
