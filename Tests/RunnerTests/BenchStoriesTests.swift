// The stories of the bench could fail: each number that they expect is put wrong by one, and the story must
// say so, in that checker. What is expected stays as it stands in the files.

import Runner
import Scenario
import Settlement
import Testing
import Units

@Suite("The stories of the bench can fail")
struct BenchStoriesTests {
  static var names: [String] { ShippedStoriesTests.names.filter { $0.hasPrefix("optical-") } }

  @Test("there are at least twelve, and each is true at every depth")
  func breadth() throws {
    let files = try Self.names.map(ShippedStoriesTests.file)
    #expect(Set(files.map(\.file)).count >= 12)
    #expect(files.allSatisfy { $0.depths == Set(ScenarioFile.Depth.allCases) })
  }

  @Test("each expectation put wrong by one is not met, and the others still are", arguments: names)
  func wrongByOne(id: String) throws {
    let file = try ShippedStoriesTests.file(id)
    var tried = 0
    for index in file.expect.indices {
      guard let wrong = file.expect[index].check.wrongByOne else { continue }
      tried += 1
      var other = file
      other.expect[index].check = wrong
      let record = StoryBench.run(other)
      #expect(record.verdict == .failed, "\(file.expect[index].excerpt)")
      let unmet = record.checks.indices.filter { record.checks[$0].finding == .unmet }
      #expect(unmet == [index], "\(file.expect[index].excerpt)")
    }
    #expect(tried > 0)
  }
}

extension Scenario.Expectation.Check {
  /// The same with its number, digits or word changed as little as can be; nil for one that states none.
  fileprivate var wrongByOne: Self? {
    let one = WattHours(1)
    switch self {
    case .register(var expected):
      expected.value = expected.value + one
      return .register(expected)
    case .crossRead(var expected):
      expected.differ = expected.differ + one
      return .crossRead(expected)
    case .readCount(var expected, let source):
      expected.count = expected.count.oneMore
      return .readCount(expected, source: source)
    case .halfHourCount(var expected, let state):
      expected.count = expected.count.oneMore
      return .halfHourCount(expected, state: state)
    case .paid(let amount, let within):
      return .paid(Pence(amount.value + 1), within: within)
    case .statement(var expected):
      expected.energy = expected.energy.map { $0 + one }
      return .statement(expected)
    case .benchResult(var expected):
      if expected.failure != nil {
        expected.failure = expected.failure == .silence ? .checksum : .silence
      } else if let text = expected.text {
        expected.text = text + "0"
      } else {
        expected.remark = expected.remark.map { $0 + "!" }
      }
      return .benchResult(expected)
    default: return nil
    }
  }
}

extension CountRange {
  fileprivate var oneMore: CountRange { CountRange(least: least + 1, most: most.map { $0 + 1 }) }
}
