// Many stories on some threads, each world on one, and the carriers of HostIO handed to the Runner.

internal import Foundation
internal import HeadEnd
internal import HostIO
internal import Runner
internal import Scenario
internal import Timeline
internal import Units

final class SuiteRun {
  private let depth: ScenarioFile.Depth
  private let seed: UInt64
  private let jobs: Int
  private let twice: Bool
  private let bench: TargetBench
  /// Ids of stories that were not the same the second time.
  private(set) var differing: [String] = []

  init(depth: ScenarioFile.Depth, seed: UInt64, jobs: Int, twice: Bool, bench: TargetBench) {
    (self.depth, self.seed, self.jobs, self.twice) = (depth, seed, jobs, twice)
    self.bench = bench
  }

  /// Runs all, tells of each in order, and stops early if somebody asks.
  func run(_ files: [ScenarioFile], tell: (StoryRecord) -> Void) -> RunRecord {
    var record = RunRecord(depth: depth.rawValue, seed: seed, stories: [])
    let (depth, seed, twice, today, bench) = (depth, seed, twice, Self.today, bench)
    Workers.run(count: files.count, threads: jobs) { index -> (StoryRecord, Bool) in
      bench.use { target in
        let runner = StoryRunner(seed: seed, today: today, target: target) { Self.carrier(depth) }
        let story = runner.run(files[index])
        guard twice else { return (story, true) }
        return (story, runner.run(files[index]).journal.digest == story.journal.digest)
      }
    } done: { _, result in
      record.stories.append(result.0)
      if !result.1 { differing.append(result.0.id) }
      tell(result.0)
      return !Interruption.wasAsked
    }
    return record
  }

  private static func carrier(_ depth: ScenarioFile.Depth) -> any Carrier {
    switch depth {
    case .memory: MemoryCarrier()
    case .pty: PtyCarrier()
    case .tcp: TCPCarrier()
    }
  }

  /// The London date, for known gaps.
  static var today: CivilDate {
    LondonClock.date(at: WallClock().now)
  }
}
